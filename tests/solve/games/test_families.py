"""Families of games as they are written in practice, against pygambit where its own point is certified."""

from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest

from melian.exchange.draft import Draft
from melian.exchange.game import Game, Outcome, Table
from melian.exchange.nfg import as_extensive
from melian.solve.games.equilibrium import SolvedGame, pose, solve_game
from melian.solve.games.search import other_solutions
from tests.exchange.games import parsed
from tests.solve.games.game_texts import off_by
from tests.solve.games.test_gambit import compare

PRECISIONS = [0.5, 1.0, 2.0, 5.0, 10.0]
CLOSE = 1e-9


def shares(solved: SolvedGame) -> dict[str, tuple[float, ...]]:
    return {place.id: place.chances for place in solved.sets}


def bargaining(rounds: int, discount: Fraction) -> Game:
    """Alternating offers of a quarter, a half or three quarters of a pie that shrinks (Rubinstein 1982, cut short)."""
    draft = Draft("Bargaining", "", ("A", "B"))
    offers = (Fraction(1, 4), Fraction(1, 2), Fraction(3, 4))

    def play(at: int) -> None:
        if at == rounds:
            draft.add("", None, draft.outcome("", (Fraction(0), Fraction(0))))
            return
        mover, pie = at % 2, discount**at
        draft.add("", draft.information_set(mover, "", tuple(map(str, offers))), None)
        for kept in offers:
            draft.add("", draft.information_set(1 - mover, "", ("yes", "no")), None)
            own = (kept * pie, (1 - kept) * pie)
            draft.add("", None, draft.outcome("", own if mover == 0 else own[::-1]))
            play(at + 1)

    play(0)
    return draft.freeze()


def signalling(n_types: int) -> Game:
    """A sender of one of several strengths sends one of two signals; the receiver backs down or fights."""
    draft = Draft("Signalling", "", ("Sender", "Receiver"))
    total = n_types * (n_types + 1) // 2
    lots = tuple(Fraction(k + 1, total) for k in range(n_types))
    draft.add("", draft.event("", tuple(map(str, range(n_types))), lots), None)
    answers = [draft.information_set(1, signal, ("fight", "yield")) for signal in ("loud", "quiet")]
    for strength in range(n_types):
        draft.add("", draft.information_set(0, str(strength), ("loud", "quiet")), None)
        for signal in range(2):
            draft.add("", answers[signal], None)
            cost = Fraction(1 - signal, 1 + strength)
            draft.add("", None, draft.outcome("", (strength - 2 - cost, Fraction(2 - strength))))
            draft.add("", None, draft.outcome("", (2 - cost, Fraction(0))))
    return draft.freeze()


def bayesian(n_types: int) -> Game:
    """Two players, each of some type that only it knows, move at once; the types go together."""
    draft = Draft("Bayesian", "", ("A", "B"))
    pairs = list(product(range(n_types), repeat=2))
    weights = [3 if one == other else 1 for one, other in pairs]
    lots = tuple(Fraction(weight, sum(weights)) for weight in weights)
    draft.add("", draft.event("", tuple(f"{a}{b}" for a, b in pairs), lots), None)
    own = [[draft.information_set(player, str(t), ("in", "out")) for t in range(n_types)] for player in range(2)]
    for one, other in pairs:
        draft.add("", own[0][one], None)
        for first in range(2):
            draft.add("", own[1][other], None)
            for second in range(2):
                clash = (1 - first) * (1 - second)
                paid = ((1 - first) * (one + 1) - 3 * clash, (1 - second) * (other + 1) - 2 * clash)
                draft.add("", None, draft.outcome("", tuple(map(Fraction, paid))))
    return draft.freeze()


def at_once(n_players: int, n_actions: int) -> Game:
    """Players who would sooner do what few others do: a large set for each but the first."""
    names = tuple(tuple(map(str, range(n_actions))) for _ in range(n_players))
    outcomes = []
    for moves in product(range(n_actions), repeat=n_players):
        cell = moves[::-1]
        paid = tuple(
            Fraction(3 * (k + 2) - 2 * cell.count(cell[k]) * (1 + cell[k]), n_players) for k in range(n_players)
        )
        outcomes.append(Outcome("", paid))
    players = tuple(f"P{k}" for k in range(n_players))
    return as_extensive(Table("", "", players, names, tuple(outcomes), tuple(range(len(outcomes)))))


FAMILIES = {
    "bargaining-3": bargaining(3, Fraction(9, 10)),
    "bargaining-4": bargaining(4, Fraction(2, 3)),
    **{f"signalling-{n}": signalling(n) for n in (2, 3, 4)},
    **{f"bayesian-{n}": bayesian(n) for n in (2, 3)},
    "at-once-3x3": at_once(3, 3),
    "at-once-5x2": at_once(5, 2),
}


@pytest.mark.parametrize("precision", PRECISIONS)
@pytest.mark.parametrize("name", FAMILIES)
def test_families_are_gambits(name: str, precision: float) -> None:
    compare(FAMILIES[name], precision)


ODD = """EFG 2 R "" { "Who moves" "Who does not" "\\"Third\\"" }
c "" 12 "" { "surely" 1.0 } 7 "paid at the root" { 1e2 -.5 3/7 }
c "" 3 "" { "never" 0 "often" .750 "seldom" 2.5e-1 }
   0
p "" 1 4 "" { "" "" } 0 t "" 0 t "" 0
p "" 1 4 0
t "" 2 "" { 1.5e-1, 0, 0, }
t "" 3 "" { 1E-2 1 0 }
p "" 3 -2 "seldom" { "a" "a" "b" } 8 "on the way" { -3 -3 -3 }
p "" 1 4 0 t "" 7 t "" 3
p "" 1 5 "" { "one" } 0 p "" 1 4 0 t "" 2 t "" 7
t "" 3
"""


@pytest.mark.parametrize("precision", PRECISIONS)
def test_odd_but_lawful_files_are_solved(precision: float) -> None:
    """Payments at the root and on the way, a lot of one branch, a chance of 0, sets by any number, equal labels."""
    game = parsed(ODD)
    solved = solve_game(game, precision)
    assert solved.status == "solved"
    assert off_by(game, shares(solved), [precision] * 3) < CLOSE
    assert [place.actions for place in solved.sets] == [("_1", "_2"), ("one",), ("a_1", "a_2", "b")]


@pytest.mark.parametrize("factor", [Fraction(10**6), Fraction(1, 10**6), Fraction(7, 3)])
@pytest.mark.parametrize("name", FAMILIES)
def test_payoffs_of_another_scale_are_a_precision_of_another(name: str, factor: Fraction) -> None:
    game = FAMILIES[name]
    outcomes = tuple(Outcome(one.label, tuple(factor * paid + 10**6 for paid in one.payoffs)) for one in game.outcomes)
    one, other = solve_game(game, 2.0), solve_game(replace(game, outcomes=outcomes), 2.0 / float(factor))
    for place, again in zip(one.sets, other.sets, strict=True):
        assert again.chances == pytest.approx(place.chances, abs=CLOSE)


def meeting(n_places: int) -> Game:
    """Two players who get 3 where they go to the same place."""
    cells = tuple(int(one == other) for other in range(n_places) for one in range(n_places))
    outcomes = (Outcome("apart", (Fraction(0), Fraction(0))), Outcome("together", (Fraction(3), Fraction(3))))
    places = tuple(map(str, range(n_places)))
    return as_extensive(Table("Meeting", "", ("A", "B"), (places, places), outcomes, cells))


def battles(n_rooms: int) -> Game:
    """The battle of the sexes in one of some rooms, which both know."""
    lots = " ".join(f'"{room}" 1/{n_rooms}' for room in range(n_rooms))
    lines = ['EFG 2 R "Rooms" { "A" "B" }', f'c "" 1 "" {{ {lots} }} 0']
    for room in range(1, n_rooms + 1):
        lines.append(f'p "" 1 {room} "" {{ "A" "B" }} 0')
        for ends in (('t "" 1 "" { 0, 0 }', 't "" 2 "" { 1, 3 }'), ('t "" 3 "" { 3, 1 }', 't "" 1 "" { 0, 0 }')):
            lines += [f'p "" 2 {room} "" {{ "A" "B" }} 0', *ends]
    return parsed("\n".join(lines))


@pytest.mark.parametrize("n_places", [2, 3, 4, 5])
def test_crossings_of_several_branches_are_told_whether_their_number_is_odd_or_even(n_places: int) -> None:
    """Even play answers itself at any precision; its derivative 3 t / n reaches 1 in n - 1 directions at once."""
    solved = solve_game(meeting(n_places), 6.0)
    assert solved.status == "solved"
    assert [6.0 * share for share in solved.crossings] == pytest.approx([n_places / 3], abs=1e-3)


@pytest.mark.parametrize("n_rooms", [2, 4])
def test_rooms_that_do_not_bear_on_each_other_are_crossed_where_one_is(n_rooms: int) -> None:
    game = battles(n_rooms)
    alone, solved = solve_game(battles(1), 2.0), solve_game(game, 2.0)
    assert solved.crossings == pytest.approx(alone.crossings, abs=1e-3)
    for chances in shares(solved).values():
        assert chances == pytest.approx(shares(alone)["1:1"], abs=CLOSE)
    others = other_solutions(pose(game, 2.0), solved)
    assert len(others) >= 2**n_rooms
    assert all(off_by(game, shares(other), (2.0, 2.0)) < 1e-6 for other in others)
