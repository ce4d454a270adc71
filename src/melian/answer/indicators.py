"""What to watch: what seeing each thing that is not known yet is expected to tell of the event.

What each is worth is the mutual information between it and the event, given all that is known (Lindley 1956), and in
plain units how far it would move the answer (Howard 1966 asks the same of a decision: what one expects to learn before
one knows what one learns). Of two things that say the same, the second is worth what it still tells once the first is
known: the set to watch is chosen one by one so.

References
----------
Lindley 1956, On a measure of the information provided by an experiment, Annals of Mathematical Statistics 27.
Howard 1966, Information value theory, IEEE Transactions on Systems Science and Cybernetics 2.
Krause and Guestrin 2005, Near-optimal nonmyopic value of information in graphical models, UAI: choosing one by one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from melian.answer.again import solve_again
from melian.answer.information import LEAST_GROUPS, Information, Move, information_of, move_of
from melian.answer.prospect import made, naming
from melian.answer.ranking import ranked
from melian.answer.sampling import Sampled, Told
from melian.answer.segments import by_replicate
from melian.answer.shown import Answer
from melian.case.dependence import ancestors, descendants
from melian.case.watch import EASE, Observable
from melian.errors import AskError
from melian.model.diagram import Model
from melian.plan.plan import Enquiry
from melian.plan.relevance import Outlooks
from melian.solve.kernel.words import REPLICATES
from melian.solve.machine import SEGMENT
from melian.solve.run import Worlds

Floats = NDArray[np.float64]
Kind = Literal["factor", "choice", "report"]

DEFAULT_GRADE: Final = "B"
UNSAID: Final = "with effort"
MADE: Final = ("made", "not made")
# A state that carries all but this is known already.
KNOWN: Final = 1e-12
# How many things the set to watch holds at the most, and how many times all worlds are solved to find it.
SET: Final = 3
MAX_SOLVES: Final = 24


@dataclass(frozen=True, slots=True)
class Indicator:
    """One thing that may be seen.

    Attributes
    ----------
    name : the factor's, the choice's or the report's.
    node : what is seen or reported on.
    results : names of what may be seen: states, or that a report is made or not.
    information : about the event, were it seen beyond doubt.
    reported : about the event, were it only reported by a source of the grade that is asked about; None of a report.
    move : what seeing it does to the answer.
    is_sign : whether it comes after what the question asks about, or after its horizon: it tells but cannot warn.
    observable : when and how readily it can be seen, as the case says.
    then : what it still tells once the first of the set to watch is known; None for that first one.
    """

    name: str
    kind: Kind
    node: str
    results: tuple[str, ...]
    information: Information
    reported: Information | None
    move: Move
    is_sign: bool
    observable: Observable | None
    then: Information | None = None


def _worth(observable: Observable | None) -> float:
    """What a bit is worth by the effort that seeing it takes; where nothing is said of that, it takes some."""
    return 1.0 / EASE[(observable and observable.how) or UNSAID]


@dataclass(frozen=True, slots=True)
class Watched:
    """One of the set to watch, and what it tells once those before it in the set are known."""

    name: str
    kind: Kind
    information: Information


@dataclass(frozen=True, slots=True)
class Indicators(Answer):
    """All that may be seen, what tells most for its effort first; what cannot be told from telling nothing last.

    Attributes
    ----------
    answer : chance of the event as it is.
    uncertainty : bits that knowing the event itself would tell: no indicator can tell more.
    letter : grade of the source that reports are reckoned with.
    watch : what to see first, what then, and so on; only what can warn.
    """

    answer: float
    uncertainty: float
    letter: str
    indicators: tuple[Indicator, ...]
    watch: tuple[Watched, ...]


def indicators_of(
    model: Model,
    enquiry: Enquiry,
    sampled: Sampled,
    *,
    letter: str = DEFAULT_GRADE,
    own: bool = False,
    told: Told | None = None,
) -> Indicators:
    """What to watch.

    Parameters
    ----------
    letter : grade of the source that reports are reckoned with.
    own : whether the nodes that the question asks about are looked at too.
    told : called with what is being done and the share of it that is done.

    Raises
    ------
    AskError
        If there are too few worlds to tell information from chance.
    """
    if _n_groups(sampled) < LEAST_GROUPS:
        raise AskError(
            "what to watch cannot be told from so few worlds",
            [f"draw at least {LEAST_GROUPS * SEGMENT} worlds (--worlds): information has to be told from chance"],
        )
    looked = _Looking(model, enquiry, sampled, letter)
    in_order = _ranked(looked.indicator(item) for item in looked.items(own=own))
    watch, then = _set_to_watch(looked, in_order, told)
    in_order = tuple(replace(indicator, then=then.get(_key(indicator))) for indicator in in_order)
    answer = looked.table(model.event.axes[0]).sum(axis=(1, 2))
    answer /= answer.sum()
    return Indicators(float(answer[1]), _entropy(answer), letter, in_order, watch)


def headline_of(model: Model, enquiry: Enquiry, sampled: Sampled) -> Indicator | None:
    """The one thing to watch first, without solving anything again; None if nothing tells anything."""
    if _n_groups(sampled) < LEAST_GROUPS:
        return None
    looked = _Looking(model, enquiry, sampled, DEFAULT_GRADE)
    in_order = _ranked(looked.indicator(item) for item in looked.items(own=False) if not item.is_sign)
    return in_order[0] if in_order and in_order[0].information.is_told else None


def _entropy(chances: Floats) -> float:
    held = chances[chances > 0]
    return float(-(held * np.log2(held)).sum())


def _ranked(indicators: Iterable[Indicator]) -> tuple[Indicator, ...]:
    by_worth = ranked(indicators, key=lambda one: one.information.bits * _worth(one.observable))
    return tuple(sorted(by_worth, key=lambda one: not one.information.is_told))


def _n_groups(sampled: Sampled) -> int:
    return min(REPLICATES, -(-sampled.population.n_worlds // SEGMENT))


@dataclass(frozen=True, slots=True, eq=False)
class _Item:
    """Something that may be seen: a result of a node by the chances [S, R] of each in each of its states."""

    name: str
    kind: Kind
    node: int
    results: tuple[str, ...]
    channel: Floats
    is_sign: bool
    observable: Observable | None

    @property
    def worth(self) -> float:
        """What a bit is worth by the effort that seeing it takes."""
        return _worth(self.observable)


def _key(seen: Indicator | _Item) -> str:
    """Name that nothing else has: a report may be called as a node is, and no name has a blank."""
    return f"report {seen.name}" if seen.kind == "report" else seen.name


class _Looking:
    """What there is to see in a solved case."""

    def __init__(self, model: Model, enquiry: Enquiry, sampled: Sampled, letter: str) -> None:
        self.model, self.enquiry, self.sampled, self.letter = model, enquiry, sampled, letter
        self.grades = dict(model.case.grades)
        graph = Outlooks(model, frozenset(enquiry.do)).graph(None)
        event = set(model.event.axes)
        after = {below for node in event for below in descendants(graph, node)} - event
        before = ancestors(graph, event)
        self.signs = after - before

    def items(self, *, own: bool) -> Iterator[_Item]:
        """Nodes whose state is not known, and reports on such nodes that may yet come."""
        case = self.model.case
        for variable in self.model.variables:
            if self._is_open(variable.index) and (own or variable.index not in self.model.event.axes):
                observable = case.nodes[variable.name].observable
                sign = self._is_sign(variable.index, observable)
                channel = np.eye(variable.n_states)
                yield _Item(variable.name, variable.kind, variable.index, variable.states, channel, sign, observable)
        for prospect in case.watch:
            variable = self.model.variables[self.model.index_of(prospect.bears_on.text)]
            if self._is_open(variable.index):
                sign = self._is_sign(variable.index, prospect.observable)
                channel = made(prospect, variable.states, self.grades)
                yield _Item(prospect.name, "report", variable.index, MADE, channel, sign, prospect.observable)

    def _is_open(self, variable: int) -> bool:
        """Whether the state of a node is not known."""
        return bool(self.sampled.worlds.marginals[variable].sum(axis=1).max() < 1.0 - KNOWN)

    def _is_sign(self, variable: int, observable: Observable | None) -> bool:
        """Whether a node comes after what the question asks about, and nothing of that after it; or after its day."""
        day, by = observable.day if observable else None, self.model.case.question.by
        return variable in self.signs or (day is not None and by is not None and day > by)

    def table(self, variable: int, worlds: Worlds | None = None) -> Floats:
        """Event and state of a node, [2, S, G]."""
        sums = (worlds or self.sampled.worlds).sums[variable]
        return np.swapaxes(by_replicate(sums), 0, 1)

    def indicator(self, item: _Item) -> Indicator:
        """What seeing something tells."""
        sums = self.table(item.node)
        seen = np.einsum("esg,sr->erg", sums, item.channel)
        reported = None
        if item.kind != "report":
            named = naming(len(item.channel), self.letter, self.grades)
            reported = information_of(np.einsum("esg,sr->erg", sums, named)[:, np.newaxis])
        return Indicator(
            name=item.name,
            kind=item.kind,
            node=self.model.variables[item.node].name,
            results=item.results,
            information=information_of(seen[:, np.newaxis]),
            reported=reported,
            move=move_of(seen),
            is_sign=item.is_sign,
            observable=item.observable,
        )

    def n_solves(self, known: Sequence[_Item]) -> int:
        """How many times all worlds are solved to know what is left once some things are known."""
        return prod(self.model.variables[node].n_states for node in _nodes(known))

    def given(self, known: Sequence[_Item], others: Sequence[_Item]) -> dict[str, Information]:
        """What each of some other things still tells once some are known, by name."""
        nodes = _nodes(known)
        n_states = [self.model.variables[node].n_states for node in nodes]
        tables: dict[int, list[Floats]] = {item.node: [] for item in others}
        for states in np.ndindex(*n_states):
            observe = {**self.enquiry.observe, **dict(zip(nodes, states, strict=True))}
            again = replace(self.enquiry, observe=observe)
            worlds = solve_again(self.model, self.sampled, again)
            for node, found in tables.items():
                found.append(self.table(node, worlds))
        contexts = _contexts(known, nodes)
        return {
            _key(item): information_of(
                np.einsum("keqg,kc,qr->ecrg", np.stack(tables[item.node]), contexts, item.channel, optimize=True)
            )
            for item in others
        }


def _nodes(known: Sequence[_Item]) -> list[int]:
    """Nodes that some things are about, each once."""
    return list(dict.fromkeys(item.node for item in known))


def _contexts(known: Sequence[_Item], nodes: Sequence[int]) -> Floats:
    """Chance of all results together of what is known, [combinations of states, combinations of results]."""
    found: Floats = np.ones((1, 1))
    for node in nodes:
        channel: Floats = np.ones((next(len(item.channel) for item in known if item.node == node), 1))
        for item in known:
            if item.node == node:
                channel = (channel[:, :, np.newaxis] * item.channel[:, np.newaxis]).reshape(len(channel), -1)
        found = np.asarray(np.kron(found, channel), dtype=np.float64)
    return found


def _set_to_watch(
    looked: _Looking, indicators: Sequence[Indicator], told: Told | None
) -> tuple[tuple[Watched, ...], dict[str, Information]]:
    """What to see first, second and third, and what everything else tells once the first is known."""
    items = {_key(item): item for item in looked.items(own=True)}
    left = {_key(i): i.information for i in indicators if not i.is_sign and i.information.is_told}
    worth = {key: items[key].worth for key in left}
    watch: list[Watched] = []
    known: list[_Item] = []
    then: dict[str, Information] = {}
    while left:
        told_apart = [each for each in left if left[each].is_told]
        if not told_apart:
            break
        key = ranked(told_apart, key=lambda each: left[each].bits * worth[each])[0]
        known.append(items[key])
        watch.append(Watched(items[key].name, items[key].kind, left[key]))
        others = [items[_key(i)] for i in indicators if items[_key(i)] not in known]
        if len(watch) == SET or not others or looked.n_solves(known) > MAX_SOLVES:
            break
        if told is not None:
            told("Looking at what to watch", len(watch) / SET)
        found = looked.given(known, others)
        then = then or found
        left = {other: found[other] for other in left if other in found}
    return tuple(watch), then
