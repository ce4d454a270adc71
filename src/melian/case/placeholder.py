"""Placeholders: values that hold a place until somebody says what belongs there, such as `TODO likely`.

A placeholder is read as what stands behind its mark, so that a draft runs; taking the mark out says that the value is
meant. Whatever a draft gives says that it is one.
"""

import re
from collections.abc import Iterator
from typing import Final

from melian.source.tree import Mapping, Node, Scalar

MARK: Final = "TODO"
STAMP: Final = "DRAFT"
_MARKED: Final = re.compile(rf"{MARK}:?\s+(?=\S)")


def meant(text: str) -> str:
    """Text without the mark of a placeholder."""
    return _MARKED.sub("", text, count=1) if text.startswith(MARK) and _MARKED.match(text) else text


def placeholder(text: str) -> str:
    """Text as a placeholder."""
    return f"{MARK} {text}"


def placeholders(node: Node) -> Iterator[Scalar]:
    """Every placeholder in a tree, in the order written; what is under the user's own keys (`x-`) is the user's."""
    if isinstance(node, Mapping):
        for entry in node.entries:
            if not entry.key.text.startswith("x-"):
                yield from placeholders(entry.value)
    elif isinstance(node, Scalar):
        if node.text == MARK or _MARKED.match(node.text):
            yield node
    else:
        for item in node.items:
            yield from placeholders(item)
