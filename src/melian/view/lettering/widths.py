"""How wide the letters of the face are that figures are set in, and those of other scripts at most.

A figure carries its face along, so that what is measured is what is drawn. What the face has not, Arabic or Chinese,
is drawn in whatever font a machine has: such a character counts as the widest that was found in many fonts, or as the
box that stands for it where no font has it, marks as well. Such texts are broken earlier than they need be, and never
cut. Both come from `scripts/typeface.py`.
"""

import json
from bisect import bisect_right
from functools import cache
from importlib.resources import files
from typing import Any, Final

STATIC: Final = files("melian.view.lettering") / "static"
REGULAR, BOLD = "regular", "bold"
# Joiners and selectors, of which nothing is to be seen, whatever the font.
UNSEEN: Final = frozenset(
    map(chr, (0xAD, 0x34F, *range(0x200B, 0x2010), *range(0x2060, 0x2070), *range(0xFE00, 0xFE10), 0xFEFF))
)


@cache
def tables() -> dict[str, Any]:
    """What is known of the face: its size, its pieces with what each has, widths, and those of other scripts."""
    found: dict[str, Any] = json.loads((STATIC / "widths.json").read_text("utf-8"))
    return found


@cache
def advance(character: str, weight: str = REGULAR) -> float:
    """Width of a character in parts of the size: of the face's own exactly, of others at most."""
    own = _advances(weight).get(ord(character))
    return _others(character) if own is None else own


@cache
def _advances(weight: str) -> dict[int, float]:
    size, pieces = tables()["em"], tables()["pieces"]
    return {
        code: wide / size
        for piece, widths in tables()[weight].items()
        for code, wide in zip(codes(pieces[piece]), widths, strict=True)
    }


def codes(ranges: list[list[int]]) -> list[int]:
    """Every character in some ranges, both ends included."""
    return [code for first, last in ranges for code in range(first, last + 1)]


def _others(character: str) -> float:
    if character in UNSEEN:
        return 0.0
    starts, widths = _rows()
    return widths[bisect_right(starts, ord(character)) - 1]


@cache
def _rows() -> tuple[tuple[int, ...], tuple[float, ...]]:
    starts, widths = zip(*tables()["others"], strict=True)
    return starts, widths
