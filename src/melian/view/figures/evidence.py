"""The evidence matrix: outcomes in rows, origins of reports in columns, with grade, date and weight of each."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from melian.answer.evidence import Moved
from melian.answer.matrix import Matrix
from melian.case.case import Case, Report
from melian.view import wording
from melian.view.figures.bands import key
from melian.view.figures.drawing import Drawing
from melian.view.figures.svg import LINE, broken, line, rectangle, text, texts
from melian.view.naming import outcome_label

LABEL: Final = 212.0
COLUMN: Final = 43.0
LEAST: Final = 480.0  # width that the key needs
MOST: Final = 12  # origins beside each other; more go below
ROW: Final = 34.0
BITS: Final = 30.0  # height of one side of the bars of bits
HEAD: Final = 2 * BITS + 76.0
APART: Final = 26.0
STRONG, SLIGHT = 1.0, 0.1
LEAST_SCALE: Final = 0.5  # bits that a bar of full height stands for at the least


def evidence_drawing(case: Case, matrix: Matrix, moved: Mapping[str, Moved]) -> Drawing:
    """What each origin of reports says of each outcome.

    Parameters
    ----------
    moved : by origin, what it moved.
    """
    most = max([LEAST_SCALE, *(abs(each.bits) for each in moved.values())])
    width = max(LABEL + COLUMN * min(len(matrix.origins), MOST) + 8, LEAST)
    signs, y = key(_SIGNS, width)
    parts, cuts = [signs], []
    for first in range(0, len(matrix.origins), MOST):
        here = range(first, min(first + MOST, len(matrix.origins)))
        parts.append(_part(case, matrix, moved, here, y, most))
        y += HEAD + ROW * len(matrix.hypotheses) + APART
        cuts.append(y - APART / 2)
    size = width, y - APART + 10
    return Drawing(*size, "".join(parts), "What each report says of each outcome", _described(matrix), tuple(cuts[:-1]))


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


def _part(case: Case, matrix: Matrix, moved: Mapping[str, Moved], here: range, y: float, most: float) -> str:
    """Columns beside each other, with the rows that they cross."""
    marks = [
        _heads(y),
        *(_column(case, matrix, moved[matrix.origins[at]], at, place, y, most) for place, at in enumerate(here)),
    ]
    right = LABEL + COLUMN * len(here)
    for row, outcome in enumerate(matrix.hypotheses):
        top = y + HEAD + ROW * row
        lines = broken(outcome_label(case, outcome), LABEL - 30, 2)
        marks.append(line(0, top, right, top, "rule"))
        marks.append(text(0, top + ROW / 2 + 4, "Yes" if outcome.is_event else "No", "strong"))
        marks.append(texts(30, top + ROW / 2 - LINE * len(lines) / 2 + 11, lines))
    return "".join(marks)


def _heads(y: float) -> str:
    """What the lines above the matrix hold."""
    below = y + 2 * BITS
    named = {
        y + 16 + BITS: "bits for (up) or against the event",
        below + 32: "report",
        below + 48: "grade",
        below + 64: "date",
    }
    return "".join(text(LABEL - 10, at, said, "quiet small", "end") for at, said in named.items())


def _column(case: Case, matrix: Matrix, moved: Moved, at: int, place: int, y: float, most: float) -> str:  # noqa: PLR0913
    x = LABEL + COLUMN * (place + 0.5)
    marks = [_bar(x, y + 12 + BITS, moved.bits, most)]
    reports = [report for report in case.evidence if report.name in moved.reports]
    for line_at, said in ((32, str(at + 1)), (48, _grade(case, reports)), (64, _day(reports))):
        marks.append(text(x, y + 2 * BITS + line_at, said, "strong small" if line_at == 32 else "small", "middle"))
    for row in range(len(matrix.hypotheses)):
        bits = matrix.weights[row][at].given_rest
        top = y + HEAD + ROW * row
        said = mark(bits)
        marks.append(rectangle(x - COLUMN / 2 + 2, top + 3, COLUMN - 4, ROW - 6, _kind(bits)))
        marks.append(_said(x, top + ROW / 2 + 4, said))
    return "".join(marks)


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
