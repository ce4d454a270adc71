"""Written games are what melian and pygambit read back: payoffs, information sets, exact chances, labels."""

from fractions import Fraction
from typing import Any

import pygambit
from hypothesis import given, settings

from melian.exchange.draft import Draft
from melian.exchange.game import Game, Node, Table
from melian.exchange.nfg import as_extensive
from melian.exchange.read import parse_game
from melian.exchange.write import write_efg, write_nfg
from melian.source.text import Source
from tests.exchange.games import gambit, games, parsed, tables
from tests.exchange.test_efg import ENTRY

MANY = settings(max_examples=150)


def shape(game: Game) -> Any:
    """All of a game but its labels."""
    return (
        [(node.kind, node.place, node.children, node.outcome) for node in game.nodes],
        [(place.id, len(place.actions), place.members) for place in game.information_sets],
        [(event.number, event.chances, event.members) for event in game.events],
        [outcome.payoffs for outcome in game.outcomes],
    )


def labels(game: Game) -> dict[str, str]:
    """Every label that Gambit may refuse, by the name that the map uses."""
    found = {"title": game.title, "comment": game.comment}
    found |= {f"player {k}": label for k, label in enumerate(game.players, 1)}
    found |= {f"node {k}": node.label for k, node in enumerate(game.nodes, 1)}
    found |= {f"outcome {k}": outcome.label for k, outcome in enumerate(game.outcomes, 1)}
    for place in game.information_sets:
        found[f"information set {place.id}"] = place.label
        found |= {f"action {place.id}/{k}": label for k, label in enumerate(place.actions, 1)}
    for event in game.events:
        found[f"event {event.number}"] = event.label
        found |= {f"chance {event.number}/{k}": label for k, label in enumerate(event.actions, 1)}
    return found


@MANY
@given(games())
def test_melian_reads_back_what_it_wrote(game: Game) -> None:
    written = write_efg(game)
    again = parsed(written.text)
    assert shape(again) == shape(game)
    back = {renamed.what: renamed.before for renamed in written.renamed}
    assert {**labels(again), **back} == labels(game)
    assert write_efg(again).renamed == ()


@MANY
@given(games())
def test_gambit_reads_the_same_tree_chances_and_payoffs(game: Game) -> None:
    """Node by node, by the actions that lead there."""
    written = write_efg(game).text
    named, theirs = parsed(written), gambit(written)
    assert list(theirs.players) == list(named.players)
    waiting: list[tuple[int, tuple[str, ...]]] = [(0, ())]
    while waiting:
        number, path = waiting.pop()
        node, here = named.nodes[number], pygambit.H.path(*path)
        actions = named.actions_at(node)
        assert tuple(theirs.get_actions(here)) == actions
        _same_place(named, node, theirs, here)
        outcome = theirs.get_outcome(here)
        assert (outcome is None) == (node.outcome is None)
        if node.outcome is not None:
            payoffs = theirs.get_outcome_payoffs(outcome)
            assert tuple(Fraction(str(payoffs[player])) for player in named.players) == (
                named.outcomes[node.outcome].payoffs
            )
        waiting += [(child, (*path, action)) for child, action in zip(node.children, actions, strict=True)]


def _same_place(game: Game, node: Node, theirs: Any, here: Any) -> None:
    """The mover, who shares its information set, and the chances."""
    player = theirs.get_player(here)
    if node.kind == "end":
        assert player is None
    elif node.kind == "chance":
        event = game.events[node.place]
        found = theirs.get_action_probs(here)
        assert tuple(Fraction(str(found[action])) for action in event.actions) == event.chances
        assert len(theirs.get_members(here)) == len(event.members)
    else:
        place = game.information_sets[node.place]
        assert player == game.players[place.player]
        assert len(theirs.get_members(here)) == len(place.members)


@MANY
@given(games())
def test_gambit_numbers_information_sets_as_melian_does(game: Game) -> None:
    written = write_efg(game).text
    named, theirs = parsed(written), gambit(written)
    for number, player in enumerate(named.players):
        sets = [place for place in named.information_sets if place.player == number]
        first = [tuple(history.actions) for history in theirs.get_infosets(player)]
        assert first == [_path(named, place.members[0]) for place in sets]


def _path(game: Game, target: int) -> tuple[str, ...]:
    """Actions that lead to a node."""
    path: tuple[str, ...] = ()
    number = 0
    while number != target:
        node = game.nodes[number]
        k = max(k for k, child in enumerate(node.children) if child <= target)  # prefix order
        path, number = (*path, game.actions_at(node)[k]), node.children[k]
    return path


@MANY
@given(tables())
def test_tables_come_back_through_melian_and_gambit(table: Table) -> None:
    written = write_nfg(table)
    again, found = parse_game(Source("game.nfg", written.text))
    assert found == []
    assert again is not None
    assert shape(again) == shape(as_extensive(table))
    theirs = gambit(written.text)
    assert [len(theirs.get_strategies(player)) for player in theirs.players] == [
        len(names) for names in table.strategies
    ]
    first = theirs.get_payoffs({player: theirs.get_strategies(player)[0] for player in theirs.players})
    cell = table.cells[0]
    expected = [Fraction(0)] * len(table.players) if cell is None else list(table.outcomes[cell].payoffs)
    assert [Fraction(str(first[player])) for player in theirs.players] == expected


def test_labels_keep_accents_and_quotes_and_lose_what_gambit_refuses() -> None:
    draft = Draft('Die "Frage"', "", ("Łukasz", "Chance"))
    place = draft.information_set(0, "  at\u00a0\u00a0home ", ('"no"', "a\\b", "", "x", "x"))
    draft.add("", place, None)
    for _ in range(5):
        draft.add("end", None, None)
    written = write_efg(draft.freeze())
    assert '"Die \\"Frage\\""' in written.text
    assert '{ "\\"no\\"" "a\\b" "_1" "x_1" "x_2" }' in written.text
    assert {renamed.what: renamed.after for renamed in written.renamed} == {
        "player 2": "Chance_1",
        **{f"node {k}": f"end_{k - 1}" for k in range(2, 7)},
        "information set 1:1": "at home",
        "action 1:1/3": "_1",
        "action 1:1/4": "x_1",
        "action 1:1/5": "x_2",
    }
    assert list(gambit(written.text).players) == ["Łukasz", "Chance_1"]


def test_chances_are_written_as_exact_fractions() -> None:
    assert '{ "good" 1/4 "bad" 3/4 }' in write_efg(parsed(ENTRY)).text
