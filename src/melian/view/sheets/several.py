"""The sheet of several cases: how likely each is, in a line."""

from collections.abc import Sequence
from dataclasses import dataclass

from melian.answer import rounding
from melian.answer.likelihood import Likelihood
from melian.case.case import Case
from melian.view import wording
from melian.view.headline import headline
from melian.view.sheet import Cell, Paragraph, Sheet, Table, Words

READING = "5 to 95 %: where the answer lies in 90 of 100 worlds that fit the judgements."


@dataclass(frozen=True, slots=True)
class Line:
    """One case, and its answer; `problem` says why there is none."""

    file: str
    case: Case | None = None
    answer: Likelihood | None = None
    step: float = rounding.FINE
    problem: str = ""


def several_sheet(lines: Sequence[Line]) -> Sheet:
    """A table of how likely each is; a case that has no answer keeps its line."""
    rows = tuple(_row(line) for line in lines)
    table = Table(("question", "how likely", "5 to 95 %", "confidence"), rows)
    return Sheet(wording.counted(len(lines), "case"), (table, Paragraph(READING, "quiet")))


def _row(line: Line) -> tuple[Cell, ...]:
    if line.case is None or line.answer is None:
        return Words(line.file), Words(f"no answer: {line.problem}", "warn"), Words(""), Words("")
    answer = line.answer
    said = headline(answer, line.case.scale, line.step)
    spread = wording.percent_range(answer.q05, answer.q95, line.step)
    return Words(f"{line.case.title} ({line.file})"), Words(said), Words(spread), Words(answer.confidence.level)
