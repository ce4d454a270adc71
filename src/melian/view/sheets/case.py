"""The sheet of a case that is not solved yet: what it asks, what it holds, what there is to say about it."""

from collections.abc import Iterable, Iterator

from melian.answer import rounding
from melian.answer.inventory import Inventory
from melian.case.case import Case
from melian.source.diagnostic import Diagnostic
from melian.source.render import in_order
from melian.view import wording
from melian.view.figures.case import case_drawing
from melian.view.figures.drawing import Drawing
from melian.view.figures.signed import signed
from melian.view.sheet import Block, Entries, Entry, Heading, Paragraph, Sheet, Words
from melian.view.sheets.check import check_sheet
from melian.view.sheets.run import question

NAMES = {"error": "error", "warning": "warning", "info": "remark"}


def case_sheet(case: Case, inventory: Inventory, diagnostics: Iterable[Diagnostic]) -> Sheet:
    """What to show of a case."""
    blocks: list[Block] = [Paragraph(question(case))]
    if case.question.resolution:
        blocks.append(Paragraph(f"How one will know: {case.question.resolution}"))
    blocks += [Paragraph(_dates(case)), *check_sheet(case, inventory).blocks, *_said(in_order(diagnostics))]
    return Sheet(case.title, tuple(blocks))


def structure_picture(case: Case) -> Drawing:
    """Diagram of a case, without chances: those come with its solution."""
    return signed(case_drawing(case, None, rounding.FINE), case.title, case.as_of, "")


def _dates(case: Case) -> str:
    said = [f"as known on {wording.day(case.as_of)}"] if case.as_of else []
    said.append(f"until {wording.day(case.question.by)}" if case.question.by else "no horizon is set")
    return wording.sentence("; ".join(said))


def _said(diagnostics: Iterable[Diagnostic]) -> Iterator[Block]:
    """Diagnostics, each with its place and its cure."""
    entries = tuple(_entry(one) for one in diagnostics)
    if entries:
        yield Heading("What there is to say about it")
        yield Entries(entries)


def _entry(one: Diagnostic) -> Entry:
    cure = [note.text for note in one.notes if note.kind == "help"]
    where = f"line {one.primary.span.line}" if one.primary.span.source.text else one.primary.span.source.path
    details = "; ".join([where, *cure])
    return Entry(
        Words(NAMES[one.severity], "plain" if one.severity == "info" else "warn"), one.headline, f"({details})"
    )
