"""A sheet on a terminal: as wide as it is, with colour where it is wanted, in plain ASCII where nothing else goes.

Texts of a case are untrusted, so each passes `safe` on its way: nothing in them can steer the terminal.
"""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import IO, Final

from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.segment import Segment, Segments
from rich.table import Table as Grid
from rich.text import Text

from melian.source.cells import safe
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
    Paragraph,
    Picture,
    Sheet,
    Spread,
    Table,
    Verbatim,
    Words,
)

PIPE_WIDTH: Final = 100
NARROW: Final = 80
WIDEST: Final = 120  # longer lines are hard to read
BAR: Final = 16
GAP: Final = 2
LEAST_FIRST: Final = 28
STYLES: Final = {"plain": "", "lead": "bold", "quiet": "dim", "warn": "yellow"}
FOR, AGAINST, SHARE = "green", "magenta", "cyan"


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Characters that a bar is drawn with, from empty to full."""

    eighths: str


# Stands for a blank at which no line is broken: every real blank is a place to break to Rich.
_HELD: Final = "\ue000"
_BEFORE_PERCENT: Final = re.compile(r"(?<=\d) (?=%)")
BLOCKS: Final = Glyphs(" ▏▎▍▌▋▊▉█")
ASCII: Final = Glyphs(" #")


class _Console(Console):
    """Console that leaves it to its caller what to do when nobody reads any more."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def console_for(stream: IO[str], *, width: int | None = None) -> Console:
    """Console on a stream; one that is no terminal gets a fixed width and no colour."""
    console = _Console(file=stream, width=width, highlight=False, markup=False, emoji=False)
    if width is None and not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = PIPE_WIDTH
    return console


def text_of(sheet: Sheet) -> str:
    """Sheet as plain text, as a pipe gets it, whatever the environment says of colours and of notebooks."""
    stream = StringIO()
    console = _Console(
        file=stream,
        width=PIPE_WIDTH,
        color_system=None,
        force_terminal=False,
        force_jupyter=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    show(sheet, console)
    return stream.getvalue().rstrip("\n")


def show(sheet: Sheet, console: Console) -> None:
    """Print a sheet."""
    options = console.options.update(width=min(console.width, WIDEST))
    glyphs = _glyphs(console.encoding)
    parts = [
        Text(_shown(sheet.title), style="bold"),
        *(_block(block, options.max_width, glyphs) for block in sheet.blocks),
    ]
    lines = [_trimmed(line) for part in parts for line in console.render_lines(part, options, pad=False)]
    console.print(Segments([segment for line in lines for segment in (*line, Segment.line())]), end="", soft_wrap=True)


def show_line(text: str, console: Console) -> None:
    """Print a line as long as it is: a name that is broken is no name any more."""
    console.print(Text(safe(text), style=STYLES["warn"]), soft_wrap=True)


def _trimmed(line: list[Segment]) -> list[Segment]:
    """Line without the blanks at its end, which would be noise in a pipe."""
    kept = [Segment(segment.text.replace(_HELD, " "), segment.style) for segment in line]
    while kept and not kept[-1].text.strip():
        kept.pop()
    if kept:
        kept[-1] = Segment(kept[-1].text.rstrip(), kept[-1].style)
    return kept


def _shown(text: str) -> str:
    """Text that cannot steer the terminal, its numbers held to their per cent sign."""
    return _BEFORE_PERCENT.sub(_HELD, safe(text))


def _glyphs(encoding: str) -> Glyphs:
    """Block characters where the stream can take them."""
    try:
        BLOCKS.eighths.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return ASCII
    return BLOCKS


def _block(block: Block, width: int, glyphs: Glyphs) -> RenderableType:
    match block:
        case Heading(text, _):
            return Padding(Text(_shown(text), style="bold"), (1, 0, 0, 0))
        case Paragraph(text, tone):
            return Padding(Text(_shown(text), style=STYLES[tone]), (1, 0, 1, 2) if tone == "lead" else 0)
        case BarGroups(groups):
            return _wide_bars(groups, glyphs) if width >= NARROW else _narrow_bars(groups, glyphs)
        case Entries(entries):
            return _entries(entries, width)
        case Table():
            return _table(block, width)
        case Verbatim(text):
            return Padding(Text("\n".join(_shown(line) for line in text.splitlines())), (0, 0, 0, 4))
        case Listing(lines):
            return _listing(lines)
        case Picture(drawing):
            return Text(_shown(drawing.description))
        case Fold(title, blocks):
            return Group(*(_block(inner, width, glyphs) for inner in (Heading(title), *blocks)))


def _listing(lines: Sequence[str]) -> RenderableType:
    grid = Grid.grid(padding=(0, GAP, 0, 0))
    grid.add_column(justify="right", style=STYLES["quiet"])
    grid.add_column()
    for number, line in enumerate(lines, start=1):
        grid.add_row(str(number), _shown(line))
    return grid


def _cell(cell: Cell) -> Text:
    match cell:
        case Words(words, tone):
            return Text(_shown(words), style=STYLES[tone])
        case Bits(value):
            return Text(cell.text, style=FOR if value > 0 else AGAINST)
        case Spread():
            return Text.assemble(cell.text, "\n", (cell.range_text, STYLES["quiet"]))
        case _:
            return Text(_shown(cell.text))


# Bars


def _drawn(bar: Bar, glyphs: Glyphs) -> Text:
    """Draw a share to the nearest part of a character."""
    parts = len(glyphs.eighths) - 1
    full, part = divmod(round(bar.share.value * BAR * parts), parts)
    return Text((glyphs.eighths[-1] * full + (glyphs.eighths[part] if part else "")).ljust(BAR), style=SHARE)


def _wide_bars(groups: Iterable[Bars], glyphs: Glyphs) -> RenderableType:
    """Draw groups with their labels in a column of their own."""
    grid = Grid.grid(padding=(0, GAP, 0, 0), expand=True)
    grid.add_column(ratio=2)
    grid.add_column(ratio=5)
    for group in groups:
        grid.add_row(_named(group), _bars(group, glyphs))
    return grid


def _narrow_bars(groups: Iterable[Bars], glyphs: Glyphs) -> RenderableType:
    """Draw groups with their labels above them."""
    parts: list[RenderableType] = []
    for group in groups:
        parts += [_named(group), Padding(_bars(group, glyphs), (0, 0, 0, 2))]
    return Group(*parts)


def _bars(group: Bars, glyphs: Glyphs) -> RenderableType:
    grid = Grid.grid(padding=(0, 1, 0, 0), expand=True)
    grid.add_column(ratio=1)
    grid.add_column(justify="right", no_wrap=True, width=5)
    grid.add_column(no_wrap=True, width=BAR)
    for bar in group.bars:
        grid.add_row(_named(bar), bar.share.text, _drawn(bar, glyphs))
    return grid


def _named(part: Bar | Bars) -> Text:
    note = f" ({_shown(part.note)})" if part.note else ""
    return Text.assemble(_shown(part.label), (note, STYLES["quiet"]))


# Lists and tables


def _entries(entries: Iterable[Entry], width: int) -> RenderableType:
    if width < NARROW:
        return Group(*(part for entry in entries for part in (_cell(entry.lead), Padding(_entry(entry), (0, 0, 0, 2)))))
    grid = Grid.grid(padding=(0, GAP, 0, 0), expand=True)
    grid.add_column(no_wrap=True)
    grid.add_column(ratio=1)
    for entry in entries:
        grid.add_row(_cell(entry.lead), _entry(entry))
    return grid


def _entry(entry: Entry) -> Text:
    details = f" {_shown(entry.details)}" if entry.details else ""
    return Text.assemble(_shown(entry.text), (details, STYLES["quiet"]))


def _table(table: Table, width: int) -> RenderableType:
    """Draw rows side by side where their first column keeps enough room, else one below the other."""
    cells = [[_cell(cell) for cell in row] for row in table.rows]
    widths = [max([cell_len(name), *(_width(row[at]) for row in cells)]) for at, name in enumerate(table.columns)]
    room = width - sum(GAP + each for each in widths[1:])
    if room < min(widths[0], LEAST_FIRST):
        return Group(*(part for row in cells for part in _stacked_row(table.columns, row)))
    grid = Grid(box=None, pad_edge=False, padding=(0, GAP, 0, 0), header_style=STYLES["quiet"])
    for at, column in enumerate(table.columns):
        grid.add_column(Text(_shown(column)), no_wrap=at > 0, max_width=room if at == 0 else None)
    for row in cells:
        grid.add_row(*row)
    return grid


def _width(cell: Text) -> int:
    return max(line.cell_len for line in cell.split(allow_blank=True))


def _stacked_row(columns: tuple[str, ...], row: list[Text]) -> Iterator[RenderableType]:
    yield row[0]
    grid = Grid.grid(padding=(0, GAP, 0, 0))
    for name, cell in zip(columns[1:], row[1:], strict=True):
        grid.add_row("", _shown(name), *cell.split())
    yield grid
