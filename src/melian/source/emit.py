"""Tree to text: YAML that the reader reads as the same tree, for `tidy` to lay out.

What fits on a line stands in braces there; what does not, and every section, stands in lines.
"""

import json
import re
from collections.abc import Iterator
from typing import Final

from melian.source.cells import cells_of
from melian.source.tidy.quotes import needs_quotes
from melian.source.tree import NOTHING, Entry, Mapping, Node, Scalar, Sequence

__all__ = ["emit"]

STEP: Final = 2
WIDTH: Final = 120
LONGEST: Final = 100  # of a line of a long text
_START: Final = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`]|[-?](?=[^\s,\[\]{}])")
_ENDS: Final = re.compile(r":\s|\s#|:$|^(?:---|\.\.\.)")
_ENDS_IN_FLOW: Final = re.compile(r"[,\[\]{}:]")
# What JSON lets stand in a text, and YAML does not, or reads as the end of a line.
_UNWRITABLE: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def emit(tree: Mapping) -> str:
    """Text of a case's tree."""
    if not tree.entries:
        return "{}\n"
    return "\n".join(line for entry in tree.entries for line in _entry(entry, 0, is_section=True)) + "\n"


def _entry(entry: Entry, indent: int, *, is_section: bool = False) -> Iterator[str]:
    """Lines of a key and its value."""
    yield from _value(f"{' ' * indent}{_scalar(entry.key, in_flow=False)}:", entry.value, indent, is_section=is_section)


def _value(head: str, node: Node, indent: int, *, is_section: bool = False) -> Iterator[str]:
    """Lines of a value behind a key."""
    text = _flat(node, in_flow=False)
    if _is_short(head, node, text) and not (is_section and _has_records(node)):
        yield f"{head} {text}".rstrip()
    elif isinstance(node, Scalar):
        yield from _long_text(head, text, indent)
    else:
        yield head
        yield from _block(node, indent + STEP, in_full=is_section)


def _block(node: Node, indent: int, *, in_full: bool = False) -> Iterator[str]:
    """Lines of a mapping or a list; `in_full` if records in a list stand in lines even if they are short."""
    if isinstance(node, Mapping):
        for entry in node.entries:
            yield from _entry(entry, indent)
    for item in node.items if isinstance(node, Sequence) else ():
        dash, text = f"{' ' * indent}-", _item(item, in_flow=False)
        if _is_short(dash, item, text) and not (in_full and isinstance(item, Mapping)):
            yield f"{dash} {text}"
        elif isinstance(item, Scalar):
            yield from _long_text(dash, text, indent)
        else:
            first, *others = list(_block(item, indent + STEP)) or ["{}"]
            yield f"{dash} {first.lstrip()}"
            yield from others


def _is_short(head: str, node: Node, text: str) -> bool:
    """Whether a value fits on the line of its key."""
    if isinstance(node, Scalar):
        return len(text) <= LONGEST or "  " in text or " " not in text
    return not _parts(node) or (cells_of(f"{head} {text}") <= WIDTH and not _has_long_text(node))


def _has_records(node: Node) -> bool:
    """Whether a section holds records by name, or a list of them, so that each stands on a line of its own."""
    if isinstance(node, Mapping):
        return bool(node.entries)
    return isinstance(node, Sequence) and any(isinstance(item, Mapping) for item in node.items)


def _has_long_text(node: Node) -> bool:
    if isinstance(node, Scalar):
        return len(node.text) > LONGEST
    return any(_has_long_text(part) for part in _parts(node))


def _parts(node: Node) -> tuple[Node, ...]:
    """Values or items."""
    if isinstance(node, Mapping):
        return tuple(entry.value for entry in node.entries)
    return node.items if isinstance(node, Sequence) else ()


def _flat(node: Node, *, in_flow: bool = True) -> str:
    """Text of a node on one line."""
    if isinstance(node, Scalar):
        return _scalar(node, in_flow=in_flow)
    if isinstance(node, Sequence):
        return f"[{', '.join(_item(item) for item in node.items)}]"
    return f"{{{', '.join(f'{_scalar(one.key)}: {_flat(one.value)}'.rstrip() for one in node.entries)}}}"


def _item(node: Node, *, in_flow: bool = True) -> str:
    """Text of an item, where nothing at all would be no item."""
    return _flat(node, in_flow=in_flow) or '""'


def _long_text(head: str, text: str, indent: int) -> Iterator[str]:
    """Lines of a long text, which are read as one: a line end between two words is a space."""
    line = head
    for word in text.split(" "):
        if line != head and len(line) + 1 + len(word) > LONGEST + indent:
            yield line
            line = " " * (indent + STEP) + word
        else:
            line = f"{line} {word}"
    yield line


def _scalar(node: Scalar, *, in_flow: bool = True) -> str:
    """Text of a scalar: bare where it is read the same, and quotes are not said to matter."""
    if not node.text:
        return '""' if node.quoted else "null" if in_flow else ""
    is_bare = not needs_quotes(node.text, in_flow=in_flow) if node.quoted else _is_plain(node.text, in_flow=in_flow)
    return node.text if is_bare else _quoted(node.text)


def _is_plain(text: str, *, in_flow: bool) -> bool:
    """Whether a text without quotes is read as that text, of whatever type other readers take it to be."""
    if text != text.strip() or not text.isprintable() or text in ("<<", "=", *NOTHING) or _ENDS.search(text):
        return False
    return _START.match(text) is not None and not (in_flow and _ENDS_IN_FLOW.search(text))


def _quoted(text: str) -> str:
    """Text in double quotes."""
    escaped = json.dumps(text, ensure_ascii=False)
    return _UNWRITABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", escaped)
