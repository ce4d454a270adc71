"""A function of many nodes as a chain of small tables, linked by hidden axes: its cost is linear in its parts.

Behind each part the chain knows only what it needs for the rest: numbers that lead to the same, whatever follows, are
one. That is the smallest automaton that reads the parts in this order (Bryant 1986, Graph-based algorithms for Boolean
function manipulation, IEEE Transactions on Computers 35, of which these are the many-valued kind).

A part whose number is a matter of chance has a hidden axis of its own for that number, so that every cell of every
table is a chance of the case, or certain.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from melian.model.functions import FunctionPart, FunctionTable, Slots, numbers_of

# In the place of slots: chances that are the same in every world.
CERTAIN: Final = -1
NEVER: Final = -2

Fresh = Callable[[int], int]


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """One table of a chain.

    Attributes
    ----------
    axes : variables and hidden axes, rising.
    slots : [states of each axis] slot of each chance, `CERTAIN` or `NEVER`.
    """

    axes: tuple[int, ...]
    slots: Slots


def chain_of(table: FunctionTable, n_states: int, fresh: Fresh) -> Iterator[Link]:
    """Tables whose product, summed over the hidden axes, is the table of a function; the last has its own axis.

    Parameters
    ----------
    n_states : of the variable.
    fresh : gives a new hidden axis of some length.
    """
    kinds = _kinds(table, n_states)
    before: int | None = None
    for place, each in enumerate(table.parts):
        part, is_last = each, place == len(table.parts) - 1
        after = table.own if is_last else fresh(len(set(kinds[place + 1].values())))
        if any(not isinstance(outcome, int) for outcome in part.outcomes):
            numbers = tuple(range(n_states))
            chosen = fresh(n_states)
            yield _drawn(part, chosen, n_states)
            part = FunctionPart((chosen,), np.arange(n_states), numbers)
        yield _fold(table, part, (before, kinds[place]), (after, kinds[place + 1]), n_states if is_last else None)
        before = after


def _kinds(table: FunctionTable, n_states: int) -> list[dict[int, int]]:
    """Kind of each number that may stand before each part, and at the end the state that it leads to."""
    reached = [{table.start(n_states)}]
    for part in table.parts:
        reached.append({table.combine(one, other) for one in reached[-1] for other in numbers_of(part)})
    kinds = [{number: table.results[number] for number in reached[-1]}]
    for part, numbers in zip(reversed(table.parts), reversed(reached[:-1]), strict=True):
        ahead, of = numbers_of(part), kinds[0]
        known: dict[tuple[int, ...], int] = {}
        found = {}
        for number in sorted(numbers):
            leads = tuple(of[table.combine(number, other)] for other in ahead)
            found[number] = known.setdefault(leads, len(known))
        kinds.insert(0, found)
    return kinds


def _drawn(part: FunctionPart, chosen: int, n_states: int) -> Link:
    """Number of a part that is a matter of chance, given what it hangs on."""
    rows = np.full((len(part.outcomes), n_states), NEVER, dtype=np.intp)
    for place, outcome in enumerate(part.outcomes):
        if isinstance(outcome, int):
            rows[place, outcome] = CERTAIN
        else:
            rows[place] = outcome
    return Link((*part.axes, chosen), rows[part.which])


def _fold(
    table: FunctionTable,
    part: FunctionPart,
    before: tuple[int | None, Mapping[int, int]],
    after: tuple[int, Mapping[int, int]],
    n_states: int | None,
) -> Link:
    """Kind after a part, given the kind before it and what the part hangs on; `n_states` where it is the state."""
    (entry, kinds), (exit_, following) = before, after
    n_after = n_states if n_states is not None else len(set(following.values()))
    steps = np.full((len(set(kinds.values())), len(part.outcomes), n_after), NEVER, dtype=np.intp)
    for number, kind in kinds.items():
        for place, outcome in enumerate(part.outcomes):
            assert isinstance(outcome, int)
            steps[kind, place, following[table.combine(number, outcome)]] = CERTAIN
    slots = steps[:, part.which]
    axes = (*([] if entry is None else [entry]), *part.axes, exit_)
    slots = slots[0] if entry is None else slots
    order = sorted(range(len(axes)), key=lambda place: axes[place])
    return Link(tuple(axes[place] for place in order), np.ascontiguousarray(slots.transpose(order)))
