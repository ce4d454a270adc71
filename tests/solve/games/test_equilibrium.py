"""Logit play in published games against known values, and what every answer has to say of itself."""

import math
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from scipy.optimize import brentq

from melian.errors import PlanError
from melian.exchange.codes import EXCHANGE_CODES
from melian.exchange.examine import examine_game
from melian.exchange.game import Game, Outcome
from melian.exchange.game_codes import GAME_CODES
from melian.solve.games import branch
from melian.solve.games.equilibrium import SolvedGame, pose, solve_game, solve_rationally
from melian.solve.games.search import other_solutions
from melian.source.codes import CODES, Code
from melian.source.text import Source
from tests.exchange.games import parsed
from tests.solve.games.game_texts import (
    BEER,
    CENTIPEDE,
    HORSE,
    PENNIES,
    SEXES,
    TURNING,
    kuhn_poker,
    off_by,
    random_game,
    simultaneous,
)

CLOSE = 1e-9  # two ways to the same point: rounding alone
EXACT = 1e-12  # residual in log odds at a scale near 1


def chances(solved: SolvedGame) -> dict[str, tuple[float, ...]]:
    return {place.id: place.chances for place in solved.sets}


def first_chances(game: Game, precision: float) -> list[float]:
    return [place.chances[0] for place in solve_game(game, precision).sets]


def apart(one: SolvedGame, other: SolvedGame) -> float:
    """Largest difference between two profiles."""
    return max(
        (
            abs(a - b)
            for x, y in zip(one.sets, other.sets, strict=True)
            for a, b in zip(x.chances, y.chances, strict=True)
        ),
        default=0.0,
    )


def test_the_centipede_is_one_backward_pass_by_hand() -> None:
    def take(own: float, other: float) -> float:
        return 1 / (1 + math.exp(2 * (other - own)))

    last = take(3.20, 1.60)
    third = take(1.60, last * 0.80 + (1 - last) * 6.40)
    second = take(0.80, third * 0.40 + (1 - third) * (last * 3.20 + (1 - last) * 1.60))
    on = third * 1.60 + (1 - third) * (last * 0.80 + (1 - last) * 6.40)
    first = take(0.40, second * 0.20 + (1 - second) * on)
    solved = solve_game(parsed(CENTIPEDE), 2.0)
    assert solved.method == "one pass"
    got = {name: pair[0] for name, pair in chances(solved).items()}
    assert got == pytest.approx({"1:1": first, "1:2": third, "2:1": second, "2:2": last}, abs=1e-15)
    assert solved.certificate.residual < EXACT


@pytest.mark.parametrize("precision", [0.001, 0.02, 0.05, 0.3, 10.0])
def test_matching_pennies_meets_its_one_equation(precision: float) -> None:
    """Goeree and Holt's game, where the row's chance of its first action solves one equation."""

    def share(gain: float) -> float:
        return 1 / (1 + math.exp(-gain)) if gain > -700 else 0.0

    def column(row: float) -> float:
        return share(precision * 40 * (1 - 2 * row))

    def slip(row: float) -> float:
        left = column(row)
        return row - share(precision * ((320 - 40) * left + (40 - 80) * (1 - left)))

    row = brentq(slip, 0, 1, xtol=1e-15)
    got = first_chances(parsed(PENNIES), precision)
    assert got == pytest.approx([row, column(row)], abs=1e-7 if precision > 1 else CLOSE)


def test_kuhn_poker_is_worth_its_value_to_precise_players() -> None:
    solved = solve_game(kuhn_poker(), 1000.0)
    assert solved.payoffs[0] == pytest.approx(-1 / 18, abs=2e-3)
    assert solved.payoffs[0] == pytest.approx(-solved.payoffs[1])
    assert solved.certificate.regret < 1e-2
    strongest = {place.label: place.chances[1] for place in solved.sets}
    assert strongest["Kb"] > 0.999  # to call with the best card is never wrong
    assert strongest["Jb"] < 0.001


def test_the_horse_leads_to_the_sequential_equilibrium() -> None:
    """Selten's point (C, c, R) is the perfect one; (D, c, L) is not."""
    one, two, three = (place.chances for place in solve_game(parsed(HORSE), 300.0).sets)
    assert one[0] > 0.99
    assert two[0] > 0.99
    assert three[1] > 0.74  # R at least three times in four keeps the others from deviating


def test_beer_and_quiche_pools_on_beer() -> None:
    """The principal branch leads to the intuitive equilibrium of Cho and Kreps."""
    solved = solve_game(parsed(BEER), 50.0)
    surly, wimp, beer, quiche = solved.sets
    assert surly.chances[0] > 0.99
    assert wimp.chances[0] > 0.99
    assert beer.chances[1] > 0.99
    assert quiche.chances[0] > 0.5


@pytest.mark.parametrize("text", [HORSE, BEER, PENNIES, SEXES, TURNING, CENTIPEDE])
@pytest.mark.parametrize("precision", [0.0, 1e-9, 0.05, 0.7, 5.0])
def test_the_point_meets_the_equations_by_enumeration(text: str, precision: float) -> None:
    game = parsed(text)
    solved = solve_game(game, precision)
    assert solved.status == "solved"
    assert off_by(game, chances(solved), [precision] * len(game.players)) < CLOSE


def test_precision_0_is_uniform() -> None:
    assert set(chances(solve_game(kuhn_poker(), 0.0)).values()) == {(0.5, 0.5)}


def test_where_the_branch_turns_back_its_first_point_counts() -> None:
    """At 2.5 three points lie on one branch; right after the turn only the far one is left."""
    game = parsed(TURNING)
    before, after = solve_game(game, 2.5), solve_game(game, 2.7)
    assert [round(place.chances[0], 3) for place in before.sets] == [0.552, 0.377, 0.860]
    assert [round(place.chances[0], 3) for place in after.sets] == [0.976, 0.983, 0.516]
    others = other_solutions(pose(game, 2.5), before)
    assert sorted(round(other.sets[0].chances[0], 3) for other in others) == [0.630, 0.965]
    assert other_solutions(pose(game, 2.7), after) == ()


def test_other_self_consistent_stories_are_found_and_certified() -> None:
    """The battle of the sexes has two pure points and a mixed one."""
    game = parsed(SEXES)
    solved = solve_game(game, 4.0)
    others = other_solutions(pose(game, 4.0), solved)
    found = sorted(round(point.sets[0].chances[0], 2) for point in (solved, *others))
    assert len(others) == 2
    assert found[0] < 0.05
    assert found[2] > 0.95
    for point in others:
        assert point.method == "search"
        assert point.certificate.residual < EXACT
        assert off_by(game, chances(point), [4.0, 4.0]) < CLOSE


def test_a_branch_that_is_crossed_is_followed_straight_on_and_the_crossing_told() -> None:
    """Pure coordination: beyond precision 2 two more branches fork off the even one."""
    game = simultaneous([[(1, 1), (0, 0)], [(0, 0), (1, 1)]])
    solved = solve_game(game, 5.0)
    assert [place.chances for place in solved.sets] == [pytest.approx((0.5, 0.5))] * 2
    assert solved.crossings == pytest.approx([2 / 5], abs=1e-3)
    assert solve_game(game, 1.9).crossings == ()
    assert len(other_solutions(pose(game, 5.0), solved)) == 2


@pytest.mark.parametrize("precision", [2 - 1e-12, 2.0, 2 + 1e-12, 2 + 1e-7, 2 + 1e-5])
def test_a_precision_right_at_a_crossing_is_reached(precision: float) -> None:
    game = simultaneous([[(1, 1), (0, 0)], [(0, 0), (1, 1)]])
    solved = solve_game(game, precision)
    assert solved.status == "solved"
    assert solved.sets[0].chances == pytest.approx((0.5, 0.5))
    assert solved.crossings == pytest.approx([1.0] if precision >= 2 else [])
    assert solved.certificate.error < 1e-8


def test_scale_and_offset_of_payoffs_are_the_precisions_and_nobodys_business() -> None:
    game = parsed(BEER)
    outcomes = [
        Outcome(outcome.label, (1000 * outcome.payoffs[0] + 10**9, outcome.payoffs[1] / 7 - 3))
        for outcome in game.outcomes
    ]
    other = replace(game, outcomes=tuple(outcomes))
    assert apart(solve_game(game, [3.0, 3.0]), solve_game(other, [0.003, 21.0])) < CLOSE


def test_payoffs_along_a_path_add_up() -> None:
    text = """EFG 2 R "" { "One" "Two" }
    p "" 1 1 "" { "a" "b" } 1 "fee" { -7 1/3 }
    p "" 2 1 "" { "l" "r" } 2 "bonus" { 2 0 }
    t "" 3 "" { 1 1 }
    t "" 4 "" { 0 2 }
    p "" 2 1 0
    t "" 5 "" { 3 0 }
    t "" 0
    """
    whole = simultaneous([[(-4, Fraction(4, 3)), (-5, Fraction(7, 3))], [(-4, Fraction(1, 3)), (-7, Fraction(1, 3))]])
    solved, other = solve_game(parsed(text), 1.3), solve_game(whole, 1.3)
    assert apart(solved, other) < CLOSE
    assert solved.payoffs == pytest.approx(other.payoffs)


def test_only_a_branch_of_chance_0_makes_a_set_unreached_and_that_is_told() -> None:
    text = BEER.replace('"surly" 9/10 "wimp" 1/10', '"surly" 1 "wimp" 0')
    game = parsed(text)
    solved = solve_game(game, 3.0)
    assert [place.is_unreached for place in solved.sets] == [False, True, False, False]
    assert [place.reach for place in solved.sets][:2] == [1.0, 0.0]
    assert off_by(game, chances(solved), [3.0, 3.0]) < CLOSE
    duel, leave = solved.sets[2].chances
    assert leave / duel == pytest.approx(math.exp(3.0))  # surely surly
    assert solved.certificate.residual < EXACT


def test_beliefs_at_an_unreached_set_are_uniform() -> None:
    text = """EFG 2 R "" { "One" }
    c "" 1 "" { "never" 0 "always" 1 } 0
    c "" 2 "" { "often" 9/10 "seldom" 1/10 } 0
    p "" 1 1 "" { "a" "b" } 0
    t "" 1 "" { 1 }
    t "" 0
    p "" 1 1 0
    t "" 2 "" { 3 }
    t "" 0
    t "" 0
    """
    solved = solve_game(parsed(text), 1.0)
    (place,) = solved.sets
    assert place.is_unreached
    assert math.log(place.chances[0] / place.chances[1]) == pytest.approx((1 + 3) / 2)


@pytest.mark.parametrize("precision", [1e3, 1e4])
def test_large_products_of_precision_and_payoff_neither_overflow_nor_lose_the_point(precision: float) -> None:
    for game in (parsed(HORSE), parsed(BEER), kuhn_poker(), parsed(CENTIPEDE)):
        solved = solve_game(game, precision)
        assert solved.status == "solved"
        assert solved.certificate.error < 1e-8
        assert all(math.isfinite(log) for place in solved.sets for log in place.log_chances)


def test_where_rounding_decides_the_answer_says_so() -> None:
    solved = solve_game(parsed(HORSE), 1e8)
    assert solved.status == "inexact"
    assert solved.certificate.residual > 1e-3
    assert solve_game(kuhn_poker(), 1e8).status in {"stuck", "inexact"}


def test_chances_too_small_for_a_number_keep_their_logs() -> None:
    solved = solve_game(parsed(CENTIPEDE), 2000.0)
    assert solved.sets[3].chances == (1.0, 0.0)
    assert solved.sets[3].log_chances[1] == pytest.approx(-2000 * 1.6)


@pytest.mark.parametrize("precision", [-1.0, math.nan, math.inf, [1.0], [1.0, 2.0, 3.0], [[1.0, 1.0]]])
def test_a_precision_that_is_none_is_the_callers_mistake(precision: float) -> None:
    with pytest.raises(ValueError, match=r"^solve_game\(\): precision must be"):
        solve_game(parsed(PENNIES), precision)


def test_precision_beyond_all_sense_is_refused_where_beliefs_would_be_lost() -> None:
    with pytest.raises(PlanError) as caught:
        solve_game(parsed(PENNIES), 1e300)
    assert caught.value.code == "game-too-precise"
    assert solve_game(parsed(CENTIPEDE), 1e300).sets[0].chances == (1.0, 0.0)
    with pytest.raises(PlanError, match="beyond all numbers"):
        solve_game(parsed(PENNIES), 1e308)


# Piccione and Rubinstein (1997), the absent-minded driver
DRIVER = """EFG 2 R "Driver" { "Driver" }
p "" 1 1 "crossroads" { "exit" "on" } 0
t "" 0
p "" 1 1 0
t "" 1 "" { 4 }
t "" 2 "" { 1 }
"""


@pytest.mark.parametrize("precision", [0.1, 0.5, 1.0, 5.0, 50.0])
def test_the_absent_minded_driver_meets_its_one_equation(precision: float) -> None:
    """Of 1 + p visits one is the first crossroads; p is the chance to go on, 2/3 for a precise driver.

    At a visit, exit is worth 0 at the first crossroads and 4 at the second; going on 4 - 3 p and 1.
    """

    def slip(on: float) -> float:
        leaving, going = 4 * on / (1 + on), (4 - 3 * on + on) / (1 + on)
        return math.log(on / (1 - on)) - precision * (going - leaving)

    solved = solve_game(parsed(DRIVER), precision)
    (place,) = solved.sets
    assert place.chances[1] == pytest.approx(brentq(slip, 1e-12, 1 - 1e-12, xtol=1e-15), abs=CLOSE)
    assert off_by(parsed(DRIVER), chances(solved), [precision]) < CLOSE
    assert solved.absent_minded == ("1:1",)
    assert solved.forgetful == (0,)
    assert place.reach == pytest.approx(1 + place.chances[1])


def test_a_precise_absent_minded_driver_goes_on_two_times_in_three() -> None:
    """What Piccione and Rubinstein call the optimal plan."""
    assert solve_game(parsed(DRIVER), 1e5).sets[0].chances[1] == pytest.approx(2 / 3, abs=1e-4)


def test_who_forgets_what_it_knew_is_solved_as_agents() -> None:
    """Imperfect recall without absent-mindedness: the second move does not remember the first."""
    text = """EFG 2 R "" { "One" }
    p "" 1 1 "" { "l" "r" } 0
    p "" 1 2 "" { "L" "R" } 0
    t "" 1 "" { 3 }
    t "" 0
    p "" 1 2 0
    t "" 0
    t "" 2 "" { 1 }
    """
    game = parsed(text)
    solved = solve_game(game, 1.5)
    assert off_by(game, chances(solved), [1.5]) < CLOSE
    assert solved.forgetful == (0,)
    assert solve_game(kuhn_poker(), 1.0).forgetful == ()


def test_a_game_that_is_too_large_is_refused_with_its_sets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("melian.solve.games.equilibrium.MAX_UNKNOWNS", 3)
    with pytest.raises(PlanError, match="4 free chances; at most 3") as caught:
        solve_game(parsed(BEER), 1.0)
    assert caught.value.code == "game-too-costly"
    assert caught.value.nodes == ("2:1", "2:2", "1:1")


def test_a_walk_that_is_cut_short_says_how_far_it_came(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(branch, "MAX_TRIALS", 12)
    game = parsed(HORSE)
    solved = solve_game(game, 50.0)
    assert solved.status == "out of steps"
    assert 0 < solved.reached < 1
    assert off_by(game, chances(solved), [50.0 * solved.reached] * 3) < 1e-6
    assert solved.certificate.residual < 1e-6


def test_one_precision_for_each_player_is_a_scale_of_its_payoffs() -> None:
    game = parsed(BEER)
    outcomes = tuple(
        Outcome(outcome.label, (2 * outcome.payoffs[0], 5 * outcome.payoffs[1])) for outcome in game.outcomes
    )
    assert apart(solve_game(game, [2.0, 5.0]), solve_game(replace(game, outcomes=outcomes), 1.0)) < CLOSE
    still = solve_game(game, [0.0, 5.0])
    assert [place.chances for place in still.sets[:2]] == [(0.5, 0.5)] * 2


@pytest.mark.parametrize(
    "text",
    [
        'EFG 2 R "" { } t "" 0',
        'EFG 2 R "" { "x" } t "" 1 "" { 5 }',
        'EFG 2 R "" { "x" } c "" 1 "" { "h" 1/2 "t" 1/2 } 0 t "" 1 "" { 1 } t "" 0',
        'EFG 2 R "" { "x" "y" } p "" 1 1 "" { "only" } 0 t "" 1 "" { 1 2 }',
        'EFG 2 R "" { "x" } p "" 1 1 "" { "a" "b" } 0 t "" 1 "" { 7 } t "" 1',
    ],
    ids=["no players", "only an end", "only chance", "one action", "nothing at stake"],
)
def test_games_without_a_choice_that_matters_are_solved(text: str) -> None:
    solved = solve_game(parsed(text), 5.0)
    assert solved.status == "solved"
    assert all(len(set(place.chances)) == 1 for place in solved.sets)
    assert solve_rationally(parsed(text)).payoffs == pytest.approx(solved.payoffs)


def test_backward_induction_is_exact_and_splits_ties() -> None:
    text = """EFG 2 R "" { "One" "Two" }
    p "" 1 1 "" { "a" "b" "c" } 0
    p "" 2 1 "" { "l" "r" } 0
    t "" 1 "" { 1 1/3 }
    t "" 2 "" { 3 0.333333333333333333333333333333 }
    p "" 2 2 "" { "l" "r" } 0
    t "" 3 "" { 0 1/3 }
    t "" 4 "" { 2 1/3 }
    t "" 5 "" { 1 0 }
    """
    solved = solve_rationally(parsed(text))
    assert chances(solved) == {"1:1": (1 / 3, 1 / 3, 1 / 3), "2:1": (1.0, 0.0), "2:2": (0.5, 0.5)}
    assert solved.payoffs == pytest.approx((1.0, 2 / 9))
    assert solved.method == "backward induction"


def test_backward_induction_is_the_limit_of_logit_play() -> None:
    game = parsed(CENTIPEDE)
    assert apart(solve_rationally(game), solve_game(game, 500.0)) < CLOSE


def test_backward_induction_refuses_who_does_not_know_where_it_is() -> None:
    with pytest.raises(PlanError, match="player `Three` does not know where it is") as caught:
        solve_rationally(parsed(HORSE))
    assert (caught.value.code, caught.value.nodes) == ("game-imperfect-information", ("3:1",))


@pytest.mark.parametrize("absent_minded", [False, True], ids=["by-depth", "absent-minded"])
@pytest.mark.parametrize("seed", range(40))
def test_every_point_is_certified_and_meets_the_equations(seed: int, absent_minded: bool) -> None:
    """Zero chances, ties and large payoffs among them, and sets that a path meets twice."""
    random = np.random.default_rng([7, seed])
    payoff = [1, 10, 1000][seed % 3]
    game = random_game(random, payoff=payoff, least_chance=seed % 2, absent_minded=absent_minded)
    precision = float(random.choice([0.1, 1.0, 10.0]))
    solved = solve_game(game, precision)
    scale = 1 + precision * (2000 if seed % 3 == 2 else 20)
    assert solved.status == "solved"
    assert solved.certificate.residual < EXACT * scale**1.5
    assert off_by(game, chances(solved), [precision] * len(game.players)) < 1e-8


@pytest.mark.parametrize("code", GAME_CODES, ids=lambda code: code.code)
def test_what_stands_in_the_way_is_explained_by_examples_that_hold(code: Code) -> None:
    assert code.code not in {**CODES, **{known.code: known for known in EXCHANGE_CODES}}
    if code.bad is None or code.good is None:
        return
    assert code.code not in said_of(code.good)
    assert solve(code, code.good).status == "solved"
    if code.severity == "error":
        assert said_of(code.bad) == {}
        with pytest.raises(PlanError) as caught:
            solve(code, code.bad)
        assert caught.value.code == code.code
    else:
        assert said_of(code.bad) == {code.code: code.severity}


def said_of(text: str) -> dict[str, str]:
    return {one.code: one.severity for one in examine_game(Source("game.efg", text))[1]}


def solve(code: Code, text: str) -> SolvedGame:
    if code.code == "game-imperfect-information":
        return solve_rationally(parsed(text))
    return solve_game(parsed(text), 1.0)
