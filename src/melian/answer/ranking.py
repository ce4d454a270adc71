"""Orders that do not hang on the last bits of numbers.

Two numbers that should be equal come out apart by the rounding of whoever added them up, which differs from one machine
to the next. What is as good as equal therefore stands in the order in which it was given, which is that of the case.
"""

from collections.abc import Callable, Iterable
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T")

# Far above what rounding does to a mean over worlds, far below the smallest difference that is ever shown. Numbers
# below 1 count as of that size: most of them are differences of chances, whose rounding is that of the chances.
EQUAL: Final = 1e-9


def ranked(items: Iterable[T], key: Callable[[T], float], *, least_first: bool = False) -> list[T]:
    """Return items by a number, the greatest first; those as good as equal stay in the order in which they came.

    Examples
    --------
    >>> ranked([0.1, 0.3, 0.1 + 0.2], key=float)
    [0.3, 0.30000000000000004, 0.1]
    """
    kept = list(items)
    value = [-key(item) if least_first else key(item) for item in kept]
    order = sorted(range(len(kept)), key=lambda place: -value[place])
    alike, found = list[int](), list[int]()
    for place in order:
        if alike and _is_above(value[alike[-1]], value[place]):
            found += sorted(alike)
            alike = []
        alike.append(place)
    return [kept[place] for place in (*found, *sorted(alike))]


def greatest(value: NDArray[np.float64]) -> tuple[int, ...]:
    """Place of the first number of an array that is as good as its greatest."""
    most = value.max()
    reach = EQUAL * max(1.0, abs(most)) if np.isfinite(most) else 0.0
    return tuple(int(at) for at in np.unravel_index(int(np.argmax(value >= most - reach)), value.shape))


def _is_above(more: float, less: float) -> bool:
    return more - less > EQUAL * max(1.0, min(abs(more), abs(less)))
