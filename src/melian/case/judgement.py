"""Judgements as people hold them: a number, a range, a word, `about`, a distribution; never evaluated as code.

`parse_judgement` turns the text of one scalar into a `Judgement` or into a sentence that says what is wrong with it.
What a judgement draws is decided later, from `family` and `arguments`; nothing here knows about sampling.
"""

import math
import re
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from melian.case.words import INFLUENCE_WORDS, PRECISION_WORDS, SCALES, Scale
from melian.source.suggest import nearest
from melian.source.text import Span

Kind = Literal["chance", "value", "influence", "precision", "weight"]
Basis = Literal["fact", "judgement", "assumption"]
BASES: Final = ("fact", "judgement", "assumption")


@dataclass(frozen=True, slots=True)
class Provenance:
    """Who made a judgement, when, on what basis, why, and where its ground is; each may be unknown."""

    by: str | None = None
    on: str | None = None
    basis: str | None = None
    why: str | None = None
    at: str | None = None

    def over(self, outer: "Provenance") -> "Provenance":
        """Fill what is not said here with what is said around it; a reason and its place are never inherited."""
        return replace(self, by=self.by or outer.by, on=self.on or outer.on, basis=self.basis or outer.basis)


@dataclass(frozen=True, slots=True)
class Judgement:
    """One elicited quantity.

    Attributes
    ----------
    family : how it is drawn: `point`, `uniform`, `loguniform`, `band` (10 % and 90 % quantiles of a logit-normal), or
        the name of a distribution.
    arguments : numbers of that family, in the units of `kind`; log-odds for influences.
    low, high : bounds that no draw leaves.
    text : as the user wrote it.
    """

    kind: Kind
    family: str
    arguments: tuple[float, ...]
    low: float
    high: float
    text: str
    span: Span | None = field(default=None, compare=False, repr=False)
    provenance: Provenance = Provenance()

    @property
    def is_number(self) -> bool:
        """Whether it is a single number, so that nothing is uncertain about it."""
        return self.family == "point"

    @property
    def is_range(self) -> bool:
        """Whether it is a plain range, drawn evenly."""
        return self.family == "uniform"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a text is no judgement: a diagnostic's code, what is wrong, and how to mend it."""

    code: str
    message: str
    help: str | None = None


BOUNDS: Final[dict[Kind, tuple[float, float]]] = {
    "chance": (0.0, 1.0),
    "value": (0.0, 100.0),
    "influence": (-20.0, 20.0),
    "precision": (0.0, 1000.0),
    "weight": (0.0, math.inf),
}
UNITS: Final[dict[Kind, str]] = {
    "chance": "a chance is between 0 and 1 (or 0 % and 100 %)",
    "value": "a value is between 0 (worst) and 100 (best)",
    "influence": "an influence in log-odds is between -20 and 20",
    "precision": "a precision is between 0 and 1000",
    "weight": "a weight is 0 or more",
}
EXAMPLES: Final[dict[Kind, str]] = {
    "chance": "write a number `0.3`, a range `0.2..0.4`, a word such as `unlikely`, or `about 0.3`",
    "value": "write a number `70`, a range `60..80`, or `about 70`",
    "influence": "write `slightly more`, `strongly less`, `times 2..4`, or log-odds such as `0.5..1`",
    "precision": "write `erratic`, `ordinary`, `calculating`, a number, or a range such as `4..12`",
    "weight": "write a number `0.3` or a range `0.2..0.4`",
}

_NUMBER: Final = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?"
_PLAIN: Final = re.compile(rf"({_NUMBER})\s*(%?)")
_RANGE: Final = re.compile(rf"({_NUMBER})\s*(%?)\s*\.\.\s*({_NUMBER})\s*(%?)")
_CALL: Final = re.compile(r"([a-z]+)\s*\(([^()]*)\)")
# A distribution's arguments: how many, and which of them are on the quantity's own scale (the rest are plain shapes).
_DISTRIBUTIONS: Final = {
    "uniform": (2, (0, 1)),
    "beta": (2, ()),
    "normal": (2, (0, 1)),
    "triangular": (3, (0, 1, 2)),
    "pert": (3, (0, 1, 2)),
    "logitnormal": (2, ()),
    "lognormal": (2, ()),
    "loguniform": (2, (0, 1)),
}
ABOUT_SPREAD: Final = 0.3  # standard deviation in log-odds of `about x`


def parse_judgement(text: str, kind: Kind, scale: Scale) -> Judgement | Problem:
    """Read one judgement.

    Parameters
    ----------
    text : a scalar as written.
    kind : which quantity it describes; decides bounds, words and what a range means.
    scale : the case's scale of words.
    """
    stripped = " ".join(text.split())
    if not stripped:
        return Problem("bad-judgement", "nothing is written here", EXAMPLES[kind])
    for parse in (_parse_number, _parse_range, _parse_word, _parse_about, _parse_times, _parse_distribution):
        found = parse(stripped, kind, scale)
        if isinstance(found, Judgement):
            return _within_bounds(found)
        if found is not None:
            return found
    return _unknown(stripped, kind, scale)


def _value(number: str, percent: str) -> float:
    return float(number) / 100 if percent else float(number)


def _percent_problem(kind: Kind, percent: str) -> Problem | None:
    if percent and kind not in ("chance", "weight"):
        return Problem("bad-judgement", f"a percentage does not fit here: {UNITS[kind]}", EXAMPLES[kind])
    return None


def _parse_number(text: str, kind: Kind, scale: Scale) -> Judgement | Problem | None:
    match = _PLAIN.fullmatch(text)
    if match is None:
        return None
    number = _value(*match.groups())
    return _percent_problem(kind, match[2]) or Judgement(kind, "point", (number,), number, number, text)


def _parse_range(text: str, kind: Kind, scale: Scale) -> Judgement | Problem | None:
    match = _RANGE.fullmatch(text)
    if match is None:
        return None
    first, first_percent, second, second_percent = match.groups()
    low, high = _value(first, first_percent or second_percent), _value(second, second_percent)
    if problem := _percent_problem(kind, second_percent):
        return problem
    if low > high:
        return Problem(
            "reversed-range", f"{low:g} is above {high:g}", f"write `{second}{second_percent}..{first}{first_percent}`"
        )
    if low == high:
        return Judgement(kind, "point", (low,), low, high, text)
    family = "loguniform" if kind == "precision" and low > 0 else "uniform"
    return Judgement(kind, family, (low, high), low, high, text)


def _parse_word(text: str, kind: Kind, scale: Scale) -> Judgement | Problem | None:
    word = text.casefold()
    if kind == "precision" and word in PRECISION_WORDS:
        low, high = PRECISION_WORDS[word]
        return Judgement(kind, "loguniform", (low, high), low, high, text)
    if kind == "influence" and word in INFLUENCE_WORDS:
        return _odds_factor(*INFLUENCE_WORDS[word], text)
    band = scale.band_of(word) if kind == "chance" else None
    if band is not None:
        return Judgement(kind, "band", (band.low, band.high), 0.0, 1.0, text)
    return _foreign_word(word, scale) if kind == "chance" else None


def _foreign_word(word: str, scale: Scale) -> Problem | None:
    others = [other for other in SCALES.values() if other is not scale and other.band_of(word)]
    if not others:
        return None
    return Problem(
        "mixed-scales",
        f"`{word}` is a word of the {others[0].title}, and this case uses the {scale.title}",
        f"use one scale throughout: name it at the top (`words: {others[0].name}`) or choose one of "
        + ", ".join(f"`{band.word}`" for band in scale.bands),
    )


def _odds_factor(low: float, high: float, text: str) -> Judgement:
    low, high = math.log(low), math.log(high)
    family, arguments = ("point", (low,)) if low == high else ("uniform", (low, high))
    return Judgement("influence", family, arguments, low, high, text)


def _parse_about(text: str, kind: Kind, scale: Scale) -> Judgement | Problem | None:
    if not text.casefold().startswith("about "):
        return None
    match = _PLAIN.fullmatch(text[6:].strip())
    if match is None or kind in ("influence", "weight"):
        return Problem("bad-judgement", f"`{text}` is not understood here", EXAMPLES[kind])
    low, high = BOUNDS[kind]
    centre = _value(*match.groups())
    if not low < centre < high:
        return Problem("out-of-bounds", f"`about` needs a number strictly inside the scale: {UNITS[kind]}")
    if kind == "precision":
        return Judgement(kind, "lognormal", (math.log(centre), ABOUT_SPREAD), low, high, text)
    share = (centre - low) / (high - low)
    return Judgement(kind, "logitnormal", (math.log(share / (1 - share)), ABOUT_SPREAD), low, high, text)


def _parse_times(text: str, kind: Kind, scale: Scale) -> Judgement | Problem | None:
    if kind != "influence" or not text.casefold().startswith("times "):
        return None
    rest = text[6:].strip()
    match = _RANGE.fullmatch(rest) or _PLAIN.fullmatch(rest)
    if match is None or "%" in rest:
        return Problem("bad-judgement", f"`{text}` is not understood", EXAMPLES[kind])
    numbers = [float(group) for group in match.groups()[::2]]
    low, high = numbers[0], numbers[-1]
    if low <= 0 or high <= 0:
        return Problem("out-of-bounds", "a factor on the odds is above 0", EXAMPLES[kind])
    if low > high:
        return Problem("reversed-range", f"{low:g} is above {high:g}", f"write `times {high:g}..{low:g}`")
    return _odds_factor(low, high, text)


def _parse_distribution(text: str, kind: Kind, scale: Scale) -> Judgement | Problem | None:
    match = _CALL.fullmatch(text.casefold())
    if match is None:
        return None
    name, inner = match.groups()
    if name not in _DISTRIBUTIONS:
        known = nearest(name, _DISTRIBUTIONS)
        cure = f"did you mean `{known}`?" if known else "known are " + ", ".join(_DISTRIBUTIONS)
        return Problem("bad-judgement", f"`{name}` is not a distribution that melian knows", cure)
    count, on_scale = _DISTRIBUTIONS[name]
    parts = [_PLAIN.fullmatch(part.strip()) for part in inner.split(",")]
    if len(parts) != count or any(part is None for part in parts):
        return Problem("bad-judgement", f"`{name}` takes {count} numbers", f"for example `{_example(name)}`")
    arguments = tuple(_value(*part.groups()) for part in parts if part is not None)
    if complaint := _bad_arguments(name, arguments, kind, on_scale):
        return Problem("bad-judgement", complaint, f"for example `{_example(name)}`")
    low, high = BOUNDS[kind]
    if name in ("uniform", "loguniform", "triangular", "pert"):
        low, high = arguments[0], arguments[-1]
    return Judgement(kind, name, arguments, low, high, text)


def _example(name: str) -> str:
    shapes = {"beta": "beta(2, 5)", "triangular": "triangular(0.1, 0.2, 0.4)", "pert": "pert(0.1, 0.2, 0.4)"}
    return shapes.get(name, f"{name}(0.2, 0.4)")


def _bad_arguments(name: str, arguments: tuple[float, ...], kind: Kind, on_scale: tuple[int, ...]) -> str | None:
    bound_low, bound_high = BOUNDS[kind]
    if name in ("uniform", "loguniform", "triangular", "pert"):
        if sorted(arguments) != list(arguments) or arguments[0] == arguments[-1]:
            return f"the numbers of `{name}` must rise"
        if name == "loguniform" and arguments[0] <= 0:
            return "the numbers of `loguniform` must be above 0"
    elif name == "beta":
        if min(arguments) <= 0:
            return "both numbers of `beta` must be above 0"
        if not math.isfinite(bound_high):
            return "`beta` needs a bounded scale"
    elif arguments[1] <= 0:
        return f"the second number of `{name}`, its spread, must be above 0"
    if name != "normal" and any(not bound_low <= arguments[i] <= bound_high for i in on_scale):
        return UNITS[kind]
    if name == "normal" and not bound_low <= arguments[0] <= bound_high:
        return UNITS[kind]
    if name == "logitnormal" and not math.isfinite(bound_high):
        return "`logitnormal` needs a bounded scale"
    return None


def _within_bounds(judgement: Judgement) -> Judgement | Problem:
    low, high = BOUNDS[judgement.kind]
    finite = all(math.isfinite(number) for number in judgement.arguments)
    if finite and judgement.low >= low and judgement.high <= high:
        return judgement
    shown = judgement.low if judgement.low < low else judgement.high
    cure = None
    if judgement.kind == "chance" and 1 < judgement.high <= 100 and judgement.low >= 0 and finite:
        cure = f"for per cent write `{judgement.text} %`"
    return Problem("out-of-bounds", f"{shown:g} is off the scale: {UNITS[judgement.kind]}", cure)


def _unknown(text: str, kind: Kind, scale: Scale) -> Problem:
    words = {"chance": scale.words(), "influence": tuple(INFLUENCE_WORDS), "precision": tuple(PRECISION_WORDS)}
    near = nearest(text, words.get(kind, ()))
    return Problem(
        "bad-judgement", f"`{text}` is not understood here", f"did you mean `{near}`?" if near else EXAMPLES[kind]
    )
