"""Rows that hold other parameters: these are drawn from dimensions of their own, and the rest shares what they leave.

Given the shared numbers x the other states have the law of any row (`melian.solve.draws.simplex`), but that what they
sum to, 1 - sum x, differs from world to world.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from melian.model.distribution import Distribution, point
from melian.model.parameter import Scalar, Shared, Tied
from melian.solve.draws.quantile import Bank, bank
from melian.solve.draws.simplex import N_TRIAL_WORLDS, PRIMES, Level, levels_given
from melian.solve.draws.slice import Range

__all__ = ["TiedMap", "bank_of"]

Floats = npt.NDArray[np.float64]


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
    levels: tuple[Level, ...]
    states: tuple[int, ...]
    ends: Range

    @classmethod
    def of(cls, row: Tied, scalars: Mapping[str, Scalar]) -> "TiedMap":
        """Map of a row that can be met."""
        shared = row.shared
        banks = tuple(bank_of(scalars[name]) for name in shared)
        holders = tuple(tuple(states) for states in shared.values())
        numbers = {
            state: part.low for state, part in enumerate(row.parts) if isinstance(part, Distribution) and part.is_point
        }
        left = [_left(scalars[name], len(states)) for name, states in shared.items()]
        rest = 1.0 - sum(numbers.values())
        reach = max(rest - sum(high for _, high in left), 0.0), rest - sum(low for low, _ in left)
        own = tuple(point(0.0) if isinstance(part, Shared) else part for part in row.parts)
        levels, states, ends = levels_given(own, _trial_rests(banks, holders, rest), reach)
        return cls(banks, holders, numbers, tuple(levels), tuple(states), ends)

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


def _trial_rests(banks: Sequence[Bank], holders: Sequence[Sequence[int]], rest: float) -> Floats:
    """What the shared numbers leave in some worlds [W], from a lattice of the cube."""
    places = np.arange(1, N_TRIAL_WORLDS + 1)
    left: Floats = np.full(N_TRIAL_WORLDS, rest)
    for dimension, (one, states) in enumerate(zip(banks, holders, strict=True)):
        u = np.modf(places * np.sqrt(PRIMES[-1 - dimension]))[0][None, None]
        left = left - len(states) * one.draw(u)[0, 0]
    return np.maximum(left, 0.0)


def _left(scalar: Scalar, times: int) -> tuple[float, float]:
    """Least and most that a shared number takes in all its states together."""
    low, high = scalar.within or (scalar.distribution.low, scalar.distribution.high)
    return times * low, times * high
