"""The sheet of `melian timeline`: the answer after each dated report."""

from melian.answer.solution import Solution
from melian.answer.timeline import Moment, Timeline
from melian.view import wording
from melian.view.sheet import Block, Cell, Paragraph, Sheet, Spread, Table, Words
from melian.view.sheets.run import making, supposed_blocks

READING = (
    "Each row adds one report to those above it. The range below a chance is that of 90 in 100 worlds that fit the"
    " judgements: how far the answer hangs on what nobody knows."
)
BY = {"reported": "In the order in which reports were made.", "happened": "In the order in which things happened."}


def timeline_sheet(solution: Solution, timeline: Timeline) -> Sheet:
    """What to show of the answer's way through the reports."""
    case = solution.case
    rows, before = [], None
    for moment in timeline.moments:
        rows.append(_row(solution, moment, before))
        before = moment.mean if moment.mean is not None else before
    blocks: list[Block] = [
        *supposed_blocks(case, solution.supposed),
        Paragraph(BY[timeline.order], "quiet"),
        Table(("known by then", "chance", "moved by"), tuple(rows)),
        Paragraph(READING, "quiet"),
        Paragraph(making(solution), "quiet"),
    ]
    return Sheet(case.title, tuple(blocks))


def _row(solution: Solution, moment: Moment, before: float | None) -> tuple[Cell, ...]:
    claims = {report.name: report.claim or report.name for report in solution.case.evidence}
    said = claims[moment.report] if moment.report else "before any report"
    day = f"{wording.day(moment.day)}: " if moment.day else "undated: " if moment.report else ""
    if moment.mean is None or moment.q05 is None or moment.q95 is None or moment.error is None:
        return Words(day + said), Words("none: too few worlds"), Words("")
    step = solution.sampled.step_at(moment.error, moment.effective_worlds)
    shift = Words("" if before is None else wording.moved(before, moment.mean, step))
    return Words(day + said), Spread(moment.mean, moment.q05, moment.q95, step), shift
