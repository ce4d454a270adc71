"""Judgements as people hold them: a number, a range, a word, `about`, a distribution; never evaluated as code.

`parse_judgement` turns the text of one scalar into a `Judgement` or into a sentence that says what is wrong with it.
What a judgement draws is decided later, from `family` and `arguments`; nothing here knows about sampling.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from melian.case.distributions import FORMS, example, names_for
from melian.case.quantity import BOUNDS, EXAMPLES, SPREAD_BOUNDS, UNITS, Kind
from melian.case.words import DEFAULT_PRECISION, INFLUENCE_WORDS, PRECISION_WORDS, SCALES, Scale
from melian.source.suggest import nearest, obvious
from melian.source.text import Span

Basis = Literal["fact", "judgement", "assumption"]
UNREAD: Final = "unread"
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
    shared : name of the judgement that this one is, where it is stated once and used by its name.
    """

    kind: Kind
    family: str
    arguments: tuple[float, ...]
    low: float
    high: float
    text: str
    span: Span | None = field(default=None, compare=False, repr=False)
    provenance: Provenance = field(default=Provenance(), compare=False)
    shared: str | None = None

    @property
    def is_unread(self) -> bool:
        """Whether it keeps the place of something that could not be read; there is an error about it."""
        return self.family == UNREAD

    @property
    def is_number(self) -> bool:
        """Whether it is a single number, so that nothing is uncertain about it."""
        return self.family == "point"

    @property
    def is_range(self) -> bool:
        """Whether it is a plain range, drawn evenly."""
        return self.family == "uniform"


def unread_judgement(kind: Kind, text: str, span: Span) -> Judgement:
    """What keeps the place of a judgement that cannot be read, so that nothing else seems to be missing there."""
    return Judgement(kind, UNREAD, (), *SPREAD_BOUNDS[kind], text, span)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a text is no judgement: a diagnostic's code, what is wrong, and how to mend it.

    Attributes
    ----------
    mended : what to write instead, where that can be told.
    is_sure : whether nothing else can have been meant.
    """

    code: str
    message: str
    help: str | None = None
    mended: str | None = None
    is_sure: bool = True


_NUMBER: Final = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?"
_PLAIN: Final = re.compile(rf"({_NUMBER})\s*(%?)")
_RANGE: Final = re.compile(rf"({_NUMBER})\s*(%?)\s*\.\.\s*({_NUMBER})\s*(%?)")
_CALL: Final = re.compile(r"([a-z]+)\s*\(([^()]*)\)")
_OTHER_RANGE: Final = re.compile(
    rf"(?:between )?({_NUMBER}\s*%?)\s*(?:-|–|—|to|and|\.\.\.|…)\s*({_NUMBER}\s*%?)", re.IGNORECASE
)
_COMMA: Final = re.compile(r"(\d+),(\d+\s*%?)")
_ROUGHLY: Final = re.compile(
    rf"(?:~|≈|circa |ca\. ?|c\. ?|roughly |around |approximately |approx\. ?)\s*({_NUMBER}\s*%?)", re.IGNORECASE
)
_SHARED: Final = re.compile(r"the\s+(\S+)", re.IGNORECASE)
_PER_CENT: Final = re.compile(rf"(?:%\s*)?({_NUMBER}(?:\s*\.\.\s*{_NUMBER})?)\s*(?:per ?cent|pct\.?|%)?", re.IGNORECASE)
LONGEST_SHOWN: Final = 60
PERCENT_KINDS: Final = ("chance", "weight")
LEAST_TIMES: Final = 1e-8  # factors on the odds, within the bounds of log-odds
MOST_TIMES: Final = 1e8
LEAST_SHARE: Final = 1e-6  # of the scale, between `about x` and its ends
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


def shared_name(text: str) -> str | None:
    """Name of the judgement that `the NAME` stands for; None where the text is no such reference."""
    match = _SHARED.fullmatch(text.strip())
    return match[1] if match else None


def default_precision(scale: Scale) -> Judgement:
    """Precision of an actor of which none is stated."""
    return _certain(DEFAULT_PRECISION, "precision", scale)


def certainty(scale: Scale) -> tuple[Judgement, Judgement]:
    """Return the chances 1 and 0."""
    return _certain("1", "chance", scale), _certain("0", "chance", scale)


def _certain(text: str, kind: Kind, scale: Scale) -> Judgement:
    """Read a text of our own."""
    parsed = parse_judgement(text, kind, scale)
    assert isinstance(parsed, Judgement)
    return parsed


def _value(number: str, percent: str) -> float:
    return float(number) / 100 if percent else float(number)


def _percent_problem(kind: Kind, percent: str) -> Problem | None:
    if percent and kind not in PERCENT_KINDS:
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
    if problem := _percent_problem(kind, first_percent + second_percent):
        return problem
    if low > high:
        turned = f"{second}..{first}{' %' * bool(first_percent + second_percent)}"
        return Problem("reversed-range", f"{low:g} is above {high:g}", f"write `{turned}`", turned)
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
    if match is None or kind == "influence":
        return Problem("bad-judgement", f"`{shortened(text)}` is not understood here", EXAMPLES[kind])
    if problem := _percent_problem(kind, match[2]):
        return problem
    low, high = SPREAD_BOUNDS[kind]
    centre = _value(*match.groups())
    share = (centre - low) / (high - low)
    if not LEAST_SHARE <= share <= 1 - LEAST_SHARE:
        return Problem("out-of-bounds", f"`about` needs a number inside the scale, not at its end: {UNITS[kind]}")
    if kind == "precision":
        return Judgement(kind, "lognormal", (math.log(centre), ABOUT_SPREAD), low, high, text)
    return Judgement(kind, "logitnormal", (math.log(share / (1 - share)), ABOUT_SPREAD), low, high, text)


def _parse_times(text: str, kind: Kind, scale: Scale) -> Judgement | Problem | None:
    if kind != "influence" or not text.casefold().startswith("times "):
        return None
    rest = text[6:].strip()
    match = _RANGE.fullmatch(rest) or _PLAIN.fullmatch(rest)
    if match is None or "%" in rest:
        return Problem("bad-judgement", f"`{shortened(text)}` is not understood", EXAMPLES[kind])
    numbers = [float(group) for group in match.groups()[::2]]
    low, high = numbers[0], numbers[-1]
    if not (min(low, high) >= LEAST_TIMES and max(low, high) <= MOST_TIMES):
        bounds = f"above {LEAST_TIMES:g} and below {MOST_TIMES:g}"
        return Problem("out-of-bounds", f"a factor on the odds is {bounds}", EXAMPLES[kind])
    if low > high:
        turned = f"times {high:g}..{low:g}"
        return Problem("reversed-range", f"{low:g} is above {high:g}", f"write `{turned}`", turned)
    return _odds_factor(low, high, text)


def _parse_distribution(text: str, kind: Kind, scale: Scale) -> Judgement | Problem | None:
    match = _CALL.fullmatch(text.casefold())
    if match is None:
        return None
    name, inner = match.groups()
    form = FORMS.get(name)
    if form is None or kind not in form.kinds:
        return _wrong_distribution(name, kind)
    cure = f"for example `{example(name, kind)}`"
    parts = [_PLAIN.fullmatch(part.strip()) for part in inner.split(",")]
    if len(parts) != form.count or any(part is None for part in parts):
        return Problem("bad-judgement", f"`{name}` takes {form.count} numbers", cure)
    arguments = tuple(_value(*part.groups()) for part in parts if part is not None)
    percents = [place for place, part in enumerate(parts) if part is not None and part[2]]
    if percents and (kind not in PERCENT_KINDS or not set(percents) <= set(form.on_scale)):
        return Problem("bad-judgement", f"a percentage does not fit in `{name}` here", cure)
    if complaint := form.complaint(arguments, kind):
        return Problem("bad-judgement", f"`{name}`: {complaint}", cure)
    low, high = (arguments[0], arguments[-1]) if form.is_bounded else SPREAD_BOUNDS[kind]
    return Judgement(kind, name, arguments, low, high, text)


def _wrong_distribution(name: str, kind: Kind) -> Problem:
    known = names_for(kind)
    if name in FORMS:
        message, near = f"`{name}` does not fit here", None
    else:
        message, near = f"`{name}` is not a distribution that melian knows", nearest(name, known)
    cure = f"did you mean `{near}`?" if near else "known here: " + ", ".join(f"`{each}`" for each in known)
    return Problem("bad-judgement", message, cure)


def _within_bounds(judgement: Judgement) -> Judgement | Problem:
    low, high = (BOUNDS if judgement.is_number else SPREAD_BOUNDS)[judgement.kind]
    if all(math.isfinite(number) for number in judgement.arguments) and low <= judgement.low <= judgement.high <= high:
        return judgement
    shown = judgement.low if judgement.low < low else judgement.high
    cure = percent = None
    if judgement.kind == "chance" and judgement.low >= 0 and 1 < judgement.high <= 100 and judgement.text[-1] != "%":
        percent = f"{judgement.text} %"
        cure = f"for per cent write `{percent}`"
    is_sure = all(number > 1 and number % 1 == 0 for number in judgement.arguments if number)
    return Problem("out-of-bounds", f"{shown:g} is off the scale: {UNITS[judgement.kind]}", cure, percent, is_sure)


def _unknown(text: str, kind: Kind, scale: Scale) -> Problem:
    words = {"chance": scale.words(), "influence": tuple(INFLUENCE_WORDS), "precision": tuple(PRECISION_WORDS)}
    near = _word_within(text, words.get(kind, ())) or nearest(text, words.get(kind, ()))
    cure, mended = _mended(text) or (f"did you mean `{near}`?" if near else EXAMPLES[kind], near)
    is_sure = mended != near or obvious(text.casefold(), words.get(kind, ())) == near
    return Problem("bad-judgement", f"`{shortened(text)}` is not understood here", cure, mended, is_sure)


def _word_within(text: str, words: Iterable[str]) -> str | None:
    """Word that a text ends with, such as the `likely` of `quite likely`; the longest of several."""
    return max((word for word in words if text.casefold().endswith(f" {word}")), key=len, default=None)


def _mended(text: str) -> tuple[str, str | None] | None:
    """Cure for the usual other ways to write a range, a decimal, a percentage or a rough number."""
    if match := _OTHER_RANGE.fullmatch(text):
        low, high = match[1].strip(), match[2].strip()
        if low[-1] != "%" != high[-1] and float(low) > float(high):
            low, high = high, low
        mended = f"{low}..{high}"
        return f"write a range as `{mended}`", mended
    if match := _COMMA.fullmatch(text):
        mended = f"{match[1]}.{match[2]}"
        return f"write a decimal point: `{mended}`", mended
    if match := _ROUGHLY.fullmatch(text):
        return f"write `about {match[1]}`", f"about {match[1]}"
    if match := _PER_CENT.fullmatch(text):
        return f"write `{match[1]} %`", f"{match[1]} %"
    return None


def shortened(text: str) -> str:
    """Text cut to what a message can show."""
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 3] + "..."
