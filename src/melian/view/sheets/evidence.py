"""The sheet of `melian evidence`: what each report says of each outcome, and which reports disagree."""

from collections.abc import Iterable, Iterator
from typing import Final

from melian.answer.conflict import Conflicts
from melian.answer.evidence import Moved
from melian.answer.matrix import Matrix
from melian.answer.solution import Solution
from melian.case.case import Case
from melian.view import wording
from melian.view.figures.evidence import SLIGHT, STRONG
from melian.view.naming import outcome_label
from melian.view.sheet import Bits, Block, Cell, Entries, Entry, Heading, Paragraph, Share, Sheet, Table, Words
from melian.view.sheets.run import ground_of, making, supposed_blocks

COLUMNS: Final = 12  # reports beside each other in one part of the matrix
MARKS: Final = (
    "++ and -- double or halve the odds of an outcome at the least (1 bit), + and - move them by less, and a dot hardly"
    " does (below a tenth of a bit); each given all other reports. What speaks most against the likeliest outcome"
    " stands first: evidence that fits every outcome tells nothing."
)


def evidence_sheet(solution: Solution) -> Sheet:
    """What to show of the weight of every report."""
    case = solution.case
    has_any = bool(solution.evidence().moved)
    matrix: list[Block] = [*_matrix(case, solution.matrix()), Paragraph(MARKS, "quiet")] if has_any else []
    blocks = [*supposed_blocks(case, solution.supposed), *evidence_blocks(solution, matrix)]
    return Sheet(case.title, (*blocks, Paragraph(making(solution), "quiet")))


def evidence_blocks(solution: Solution, matrix: Iterable[Block]) -> Iterator[Block]:
    """Weight of every report.

    Parameters
    ----------
    matrix : what shows the evidence matrix: tables or a figure.
    """
    case, moved = solution.case, {each.origin: each for each in solution.evidence().moved}
    if not moved:
        yield Paragraph("No report counts: the answer rests on judgements alone.")
        return
    found = solution.matrix()
    step = solution.step
    numbers = {origin: number for number, origin in enumerate(found.origins, start=1)}
    yield from (Heading("Outcomes before and after the evidence"), _outcomes(case, found, step))
    yield from (Heading("What each report says of each outcome"), *matrix)
    yield from (Heading("The reports, in bits for the event"), _weights(case, found, moved, step))
    yield from conflict_blocks(case, solution.conflicts(), numbers)


def matrix_sheet(solution: Solution) -> Sheet:
    """What to show of the weight of every report for every outcome, where nothing else is asked."""
    case, matrix = solution.case, solution.matrix()
    step = solution.step
    blocks: list[Block] = [*supposed_blocks(case, solution.supposed), _outcomes(case, matrix, step)]
    if matrix.origins:
        blocks += [*_matrix(case, matrix), Paragraph(MARKS, "quiet"), Entries(tuple(_legend(case, matrix)))]
    return Sheet(case.title, (*blocks, Paragraph(making(solution), "quiet")))


def _legend(case: Case, matrix: Matrix) -> Iterator[Entry]:
    """Reports by their numbers."""
    for number, origin in enumerate(matrix.origins, start=1):
        claims = [report.claim or report.name for report in case.evidence if case.origins[report.name] == origin]
        yield Entry(Words(str(number)), " ".join(claims) or origin)


def _outcomes(case: Case, matrix: Matrix, step: float) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for place, outcome in enumerate(matrix.hypotheses):
        counts = Words("yes" if outcome.is_event else "no")
        shares = Share(outcome.before, step), Share(outcome.after, step)
        rows.append((Words(f"{chr(ord('A') + place)}  {outcome_label(case, outcome)}"), counts, *shares))
    return Table(("outcome", "means", "before", "after"), tuple(rows))


def _matrix(case: Case, matrix: Matrix) -> Iterator[Table]:
    """Hypotheses in rows, reports by their numbers in columns, in parts that fit beside each other."""
    for first in range(0, len(matrix.origins), COLUMNS):
        here = range(first, min(first + COLUMNS, len(matrix.origins)))
        rows: list[tuple[Cell, ...]] = [
            (
                Words(f"{chr(ord('A') + place)}  {outcome_label(case, outcome)}"),
                *(Words(_mark(matrix.weights[place][column].given_rest)) for column in here),
            )
            for place, outcome in enumerate(matrix.hypotheses)
        ]
        yield Table(("outcome", *(str(column + 1) for column in here)), tuple(rows))


def _mark(bits: float) -> str:
    if abs(bits) < SLIGHT:
        return "."
    return ("+" if bits > 0 else "-") * (2 if abs(bits) >= STRONG else 1)


def _weights(case: Case, matrix: Matrix, moved: dict[str, Moved], step: float) -> Table:
    alone = _alone(matrix)
    rows: list[tuple[Cell, ...]] = []
    for number, origin in enumerate(matrix.origins, start=1):
        each = moved[origin]
        reports = [report for report in case.evidence if report.name in each.reports]
        said = f"{number}  {' '.join(each.claims)} ({'; '.join(dict.fromkeys(ground_of(case, r) for r in reports))})"
        rows.append((Words(said), Bits(alone[origin]), Bits(each.bits), Share(each.without_it, step)))
    return Table(("report", "alone", "given the rest", "answer without it"), tuple(rows))


def _alone(matrix: Matrix) -> dict[str, float]:
    return dict(zip(matrix.origins, matrix.event_alone, strict=True))


def conflicts_sheet(case: Case, conflicts: Conflicts) -> Sheet:
    """What to show of reports that disagree, where nothing else is asked."""
    if conflicts.pairs:
        return Sheet("", tuple(conflict_blocks(case, conflicts)))
    compared = wording.counted(conflicts.compared, "origin")
    said = f"no two reports disagree more than chance would have it ({compared} compared)"
    return Sheet("", (Paragraph(wording.sentence(said)), *_left_out(conflicts)))


def _left_out(conflicts: Conflicts) -> Iterator[Block]:
    if conflicts.left_out:
        more = wording.counted(conflicts.left_out, "origin")
        yield Paragraph(wording.sentence(f"{more} not compared with the others, for that would take too long"))


def conflict_blocks(case: Case, conflicts: Conflicts, numbers: dict[str, int] | None = None) -> Iterator[Block]:
    """Pairs of reports that disagree; nothing where none do."""
    if not conflicts.pairs:
        yield from _left_out(conflicts)
        return
    claims: dict[str, list[str]] = {}
    for report in case.evidence:
        claims.setdefault(case.origins[report.name], []).append(report.claim or report.name)
    yield Heading("Reports that disagree")
    entries = []
    for pair in conflicts.pairs:
        names = [" ".join(claims.get(origin, [origin])) for origin in pair.origins]
        if numbers:
            names = [f"{numbers[origin]}  {name}" for origin, name in zip(pair.origins, names, strict=True)]
        times = f"together {wording.times_less(pair.bits)} as often as chance would have it"
        entries.append(Entry(Words(f"{pair.bits:.1f}"), f"{names[0]} / {names[1]}", f"({times})"))
    yield Entries(tuple(entries))
    yield from _left_out(conflicts)
