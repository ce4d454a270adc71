"""A case's text laid out anew: two spaces a level, long flow mappings in lines, a blank line between sections.

The tree says what stands where; every text, comment and order comes from the user's own file. A comment on a line of
its own goes with what follows it, or closes the block that it is indented like; one after a value stays on its line.

References
----------
YAML 1.2.2, chapters 6 to 8 (structure, flow and block styles).
"""

import re
from collections import deque
from collections.abc import Sequence as Items
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

from melian.source.cells import cells_of
from melian.source.text import Source
from melian.source.tidy.blocks import block_text, flowing_lines
from melian.source.tidy.comments import Comment, is_block_text, scalars
from melian.source.tidy.quotes import written
from melian.source.tree import Entry, Mapping, Node, Scalar, Sequence

WIDTH: Final = 120
STEP: Final = 2
_GAP: Final = "  "
_LONGEST_KEY: Final = 1000  # a reader of YAML looks no further than 1024 for a key's colon
_START: Final = re.compile(r"^---(?=\s|$)", re.MULTILINE)
_BLANK_LINES: Final = re.compile(r"(?:[ \t]*\n)*")
_SAID: Final = re.compile(r"\S")
_END: Final = re.compile(r"^\.\.\.(?=\s|$)", re.MULTILINE)


class UnmovableError(Exception):
    """A text that has no place in good order: a key over several lines, or one too long."""


@dataclass(slots=True)
class _Line:
    """A line and the comment at its end, with the column where that stood in the user's file.

    Attributes
    ----------
    is_open : whether a blank line below it would belong to the text that ends there.
    """

    text: str
    comment: str = ""
    column: int = -1
    is_open: bool = False


class Layout:
    """Writes a tree line by line, and takes each comment as it comes past it."""

    def __init__(self, source: Source, root: Node, comments: Items[Comment], *, requote: bool) -> None:
        self.source = source
        self.root = root
        self.raw = source.text
        self.comments = deque(comments)
        self.requote = requote
        self.lines: list[_Line] = []
        self.last = 0  # offset behind what was written last
        self.was_section = False

    def text(self) -> str:
        """Return the whole text."""
        self.prefix()
        if isinstance(self.root, Scalar) or self.is_flow(self.root):
            self.before(_lead_end(self.root), 0, is_first=True)
            self.value("", self.root, -STEP, -STEP)
        else:
            self.block(self.root, 0)
        self.suffix()
        return "".join(f"{line}\n" for line in _aligned(self.lines))

    def prefix(self) -> None:
        """Directives and the mark `---`, as they stand."""
        marks = list(_START.finditer(self.raw, 0, self.root.span.start))
        if not marks:
            return
        end = self.raw.find("\n", marks[-1].end())
        end = min(end if end >= 0 else len(self.raw), self.root.span.start)
        self.lines += [_Line(line.rstrip()) for line in self.raw[:end].strip("\n").split("\n")]
        self.take_until(end)

    def suffix(self) -> None:
        """Comments that are left, and the mark `...` with what follows."""
        mark = _END.search(self.raw, self.root.span.end)
        self.own_lines(mark.start() if mark else len(self.raw), 0)
        if mark:
            self.lines += [_Line(line.rstrip()) for line in self.raw[mark.start() :].rstrip().split("\n")]

    # Comments and blank lines

    def take_until(self, end: int) -> list[Comment]:
        """Comments that begin before an offset; they are no longer waiting."""
        taken = []
        while self.comments and self.comments[0].start < end:
            taken.append(self.comments.popleft())
            self.last = max(self.last, taken[-1].end)
        return taken

    def own_lines(self, end: int, indent: int) -> None:
        """Write comments that begin before an offset on lines of their own."""
        for comment in self.take_until(end):
            self.blank_before(comment.start)
            self.add(" " * indent + comment.text)

    def before(self, start: int, indent: int, *, is_first: bool) -> None:
        """Comments and blank line before an entry or an item."""
        n_before = len(self.lines)
        self.own_lines(start, indent)
        if not is_first or len(self.lines) > n_before:
            self.blank_before(start)

    def blank_before(self, offset: int) -> None:
        """One blank line where the user has any."""
        line = self.source.position(offset)[0]
        if line > 1 and not self.source.line(line - 1).strip():
            self.blank(len(self.lines))

    def blank(self, at: int) -> None:
        """One blank line, but none at the start and no second one."""
        if at and self.lines[at - 1].text and not self.lines[at - 1].is_open:
            self.lines.insert(at, _Line(""))

    def add(self, text: str, comment: Comment | None = None) -> None:
        """One line more."""
        self.lines.append(_Line(text, comment.text, comment.column) if comment else _Line(text))

    def on_line_of(self, offset: int, end: int | None = None) -> Comment | None:
        """Take the next comment if it stands on the same line after one offset, and before the other."""
        if not self.comments or (end is not None and self.comments[0].start >= end):
            return None
        start = self.comments[0].start
        return None if self.raw.find("\n", offset, start) >= 0 else self.take_until(start + 1)[0]

    def after(self, node: Node, indent: int, column: int) -> None:
        """Comments that close a block: on lines of their own, indented like it or more, before anything else."""
        at = max(self.last, node.span.end)
        while self.comments and self.comments[0].is_alone and self.comments[0].column >= column:
            start = self.comments[0].start
            if _SAID.search(self.raw, at, start):
                break
            at = self.comments[0].end
            self.own_lines(start + 1, indent)

    # Nodes

    def is_flow(self, node: Node) -> bool:
        """Whether a node stands in braces or brackets of its own."""
        return not isinstance(node, Scalar) and self.raw[node.span.start : node.span.start + 1] in ("{", "[")

    def is_block_text(self, node: Node) -> bool:
        """Whether a node is a text written with `|` or `>`."""
        return isinstance(node, Scalar) and is_block_text(self.raw, node)

    def block(self, node: Node, indent: int, prefix: str = "", around: int = -1) -> None:
        """Entries or items of a mapping or list, one after the other.

        Parameters
        ----------
        prefix : what stands on the line of the first one already: dashes.
        around : column of the block around it in the user's file, from 0.
        """
        column = self.source.position(node.span.start)[1] - 1
        for number, part in enumerate(_parts(node)):
            head = prefix if prefix and number == 0 else " " * indent
            shown = _dashes_at(head) if head.strip() else indent
            at = len(self.lines)
            lead = part.key.span.start if isinstance(part, Entry) else _lead_end(part)
            self.before(lead, shown, is_first=number == 0)
            if isinstance(part, Entry):
                self.entry(part, head, indent, column)
                self.part_sections(at, part, is_top=indent == 0 and node is self.root)
            else:
                self.item(part, head + "-", indent, column)
        if self.is_flow(node):
            self.own_lines(node.span.end, indent)
        else:
            self.after(node, indent, max(column, around + 1))

    def entry(self, entry: Entry, head: str, indent: int, column: int) -> None:
        """A key and its value."""
        key = written(entry.key.span.text, entry.key, in_flow=False, requote=self.requote)
        if self.is_block_text(entry.key) or "\n" in key or len(key) > _LONGEST_KEY:
            raise UnmovableError
        self.last = max(self.last, entry.key.span.end)
        self.value(f"{head}{key}:", entry.value, indent, column)

    def item(self, item: Node, head: str, indent: int, column: int) -> None:
        """What follows a dash."""
        if isinstance(item, Scalar) or self.is_flow(item):
            self.value(head, item, indent, column)
        else:
            self.block(item, indent + STEP, head + " ", column)

    def part_sections(self, at: int, entry: Entry, *, is_top: bool) -> None:
        """One blank line between the sections of a case, before the comments that lead the second."""
        if not is_top:
            return
        first = next(number for number in range(at, len(self.lines)) if not _is_aside(self.lines[number]))
        is_section = not isinstance(entry.value, Scalar) and len(self.lines) > first + 1
        if at and (is_section or self.was_section) and all(line.text for line in self.lines[at:first]):
            self.blank(at)
        self.was_section = is_section

    def value(self, head: str, node: Node, indent: int, column: int) -> None:
        """What follows a key or a dash; `indent` and `column` are those of the block around it, new and old."""
        if not isinstance(node, Scalar) and not self.is_flow(node):
            self.add(head, self.on_line_of(self.last, node.span.start))
            self.block(node, indent + STEP, around=column)
        elif not isinstance(node, Scalar) and self.is_broken(node, head):
            self.broken(node, head, indent)
        else:
            self.whole(node, head, indent, column)

    def broken(self, node: Node, head: str, indent: int) -> None:
        """A mapping or list in braces or brackets as a block; a comment behind it goes up to its key."""
        comment = self.on_line_of(self.last, _first_start(node))
        if comment is None and not self.has_comments(node):
            comment = self.on_line_of(node.span.end)
        if head.endswith("-"):
            if comment:
                self.add(" " * _dashes_at(head) + comment.text)
            self.block(node, indent + STEP, head + " ")
            return
        if head or comment:
            self.add(head or comment.text if comment else head, comment if head else None)
        self.block(node, indent + STEP)

    def whole(self, node: Node, head: str, indent: int, column: int) -> None:
        """A text, or what stays in braces, with the comments before it and behind it."""
        middle = self.take_until(_lead_end(node))
        first = middle[0] if middle and not middle[0].is_alone else None
        lines = self.value_lines(node, indent, column)
        header = self.take_until(node.span.end)
        self.last = max(self.last, node.span.end)
        is_block_text = self.is_block_text(node)
        comment = header[0] if header else None if is_block_text else self.on_line_of(node.span.end)
        if middle == [first] and comment is None and not is_block_text:
            comment, middle = first, []
        if middle:
            self.add(head, first)
            for one in middle[first is not None :]:
                self.add(" " * (indent + STEP) + one.text)
            head = " " * (indent + STEP - 1)
        lines[0] = f"{head} {lines[0]}" if head and lines[0] else head or lines[0]
        noted = 0 if is_block_text else len(lines) - 1
        for number, line in enumerate(lines):
            self.add(line, comment if number == noted else None)
        self.lines[-1].is_open = is_block_text and "+" in lines[0].rpartition(" ")[2]

    def value_lines(self, node: Node, indent: int, column: int) -> list[str]:
        """Lines of a text or of what stays in braces; those after the first with their indentation."""
        if not isinstance(node, Scalar):
            return [self.flat(node)]
        raw = node.span.text
        if not self.is_block_text(node) and "\n" not in raw:
            return [written(raw, node, in_flow=False, requote=self.requote)]
        if self.is_block_text(node):
            blank = _BLANK_LINES.match(self.raw, node.span.end)
            first, others = block_text(raw + (blank[0] if blank else ""), node, column)
        else:
            first, *others = flowing_lines(raw)
        deeper = " " * max(indent + STEP, 0)
        return [first, *(deeper + line if line else "" for line in others)]

    # Flow mappings and lists

    def is_broken(self, node: Node, head: str) -> bool:
        """Whether a mapping or list in braces has to become lines: for its comments, its texts, or its length."""
        if not _parts(node):
            return False
        return self.has_comments(node) or _has_lines(node) or cells_of(f"{head} {self.flat(node)}") > WIDTH

    def has_comments(self, node: Node) -> bool:
        """Whether comments stand inside."""
        near = takewhile(lambda one: one.start < node.span.end, self.comments)
        return any(node.span.start <= one.start for one in near)

    def flat(self, node: Node) -> str:
        """Mapping or list on one line."""
        match node:
            case Scalar():
                return written(node.span.text, node, in_flow=True, requote=self.requote)
            case Sequence():
                return f"[{', '.join(map(self.flat, node.items))}]"
            case Mapping():
                return f"{{{', '.join(f'{self.flat(one.key)}: {self.flat(one.value)}' for one in node.entries)}}}"


def _parts(node: Node) -> tuple[Entry, ...] | tuple[Node, ...]:
    """Entries or items."""
    match node:
        case Mapping():
            return node.entries
        case Sequence():
            return node.items
        case Scalar():
            return ()


def _dashes_at(head: str) -> int:
    """Column of the first dash of a line, where comments on what follows it stand."""
    return len(head) - len(head.lstrip())


def _first_start(node: Node) -> int:
    """Where the first entry or item of a mapping or list begins."""
    first = _parts(node)[0]
    return first.key.span.start if isinstance(first, Entry) else first.span.start


def _lead_end(node: Node) -> int:
    """Comments before this offset come before a node: those inside of empty braces, too."""
    return node.span.start if isinstance(node, Scalar) or _parts(node) else node.span.end


def _has_lines(node: Node) -> bool:
    """Whether a text inside cannot be written on one line."""
    return any(not one.text.isprintable() and ("\n" in one.text or "\n" in one.span.text) for one in scalars(node))


def _is_aside(line: _Line) -> bool:
    """Whether a line is blank or a comment."""
    return not line.text or line.text.lstrip().startswith("#")


def _aligned(lines: Items[_Line]) -> list[str]:
    """Lines with their comments: two spaces behind the text, and in line where the user has them in line."""
    shown: list[str] = []
    start = 0
    while start < len(lines):
        end = start + 1
        while lines[start].comment and end < len(lines) and lines[end].column == lines[start].column >= 0:
            end += 1
        width = max(cells_of(line.text) for line in lines[start:end])
        for line in lines[start:end]:
            gap = " " * (width - cells_of(line.text)) + _GAP
            shown.append(f"{line.text}{gap if line.text else ''}{line.comment}" if line.comment else line.text)
        start = end
    return shown
