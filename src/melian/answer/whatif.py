"""What if: the answer before and after something is supposed, on the same worlds.

Three suppositions that must not be confused (Pearl 2009, chapter 3, for the first two against the third): something is
*done* and the actors know it when they choose; it is done and they do not know; it is *observed*, so that only the
analyst's view changes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from melian.answer.again import solve_again
from melian.answer.difference import is_told
from melian.answer.impossible import refusal_to_suppose
from melian.answer.sampling import Sampled
from melian.answer.segments import error_of_segments
from melian.answer.shown import Answer
from melian.answer.supposed import Supposed
from melian.answer.weighted import effective_worlds, error_of_influence, influence_of, weighted_mean
from melian.model.diagram import Model
from melian.plan.plan import Enquiry
from melian.solve.run import Worlds

Floats = NDArray[np.float64]
Verb = Literal["announced", "unannounced", "observed"]


@dataclass(frozen=True, slots=True)
class Change:
    """A chance before and after.

    Attributes
    ----------
    node : whose state it is; None for the event.
    error : Monte Carlo standard error of the difference, the worlds being the same.
    """

    node: str | None
    state: str
    before: float
    after: float
    error: float

    @property
    def difference(self) -> float:
        """After less before."""
        return self.after - self.before

    @property
    def is_told(self) -> bool:
        """Whether the difference can be told from none."""
        return is_told(self.difference, self.error)


@dataclass(frozen=True, slots=True)
class WhatIf(Answer):
    """What follows from a supposition.

    Attributes
    ----------
    event : chance of the event.
    nodes : every state of every node but those supposed, in the order of the case.
    effective_worlds : worlds that carry the answer after it.
    verbs : chance of the event by each way to suppose the same; empty where several ways are mixed.
    supposed : what is supposed, by names.
    """

    event: Change
    nodes: tuple[Change, ...]
    effective_worlds: float
    verbs: Mapping[Verb, Change]
    supposed: Supposed = field(default_factory=Supposed)


def what_if(model: Model, before: Enquiry, sampled: Sampled, after: Enquiry, *, n_threads: int | None = None) -> WhatIf:
    """Suppose something else of the worlds that an answer stands on.

    Parameters
    ----------
    before : what the answer supposes already.
    after : what is supposed beside it, or in its place for the same node.

    Raises
    ------
    AskError
        If what is supposed contradicts everything.
    """
    enquiry = Enquiry(
        {v: s for v, s in before.observe.items() if v not in after.do} | dict(after.observe),
        {v: s for v, s in before.do.items() if v not in after.observe and v not in after.among} | dict(after.do),
        after.announced,
        {v: s for v, s in before.among.items() if v not in after.do} | dict(after.among),
    )
    solved = _solved(model, sampled, enquiry, n_threads)
    changes = tuple(_changes(model, sampled, solved, {*after.do, *after.observe}))
    return WhatIf(
        event=_event(sampled.worlds, solved),
        nodes=changes,
        effective_worlds=effective_worlds(solved.evidence),
        verbs=_verbs(model, sampled, before, after, n_threads),
    )


def _solved(model: Model, sampled: Sampled, enquiry: Enquiry, n_threads: int | None) -> Worlds:
    solved = solve_again(model, sampled, enquiry, n_threads=n_threads)
    if not solved.evidence.sum() > 0:
        raise refusal_to_suppose(model, enquiry)
    return solved


def _verbs(
    model: Model, sampled: Sampled, before: Enquiry, after: Enquiry, n_threads: int | None
) -> dict[Verb, Change]:
    """Chance of the event if the same were done openly, done unseen, or only observed."""
    if (after.do and after.observe) or after.among:
        return {}
    states = dict(after.do) or dict(after.observe)
    ways: dict[Verb, Enquiry] = {
        "announced": replace(before, do={**before.do, **states}, announced=True),
        "unannounced": replace(before, do={**before.do, **states}, announced=False),
        "observed": replace(before, observe={**before.observe, **states}),
    }
    found: dict[Verb, Change] = {}
    for verb, enquiry in ways.items():
        solved = solve_again(model, sampled, enquiry, n_threads=n_threads)
        if solved.evidence.sum() > 0:
            found[verb] = _event(sampled.worlds, solved)
    return found


def _event(before: Worlds, after: Worlds) -> Change:
    """Change of the event's chance; world by world it is the same world, so what they share cancels."""
    means = [weighted_mean(worlds.event, worlds.evidence) for worlds in (before, after)]
    influence = influence_of(after.event, after.evidence) - influence_of(before.event, before.evidence)
    return Change(None, "yes", means[0], means[1], error_of_influence(influence))


def _changes(model: Model, sampled: Sampled, after: Worlds, supposed: set[int]) -> list[Change]:
    found = []
    for variable in model.variables:
        if variable.index in supposed:
            continue
        pairs = [_shares(worlds.sums[variable.index]) for worlds in (sampled.worlds, after)]
        for place, state in enumerate(variable.states):
            before, now = (float(mean[place]) for mean, _ in pairs)
            influence = pairs[1][1][place] - pairs[0][1][place]
            error = error_of_segments(influence)
            found.append(Change(variable.name, state, before, now, error))
    return found


def _shares(sums: Floats) -> tuple[Floats, Floats]:
    """Mean chance of each state [S], and what each segment of worlds adds to its error [S, segments]."""
    states = sums.sum(axis=1)  # [S, segments], with the event and without
    weight = states.sum(axis=0)
    mean = states.sum(axis=1) / weight.sum()
    influence: Floats = (states - mean[:, np.newaxis] * weight) / weight.sum()
    return mean, influence
