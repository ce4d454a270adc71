"""Chances too small for a floating-point number: a number, and the power of two that it is multiplied by.

Powers are None where all are 0, as in almost every case, so that the others cost those nothing. Multiplying by a power
of two is exact and changes no digit of an answer.
"""

from threading import Lock
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Powers = NDArray[np.int64]

# Power of 0: far below that of any number, far above where whole numbers overflow.
NOTHING: Final = -(2**40)
# Numbers that many powers of two apart have no digit in common.
FAR: Final = 2200
# Powers of two that a floating-point number holds with room to spare on both sides.
HELD: Final = 900


def parted(values: Floats, powers: Powers | None = None) -> tuple[Floats, Powers]:
    """Split numbers, not negative, into ones from 0.5 to below 1 and their powers; 0 has power `NOTHING`."""
    numbers, own = np.frexp(values)
    found = own.astype(np.int64) if powers is None else own + powers
    return numbers, np.where(numbers == 0.0, NOTHING, found)


def raised(values: Floats, powers: Powers) -> Floats:
    """Numbers times powers of two; 0 where that is too small."""
    found: Floats = np.ldexp(values, np.clip(powers, -FAR, FAR).astype(np.int32))
    return found


def levelled(values: Floats, powers: Powers, axis: int | tuple[int, ...] | None = -1) -> tuple[Floats, Powers]:
    """Numbers with one power for all that lie along some axes, along which the powers have length 1.

    The largest are from 0.5 to below 1; what is too small beside them becomes 0.
    """
    numbers, own = parted(values, powers)
    top = own.max(axis=axis, keepdims=True, initial=NOTHING)
    return raised(numbers, own - top), np.where(top == NOTHING, 0, top)


def log_sum(values: Floats, powers: Powers | None = None) -> Floats:
    """Natural logarithm of the sum along the last axis; -inf of nothing."""
    level, power = (values, None) if powers is None else levelled(values, powers)
    with np.errstate(divide="ignore"):
        found: Floats = np.log(level.sum(axis=-1))
    return found if power is None else found + np.log(2.0) * power[..., 0]


def exponential(logs: Floats) -> tuple[Floats, Powers | None]:
    """Exponentials of natural logarithms, with powers where they are too large or too small without; 0 of -inf."""
    bits = logs / np.log(2.0)
    if np.all(np.abs(bits) < HELD):
        return np.exp(logs), None
    powers = np.where(np.isfinite(bits), np.round(bits), 0.0).astype(np.int64)
    return np.exp2(bits - powers), powers


class Gathered:
    """Numbers that are put in part by part along the last axis, in any order, with their powers where they have any."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.values = np.zeros(shape)
        self._powers = np.zeros(shape, dtype=np.int64)  # takes no memory before anything is written into it
        self._has_powers = False

    @property
    def powers(self) -> Powers | None:
        """Powers, if any number has one."""
        return self._powers if self._has_powers else None

    def put(self, here: slice, values: Floats, powers: Powers | None) -> None:
        """Put a part in; parts never overlap, so threads need no lock."""
        self.values[..., here] = values
        if powers is not None:
            self._powers[..., here] = powers
            self._has_powers = True

    def level(self, n_worlds: int | None = None) -> tuple[Floats, int]:
        """All numbers, or the first along the last axis, and the power of two that they are to be multiplied by."""
        values = self.values[..., :n_worlds]
        if self.powers is None:
            return values, 0
        level, power = levelled(values, self.powers[..., :n_worlds], None)
        return level, int(power.item())

    def log_sum(self) -> Floats:
        """Natural logarithm of the sum along the last axis."""
        return log_sum(self.values, self.powers)

    def log_sums(self, n_worlds: int) -> Floats | None:
        """Natural logarithm of sums over the first axis, [W], of the first worlds; None where no number has a power."""
        if self.powers is None:
            return None
        return log_sum(self.values[:, :n_worlds].T, self.powers[:, :n_worlds].T)


class Running:
    """A sum of parts along the last axis, taken in order whatever the order in which the parts come."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.total, self.powers = np.zeros(shape), np.zeros(shape, dtype=np.int64)
        self._has_powers = False
        self._due, self._early = 0, dict[int, tuple[Floats, Powers | None]]()
        self._lock = Lock()

    def put(self, here: slice, values: Floats, powers: Powers | None) -> None:
        """Take in the part of some places; what comes early waits."""
        with self._lock:
            self._early[here.start] = values, powers
            while self._due in self._early:
                values, powers = self._early.pop(self._due)
                self._due += values.shape[-1]
                for place in range(values.shape[-1]):
                    self._add(values[..., place], None if powers is None else powers[..., place])

    def _add(self, values: Floats, powers: Powers | None) -> None:
        if powers is None and not self._has_powers:
            self.total += values
            return
        self._has_powers = True
        both = np.stack([self.total, values], axis=-1)
        level, power = levelled(
            both, np.stack([self.powers, np.zeros_like(self.powers) if powers is None else powers], axis=-1)
        )
        self.total, self.powers = level.sum(axis=-1), power[..., 0]

    def level(self) -> tuple[Floats, int]:
        """The sums, and the power of two that they are to be multiplied by."""
        if not self._has_powers:
            return self.total, 0
        level, power = levelled(self.total, self.powers, None)
        return level, int(power.item())

    def log(self) -> Floats:
        """Natural logarithm of the sums; -inf of nothing."""
        return log_sum(self.total[..., np.newaxis], self.powers[..., np.newaxis] if self._has_powers else None)
