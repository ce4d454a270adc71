"""Sheets of `melian explain`: what a code of a diagnostic or a term means, or all there are."""

from collections.abc import Iterable
from itertools import groupby

from melian.source.codes import Code
from melian.view import wording
from melian.view.glossary import Term
from melian.view.sheet import Block, Entries, Entry, Heading, Paragraph, Sheet, Verbatim, Words


def explain_sheet(code: Code) -> Sheet:
    """What one code means, why it matters, and an example before and after."""
    blocks: list[Block] = [Paragraph(wording.sentence(code.title)), Heading("Why it matters"), Paragraph(code.why)]
    if code.bad is not None:
        blocks += [Heading("Example"), Verbatim(code.bad)]
    if code.good is not None:
        blocks += [Heading("Instead"), Verbatim(code.good)]
    for path, text in code.parts:
        blocks += [Heading(f"Where {path} is"), Verbatim(text)]
    return Sheet(f"{code.severity}[{code.code}]", tuple(blocks))


def term_sheet(term: Term) -> Sheet:
    """What one term means."""
    blocks: list[Block] = [Paragraph(term.meaning)]
    if term.also:
        blocks.append(Paragraph(f"Also: {wording.listed(term.also)}.", "quiet"))
    if term.page:
        blocks.append(Paragraph(f"More: docs/{term.page}", "quiet"))
    return Sheet(term.name, tuple(blocks))


def all_sheet(codes: Iterable[Code], terms: Iterable[Term]) -> Sheet:
    """All codes with their titles, by severity, and the names of all terms."""
    order = {"error": 0, "warning": 1, "info": 2}
    ranked = sorted(codes, key=lambda code: (order[code.severity], code.code))
    blocks: list[Block] = []
    for severity, group in groupby(ranked, key=lambda code: code.severity):
        blocks.append(Heading({"error": "Errors", "warning": "Warnings", "info": "Remarks"}[severity]))
        blocks.append(Entries(tuple(Entry(Words(code.code), code.title) for code in group)))
    blocks += [Heading("Terms"), Paragraph(wording.listed([term.name for term in terms]))]
    blocks.append(Paragraph("melian explain CODE, or TERM, says more.", "quiet"))
    return Sheet("What melian can say, and the words that it uses", tuple(blocks))
