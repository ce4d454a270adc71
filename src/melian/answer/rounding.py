"""Digits that an answer bears: to how many points a chance is rounded, and how far two chances are apart as shown."""

from typing import Final

EXACT: Final = 0.1
FINE: Final = 1.0
COARSE: Final = 5.0
# Our own limits: with a standard error beyond one point, or so few worlds, single points would say more than is known.
FINE_ERROR: Final = 0.01
FINE_WORLDS: Final = 400.0


def step_for(error: float, effective_worlds: float, *, is_exact: bool = False) -> float:
    """Points to which a chance is rounded.

    Parameters
    ----------
    error : Monte Carlo standard error.
    is_exact : whether nothing is uncertain, so that one world is all there is to know: then a tenth of a point. Else
        1, or 5 where the error or too few worlds demand it.
    """
    if is_exact:
        return EXACT
    return FINE if error <= FINE_ERROR and effective_worlds >= FINE_WORLDS else COARSE


def rounded(chance: float, step: float = FINE) -> float:
    """Points of a chance, or of a difference between two, in whole steps."""
    return round(step * round(100 * chance / step), 1)


def shown(chance: float, step: float = FINE) -> float:
    """Points that a reader sees of a chance; what is called less than a step counts as 0, or as 100 near certainty.

    Examples
    --------
    >>> shown(0.273), shown(0.273, COARSE), shown(0.0072), shown(0.9999, EXACT)
    (27.0, 25.0, 0.0, 100.0)
    """
    least = step / 100
    if step <= FINE and not least <= chance <= 1 - least:
        return 0.0 if chance < least else 100.0
    return rounded(chance, step)


def gap(before: float, after: float, step: float = FINE) -> float:
    """Points from one chance to another, as a reader who sees both would reckon them.

    Examples
    --------
    >>> gap(0.1349, 0.1451), gap(0.125, 0.15, COARSE)
    (2.0, 5.0)
    """
    return round(shown(after, step) - shown(before, step), 1)
