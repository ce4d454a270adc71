"""Who forgets what: named where it happens, and never where Gambit finds perfect recall."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from melian.exchange.examine import examine_game
from melian.exchange.game import Game
from melian.exchange.recall import Lapse, lapses
from melian.exchange.write import write_efg
from melian.source.render import concise
from melian.source.text import Source
from tests.exchange.games import gambit, games, parsed
from tests.solve.games.game_texts import BEER, PENNIES, kuhn_poker, random_game

ACTION = """EFG 2 R "" { "One" "Two" }
p "" 1 1 "first" { "l" "r" } 0
p "" 1 2 "second" { "L" "R" } 0
t "" 1 "" { 3 0 }
t "" 0
p "" 1 2 0
t "" 0
t "" 2 "" { 1 0 }
"""

# One sees the lot at its first move and no longer knows it at its second.
INFORMATION = """EFG 2 R "" { "One" }
c "" 1 "" { "sun" 1/2 "rain" 1/2 } 0
p "" 1 1 "in the sun" { "go" } 0
p "" 1 2 "later" { "l" "r" } 0
t "" 1 "" { 3 }
t "" 0
p "" 1 3 "in the rain" { "go" } 0
p "" 1 2 0
t "" 0
t "" 2 "" { 1 }
"""

# One does not know whether it has moved before.
WHETHER = """EFG 2 R "" { "One" }
c "" 1 "" { "once" 1/2 "twice" 1/2 } 0
p "" 1 1 "last" { "l" "r" } 0
t "" 1 "" { 3 }
t "" 0
p "" 1 2 "earlier" { "go" } 0
p "" 1 1 0
t "" 0
t "" 2 "" { 1 }
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ACTION, Lapse(1, "action", 0)),
        (INFORMATION, Lapse(1, "information", 0)),
        (WHETHER, Lapse(0, "information", 1)),
    ],
    ids=["action", "information", "whether"],
)
def test_what_is_forgotten_is_found(text: str, expected: Lapse) -> None:
    assert lapses(parsed(text)) == (expected,)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (ACTION, "3:8: info[game-imperfect-recall]: `One` has forgotten at 1:2 `second` what it did at 1:1 `first`"),
        (WHETHER, "3:8: info[game-imperfect-recall]: `One` has forgotten at 1:1 `last` whether it has been at 1:2"),
    ],
)
def test_it_is_told_by_name_and_place(text: str, told: str) -> None:
    _, found = examine_game(Source("game.efg", text))
    assert concise(found).startswith(f"game.efg:{told}")


def test_who_meets_its_set_twice_is_absent_minded() -> None:
    game = parsed('EFG 2 R "" { "x" } p "" 1 1 "" { "a" "b" } 0 t "" 0 p "" 1 1 0 t "" 1 "" { 1 } t "" 0')
    assert lapses(game) == (Lapse(0, "absent-minded", 0),)


def test_common_games_have_perfect_recall() -> None:
    for game in (parsed(BEER), parsed(PENNIES), kuhn_poker()):
        assert lapses(game) == ()
    assert examine_game(Source("game.nfg", PENNIES))[1] == []


def with_lots_apart(game: Game) -> Game:
    """The same game with an event for each move of chance: Gambit asks of chance, too, that it remembers."""
    nodes, events = [], []
    for number, node in enumerate(game.nodes):
        if node.kind == "chance":
            events.append(replace(game.events[node.place], number=len(events) + 1, members=(number,)))
            nodes.append(replace(node, place=len(events) - 1))
        else:
            nodes.append(node)
    return replace(game, nodes=tuple(nodes), events=tuple(events))


@settings(max_examples=150)
@given(games())
def test_recall_is_perfect_where_gambit_says_so(game: Game) -> None:
    assert (lapses(game) == ()) == gambit(write_efg(with_lots_apart(game)).text).is_perfect_recall


@pytest.mark.parametrize("seed", range(30))
def test_absent_minds_are_found_where_gambit_finds_no_perfect_recall(seed: int) -> None:
    game = random_game(np.random.default_rng([11, seed]), absent_minded=True)
    assert (lapses(game) == ()) == gambit(write_efg(with_lots_apart(game)).text).is_perfect_recall
