"""Figures made of bands: rows below each other, each with words at the left and marks on a scale beside them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Final

from melian.answer import rounding
from melian.view import wording
from melian.view.figures.drawing import Drawing
from melian.view.figures.svg import LINE, SMALL, line, measured, rectangle, shortened, text, texts

WIDTH: Final = 720.0
PAD: Final = 8.0
HEAD: Final = 28.0
STEPS: Final = (0.05, 0.1, 0.2, 0.25)
MOST_TICKS: Final = 5
CLEAR: Final = 4.0  # between a line and a number
KEY_GAP: Final = 22.0
SIGN: Final = 24.0  # room for a sign of the key before its words

# What draws a sign about a point, and what it means.
Meaning = tuple[Callable[[float, float], str], str]


@dataclass(frozen=True, slots=True)
class Band:
    """A row of a figure.

    Attributes
    ----------
    drawn : gives the marks, from the height of its upper edge.
    is_head : whether it heads those below it, so that nothing parts it from them.
    """

    height: float
    drawn: Callable[[float], str]
    is_head: bool = False


def headed(said: str, colour: int) -> Band:
    """Heading in an actor's colour."""
    kept = shortened(said, WIDTH - 24, is_bold=True)
    square = f"fill-{colour}"
    return Band(HEAD, lambda y: rectangle(0, y + 9, 12, 12, square) + text(20, y + 19, kept, "strong"), is_head=True)


def stacked(bands: Iterable[Band], top: float, width: float = WIDTH) -> tuple[str, float, tuple[float, ...]]:
    """Bands below each other with a rule between them: marks, where they end, and where the figure may be cut."""
    marks, cuts, y = [], [], top
    for band in bands:
        marks.append(band.drawn(y))
        y += band.height
        if not band.is_head:
            marks.append(line(0, y, width, y, "rule"))
            cuts.append(y + 0.5)
    return "".join(marks), y, tuple(cuts)


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale from left to right.

    Attributes
    ----------
    left, width : where it is, in pixels.
    low, high : values at its ends.
    """

    left: float
    width: float
    low: float = 0.0
    high: float = 1.0

    def at(self, value: float) -> float:
        """Where a value is; one beyond the ends stands at the end."""
        share = (value - self.low) / (self.high - self.low)
        return self.left + self.width * min(max(share, 0.0), 1.0)


def chances_scale(left: float, width: float, values: Sequence[float]) -> Scale:
    """Scale of chances that holds some values, with ends that are whole ticks."""
    step = _step(max(values) - min(values))
    low = step * floor(min(values) / step + 1e-9)
    high = step * ceil(max(values) / step - 1e-9)
    low = max(min(low, 1.0 - step), 0.0)  # what is certain has a scale, too
    return Scale(left, width, low, min(max(high, low + step), 1.0))


def _step(span: float) -> float:
    return next((step for step in STEPS if span / step <= MOST_TICKS - 1), STEPS[-1])


def chances_grid(scale: Scale, top: float, bottom: float) -> str:
    """Ticks of a scale of chances, their numbers in per cent above them."""
    step = _step(scale.high - scale.low)
    marks = []
    for at in range(round((scale.high - scale.low) / step) + 1):
        value = scale.low + at * step
        x = scale.at(value)
        marks.append(line(x, top, x, bottom, "rule"))
        marks.append(text(x, top - 6, str(round(100 * value)), "quiet small", "middle"))
    return "".join(marks)


@dataclass(frozen=True, slots=True)
class Column:
    """What stands above some part of all bands, and runs through them.

    Attributes
    ----------
    x, anchor : where its heading begins, or, where it is anchored at its end, ends.
    scale : scale of chances whose ticks run through the bands.
    now : value on it at which a line does.
    """

    head: str
    x: float
    anchor: str = "start"
    scale: Scale | None = None
    now: float | None = None

    def drawn(self, top: float, bottom: float) -> str:
        """Heading, ticks and line, from the upper edge of the bands to their end."""
        marks = text(self.x, top - 24, self.head, "quiet", self.anchor) if self.head else ""
        if self.scale is None:
            return marks
        marks += chances_grid(self.scale, top, bottom)
        if self.now is None:
            return marks
        return marks + line(self.scale.at(self.now), top, self.scale.at(self.now), bottom, "middle")


@dataclass(frozen=True, slots=True)
class About:
    """What a figure is, and what it shows: see `melian.view.figures.drawing.Drawing`."""

    title: str
    description: str


def banded(about: About, signs: Sequence[Meaning], columns: Sequence[Column], bands: Iterable[Band]) -> Drawing:
    """A figure of bands: the key to its signs, the columns' headings, the bands."""
    keyed, top = key(signs) if signs else ("", 0.0)
    top += 44.0 if any(column.head for column in columns) else 26.0 if columns else 6.0
    marks, bottom, cuts = stacked(bands, top)
    through = "".join(column.drawn(top, bottom) for column in columns)
    return Drawing(WIDTH, bottom + 8, keyed + through + marks, about.title, about.description, cuts)


def whisker(scale: Scale, low: float, high: float, y: float) -> str:
    """Range from low to high, with ends."""
    left, right = scale.at(low), scale.at(high)
    ends = "".join(line(x, y - 3.5, x, y + 3.5, "span") for x in (left, right))
    return line(left, y, right, y, "span") + ends


def beside(x: float, y: float, value: float, step: float = rounding.FINE) -> str:
    """Number of per cent at the right of a scale."""
    return text(x, y + 4, wording.percent(value, step), "strong")


def clear_of(line_at: float, x: float, said: str, anchor: str, *, is_bold: bool = False) -> float:
    """Where a small number beside a mark goes, so that a line that runs through the band does not run through it."""
    wide = measured(said, SMALL, is_bold=is_bold)
    low, high = (x - wide, x) if anchor == "end" else (x, x + wide)
    if not low - CLEAR < line_at < high + CLEAR:
        return x
    return line_at - CLEAR if anchor == "end" else line_at + CLEAR


def lines_height(count: int) -> float:
    """Height of a band that holds some lines of words."""
    return 2 * PAD + LINE * count


def words(x: float, middle: float, lines: Sequence[str], kind: str = "") -> str:
    """Lines of words about the middle of a band."""
    return texts(x, middle - LINE * len(lines) / 2 + 11, lines, kind)


def key(signs: Sequence[Meaning], width: float = WIDTH) -> tuple[str, float]:
    """What each sign means, in as many lines as it takes, and how deep that is."""
    marks, x, y = [], 0.0, 14.0
    for sign, meaning in signs:
        room = SIGN + measured(meaning, SMALL)
        if x > 0 and x + room > width:
            x, y = 0.0, y + LINE + 2
        marks += [sign(x + SIGN / 2 - 2, y - 4), text(x + SIGN, y, meaning, "small quiet")]
        x += room + KEY_GAP
    return "".join(marks), y + 10
