"""Blocks of a sheet as HTML.

Every text may be a stranger's, so each passes `said`: nothing in it can become markup, and nothing in it can steer the
direction of the text around it. Bars are drawn as SVG since printers leave backgrounds out.
"""

import re
from collections.abc import Iterable
from html import escape
from itertools import count
from typing import Final

from melian.source.cells import safe
from melian.view.figures.svg import inline, number
from melian.view.sheet import (
    Bar,
    BarGroups,
    Bars,
    Bits,
    Block,
    Cell,
    Entries,
    Entry,
    Fold,
    Heading,
    Listing,
    Mark,
    Paragraph,
    Picture,
    Share,
    Spread,
    Table,
    Verbatim,
    Words,
)

SHORT: Final = 3  # characters of a column's name up to which its cells are marks, to be read in rows and columns
DEEPEST: Final = 6
_BEFORE_PERCENT: Final = re.compile(r"(?<=\d) (?=%)")
SIGNS: Final = {"fact": "■", "judgement": "●", "assumption": "◇"}


def said(text: str) -> str:
    """Text that is only text, wherever it comes from."""
    return escape(_BEFORE_PERCENT.sub("\u00a0", safe(text)), quote=True)


class Writer:
    """Turns blocks into HTML; keeps count of the figures, so that each has a name of its own.

    Parameters
    ----------
    name : begins the names of the figures; where several writers write into one page, each needs its own.
    is_cut : whether tall figures come in slices, between which a printer can turn the page.
    """

    def __init__(self, name: str = "figure", *, is_cut: bool = True) -> None:
        self._name = name
        self._is_cut = is_cut
        self._figures = count(1)

    def blocks(self, blocks: Iterable[Block], level: int) -> str:
        """Blocks one below the other, their headings from `level` on."""
        return "\n".join(self.block(block, level) for block in blocks)

    def block(self, block: Block, level: int) -> str:
        """One block."""
        match block:
            case Heading(text, deeper):
                tag = f"h{min(level + max(deeper - 2, 0), DEEPEST)}"
                return f"<{tag}>{said(text)}</{tag}>"
            case Paragraph(text, tone):
                kind = "" if tone == "plain" else f' class="{tone}"'
                return f"<p{kind}>{said(text)}</p>"
            case BarGroups(groups):
                return f'<div class="groups">{"".join(_bars(group) for group in groups)}</div>'
            case Entries(entries):
                return f'<ul class="entries">{"".join(_entry(entry) for entry in entries)}</ul>'
            case Table():
                return _table(block)
            case Verbatim(text):
                return f"<pre>{chr(10).join(said(line) for line in text.splitlines())}</pre>"
            case Listing(lines):
                items = "".join(f"<li><code>{said(line)}</code></li>" for line in lines)
                return f'<ol class="listing">{items}</ol>'
            case Picture(drawing):
                svg = inline(drawing, f"{self._name}-{next(self._figures)}", is_cut=self._is_cut)
                caption = f"<figcaption>{said(drawing.description)}</figcaption>"
                label = f'tabindex="0" role="group" aria-label="{said(drawing.title)}"'
                return f'<figure><div class="scroll" {label}>{svg}</div>{caption}</figure>'
            case Fold(title, inner):
                return f"<details><summary>{said(title)}</summary>\n{self.blocks(inner, level)}\n</details>"


def _cell(cell: Cell) -> str:
    match cell:
        case Words(words, tone):
            return said(words) if tone == "plain" else f'<span class="{tone}">{said(words)}</span>'
        case Spread():
            return f'<b>{said(cell.text)}</b> <span class="range">{said(cell.range_text)}</span>'
        case Bits(value):
            side = "for" if value > 0 else "against"
            is_told = not cell.text.endswith("0.00")
            return f'<span class="bits {side if is_told else "neither"}">{said(cell.text)}</span>'
        case Mark(basis):
            kind = basis if basis in SIGNS else "unsaid"
            sign = f'<span aria-hidden="true">{SIGNS[kind]}</span> ' if kind in SIGNS else ""
            return f'<span class="mark {kind}">{sign}{said(cell.text)}</span>'
        case _:
            return said(cell.text)


# Bars


def _bars(group: Bars) -> str:
    rows = "".join(_bar(bar) for bar in group.bars)
    return f'<table class="bars"><caption>{_named(group)}</caption><tbody>{rows}</tbody></table>'


def _bar(bar: Bar) -> str:
    drawn = f'<td class="drawn">{_drawn(bar.share)}</td>'
    return f'<tr><th scope="row">{_named(bar)}</th><td class="number">{said(bar.share.text)}</td>{drawn}</tr>'


def _drawn(share: Share) -> str:
    length = number(100 * min(max(share.value, 0.0), 1.0))
    marks = f'<rect class="soft" width="100" height="10"/><rect class="bar" width="{length}" height="10"/>'
    return f'<svg class="fig" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">{marks}</svg>'


def _named(part: Bar | Bars) -> str:
    note = f' <span class="note">({said(part.note)})</span>' if part.note else ""
    return f"{said(part.label)}{note}"


# Lists and tables


def _entry(entry: Entry) -> str:
    details = f' <span class="note">{said(entry.details)}</span>' if entry.details else ""
    front = f'<a href="#{said(entry.anchor)}">{_cell(entry.lead)}</a>' if entry.anchor else _cell(entry.lead)
    return f'<li><span class="front">{front}</span><span>{said(entry.text)}{details}</span></li>'


def _table(table: Table) -> str:
    is_matrix = all(len(name) <= SHORT for name in table.columns[1:])
    # An empty cell is no heading: a reader of the page aloud would stop at nothing.
    heads = "".join(f'<th scope="col">{said(name)}</th>' if name else "<td></td>" for name in table.columns)
    rows = "".join(f"<tr>{_row(table.columns, row)}</tr>" for row in table.rows)
    kind = "matrix" if is_matrix else "rows"
    whole = f'<table class="{kind}"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
    label = said(f"Table: {', '.join(name for name in table.columns if name)}")
    return f'<div class="scroll" tabindex="0" role="group" aria-label="{label}">{whole}</div>'


def _row(columns: tuple[str, ...], row: tuple[Cell, ...]) -> str:
    first = f'<th scope="row">{_cell(row[0])}</th>'
    rest = (f'<td data-of="{said(name)}">{_cell(cell)}</td>' for name, cell in zip(columns[1:], row[1:], strict=True))
    return first + "".join(rest)
