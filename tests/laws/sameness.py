"""What it means for two solutions to be the same."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from melian.solve.run import Worlds

# One more or one fewer sum over a row that is 1 up to rounding: a few units in the last place, carried through a few
# hundred products and, where evidence is unlikely, divided by it.
ROUNDING = 1e-12


def headline(worlds: Worlds) -> tuple[NDArray[np.float64], ...]:
    """What the likelihood is made of, world by world."""
    return worlds.evidence, worlds.event, worlds.before


def same_headline(one: Worlds, other: Worlds) -> bool:
    """Whether the likelihood is the same bit for bit."""
    return all(np.array_equal(a, b) for a, b in zip(headline(one), headline(other), strict=True))


def near_headline(one: Worlds, other: Worlds, tolerance: float = ROUNDING) -> bool:
    """Whether the likelihood is the same but for rounding."""
    return all(np.allclose(a, b, rtol=0, atol=tolerance) for a, b in zip(headline(one), headline(other), strict=True))


def same_in_all(one: Worlds, other: Worlds) -> bool:
    """Whether everything that two solutions hold is the same bit for bit."""
    return (
        same_headline(one, other)
        and one.unreached == other.unreached
        and _same(one.marginals, other.marginals)
        and _same(one.without, other.without)
        and one.rules.keys() == other.rules.keys()
        and all(one.rules[c].axes == other.rules[c].axes for c in one.rules)
        and _same({c: rule.mean for c, rule in one.rules.items()}, {c: rule.mean for c, rule in other.rules.items()})
        and _same({c: rule.kept for c, rule in one.rules.items()}, {c: rule.kept for c, rule in other.rules.items()})
    )


def _same(one: Mapping[int, object], other: Mapping[int, object]) -> bool:
    return one.keys() == other.keys() and all(
        np.array_equal(np.asarray(one[key]), np.asarray(other[key]), equal_nan=True) for key in one
    )
