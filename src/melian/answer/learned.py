"""What watching taught: how each actor's weights and precision shifted from before the evidence to after it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.answer.difference import LEAST, is_told
from melian.answer.ranking import ranked
from melian.answer.sampling import Sampled
from melian.answer.shown import Answer
from melian.answer.weighted import weighted_mean, weighted_quantiles
from melian.model.diagram import Model
from melian.plan.make import plan_subsets
from melian.plan.plan import Enquiry
from melian.solve.population import Population
from melian.solve.weigh import weigh_subsets

Floats = NDArray[np.float64]

BLOCK: Final = 2048
# Worlds that are looked at: enough for quantiles.
LOOKED_AT: Final = 16_384
QUANTILES: Final = (0.05, 0.95)
# Half of the last digit that a precision is given with.
LEAST_PRECISION: Final = 0.05
# Key of the weights by all reports; no origin has an empty name.
ALL: Final = ""


@dataclass(frozen=True, slots=True)
class Believed:
    """Mean and 5 to 95 % range of a quantity over worlds."""

    mean: float
    q05: float
    q95: float


@dataclass(frozen=True, slots=True)
class Learned:
    """A weight of a stake in [0, 1], or a logit precision, before and after the evidence.

    Attributes
    ----------
    stake : its name; None for the actor's precision.
    moved_by : origins of reports and how far each shifts the mean, given the rest; the most first.
    is_told : whether the shift can be told from an accident of sampling.
    """

    actor: str
    stake: str | None
    before: Believed
    after: Believed
    is_told: bool
    moved_by: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Lessons(Answer):
    """What the evidence taught about the actors: every uncertain weight and precision, in the order of the case."""

    learned: tuple[Learned, ...]

    def __iter__(self) -> Iterator[Learned]:
        return iter(self.learned)

    def __len__(self) -> int:
        return len(self.learned)


def learned_of(model: Model, enquiry: Enquiry, sampled: Sampled) -> Lessons:
    """Shift of every uncertain weight and precision, in the order of the case."""
    asked = list(_asked(model))
    slots = [slot for _, _, slot in asked]
    before = _values(sampled.before, slots)
    is_paired = sampled.population is sampled.before
    after = before if is_paired else _values(sampled.population, slots)
    weights = _weights(model, enquiry, sampled.population.first(LOOKED_AT))
    found = (
        _learned(actor, stake, before[place], after[place], weights, is_paired=is_paired)
        for place, (actor, stake, _) in enumerate(asked)
        if np.ptp(before[place]) > 0.0
    )
    return Lessons(tuple(found))


def _learned(
    actor: str, stake: str | None, before: Floats, after: Floats, weights: Mapping[str, Floats], *, is_paired: bool
) -> Learned:
    prior, posterior = _believed(before, np.ones(before.size)), _believed(after, weights[ALL])
    shifts = [
        (origin, posterior.mean - weighted_mean(after, weight)) for origin, weight in weights.items() if origin != ALL
    ]
    error = _error(after, weights[ALL], None if is_paired else before)
    least = LEAST_PRECISION if stake is None else LEAST
    is_shown = is_told(posterior.mean - prior.mean, error, least=least)
    moved_by = tuple(ranked(shifts, key=lambda shift: abs(shift[1])))
    return Learned(actor, stake, prior, posterior, is_shown, moved_by)


def _weights(model: Model, enquiry: Enquiry, population: Population) -> dict[str, Floats]:
    """Weight [W] of every world by all reports, and by all but those of one origin, by its name."""
    everything = frozenset(range(len(model.evidence)))
    held = {ALL: everything} | {origin.name: everything - {o} for o, origin in enumerate(model.evidence)}
    found, _ = weigh_subsets(model, plan_subsets(model, enquiry, dict.fromkeys(held.values())), population)
    return {name: found[subset].weight for name, subset in held.items()}


def _asked(model: Model) -> Iterator[tuple[str, str | None, int]]:
    """Actor, stake and slot of every weight and precision."""
    for index, actor in enumerate(model.actors):
        for utility in model.utilities:
            if utility.actor == index:
                yield actor, utility.name, utility.weight
        yield actor, None, model.precision[index]


def _values(population: Population, slots: Sequence[int]) -> Floats:
    """Values [slots, W] in the first worlds of a population."""
    n_worlds = min(population.n_worlds, LOOKED_AT)
    blocks = [population.block(start, BLOCK)[slots] for start in range(0, n_worlds, BLOCK)]
    return np.concatenate(blocks, axis=1)[:, :n_worlds]


def _believed(value: Floats, weight: Floats) -> Believed:
    return Believed(weighted_mean(value, weight), *weighted_quantiles(value, weight, QUANTILES))


def _error(after: Floats, weight: Floats, before: Floats | None) -> float:
    """Standard error of the shift of the mean, as if worlds were independent.

    Parameters
    ----------
    before : None where the worlds are the same before and after, so that only their weights differ.
    """
    share = weight / weight.sum()
    apart = after - after @ share
    if before is None:
        return float(np.sqrt(np.square((share - 1.0 / share.size) * apart).sum()))
    return float(np.sqrt(np.square(share * apart).sum() + before.var() / before.size))
