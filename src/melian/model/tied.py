"""Rows that hold parameters of their own: how much room they leave these, and when they cannot be met.

A shared number x that stands m times in a row leaves 1 - m x to the others. Where the others have bounds, x is cut to
what leaves them room: the number is drawn once, so a cut in one row holds wherever it stands.
"""

import math
from collections.abc import Iterable, Mapping

from melian.model.distribution import Distribution
from melian.model.mass import mass_at_least, mass_at_most
from melian.model.parameter import LEAST_MASS, SUM_TOLERANCE, Shared, Tied

__all__ = ["cuts_of", "infeasibility_of_tied", "room_for"]

Ends = tuple[float, float]


def room_for(row: Tied) -> Ends:
    """Least and most that all shared states of a row together may take."""
    stated = [part for part in row.parts if isinstance(part, Distribution)]
    lows = sum(part.low for part in stated)
    is_open = any(part is None for part in row.parts)
    highs = math.inf if is_open else sum(part.high for part in stated)
    return max(1.0 - highs, 0.0), 1.0 - lows


def cuts_of(rows: Iterable[Tied]) -> dict[str, Ends]:
    """Ends to which shared numbers are cut, by name; only rows with one such number cut it."""
    cuts: dict[str, Ends] = {}
    for row in rows:
        if len(row.shared) != 1:
            continue
        ((name, states),) = row.shared.items()
        least, most = (end / len(states) for end in room_for(row))
        low, high = cuts.get(name, (0.0, 1.0))
        cuts[name] = max(low, least), min(high, most)
    return cuts


def infeasibility_of_tied(row: Tied, cuts: Mapping[str, Ends]) -> str | None:
    """Why a row with shared numbers cannot be met, in words with numbers; None if it can."""
    if not row.yielding or (len(row.yielding) == 1 and _densities(row)):
        return "no state is left that gives way to the named judgement"
    least, most = room_for(row)
    if most < 0.0:
        return f"the least that the other states can be sums to {1.0 - most:g}, above 1"
    low, high = (sum(ends) for ends in zip(*(_ends(row, name, cuts) for name in row.shared), strict=True))
    if len(row.shared) == 1:
        return _cut_away(row, next(iter(row.shared)), cuts) or _squeezed(row)
    if high > most + SUM_TOLERANCE:
        return f"the named judgements can sum to {high:g}, above the {most:g} that the others leave"
    if low < least - SUM_TOLERANCE:
        return f"the named judgements can sum to {low:g}, below the {least:g} that the others leave"
    return _squeezed(row)


def _densities(row: Tied) -> list[Distribution]:
    """Words and distributions that stand beside the shared numbers."""
    own = (part for part in row.parts if isinstance(part, Distribution))
    return [part for part in own if part.family not in ("point", "uniform")]


def _squeezed(row: Tied) -> str | None:
    """What is wrong where words or distributions beside the shared numbers almost never fit; None if they do."""
    densities = _densities(row)
    if not densities:
        return None
    together = [*densities, *(part.distribution for part in row.parts if isinstance(part, Shared))]
    bounded = [part for part in row.parts if isinstance(part, Distribution) and part not in densities]
    most = 1.0 - sum(part.low for part in bounded)
    least = 0.0 if None in row.parts else 1.0 - sum(part.high for part in bounded)
    if mass_at_most(together, most, enough=LEAST_MASS) < LEAST_MASS:
        return "the words or distributions beside the named judgement almost surely take more than it leaves"
    if mass_at_least(together, least, enough=LEAST_MASS) < LEAST_MASS:
        return "the words or distributions beside the named judgement almost surely take less than it leaves"
    return None


def _distribution(row: Tied, name: str) -> Distribution:
    return next(part.distribution for part in row.parts if isinstance(part, Shared) and part.name == name)


def _ends(row: Tied, name: str, cuts: Mapping[str, Ends]) -> Ends:
    """Least and most that the states of one shared number take together."""
    distribution, times = _distribution(row, name), len(row.shared[name])
    low, high = cuts.get(name, (0.0, 1.0))
    return times * max(low, distribution.low), times * min(high, distribution.high)


def _cut_away(row: Tied, name: str, cuts: Mapping[str, Ends]) -> str | None:
    """What is wrong where almost nothing of a shared number is left; None if enough is."""
    distribution = _distribution(row, name)
    low, high = cuts[name]
    if low > high:
        return "the rows that the named judgement stands in leave it no room together"
    if low <= distribution.low and distribution.high <= high:
        return None
    left = mass_at_most([distribution], high, enough=1.0) + mass_at_least([distribution], low, enough=1.0) - 1.0
    if left < LEAST_MASS:
        return f"the named judgement is almost surely outside the {low:g} to {high:g} that the others leave"
    return None
