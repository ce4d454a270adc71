"""Reports that disagree: pairs that are made together less often than chance would have it.

Two reports that have nothing to do with each other come together as often as the product of their chances; two that
tell the same story come more often, two that contradict each other less (Jensen, Chamberlain, Nordahl and Jensen 1991,
Analysis in HUGIN of data conflict, Uncertainty in Artificial Intelligence 6). The measure is the base-2 logarithm of
that product over the chance of both, all of them by the analyst's judgements before any evidence: above 0, a conflict.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np

from melian.answer.ranking import ranked
from melian.answer.shown import Answer
from melian.errors import PlanError
from melian.model.diagram import Model
from melian.plan.make import plan_subsets
from melian.plan.plan import Enquiry
from melian.solve.population import Population
from melian.solve.weigh import Chances, weigh_subsets

# Worlds that are looked at, origins that are compared in pairs, nodes of the case times pairs, and operations in all:
# these bound the time that this takes. Fewer worlds than the least are not worth looking at.
LOOKED_AT: Final = 4096
LEAST_LOOKED_AT: Final = 512
MAX_ORIGINS: Final = 40
MAX_PAIRED: Final = 40_000
MAX_OPERATIONS: Final = 4_000_000_000
# A conflict is told where it halves the chance of both by a factor of 2^-LEAST, and is no accident of sampling.
LEAST: Final = 0.5
# Base-2 logarithm that stands for the chance of what cannot be: below that of any evidence that can.
NEVER: Final = -1e6
SURE: Final = 3.0


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two origins of reports that disagree.

    Attributes
    ----------
    bits : base-2 logarithm of the chance of both if they had nothing to do with each other, over the chance of both.
    error : Monte Carlo standard error of `bits`.
    """

    origins: tuple[str, str]
    bits: float
    error: float


@dataclass(frozen=True, slots=True)
class Conflicts(Answer):
    """Pairs of origins in conflict, the worst first.

    Attributes
    ----------
    overall : the same measure of all reports at once; below 0 they tell one story.
    compared : origins that were compared in pairs, the first of the case.
    left_out : origins that were not, since that would take too long.
    """

    pairs: tuple[Conflict, ...]
    overall: float
    compared: int
    left_out: int = 0


def conflicts_of(model: Model, enquiry: Enquiry, population: Population) -> Conflicts:
    """Compare the reports of every two origins.

    Parameters
    ----------
    population : worlds before any evidence.
    """
    every = [o for o, origin in enumerate(model.evidence) if not set(origin.axes) & set(enquiry.do)]
    counted = every[: min(MAX_ORIGINS, int(math.sqrt(2 * MAX_PAIRED / len(model.variables))))]
    left_out = len(every) - len(counted)
    if len(counted) < 2:
        return Conflicts((), 0.0, len(counted), left_out)
    single = {o: frozenset({o}) for o in counted}
    pairs = [frozenset(pair) for pair in combinations(counted, 2)]
    try:
        plan = plan_subsets(model, enquiry, [frozenset(), *single.values(), *pairs, frozenset(counted)])
    except PlanError:  # all pairs at once take more than a case may
        return Conflicts((), 0.0, 0, len(every))
    n_worlds = min(LOOKED_AT, MAX_OPERATIONS // max(plan.cost.operations, 1))
    if n_worlds < LEAST_LOOKED_AT:
        return Conflicts((), 0.0, 0, len(every))
    weighed, _ = weigh_subsets(model, plan, population.first(n_worlds))
    found = [_compared(model, weighed, *sorted(pair)) for pair in pairs]
    told = [one for one in found if one.bits >= LEAST and one.bits > SURE * one.error]
    overall = _log2_mean(weighed, frozenset(counted))
    return Conflicts(
        pairs=tuple(ranked(told, key=lambda one: one.bits)),
        overall=sum(_log2_mean(weighed, held) for held in single.values()) - overall,
        compared=len(counted),
        left_out=left_out,
    )


def _log2_mean(chances: Mapping[frozenset[int], Chances], held: frozenset[int]) -> float:
    """Base-2 logarithm of the chance of a set of reports; what was observed besides is taken as given."""
    found = (chances[held].log_whole - chances[frozenset()].log_whole) / math.log(2.0)
    return found if chances[held].is_possible else NEVER


def _compared(model: Model, chances: Mapping[frozenset[int], Chances], one: int, other: int) -> Conflict:
    sets = frozenset({one}), frozenset({other}), frozenset({one, other})
    bits = _log2_mean(chances, sets[0]) + _log2_mean(chances, sets[1]) - _log2_mean(chances, sets[2])
    names = model.evidence[one].name, model.evidence[other].name
    if not all(chances[held].is_possible for held in sets):
        return Conflict(names, bits, 0.0)
    # To first order the log of a mean over worlds moves by the worlds' shares of it.
    shares = [chances[held].weight / chances[held].weight.sum() for held in (*sets, frozenset())]
    apart = (shares[0] + shares[1] - shares[2] - shares[3]) / np.log(2)
    return Conflict(names, bits, float(np.sqrt(np.square(apart).sum())))
