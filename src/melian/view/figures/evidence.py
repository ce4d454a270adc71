"""The evidence matrix: outcomes in rows, origins of reports in columns, with source, grade, date and weight of each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from melian.answer.evidence import Moved
from melian.answer.matrix import Matrix
from melian.case.case import Case, Report
from melian.view import wording
from melian.view.figures.bands import key
from melian.view.figures.drawing import Drawing
from melian.view.figures.svg import LINE, SMALL, broken, line, measured, rectangle, text, texts, upright
from melian.view.naming import outcome_label, reporter_of

LABEL: Final = 212.0
COLUMN: Final = 43.0
LEAST: Final = 480.0  # width that the key needs
MOST: Final = 12  # origins beside each other; more go below
ROW: Final = 34.0
LINES: Final = 8
BITS: Final = 30.0  # height of one side of the bars of bits
HEAD: Final = 2 * BITS + 76.0
APART: Final = 26.0
SOURCE, ABREAST = 166.0, 2  # length and number of lines that name the sources of a column
STRONG, SLIGHT = 1.0, 0.1
LEAST_SCALE: Final = 0.5  # bits that a bar of full height stands for at the least


def evidence_drawing(case: Case, matrix: Matrix, moved: Mapping[str, Moved]) -> Drawing:
    """What each origin of reports says of each outcome.

    Parameters
    ----------
    moved : by origin, what it moved.
    """
    shown = _shown(case, matrix, moved)
    width = max(LABEL + COLUMN * min(len(matrix.origins), MOST) + 8, LEAST)
    signs, y = key(_SIGNS, width)
    parts, cuts = [signs], []
    for first in range(0, len(matrix.origins), MOST):
        parts.append(_part(shown, range(first, min(first + MOST, len(matrix.origins))), y))
        y += shown.head + sum(map(_height, shown.labels)) + APART
        cuts.append(y - APART / 2)
    title = "What each report says of each outcome"
    return Drawing(width, y - APART + 10, "".join(parts), title, _described(matrix), tuple(cuts[:-1]))


@dataclass(frozen=True, slots=True)
class _Shown:
    """What is drawn.

    Attributes
    ----------
    moved : by origin, what it moved.
    labels : lines of each outcome's label.
    reports, grades, sources : by origin, its reports, their grades, and the lines of who made them.
    """

    matrix: Matrix
    moved: Mapping[str, Moved]
    labels: tuple[list[str], ...]
    reports: Mapping[str, list[Report]]
    grades: Mapping[str, str]
    sources: Mapping[str, list[str]]

    @property
    def most(self) -> float:
        """Bits that the tallest bar stands for."""
        return max([LEAST_SCALE, *(abs(each.bits) for each in self.moved.values())])

    @property
    def head(self) -> float:
        """Height of what stands above the rows."""
        lines = (line for lines in self.sources.values() for line in lines)
        return HEAD + max((measured(line, SMALL) for line in lines), default=0.0) + 8


def _shown(case: Case, matrix: Matrix, moved: Mapping[str, Moved]) -> _Shown:
    labels = tuple(broken(outcome_label(case, outcome), LABEL - 30, LINES) for outcome in matrix.hypotheses)
    reports = {name: [one for one in case.evidence if one.name in each.reports] for name, each in moved.items()}
    grades = {name: _grade(case, held) for name, held in reports.items()}
    sources = {
        name: broken("; ".join(dict.fromkeys(reporter_of(case, one) for one in held)), SOURCE, ABREAST, SMALL)
        for name, held in reports.items()
    }
    return _Shown(matrix, moved, labels, reports, grades, sources)


def mark(bits: float) -> str:
    """Sign of a weight: ++ and -- from one bit on, + and - below, a dot for next to nothing."""
    if abs(bits) < SLIGHT:
        return "·"
    return ("+" if bits > 0 else "−") * (2 if abs(bits) >= STRONG else 1)


def _sign(kind: str, said: str) -> Callable[[float, float], str]:
    return lambda x, y: rectangle(x - 10, y - 7, 20, 15, kind) + _said(x, y + 4, said)


def _said(x: float, y: float, said: str) -> str:
    return text(x, y, said, "on" if len(said) == 2 else "strong", "middle")


_SIGNS: Final = (
    (_sign("for", "++"), "doubles the odds or more"),
    (_sign("for-soft", "+"), "raises them"),
    (_sign("panel", "·"), "hardly moves them"),
    (_sign("against-soft", "−"), "lowers them"),
    (_sign("against", "−−"), "halves them or more"),
)


def _height(lines: Sequence[str]) -> float:
    """Height of a row whose label has these lines."""
    return max(ROW, LINE * len(lines) + 4)


def _part(shown: _Shown, here: range, y: float) -> str:
    """Columns beside each other, with the rows that they cross."""
    top = y + shown.head
    marks = [_heads(y, top), *(_top(shown, at, _middle(place), y) for place, at in enumerate(here))]
    for lines, outcome, weights in zip(shown.labels, shown.matrix.hypotheses, shown.matrix.weights, strict=True):
        tall = _height(lines)
        marks.append(line(0, top, LABEL + COLUMN * len(here), top, "rule"))
        marks.append(text(0, top + tall / 2 + 4, "Yes" if outcome.is_event else "No", "strong"))
        marks.append(texts(30, top + tall / 2 - LINE * len(lines) / 2 + 11, lines))
        marks += [_cell(weights[at].given_rest, _middle(place), top, tall) for place, at in enumerate(here)]
        top += tall
    return "".join(marks)


def _middle(place: int) -> float:
    """Middle of a column."""
    return LABEL + COLUMN * (place + 0.5)


def _heads(y: float, top: float) -> str:
    """What the lines above the matrix hold."""
    below = y + 2 * BITS
    named = {
        y + 16 + BITS: "bits for (up) or against the event",
        below + 32: "report",
        below + 48: "grade",
        below + 64: "date",
        top - 8: "source",
    }
    return "".join(text(LABEL - 10, at, said, "quiet small", "end") for at, said in named.items())


def _top(shown: _Shown, at: int, x: float, y: float) -> str:
    """What stands above a column: the weight of its reports, their number, grade, date and sources."""
    origin, below = shown.matrix.origins[at], y + 2 * BITS
    said = (
        (32, str(at + 1), "strong small"),
        (48, shown.grades[origin], "small"),
        (64, _day(shown.reports[origin]), "small"),
    )
    lines = "".join(text(x, below + down, words, kind, "middle") for down, words, kind in said)
    sources = upright(x, y + shown.head - 8, shown.sources[origin], "small quiet")
    return _bar(x, y + 12 + BITS, shown.moved[origin].bits, shown.most) + lines + sources


def _cell(bits: float, x: float, top: float, tall: float) -> str:
    drawn = rectangle(x - COLUMN / 2 + 2, top + 3, COLUMN - 4, tall - 6, _kind(bits))
    return drawn + _said(x, top + tall / 2 + 4, mark(bits))


def _kind(bits: float) -> str:
    if abs(bits) < SLIGHT:
        return "panel"
    return ("for" if bits > 0 else "against") + ("" if abs(bits) >= STRONG else "-soft")


def _bar(x: float, middle: float, bits: float, most: float) -> str:
    long = (BITS - 12) * abs(bits) / most
    top = middle - long if bits > 0 else middle
    marks = line(x - COLUMN / 2, middle, x + COLUMN / 2, middle, "axis")
    if abs(bits) < 0.005:
        return marks
    number = text(x, top - 3 if bits > 0 else top + long + 12, f"{abs(bits):.2f}", "small", "middle")
    return marks + rectangle(x - 8, top, 16, max(long, 1.0), "for" if bits > 0 else "against") + number


def _grade(case: Case, reports: Sequence[Report]) -> str:
    """Grades of the reports, the first two that differ."""
    said = dict.fromkeys("sure" if one.is_certain else str(case.grade_of(one) or "none") for one in reports)
    return " ".join(list(said)[:2]) if len(said) <= 2 else f"{next(iter(said))} …"


def _day(reports: Sequence[Report]) -> str:
    """Day and month of the last of the reports; its year stands with it in the list of reports."""
    days = [one.date for one in reports if one.date]
    return wording.short_day(max(days)) if days else "undated"


def _described(matrix: Matrix) -> str:
    return (
        f"{wording.counted(len(matrix.origins), 'origin')} of reports in columns, by their numbers in the list below;"
        " outcomes in rows, with whether the event happens in them. A cell says what the reports do to the odds of the"
        " outcome, given all others; the bar above, what they do to those of the event, in bits. What speaks most"
        " against the likeliest outcome stands first."
    )
