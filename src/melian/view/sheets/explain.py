"""Sheets of `melian explain`: what a code of a diagnostic means, or all codes there are."""

from collections.abc import Iterable
from itertools import groupby

from melian.source.codes import Code
from melian.view import wording
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


def codes_sheet(codes: Iterable[Code]) -> Sheet:
    """All codes with their titles, by severity."""
    order = {"error": 0, "warning": 1, "info": 2}
    ranked = sorted(codes, key=lambda code: (order[code.severity], code.code))
    blocks: list[Block] = []
    for severity, group in groupby(ranked, key=lambda code: code.severity):
        blocks.append(Heading({"error": "Errors", "warning": "Warnings", "info": "Remarks"}[severity]))
        blocks.append(Entries(tuple(Entry(Words(code.code), code.title) for code in group)))
    blocks.append(Paragraph("melian explain CODE says more.", "quiet"))
    return Sheet("What melian can say about a case", tuple(blocks))
