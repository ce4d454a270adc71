"""Rows that hold other parameters: these are drawn from dimensions of their own, and the rest shares what they leave.

Given the shared numbers x the other states are even over all that fits, {y : a <= y <= b, sum y = 1 - sum x}: a slice
of a box whose sum differs from world to world, which `melian.solve.draws.slice` draws as it stands.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from melian.model.distribution import Distribution
from melian.model.parameter import Scalar, Tied
from melian.solve.draws.quantile import Bank, bank
from melian.solve.draws.slice import BoxLevel, Range, SliceLevel, StickLevel, slice_levels

__all__ = ["TiedMap", "bank_of"]

Floats = npt.NDArray[np.float64]

EVERYTHING = Range(0.0, 1.0)


def bank_of(*scalars: Scalar) -> Bank:
    """Bank of scalars of one family, each within its ends."""
    distributions = [scalar.distribution for scalar in scalars]
    return bank(
        distributions,
        [scalar.within or (one.low, one.high) for scalar, one in zip(scalars, distributions, strict=True)],
    )


@dataclass(frozen=True, slots=True)
class TiedMap:
    """Map of one row; its dimensions are those of the shared numbers, in the order of `banks`, then its own.

    Parameters
    ----------
    banks : of the shared numbers.
    holders : states that each of them fills.
    numbers : states that are plain numbers.
    levels : of the states that give way, all but the last.
    states : those states in the order in which they are drawn.
    ends : of the last of them.
    """

    banks: tuple[Bank, ...]
    holders: tuple[tuple[int, ...], ...]
    numbers: Mapping[int, float]
    levels: tuple[BoxLevel | SliceLevel | StickLevel, ...]
    states: tuple[int, ...]
    ends: Range

    @classmethod
    def of(cls, row: Tied, scalars: Mapping[str, Scalar]) -> "TiedMap":
        """Map of a row that can be met."""
        shared = row.shared
        ranges = sorted(
            ((_range(row.parts[state]), state) for state in row.yielding), key=lambda each: each[0].high - each[0].low
        )
        numbers = {
            state: part.low for state, part in enumerate(row.parts) if isinstance(part, Distribution) and part.is_point
        }
        bounds = [each for each, _ in ranges]
        left = [_left(scalars[name], len(states)) for name, states in shared.items()]
        rest = 1.0 - sum(numbers.values())
        least, most = rest - sum(high for _, high in left), rest - sum(low for low, _ in left)
        return cls(
            tuple(bank_of(scalars[name]) for name in shared),
            tuple(tuple(states) for states in shared.values()),
            numbers,
            tuple(slice_levels(bounds, max(least, 0.0), most)),
            tuple(state for _, state in ranges),
            bounds[-1],
        )

    def draw(self, unit: Floats) -> Floats:
        """States [S, 1, W] from the unit cube [L, 1, W], which is overwritten."""
        n_shared = len(self.banks)
        drawn = np.empty((sum(map(len, self.holders)) + len(self.numbers) + len(self.states), *unit.shape[1:]))
        rest = np.full(unit.shape[1:], 1.0 - sum(self.numbers.values()))
        for state, number in self.numbers.items():
            drawn[state] = number
        for place, (one, states) in enumerate(zip(self.banks, self.holders, strict=True)):
            number = one.draw(unit[place : place + 1])[0]
            drawn[list(states)] = number
            rest = rest - len(states) * number
        for level, state, u in zip(self.levels, self.states, unit[n_shared:], strict=False):
            drawn[state] = level.draw(rest, u)
            rest = rest - drawn[state]
        np.clip(rest, self.ends.low, self.ends.high, out=drawn[self.states[-1]])
        return drawn


def _range(part: object) -> Range:
    return Range(part.low, part.high) if isinstance(part, Distribution) else EVERYTHING


def _left(scalar: Scalar, times: int) -> tuple[float, float]:
    """Least and most that a shared number takes in all its states together."""
    low, high = scalar.within or (scalar.distribution.low, scalar.distribution.high)
    return times * low, times * high
