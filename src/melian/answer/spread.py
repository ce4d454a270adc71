"""How the worlds are spread: the share of them in which the chance of the event lies in each band of chances."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.answer.sampling import Sampled
from melian.answer.shown import Answer

Floats = NDArray[np.float64]

BANDS: Final = 20


@dataclass(frozen=True, slots=True)
class SpreadOfWorlds(Answer):
    """Shares of the worlds, weighted by the evidence, in bands of equal width from chance 0 to chance 1.

    Attributes
    ----------
    after : share of the worlds that the answer stands on, by band; sums to 1.
    before : the same before any report, all worlds counting alike.
    """

    after: tuple[float, ...]
    before: tuple[float, ...]


def spread_of(sampled: Sampled) -> SpreadOfWorlds:
    """Share of worlds in each band; an edge belongs to the band above it, chance 1 to the last."""
    first, worlds = sampled.first, sampled.worlds
    return SpreadOfWorlds(_shares(worlds.event, worlds.evidence), _shares(first.before, np.ones_like(first.before)))


def _shares(chance: Floats, weight: Floats) -> tuple[float, ...]:
    place = np.clip((chance * BANDS).astype(np.intp), 0, BANDS - 1)
    summed = np.bincount(place, weight, BANDS)
    return tuple(float(share) for share in summed / summed.sum())
