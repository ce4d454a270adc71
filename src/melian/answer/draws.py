"""The worlds themselves: what each judgement came to in each, what the world weighs, and the event's chance in it."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.answer.judgements import Judged, Member, judgements_of
from melian.answer.sampling import Sampled
from melian.answer.shown import Answer
from melian.answer.weighted import weighted_mean, weighted_quantiles
from melian.errors import AskError
from melian.model.diagram import Model
from melian.solve.worth import parameters_of

Floats = NDArray[np.float64]

MOST_NUMBERS: Final = 50_000_000


@dataclass(frozen=True, slots=True)
class Drawn:
    """One number that a judgement leaves open.

    Attributes
    ----------
    name : of its column: the judgement's name, and of several numbers the state's or stake's behind it.
    mean, q05, q95 : over the worlds, given the evidence.
    before : mean over the worlds before the evidence: all worlds count alike.
    """

    name: str
    judged: Judged
    member: Member
    mean: float
    q05: float
    q95: float
    before: float


@dataclass(frozen=True, slots=True)
class Draws(Answer):
    """Worlds, one a row; see `to_frame`.

    Attributes
    ----------
    numbers : the judgements' numbers, in the order of the columns.
    weight : [W] of each world given the evidence; they sum to 1.
    event : [W] chance of the event in each world, given the evidence.
    values : [P, W] number of each judgement in each world, in the unit in which it is drawn: chances and weights from 0
        to 1, values of stakes from 0 to 1, influences in log-odds.
    """

    numbers: tuple[Drawn, ...]
    weight: Floats
    event: Floats
    values: Floats

    def __repr__(self) -> str:
        return f"Draws({len(self.weight):,} worlds, {len(self.numbers)} numbers)"


def draws_of(model: Model, sampled: Sampled) -> Draws:
    """Worlds that the answer stands on.

    Raises
    ------
    AskError
        If they are more numbers than a table should hold.
    """
    found = [(judged, member) for judged in judgements_of(model) for member in judged.members]
    population, worlds = sampled.population, sampled.worlds
    n_worlds, slots = population.n_worlds, [member.slot for _, member in found]
    if n_worlds * len(slots) > MOST_NUMBERS:
        most = f"{MOST_NUMBERS // max(len(slots), 1):,}"
        message = f"{n_worlds:,} worlds of {len(slots)} numbers are more than a table should hold"
        raise AskError(message, [f"solve at most {most} worlds"])
    values = parameters_of(population, slots)
    before = values if population is sampled.before else parameters_of(sampled.before.first(n_worlds), slots)
    weight = worlds.evidence / worlds.evidence.sum()
    numbers = tuple(
        _drawn(judged, member, row, weight, float(prior.mean()))
        for (judged, member), row, prior in zip(found, values, before, strict=True)
    )
    return Draws(numbers, weight, worlds.event, values)


def _drawn(judged: Judged, member: Member, row: Floats, weight: Floats, before: float) -> Drawn:
    low, high = weighted_quantiles(row, weight, (0.05, 0.95))
    name = f"{judged.name} {member.name}" if len(judged.members) > 1 else judged.name
    return Drawn(name, judged, member, weighted_mean(row, weight), low, high, before)
