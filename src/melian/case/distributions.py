"""The named distributions of the language: how many numbers each takes, for which quantities, and within which bounds.

The bounds on spreads and shapes leave out what nobody can mean and no sampler can draw well: a spread of 1e-300, say.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from melian.case.quantity import SPREAD_BOUNDS, UNITS, Kind

LEAST_SPREAD: Final = 1e-6  # of a normal, as a share of the scale
MOST_SPREAD: Final = 10.0
SHAPES: Final = (0.01, 1e5)  # of a beta
LOGITS: Final = (-20.0, 20.0)  # mean of a logit-normal
LOGIT_SPREADS: Final = (1e-3, 20.0)
LOGARITHMS: Final = (-7.0, 6.9)  # mean of a log-normal precision: 0.001 to 1000
LOGARITHM_SPREADS: Final = (1e-3, 5.0)

Numbers = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A named distribution.

    Attributes
    ----------
    count : of its numbers.
    kinds : quantities that it can describe.
    on_scale : places of the numbers that are on the quantity's own scale; the others are bare shapes.
    complaint : what is wrong with its numbers, or None.
    is_bounded : whether its first and last numbers are its ends; otherwise it is cut to the scale.
    """

    count: int
    kinds: tuple[Kind, ...]
    on_scale: tuple[int, ...]
    complaint: Callable[[Numbers, Kind], str | None]
    is_bounded: bool = False


def _rising(numbers: Numbers, kind: Kind) -> str | None:
    if sorted(numbers) != list(numbers) or numbers[0] == numbers[-1]:
        return "its numbers must rise"
    return _off_scale((numbers[0], numbers[-1]), kind)


def _rising_above_zero(numbers: Numbers, kind: Kind) -> str | None:
    return "its numbers must be above 0" if numbers[0] <= 0 else _rising(numbers, kind)


def _normal(numbers: Numbers, kind: Kind) -> str | None:
    low, high = SPREAD_BOUNDS[kind]
    spreads = LEAST_SPREAD * (high - low), MOST_SPREAD * (high - low)
    return _off_scale(numbers[:1], kind) or _outside("its second number, its spread,", numbers[1], spreads)


def _shapes(numbers: Numbers, kind: Kind) -> str | None:
    return _outside("its first number", numbers[0], SHAPES) or _outside("its second number", numbers[1], SHAPES)


def _logit_normal(numbers: Numbers, kind: Kind) -> str | None:
    mean = _outside("its first number, a mean in log-odds,", numbers[0], LOGITS)
    return mean or _outside("its second number, its spread,", numbers[1], LOGIT_SPREADS)


def _log_normal(numbers: Numbers, kind: Kind) -> str | None:
    mean = _outside("its first number, a mean in natural logarithms,", numbers[0], LOGARITHMS)
    return mean or _outside("its second number, its spread,", numbers[1], LOGARITHM_SPREADS)


def _off_scale(numbers: Numbers, kind: Kind) -> str | None:
    low, high = SPREAD_BOUNDS[kind]
    off = [number for number in numbers if not low <= number <= high]
    return f"{off[0]:g} is off the scale: {UNITS[kind]}" if off else None


def _outside(what: str, number: float, bounds: tuple[float, float]) -> str | None:
    if bounds[0] <= number <= bounds[1]:
        return None
    return f"{what} must be between {bounds[0]:g} and {bounds[1]:g}"


_SHARES: Final[tuple[Kind, ...]] = ("chance", "value", "weight")
_ALL: Final[tuple[Kind, ...]] = tuple(SPREAD_BOUNDS)

FORMS: Final = {
    "uniform": Form(2, _ALL, (0, 1), _rising, is_bounded=True),
    "triangular": Form(3, _ALL, (0, 1, 2), _rising, is_bounded=True),
    "pert": Form(3, _ALL, (0, 1, 2), _rising, is_bounded=True),
    "normal": Form(2, _ALL, (0, 1), _normal),
    "beta": Form(2, _SHARES, (), _shapes),
    "logitnormal": Form(2, _SHARES, (), _logit_normal),
    "loguniform": Form(2, ("chance", "precision"), (0, 1), _rising_above_zero, is_bounded=True),
    "lognormal": Form(2, ("precision",), (), _log_normal),
}

_ON_SCALE: Final[dict[Kind, tuple[str, str, str]]] = {
    "chance": ("0.1", "0.2", "0.4"),
    "value": ("20", "40", "70"),
    "influence": ("0.5", "1", "2"),
    "precision": ("4", "6", "12"),
    "weight": ("0.1", "0.2", "0.4"),
}


def names_for(kind: Kind) -> tuple[str, ...]:
    """Distributions that can describe a quantity."""
    return tuple(name for name, form in FORMS.items() if kind in form.kinds)


def example(name: str, kind: Kind) -> str:
    """How one may be written."""
    low, middle, high = _ON_SCALE[kind]
    shapes = {"beta": "2, 5", "logitnormal": "-1, 0.5", "lognormal": "2, 0.5", "normal": f"{middle}, {low}"}
    if name in shapes:
        return f"{name}({shapes[name]})"
    return f"{name}({low}, {middle}, {high})" if FORMS[name].count == 3 else f"{name}({low}, {high})"
