"""The uncertain quantities of a model: single numbers, rows of chances or weights, and rank orders.

Pure data. Each parameter takes a fixed number of slots in a world (the numbers it yields) and a fixed number of
dimensions of the unit cube (the uniform numbers it is made from). `melian.solve.draws.draw` turns the latter into the
former.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from melian.model.distribution import Distribution
from melian.model.mass import mass_at_least, mass_at_most

__all__ = ["Order", "Parameter", "Row", "Scalar", "Shared", "Tied", "infeasibility"]

SUM_TOLERANCE = 1e-9
"""How far the sum of a row of plain numbers may be from 1."""

LEAST_MASS = 1e-6
"""Words that leave less of their mass than this to what else is said are taken to clash with it."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """One number.

    Parameters
    ----------
    name : unique within a model.
    distribution : what the number is believed to be.
    within : least and most that it can be where a row that it is part of leaves it less room than its distribution.
    moves_with : names of other scalars that it is correlated with, and the correlation of their normal scores.
    owner : the actor or node that it belongs to, if any.
    origin : the judgement it was made from; not compared.
    """

    name: str
    distribution: Distribution
    owner: str | None = None
    origin: object = field(default=None, compare=False)
    within: tuple[float, float] | None = None
    moves_with: tuple[tuple[str, float], ...] = ()

    @property
    def n_slots(self) -> int:
        """Numbers that it yields in a world."""
        return 1

    @property
    def n_dimensions(self) -> int:
        """Unit-cube dimensions that it consumes."""
        return 0 if self.distribution.is_point else 1


@dataclass(frozen=True, slots=True)
class Row:
    """Numbers that are not negative and sum to 1: chances of states, or weights of stakes.

    Parameters
    ----------
    name : unique within a model.
    parts : what is said of each state; None where nothing is.
    owner : the actor or node that it belongs to, if any.
    origin : the judgement it was made from; not compared.
    """

    name: str
    parts: tuple[Distribution | None, ...]
    owner: str | None = None
    origin: object = field(default=None, compare=False)

    @property
    def n_slots(self) -> int:
        """Numbers that it yields in a world: one a state."""
        return len(self.parts)

    @property
    def n_dimensions(self) -> int:
        """Unit-cube dimensions that it consumes: one less than the states that are not plain numbers."""
        return max(sum(part is None or not part.is_point for part in self.parts) - 1, 0)


@dataclass(frozen=True, slots=True)
class Order:
    """Weights on the simplex of which only the rank order is known.

    Parameters
    ----------
    name : unique within a model.
    groups : members (0-based slots) from the most to the least important; members of one group weigh the same.
    owner : the actor or node that it belongs to, if any.
    origin : the judgement it was made from; not compared.
    """

    name: str
    groups: tuple[tuple[int, ...], ...]
    owner: str | None = None
    origin: object = field(default=None, compare=False)

    def __post_init__(self) -> None:
        """Refuse groups that are empty or do not name each member once."""
        members = sorted(member for group in self.groups for member in group)
        if not members or members != list(range(len(members))) or not all(self.groups):
            raise ValueError(f"order {self.name}: groups must hold each of 0..n-1 once and none be empty")

    @property
    def n_slots(self) -> int:
        """Numbers that it yields in a world: one a member."""
        return sum(len(group) for group in self.groups)

    @property
    def n_dimensions(self) -> int:
        """Unit-cube dimensions that it consumes: one less than its groups."""
        return len(self.groups) - 1


@dataclass(frozen=True, slots=True)
class Shared:
    """A state of a row whose number is another parameter's, and so is the same wherever that one stands.

    Parameters
    ----------
    name : of the scalar.
    distribution : of the scalar.
    """

    name: str
    distribution: Distribution


@dataclass(frozen=True, slots=True)
class Tied:
    """A row of which some states are scalars of their own; the others share what these leave.

    Parameters
    ----------
    name : unique within a model.
    parts : what is said of each state; None where nothing is.
    owner : the actor or node that it belongs to, if any.
    origin : the judgement it was made from; not compared.
    """

    name: str
    parts: tuple[Distribution | Shared | None, ...]
    owner: str | None = None
    origin: object = field(default=None, compare=False)

    @property
    def n_slots(self) -> int:
        """Numbers that it yields in a world: one a state."""
        return len(self.parts)

    @property
    def n_dimensions(self) -> int:
        """Unit-cube dimensions of its own: one less than the states that give way."""
        return max(len(self.yielding) - 1, 0)

    @property
    def shared(self) -> dict[str, list[int]]:
        """States of each scalar, by its name."""
        found: dict[str, list[int]] = {}
        for state, part in enumerate(self.parts):
            if isinstance(part, Shared):
                found.setdefault(part.name, []).append(state)
        return found

    @property
    def yielding(self) -> tuple[int, ...]:
        """States that are neither a plain number nor another parameter."""
        return tuple(
            state
            for state, part in enumerate(self.parts)
            if part is None or (isinstance(part, Distribution) and not part.is_point)
        )


Parameter = Scalar | Row | Order | Tied


def infeasibility(row: Row) -> str | None:
    """Why no probability vector fits what was said of a row, in words with numbers; None if one does.

    Words and distributions fit as long as they leave some mass to what must be met: less than `LEAST_MASS` of it on one
    side of what the others leave counts as a clash.
    """
    parts = [part for part in row.parts if part is not None]
    numbers = [part.low for part in parts if part.is_point]
    is_open = len(parts) < len(row.parts)
    total = sum(numbers)
    if total > 1.0 + SUM_TOLERANCE:
        return f"the numbers sum to {total:g}, above 1"
    if len(numbers) == len(row.parts) and total < 1.0 - SUM_TOLERANCE:
        return f"the numbers sum to {total:g}, not to 1, and no state is left for the rest"
    lows = sum(max(part.low, 0.0) for part in parts)
    highs = sum(min(part.high, 1.0) for part in parts)
    if lows > 1.0 + SUM_TOLERANCE:
        return f"the least that the states can be sums to {lows:g}, above 1"
    if highs < 1.0 - SUM_TOLERANCE and not is_open:
        return f"the most that the states can be sums to {highs:g}, below 1, and no state is left for the rest"
    return _clash(parts, is_open=is_open)


def _clash(parts: Sequence[Distribution], *, is_open: bool) -> str | None:
    """Why words and distributions cannot stand together, or beside the numbers and ranges; None if they can."""
    bounded = [part for part in parts if part.is_point or part.family == "uniform"]
    dense = [part for part in parts if part not in bounded]
    if not dense:
        return None
    most = 1.0 - sum(part.low for part in bounded)
    least = 0.0 if is_open else 1.0 - sum(part.high for part in bounded)
    said = "the state that is stated by a word or a distribution is"
    if len(dense) > 1:
        said = f"the {len(dense)} states that are stated by words or distributions sum to"
    if mass_at_most(dense, most, enough=LEAST_MASS) < LEAST_MASS:
        return f"{said} almost surely more than the {max(most, 0.0):g} that the others leave"
    if mass_at_least(dense, least, enough=LEAST_MASS) < LEAST_MASS:
        return f"{said} almost surely less than the {least:g} that the others leave, and no state is left for the rest"
    return None if is_open else _boundless(parts)


def _boundless(parts: Sequence[Distribution]) -> str | None:
    """Why the product of the densities of a row without a free state has no finite mass; None if it has.

    Only betas do that. At a distance r from the corner where one state takes all, the mass within r goes as r to the
    power of that state's second shape, plus the powers with which the others' mass grows from 0, less 1.
    """
    for place, part in enumerate(parts):
        if part.family != "beta" or part.high < 1.0 or part.arguments[1] >= 1.0:
            continue
        others = sum(_growth_at_zero(other) for other in (*parts[:place], *parts[place + 1 :]))
        if others + part.arguments[1] <= 1.0:
            a, b = part.arguments
            return f"beta({a:g}, {b:g}) and the densities beside it heap all mass where one state takes everything"
    return None


def _growth_at_zero(part: Distribution) -> float:
    """Power with which the mass below x grows for small x; inf if faster than any or from no mass at all."""
    if part.low > 0.0 or part.family in ("logitnormal", "lognormal"):
        return math.inf
    return part.arguments[0] if part.family in ("beta", "pert") else 1.0
