"""The evidence matrix: what each origin of reports says of each hypothesis, alone and given all the rest.

Hypotheses are the states of the node that the question is about, or, where it asks about several nodes, that the event
happens and that it does not. The weight of a report for a hypothesis is the base-2 logarithm of how much more readily
it would be made if the hypothesis were true than if it were not (Good 1950, Probability and the weighing of evidence);
above 0 it speaks for it. Alone, nothing else is known; given the rest, all other reports are.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.answer.ranking import greatest, ranked
from melian.answer.sampling import Sampled
from melian.answer.shown import Answer
from melian.model.diagram import Model
from melian.plan.make import plan_subsets
from melian.plan.plan import Enquiry
from melian.solve.population import Population
from melian.solve.weigh import weigh_subsets

Floats = NDArray[np.float64]

# Bits that stand for what no number of bits would do.
EXCLUDED: Final = 996.6


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One of the outcomes that exclude each other.

    Attributes
    ----------
    node : node whose state it is; None for the event itself and for its opposite.
    is_event : whether the event holds there.
    before, after : its chance before and after the evidence.
    """

    node: str | None
    state: str
    is_event: bool
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Weight:
    """What the reports of one origin say of one hypothesis, in bits."""

    alone: float
    given_rest: float


@dataclass(frozen=True, slots=True)
class Matrix(Answer):
    """Every origin's weight for every hypothesis.

    Attributes
    ----------
    origins : names, those first that speak most against the hypothesis that is the likeliest.
    weights : by hypothesis (in order) and origin (in order).
    event_alone : by origin, bits for the event of its reports alone.
    """

    hypotheses: tuple[Hypothesis, ...]
    origins: tuple[str, ...]
    weights: tuple[tuple[Weight, ...], ...]
    event_alone: tuple[float, ...]

    @property
    def leading(self) -> int:
        """Place of the likeliest hypothesis."""
        return greatest(np.array([hypothesis.after for hypothesis in self.hypotheses]))[0]


def matrix_of(model: Model, enquiry: Enquiry, sampled: Sampled) -> Matrix:
    """Weigh every origin of reports against every hypothesis."""
    asked = model.event.axes[0] if len(model.event.axes) == 1 else None
    counted = [o for o, origin in enumerate(model.evidence) if not set(origin.axes) & set(enquiry.do)]
    nothing, everything = frozenset[int](), frozenset(counted)
    alone = _chances(model, enquiry, sampled.before, asked, [nothing, *(frozenset({o}) for o in counted)])
    rest = _chances(model, enquiry, sampled.population, asked, [everything, *(everything - {o} for o in counted)])
    before, after = (np.exp(logs - np.logaddexp.reduce(logs)) for logs in (alone[nothing], rest[everything]))
    weights = {
        o: [
            Weight(
                _bits(alone[frozenset({o})], alone[nothing], place),
                _bits(rest[everything], rest[everything - {o}], place),
            )
            for place in range(len(before))
        ]
        for o in counted
    }
    hypotheses = tuple(_hypothesis(model, asked, place, before, after) for place in range(len(before)))
    (leading,) = greatest(after)
    order = ranked(counted, key=lambda o: weights[o][leading].given_rest, least_first=True)
    by_hypothesis = tuple(tuple(weights[o][place] for o in order) for place in range(len(before)))
    holds = np.array([hypothesis.is_event for hypothesis in hypotheses])
    event_alone = tuple(
        _bits(_gathered(alone[frozenset({o})], holds), _gathered(alone[nothing], holds), 1) for o in order
    )
    return Matrix(hypotheses, tuple(model.evidence[o].name for o in order), by_hypothesis, event_alone)


def _gathered(logs: Floats, holds: NDArray[np.bool_]) -> Floats:
    """Log chances of the hypotheses that are not the event together, and of those that are, [2]."""
    return np.array([np.logaddexp.reduce(logs[~holds]), np.logaddexp.reduce(logs[holds])])


def _chances(
    model: Model, enquiry: Enquiry, population: Population, asked: int | None, subsets: Sequence[frozenset[int]]
) -> Mapping[frozenset[int], Floats]:
    """By set of origins, [H] natural logarithm of the mean chance of that set and each hypothesis."""
    plan = plan_subsets(model, enquiry, subsets, asked)
    found, _ = weigh_subsets(model, plan, population)
    return {held: chances.log_mean for held, chances in found.items()}


def _bits(with_it: Floats, without: Floats, place: int) -> float:
    """Weight for one hypothesis against all others of what was added."""
    others = np.arange(with_it.size) != place
    said = _change(with_it[place], without[place])
    return said - _change(np.logaddexp.reduce(with_it[others]), np.logaddexp.reduce(without[others]))


def _change(after: float, before: float) -> float:
    """Bits by which a log chance rose; `EXCLUDED` stands for what became impossible, or possible."""
    if math.isfinite(after) and math.isfinite(before):
        return float(after - before) / math.log(2.0)
    return EXCLUDED * (math.isfinite(after) - math.isfinite(before))


def _hypothesis(model: Model, asked: int | None, place: int, before: Floats, after: Floats) -> Hypothesis:
    chances = float(before[place]), float(after[place])
    if asked is None:
        return Hypothesis(None, "yes" if place else "no", bool(place), *chances)
    variable = model.variables[asked]
    return Hypothesis(variable.name, variable.states[place], bool(model.event.holds[place]), *chances)
