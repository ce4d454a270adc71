"""Texts that take several lines: moved to another indentation without a change to what they say."""

import re
from typing import Final

from melian.source.tree import Scalar

_HEADER: Final = re.compile(r"([|>])([+-]?)([1-9]?)([+-]?)")


def block_text(raw: str, node: Scalar, column: int) -> tuple[str, list[str]]:
    """Header and lines of a text written with `|` or `>`, the lines without their indentation.

    Parameters
    ----------
    raw : as the user wrote it, from the `|` or `>` through the blank lines behind it.
    column : where the mapping or list around it begins, from 0.
    """
    match = _HEADER.match(raw)
    assert match is not None
    style, before, digit, after = match.groups()
    chomp = before or after
    lines = _literal(node.text) if style == "|" else _folded(raw, column + int(digit) if digit else None)
    if chomp == "+" and style == ">":
        lines += [""] * (len(node.text) - len(node.text.rstrip("\n")) - bool(lines))
    if not chomp and node.text and not node.text.endswith("\n"):
        chomp = "-"  # the file ended right after the text, so that no line end belonged to it
    first = next((line for line in lines if line), "")
    return f"{style}{'2' if first.startswith(' ') else ''}{chomp}", lines


def _literal(text: str) -> list[str]:
    """Lines of a text that is kept as it stands."""
    return text.removesuffix("\n").split("\n") if text else []


def _folded(raw: str, indent: int | None) -> list[str]:
    """Lines of a text whose line ends count as spaces."""
    lines = raw.split("\n")[1:]
    if indent is None:
        first = next((line for line in lines if line.strip(" ")), "")
        indent = len(first) - len(first.lstrip(" "))
    lines = [line[indent:] for line in lines]
    while lines and not lines[-1]:
        lines.pop()
    return lines


def flowing_lines(raw: str) -> list[str]:
    """Lines of a plain or quoted text that runs over several, without their indentation."""
    lines = [line.lstrip(" \t") for line in raw.split("\n")]
    return [*(_without_trail(line) for line in lines[:-1]), lines[-1]]


def _without_trail(line: str) -> str:
    """Line without blanks at its end, but for one that is escaped."""
    bare = line.rstrip(" \t")
    escaped = (len(bare) - len(bare.rstrip("\\"))) % 2 and len(bare) < len(line)
    return bare + line[len(bare)] if escaped else bare
