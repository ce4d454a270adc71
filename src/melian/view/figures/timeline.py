"""The answer's way through the reports: one line a report, the chance after it with its range over worlds."""

from typing import Final

from melian.answer import rounding
from melian.answer.timeline import Moment, Timeline
from melian.case.case import Case
from melian.view import wording
from melian.view.figures.drawing import Drawing
from melian.view.figures.svg import LINE, broken, circle, line, measured, path, text, texts

DAY, CLAIM, GAP, PLOT, NUMBER = 142.0, 330.0, 18.0, 270.0, 72.0
TOP, PAD = 26.0, 9.0
LINES: Final = 6
TICKS: Final = (0, 25, 50, 75, 100)
LEFT: Final = DAY + CLAIM + GAP


def timeline_drawing(case: Case, timeline: Timeline, *, is_exact: bool = False) -> Drawing:
    """Each report with the chance of the event once it is known.

    Parameters
    ----------
    is_exact : see `melian.answer.rounding.step_for`.
    """
    claims = {report.name: report.claim or report.name for report in case.evidence}
    marks, points, cuts, y = [], [], [], TOP
    for moment in timeline.moments:
        said = claims[moment.report] if moment.report else "before any report"
        lines = broken(said, CLAIM, LINES)
        middle = y + PAD + LINE * len(lines) / 2
        marks.append(texts(DAY, y + PAD + 11, lines))
        day = wording.day(moment.day) if moment.day else "" if moment.report is None else "undated"
        marks.append(text(0, y + PAD + 11, day, "quiet"))
        if moment.mean is None:
            marks.append(text(LEFT + PLOT + 8, middle + 4, "too few worlds", "quiet small"))
        else:
            points.append((_across(moment.mean), middle))
            marks.append(_moment(moment, middle, is_exact))
        y += 2 * PAD + LINE * len(lines)
        marks.append(line(0, y, LEFT + PLOT + NUMBER, y, "rule"))
        cuts.append(y + 0.5)
    way = path("M" + "L".join(f"{x:.1f} {at:.1f}" for x, at in points), "edge") if len(points) > 1 else ""
    whole = _grid(y) + way + "".join(marks)
    size = LEFT + PLOT + NUMBER, y + 8
    return Drawing(*size, whole, "The answer after each report", _described(timeline), tuple(cuts))


def _described(timeline: Timeline) -> str:
    order = "in which reports were made" if timeline.order == "reported" else "in which things happened"
    return (
        f"Each line adds one report to those above it, in the order {order}. Dot: chance of the event then. Bar: the"
        " range of 90 in 100 worlds, which tells how far the chance hangs on what nobody knows."
    )


def _across(chance: float) -> float:
    return LEFT + PLOT * chance


def _grid(bottom: float) -> str:
    marks = []
    for tick in TICKS:
        marks.append(line(_across(tick / 100), TOP, _across(tick / 100), bottom, "rule"))
        marks.append(text(_across(tick / 100), TOP - 8, str(tick), "quiet", "middle"))
    return "".join(marks)


def _moment(moment: Moment, y: float, is_exact: bool) -> str:
    """One chance with its range, the number at the right."""
    assert moment.mean is not None
    assert moment.q05 is not None
    assert moment.q95 is not None
    assert moment.error is not None
    step = rounding.step_for(moment.error, moment.effective_worlds, is_exact=is_exact)
    said = wording.percent(moment.mean, step)
    x = LEFT + PLOT + NUMBER - max(measured(said, is_bold=True), 40.0)
    drawn = line(_across(moment.q05), y, _across(moment.q95), y, "span") + circle(_across(moment.mean), y, 4.5, "dot")
    return drawn + text(x, y + 4, said, "strong")
