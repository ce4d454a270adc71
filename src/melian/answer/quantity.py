"""Quantities that a factor's states are values or bands of: their middle and their range, given the evidence.

Within a band every value is taken to be as likely as any other. Of a band without an end it is only known that the
quantity lies beyond the other one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from melian.case.numeric import Numeric

QUANTILES = (0.05, 0.5, 0.95)


@dataclass(frozen=True, slots=True)
class Level:
    """A level that the quantity stays below with some chance, or what is known of it.

    Attributes
    ----------
    relation : `at` where the level is `value`, else on which side of it the level lies.
    """

    value: float
    relation: Literal["at", "below", "above"]


@dataclass(frozen=True, slots=True)
class Band:
    """One state: from `low` to `high`, None where it has no end; of one value both are it."""

    state: str
    low: float | None
    high: float | None
    chance: float


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a factor says of the quantity itself, given the evidence, over all worlds together."""

    node: str
    unit: str
    q05: Level
    median: Level
    q95: Level
    bands: tuple[Band, ...]


def quantity_of(node: str, numeric: Numeric, chances: Mapping[str, float]) -> Quantity:
    """Quantity of a factor from the chances of its states."""
    ends = zip(chances.items(), numeric.bands, strict=True)
    bands = tuple(Band(state, low, high, chance) for (state, chance), (low, high) in ends)
    low, middle, high = (_level(bands, share) for share in QUANTILES)
    return Quantity(node, numeric.unit, low, middle, high, bands)


def _level(bands: Sequence[Band], share: float) -> Level:
    below = 0.0
    kept = [band for band in bands if band.chance > 0]
    for band in kept:
        if below + band.chance >= share or band is kept[-1]:
            return _inside(band, min((share - below) / band.chance, 1.0))
        below += band.chance
    raise ValueError("_level(): no state has any chance")


def _inside(band: Band, part: float) -> Level:
    if band.low is None or band.high is None:
        end = band.high if band.low is None else band.low
        assert end is not None
        return Level(end, "below" if band.low is None else "above")
    return Level(band.low + part * (band.high - band.low), "at")
