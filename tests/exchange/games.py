"""Games to test with: random ones, and what pygambit and melian make of a file."""

import io
from fractions import Fraction
from math import prod
from typing import Any

import pygambit
from hypothesis import strategies as st

from melian.exchange.draft import Draft
from melian.exchange.game import NOBODY, Game, Outcome, Table
from melian.exchange.read import parse_game
from melian.source.text import Source

LABELS = st.text(st.characters(codec="utf-8"), max_size=6) | st.sampled_from(
    ["go", "stay", "Київ", "é", 'say "no"', "a\\b", "\\", "Chance", " edge", "two  spaces", "line\nbreak", ""]
)
NUMBERS = st.fractions(-100, 100, max_denominator=60) | st.integers(-(10**12), 10**12).map(Fraction)


def gambit(text: str) -> Any:
    """The file as Gambit reads it."""
    read = pygambit.read_nfg if text.startswith("NFG") else pygambit.read_efg
    return read(io.BytesIO(text.encode("utf-8")))


def parsed(text: str) -> Game:
    """The file as melian reads it, without anything to be told."""
    game, found = parse_game(Source("game.efg", text))
    assert found == []
    assert game is not None
    return game


@st.composite
def chances(draw: st.DrawFn, count: int) -> tuple[Fraction, ...]:
    """Exact chances, some of them zero."""
    weights = draw(st.lists(st.integers(0, 7), min_size=count, max_size=count).filter(any))
    return tuple(Fraction(weight, sum(weights)) for weight in weights)


@st.composite
def games(
    draw: st.DrawFn, *, labels: st.SearchStrategy[str] = LABELS, numbers: st.SearchStrategy[Fraction] = NUMBERS
) -> Game:
    """Trees with any information structure in which no path meets a set twice."""
    n_players = draw(st.integers(1, 3))
    draft = Draft(draw(labels), draw(labels), tuple(draw(labels) for _ in range(n_players)))
    made: dict[tuple[int, int, int], list[int]] = {}
    payoffs = st.tuples(*[numbers] * n_players)
    outcomes = [draft.outcome(draw(labels), draw(payoffs)) for _ in range(draw(st.integers(1, 4)))]
    while not draft.is_complete:
        depth = draft.depth
        pays = draw(st.none() | st.sampled_from(outcomes))
        if depth >= 4 or draft.n_nodes > 60 or draw(st.integers(0, 3)) == 0:
            draft.add(draw(labels), None, pays)
            continue
        mover, count = draw(st.integers(NOBODY, n_players - 1)), draw(st.integers(1, 3))
        known = made.setdefault((depth, mover, count), [])
        if not known or draw(st.booleans()):
            names = tuple(draw(labels) for _ in range(count))
            if mover == NOBODY:
                known.append(draft.event(draw(labels), names, draw(chances(count))))
            else:
                known.append(draft.information_set(mover, draw(labels), names))
        draft.add(draw(labels), draw(st.sampled_from(known)), pays)
    return draft.freeze()


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Strategic games."""
    n_players = draw(st.integers(1, 3))
    strategies = tuple(tuple(draw(st.lists(LABELS, min_size=1, max_size=3))) for _ in range(n_players))
    n_cells = prod(map(len, strategies))
    payoffs = st.tuples(*[NUMBERS] * n_players)
    outcomes = tuple(draw(st.lists(st.builds(Outcome, LABELS, payoffs), min_size=1, max_size=4)))
    cell = st.none() | st.integers(0, len(outcomes) - 1)
    cells = tuple(draw(st.lists(cell, min_size=n_cells, max_size=n_cells)))
    return Table(draw(LABELS), draw(LABELS), tuple(draw(LABELS) for _ in range(n_players)), strategies, outcomes, cells)
