"""The comments of a text: the parser drops them, so they are found in what stands between the texts of its tree."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from melian.source.cells import cells_of
from melian.source.tree import Mapping, Node, Scalar, Sequence

_COMMENT: Final = re.compile(r"#[^\n]*")


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment from its `#` to the end of its line.

    Attributes
    ----------
    column : of the `#`, in display cells from 0.
    is_alone : whether nothing else stands on its line.
    """

    start: int
    end: int
    text: str
    column: int
    is_alone: bool


def scalars(node: Node) -> Iterator[Scalar]:
    """Every text of a tree, keys too, in the order of the file."""
    match node:
        case Scalar():
            yield node
        case Sequence():
            for item in node.items:
                yield from scalars(item)
        case Mapping():
            for entry in node.entries:
                yield entry.key
                yield from scalars(entry.value)


def is_block_text(text: str, node: Scalar) -> bool:
    """Whether a text is written with `|` or `>`, on lines of its own."""
    return node.quoted and text[node.span.start] in "|>"


def find_comments(text: str, root: Node) -> list[Comment]:
    """Every comment, in order.

    Parameters
    ----------
    text : with line feeds as its only line ends.
    root : its tree, without any diagnostic.
    """
    found: list[Comment] = []
    at = 0
    for node in scalars(root):
        found += _between(text, at, node.span.start)
        at = node.span.end
        if is_block_text(text, node):
            header = text.find("\n", node.span.start, at)
            found += _between(text, node.span.start, at if header < 0 else header)
    return [*found, *_between(text, at, len(text))]


def _between(text: str, start: int, end: int) -> Iterator[Comment]:
    """Comments in a stretch that holds no texts; one at its end runs to the end of its line."""
    for match in _COMMENT.finditer(text, start, end):
        line = text.rfind("\n", 0, match.start()) + 1
        said = match[0].rstrip()
        alone = not text[line : match.start()].strip()
        yield Comment(match.start(), match.end(), said, cells_of(text[line : match.start()]), alone)
