"""The strategic form is Gambit's: the same plans in the same order, and what each combination pays."""

from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import assume, example, given, settings

from melian.errors import PlanError
from melian.exchange.draft import Draft
from melian.exchange.game import Game, Table
from melian.exchange.nfg import as_extensive, read_nfg
from melian.exchange.strategic import as_table
from melian.exchange.write import write_efg, write_nfg
from melian.source.text import Source
from tests.exchange.games import gambit, games, parsed, tables
from tests.exchange.test_efg import ENTRY

FEW = 400  # cells compared one by one

# Player 2's third set is met after its first in one part of the tree, and after its fourth in another.
CROSSED = """
EFG 2 R "" { "one" "two" }
p "" 1 1 "" { "a" "b" "c" } 0
t "" 0
p "" 2 1 "" { "a" "b" "c" } 0
t "" 0
p "" 2 3 "" { "x" "y" } 0
t "" 0
t "" 0
p "" 2 4 "" { "a" "b" } 0
t "" 0
t "" 1 "" { 0, 3 }
c "" 3 "" { "never" 0 "always" 1 } 0
t "" 1 "" { 0, 3 }
p "" 2 3 "" { "x" "y" } 0
t "" 0
t "" 2 "" { 0, 2 }
"""


def payoffs_of(theirs: Any) -> list[tuple[Fraction, ...]]:
    """What every combination of strategies pays, the last player's moving fastest."""
    players = list(theirs.players)
    found = []
    for plans in product(*(theirs.get_strategies(player) for player in players)):
        paid = theirs.get_payoffs(dict(zip(players, plans, strict=True)))
        found.append(tuple(Fraction(str(paid[player])) for player in players))
    return found


def cell(table: Table, place: tuple[int, ...]) -> tuple[Fraction, ...]:
    at, stride = 0, 1
    for move, labels in zip(place, table.strategies, strict=True):
        at, stride = at + move * stride, stride * len(labels)
    outcome = table.cells[at]
    return (Fraction(0),) * len(table.players) if outcome is None else table.outcomes[outcome].payoffs


def table_of(game: Game) -> Table:
    try:
        table = as_table(game)
    except PlanError:
        assume(False)
        raise
    assume(len(table.cells) <= FEW)
    return table


@settings(max_examples=80)
@example(parsed(CROSSED))
@given(games())
def test_plans_and_payoffs_are_gambits(game: Game) -> None:
    table = table_of(game)
    theirs = gambit(write_efg(game).text)
    assert [len(labels) for labels in table.strategies] == [
        len(theirs.get_strategies(player)) for player in theirs.players
    ]
    places = product(*(range(len(labels)) for labels in table.strategies))
    assert [cell(table, place) for place in places] == payoffs_of(theirs)


@settings(max_examples=40)
@given(games())
def test_gambit_reads_the_same_payoffs_from_the_written_table(game: Game) -> None:
    table = table_of(game)
    assert payoffs_of(gambit(write_nfg(table).text)) == payoffs_of(gambit(write_efg(game).text))


@settings(max_examples=40)
@given(tables())
def test_a_table_comes_back_through_its_tree(table: Table) -> None:
    again = as_table(as_extensive(table))
    places = list(product(*(range(len(labels)) for labels in table.strategies)))
    assert [cell(again, place) for place in places] == [cell(table, place) for place in places]


def test_plans_are_named_by_their_sets_and_leave_out_what_they_rule_out() -> None:
    table = as_table(parsed(ENTRY))
    assert table.strategies[0] == ("1 in, 2 in", "1 in, 2 out", "1 out, 2 in", "1 out, 2 out")
    assert table.strategies[1] == ("fight", "yield")
    assert cell(table, (0, 0)) == (Fraction(1) - Fraction(1, 8), Fraction(-5, 2) + Fraction(5, 2))


def test_a_plan_that_stops_early_is_one_plan() -> None:
    text = 'EFG 2 R "" { "x" } p "" 1 1 "" { "stop" "go" } 0 t "" 0 p "" 1 2 "" { "a" "b" } 0 t "" 1 "" { 1 } t "" 0'
    assert as_table(parsed(text)).strategies == (("1 stop", "1 go, 2 a", "1 go, 2 b"),)


def lottery(n_sets: int, n_actions: int) -> Game:
    """One player who moves once, after a lot with so many outcomes that it sees."""
    draft = Draft("", "", ("x", "y"))
    lots = (Fraction(1, n_sets),) * n_sets
    draft.add("", draft.event("", tuple(map(str, range(n_sets))), lots), None)
    for _ in range(n_sets):
        draft.add("", draft.information_set(0, "", tuple("abcdefgh"[:n_actions])), None)
        for _ in range(n_actions):
            draft.add("", None, None)
    return draft.freeze()


def test_a_game_with_too_many_plans_is_refused_before_they_are_made() -> None:
    with pytest.raises(PlanError, match=r"`x` has more than 1,000 plans") as caught:
        as_table(lottery(400, 8))
    assert (caught.value.code, caught.value.nodes) == ("game-too-many-plans", ("x",))
    assert len(as_table(lottery(3, 8)).cells) == 512


def test_numbers_too_long_to_be_read_back_are_rounded() -> None:
    lots = " ".join(f'"{k}" {1}/{3**40}' for k in range(2))
    rest = f'"rest" {3**40 - 2}/{3**40}'
    inner = " ".join(f'"{k}" {1}/{7**30}' for k in range(2)) + f' "rest" {7**30 - 2}/{7**30}'
    lot = f'c "" 2 "" {{ {inner} }} 0'
    text = f'EFG 2 R "" {{ "x" }} c "" 1 "" {{ {lots} {rest} }} 0 {lot} {lot} t "" 1 "" {{ 1 }}' + ' t "" 0' * 6
    table = as_table(parsed(text))
    again, found = read_nfg(Source("game.nfg", write_nfg(table).text))
    assert found == []
    assert again is not None
    assert abs(again.outcomes[0].payoffs[0] - Fraction(1, 3**40 * 7**60)) < Fraction(1, 10**39)
