"""A report as Markdown, for wikis and for version control.

Every text may be a stranger's, so whatever Markdown or the HTML in it would take for markup is escaped; links are
plain text. Figures are left out: what they show stands below them in words and in tables.
"""

import re
from collections.abc import Iterable
from typing import Final

from melian.source.cells import safe
from melian.view.report import Report
from melian.view.sheet import (
    Bar,
    BarGroups,
    Bars,
    Block,
    Cell,
    Entries,
    Fold,
    Heading,
    Listing,
    Mark,
    Paragraph,
    Picture,
    Spread,
    Table,
    Verbatim,
)

_MARKUP: Final = re.compile(r"([\\`*_{}\[\]<>#|~&$])")
# What makes a list, a heading or a rule, but only at the start of a line.
_OPENING: Final = re.compile(r"^(\s*\d*)([-+=.)])")
# What some readers turn into a link by itself.
_ADDRESS: Final = re.compile(r"(?i)\b(https?|ftp|mailto|www)(:|\.)")
DEEPEST: Final = 6


def markdown_of(report: Report) -> str:
    """Report as Markdown, in the form of CommonMark with tables."""
    parts = [f"# {said(report.title)}", blocks(report.opening, 2)]
    for part in report.parts:
        parts += [f"## {said(part.title)}", blocks(part.blocks, 3)]
    return "\n\n".join([*(part for part in parts if part), opened(report.made_by)]) + "\n"


def said(text: str) -> str:
    """Text that is only text, within a line."""
    return _ADDRESS.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", safe(text)))


def opened(text: str) -> str:
    """Text that is only text, at the start of a line."""
    return _OPENING.sub(r"\1\\\2", said(text))


def blocks(given: Iterable[Block], level: int) -> str:
    """Blocks one below the other."""
    return "\n\n".join(_block(block, level) for block in given)


def _block(block: Block, level: int) -> str:
    match block:
        case Heading(text, deeper):
            return f"{'#' * min(level + max(deeper - 2, 0), DEEPEST)} {said(text)}"
        case Paragraph(text, tone):
            return {"lead": f"**{said(text)}**", "warn": f"> {opened(text)}"}.get(tone, opened(text))
        case BarGroups(groups):
            return "\n\n".join(_bars(group) for group in groups)
        case Entries(entries):
            lines = (f"- {_cell(entry.lead)}: {said(entry.text)} {said(entry.details)}" for entry in entries)
            return "\n".join(line.rstrip() for line in lines)
        case Table(columns, rows):
            return _grid([said(name) for name in columns], ([_cell(cell) for cell in row] for row in rows))
        case Verbatim(text):
            return "\n".join(f"    {safe(line)}" for line in text.splitlines())
        case Listing(lines):
            wide = len(str(len(lines)))
            return "\n".join(f"    {number:{wide}}  {safe(line)}" for number, line in enumerate(lines, start=1))
        case Picture(drawing):
            return f"*{said(drawing.title)}.* {said(drawing.description)}"
        case Fold(title, inner):
            return blocks((Heading(title), *inner), level)


def _cell(cell: Cell) -> str:
    match cell:
        case Spread():
            return f"{said(cell.text)} ({said(cell.range_text)})"
        case Mark(basis):
            return f"**{said(cell.text)}**" if basis == "assumption" else said(cell.text)
        case _:
            return said(cell.text)


def _bars(group: Bars) -> str:
    return _grid((_named(group), "chance"), ([_named(bar), said(bar.share.text)] for bar in group.bars))


def _named(part: Bar | Bars) -> str:
    return said(part.label) + (f" ({said(part.note)})" if part.note else "")


def _grid(columns: Iterable[str], rows: Iterable[list[str]]) -> str:
    names = list(columns)
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
