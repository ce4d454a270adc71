"""What the rules of soundness share: which names resolve, which combinations a list of rules covers.

A rule looks only at what resolves: a name that does not is reported once, by `unknown_name`, and raises no follow-ups.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

from melian.case.case import (
    UNREAD_NAME,
    Case,
    Chances,
    Choice,
    Condition,
    Factor,
    Influences,
    Name,
    Report,
    Row,
    Rule,
    Stake,
    State,
    Table,
    Test,
)
from melian.case.functions import Noisy
from melian.case.judgement import Judgement
from melian.case.watch import Prospect
from melian.source.text import Span

MAX_COMBINATIONS = 200_000


def given_tests(case: Case, tests: Iterable[Test]) -> bool:
    """Whether every node and state that tests name exists."""
    nodes = case.nodes
    for test in tests:
        node = nodes.get(test.node.text)
        if node is None or not {state.text for state in test.states} <= {state.name for state in node.states}:
            return False
    return True


def states_of(case: Case, name: str) -> tuple[str, ...]:
    """States of a node; () where there is no such node."""
    node = case.nodes.get(name)
    return tuple(state.name for state in node.states) if node else ()


def parents_of(node: Factor | Choice) -> tuple[Name, ...]:
    """Nodes that a factor depends on, or that a choice sees."""
    return node.sees if isinstance(node, Choice) else node.table.given


def rules_of(table: Table) -> tuple[Rule, ...]:  # type: ignore[type-arg]
    """Rules of a table, of whatever form."""
    if isinstance(table, Influences):
        return table.influences
    return table.rules if isinstance(table, Chances | Noisy) else ()


def rows_of(table: Table) -> Iterator[Row]:
    """Rows of chances of a table."""
    if isinstance(table, Influences):
        yield table.base
    elif isinstance(table, Chances):
        yield from (rule.outcome for rule in table.rules)
    else:
        yield from table.rows()


@dataclass(frozen=True, slots=True)
class Grid:
    """Combinations of states of some nodes."""

    names: tuple[str, ...]
    states: tuple[tuple[str, ...], ...]

    @property
    def size(self) -> int:
        """Number of combinations."""
        return prod(len(states) for states in self.states)

    def where(self, tests: Sequence[Test]) -> NDArray[np.bool_]:
        """Where all tests hold, one cell a combination."""
        found = np.ones(tuple(len(states) for states in self.states), dtype=bool)
        for test in tests:
            found &= self.at(test.node.text, {state.text for state in test.states})
        return found

    def at(self, name: str, states: Collection[str]) -> NDArray[np.bool_]:
        """Where a node is in one of some states, with an axis of length one for every other node."""
        axis = self.names.index(name)
        shape = [1] * len(self.names)
        shape[axis] = len(self.states[axis])
        return np.array([state in states for state in self.states[axis]]).reshape(shape)

    def holds(self, condition: Condition | Test) -> NDArray[np.bool_]:
        """Where a condition holds, one cell a combination."""
        if isinstance(condition, Test):
            return self.where([condition])
        parts = [self.holds(part) for part in condition.parts]
        joined: NDArray[np.bool_]
        joined = np.logical_or.reduce(parts) if condition.kind == "any" else np.logical_and.reduce(parts)
        return joined

    def describe(self, flat: int) -> str:
        """One combination in words."""
        places = np.unravel_index(flat, tuple(len(states) for states in self.states))
        parts = (
            f"{name}: {states[place]}" for name, states, place in zip(self.names, self.states, places, strict=True)
        )
        return "{" + ", ".join(parts) + "}"


def reports(case: Case) -> Iterator[Report]:
    """Reports that have a name to be told apart by."""
    return (report for report in case.evidence if report.name != UNREAD_NAME)


def reported(case: Case) -> Iterator[Report]:
    """Reports that somebody made: without what the analyst holds after all."""
    return (report for report in reports(case) if not report.is_believed)


def all_reports(case: Case) -> Iterator[Report | Prospect]:
    """Reports that were made and that may yet come, which have a name to be told apart by."""
    yield from reports(case)
    yield from (prospect for prospect in case.watch if prospect.name != UNREAD_NAME)


def stated(row: Row) -> tuple[Judgement, ...]:
    """Every judgement of a row."""
    return (*(judgement for _, judgement in row.entries), *([row.others] if row.others is not None else []))


def rows(case: Case) -> Iterator[tuple[Row, str]]:
    """Every row of chances or likelihoods in a case, with the node that it is about."""
    tables = [(factor.table, factor.name) for factor in case.factors]
    tables += [(belief.table, belief.factor.text) for belief in case.beliefs]
    for table, node in tables:
        yield from ((row, node) for row in rows_of(table))
    likelihoods: list[Report | Prospect] = [*case.evidence, *case.watch]
    for report in likelihoods:
        if not report.is_finding and not (isinstance(report, Report) and report.is_believed):
            yield report.likelihood, report.bears_on.text


def conditions(choice: Choice) -> Iterator[tuple[State, Condition]]:
    """Options of a choice that are open only in some situations, with the condition."""
    for option in choice.states:
        if option.available is not None:
            yield option, option.available.when


def is_whole(condition: Condition | Test) -> bool:
    """Whether every part of a condition could be read; what could not was reported where it stands."""
    return isinstance(condition, Test) or (bool(condition.parts) and all(is_whole(part) for part in condition.parts))


@dataclass(frozen=True, slots=True)
class Openness:
    """Which options of a choice are open, over the states of what their conditions name.

    Attributes
    ----------
    is_open : by option, [states of each node of the grid].
    """

    grid: Grid
    is_open: dict[str, NDArray[np.bool_]]


def openness(case: Case, choice: Choice) -> Openness | None:
    """Which options are open where; None if that cannot be told, about which there is an error then."""
    said = list(conditions(choice))
    tests = [test for _, when in said for test in when.tests()]
    names = tuple(dict.fromkeys(test.node.text for test in tests))
    grid = Grid(names, tuple(states_of(case, name) for name in names))
    resolves = set(names) <= {name.text for name in choice.sees} and given_tests(case, tests)
    if not choice.states or not resolves or not all(is_whole(when) for _, when in said) or grid.size > MAX_COMBINATIONS:
        return None
    always = np.ones(tuple(len(states) for states in grid.states), dtype=bool)
    return Openness(grid, {option.name: always for option in choice.states} | {o.name: grid.holds(w) for o, w in said})


def never_open(case: Case, name: str) -> frozenset[str]:
    """Options of a choice that are open in no situation; none of a factor."""
    node = case.nodes.get(name)
    found = openness(case, node) if isinstance(node, Choice) else None
    return frozenset(option for option, cells in found.is_open.items() if not cells.any()) if found else frozenset()


@dataclass(frozen=True, slots=True)
class Ruled:
    """A list of rules over what it is given by: of a factor, a belief or a stake."""

    what: str
    given: tuple[Name, ...]
    rules: tuple[Rule, ...]  # type: ignore[type-arg]
    must_cover: bool
    span: Span

    def grid(self, case: Case) -> Grid | None:
        """Combinations it is over; None if a name does not resolve, a test is outside `given`, or they are too many."""
        names = tuple(dict.fromkeys(name.text for name in self.given))
        grid = Grid(names, tuple(states_of(case, name) for name in names))
        tests = [test for rule in self.rules for test in rule.when]
        inside = all(test.node.text in names for test in tests)
        resolves = all(grid.states) and inside and given_tests(case, tests)
        return grid if resolves and grid.size <= MAX_COMBINATIONS else None


def ruled(case: Case) -> Iterator[Ruled]:
    """Every list of rules in a case; functions have none that lie over what they are given by."""
    for factor in case.factors:
        yield from _of_table(f"the chances of `{factor.name}`", factor.table, factor.span)
    for belief in case.beliefs:
        yield from _of_table(f"the belief of `{belief.actor}` on `{belief.factor}`", belief.table, belief.span)
    for stake in all_stakes(case):
        yield Ruled(f"the values of `{stake.name}`", stake.given, stake.rules, True, stake.span)


def _of_table(what: str, table: Table, span: Span) -> Iterator[Ruled]:
    if isinstance(table, Chances | Influences):
        yield Ruled(what, table.given, rules_of(table), isinstance(table, Chances), span)


def all_stakes(case: Case) -> Iterator[Stake]:
    """Stakes of all actors."""
    for stakes in case.stakes:
        yield from stakes.stakes


def graph(case: Case) -> dict[str, set[str]]:
    """Parents of every node that exist, by name."""
    nodes = case.nodes
    return {name: {p.text for p in parents_of(node) if p.text in nodes} for name, node in nodes.items()}


def upstream(parents: dict[str, set[str]], names: Iterable[str]) -> set[str]:
    """Return the nodes from which any of some nodes can be reached, those among them."""
    found: set[str] = set()
    ahead = list(names)
    while ahead:
        name = ahead.pop()
        if name not in found:
            found.add(name)
            ahead += parents.get(name, ())
    return found


def unwrapped(condition: Condition) -> Condition:
    """Return the condition that others of one part each only stand around."""
    while len(condition.parts) == 1 and isinstance(part := condition.parts[0], Condition):
        condition = part
    return condition
