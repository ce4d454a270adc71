"""The face as a part of a page, in those pieces that a text has letters of: no page is larger than it need be."""

from base64 import b64encode
from functools import cache
from typing import Final

from melian.view.lettering.widths import BOLD, REGULAR, STATIC, codes, tables

FAMILY: Final = "Melian"
WEIGHTS: Final = {REGULAR: 400, BOLD: 600}
ALWAYS: Final = "latin"
MARKS: Final = frozenset(map(chr, range(0x300, 0x370)))


def faces(text: str) -> str:
    """Rules of style that bring the face along, in the pieces that a text has letters of.

    Where pieces overlap, a browser takes the last that has a letter.
    """
    letters = set(text)
    wanted = (piece for piece in tables()["pieces"] if piece == ALWAYS or letters & _letters(piece))
    return "".join(_rule(piece, weight) for piece in wanted for weight in WEIGHTS)


@cache
def _letters(piece: str) -> frozenset[str]:
    """Letters that call for a piece: of that with marks, the marks alone, since the letters come in others."""
    found = frozenset(map(chr, codes(tables()["pieces"][piece])))
    return found & MARKS or found


@cache
def _rule(piece: str, weight: str) -> str:
    data = b64encode((STATIC / f"{weight}-{piece}.woff2").read_bytes()).decode("ascii")
    ranges = ",".join(_range(*ends) for ends in tables()["pieces"][piece])
    source = f'src: url("data:font/woff2;base64,{data}") format("woff2")'
    return (
        f'@font-face {{ font-family: "{FAMILY}"; font-weight: {WEIGHTS[weight]}; {source}; unicode-range: {ranges} }}\n'
    )


def _range(first: int, last: int) -> str:
    return f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}"
