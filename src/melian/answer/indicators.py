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
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from melian.answer.again import solve_again
from melian.answer.information import LEAST_GROUPS, Information, Move, information_of, move_of
from melian.answer.prospect import naming, seeing
from melian.answer.sampling import Sampled, Sampling, Told
from melian.errors import AskError
from melian.model.diagram import Model
from melian.plan.make import Enquiry
from melian.plan.relevance import Outlooks, ancestors, descendants
from melian.solve.machine import SEGMENT
from melian.solve.posterior.sample import ISLANDS
from melian.solve.run import Worlds

Floats = NDArray[np.float64]
Kind = Literal["factor", "choice"]

DEFAULT_GRADE: Final = "B"
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
    name : the factor's or the choice's.
    results : names of what may be seen.
    information : about the event, were it seen beyond doubt.
    reported : about the event, were it only reported by a source of the grade that is asked about.
    move : what seeing it does to the answer.
    is_sign : whether it comes after what the question asks about, so that it tells of it but cannot warn.
    then : what it still tells once the first of the set to watch is known; None for that first one.
    """

    name: str
    kind: Kind
    results: tuple[str, ...]
    information: Information
    reported: Information
    move: Move
    is_sign: bool
    then: Information | None = None


@dataclass(frozen=True, slots=True)
class Watched:
    """One of the set to watch, and what it tells once those before it in the set are known."""

    name: str
    information: Information


@dataclass(frozen=True, slots=True)
class Indicators:
    """All that may be seen, what tells most of the event first; what cannot be told from telling nothing last.

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
    ranked = _ranked(looked.indicator(variable) for variable in looked.open_nodes(own=own))
    watch, then = _set_to_watch(looked, ranked, told)
    ranked = tuple(replace(indicator, then=then.get(indicator.name)) for indicator in ranked)
    answer = looked.table(model.event.axes[0]).sum(axis=(1, 2))
    answer /= answer.sum()
    return Indicators(float(answer[1]), _entropy(answer), letter, ranked, watch)


def headline_of(model: Model, enquiry: Enquiry, sampled: Sampled) -> Indicator | None:
    """The one thing to watch first, without solving anything again; None if nothing tells anything."""
    if _n_groups(sampled) < LEAST_GROUPS:
        return None
    looked = _Looking(model, enquiry, sampled, DEFAULT_GRADE)
    warnings = [v for v in looked.open_nodes(own=False) if not looked.is_sign(v)]
    ranked = _ranked(looked.indicator(variable) for variable in warnings)
    return ranked[0] if ranked and ranked[0].information.is_told else None


def _entropy(chances: Floats) -> float:
    held = chances[chances > 0]
    return float(-(held * np.log2(held)).sum())


def _ranked(indicators: Iterable[Indicator]) -> tuple[Indicator, ...]:
    return tuple(sorted(indicators, key=_rank))


def _rank(indicator: Indicator) -> tuple[bool, float]:
    return not indicator.information.is_told, -indicator.information.bits


def _n_groups(sampled: Sampled) -> int:
    return ISLANDS if sampled.sampling.is_adapted else -(-sampled.population.n_worlds // SEGMENT)


def _grouped(sums: Floats, sampling: Sampling) -> Floats:
    """Sums by groups of worlds that were drawn without knowing of each other, [..., segments] to [..., G]."""
    if not sampling.is_adapted:
        return sums
    found: Floats = sums.reshape(*sums.shape[:-1], ISLANDS, -1).sum(axis=-1)
    return found


class _Looking:
    """What there is to see in a solved case."""

    def __init__(self, model: Model, enquiry: Enquiry, sampled: Sampled, letter: str) -> None:
        self.model, self.enquiry, self.sampled, self.letter = model, enquiry, sampled, letter
        graph = Outlooks(model, frozenset(enquiry.do)).graph(None)
        event = set(model.event.axes)
        after = set().union(*(descendants(graph, node) for node in event)) - event
        self.signs = after - ancestors(graph, event)

    def is_sign(self, variable: int) -> bool:
        """Whether a node comes after what the question asks about, and nothing of that after it."""
        return variable in self.signs

    def open_nodes(self, *, own: bool) -> Iterator[int]:
        """Nodes whose state is not known."""
        for variable in self.model.variables:
            if variable.index in self.model.event.axes and not own:
                continue
            chances = self.sampled.worlds.marginals[variable.index].sum(axis=1)
            if chances.max() < 1.0 - KNOWN:
                yield variable.index

    def table(self, variable: int, worlds: Worlds | None = None) -> Floats:
        """Event and state of a node, [2, S, G]."""
        sums = (worlds or self.sampled.worlds).sums[variable]
        return np.swapaxes(_grouped(sums, self.sampled.sampling), 0, 1)

    def indicator(self, variable: int) -> Indicator:
        """What seeing a node tells."""
        node = self.model.variables[variable]
        sums = self.table(variable)
        named = naming(node.n_states, self.letter, dict(self.model.case.grades))
        return Indicator(
            name=node.name,
            kind=node.kind,
            results=node.states,
            information=_told(sums, seeing(node.n_states)),
            reported=_told(sums, named),
            move=move_of(sums),
            is_sign=self.is_sign(variable),
        )

    def given(self, known: Sequence[int], variables: Iterable[int]) -> dict[int, Floats]:
        """Event, states of known nodes and state of each of some others, [2, K, S, G], by the other node."""
        variables = list(variables)
        n_states = [self.model.variables[node].n_states for node in known]
        tables: dict[int, list[Floats]] = {variable: [] for variable in variables}
        for states in np.ndindex(*n_states):
            observe = {**self.enquiry.observe, **dict(zip(known, states, strict=True))}
            again = Enquiry(observe, self.enquiry.do, self.enquiry.announced)
            worlds = solve_again(self.model, self.sampled, again)
            for variable in variables:
                tables[variable].append(self.table(variable, worlds))
        return {variable: np.stack(found, axis=1) for variable, found in tables.items()}


def _told(sums: Floats, channel: Floats) -> Information:
    """Information of what is seen through a channel [S, R]."""
    return information_of(np.einsum("esg,sr->erg", sums, channel)[:, np.newaxis])


def _set_to_watch(
    looked: _Looking, ranked: Sequence[Indicator], told: Told | None
) -> tuple[tuple[Watched, ...], dict[str, Information]]:
    """What to see first, second and third, and what everything else tells once the first is known."""
    left = {i.name: i.information for i in ranked if not i.is_sign and i.information.is_told}
    model = looked.model
    watch: list[Watched] = []
    then: dict[str, Information] = {}
    known: list[int] = []
    n_solves = 0
    while left:
        name = min(left, key=lambda each: (not left[each].is_told, -left[each].bits))
        if not left[name].is_told:
            break
        watch.append(Watched(name, left[name]))
        known.append(model.index_of(name))
        others = [i.name for i in ranked if i.name not in {one.name for one in watch}]
        n_solves += int(np.prod([model.variables[node].n_states for node in known]))
        if len(watch) == SET or not others or n_solves > MAX_SOLVES:
            break
        if told is not None:
            told("Looking at what to watch", len(watch) / SET)
        tables = looked.given(known, [model.index_of(other) for other in others])
        found = {other: information_of(tables[model.index_of(other)]) for other in others}
        then = then or found
        left = {other: found[other] for other in left if other in found}
    return tuple(watch), then
