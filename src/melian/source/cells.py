"""How wide a text is on a screen, and what of it is safe to show there.

Carets must stand under what they mean, so columns are counted in display cells: two for a wide East Asian character,
none for one that combines with the character before it. A case is untrusted input, so nothing of it reaches a
terminal that could steer it: control characters are shown as pictures, and marks that reverse the direction of
writing as a replacement mark.
"""

import unicodedata
from typing import Final

TAB: Final = 4
_REPLACEMENT: Final = "\ufffd"
_JOINER: Final = "\u200d"
_AS_PICTURE: Final = "\ufe0f"
_TONES: Final = ("\U0001f3fb", "\U0001f3ff")
# Marks that turn the direction of writing, and such as show nothing at all; joiners stay, which scripts need.
_STEERING: Final = frozenset(
    "\u180e\u200b\u2060\u2061\u2062\u2063\u2064\ufeff\ufff9\ufffa\ufffb"
    "\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


def shown(character: str) -> str:
    """Character as it may be shown: itself, or a stand-in of one cell."""
    if " " <= character <= "~":
        return character
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if code < 0xA0 or 0xD800 <= code < 0xE000 or code & 0xFFFE == 0xFFFE or character in _STEERING:
        return _REPLACEMENT
    return character


def safe(text: str) -> str:
    """Text on one line, without anything that could steer a terminal."""
    return "".join(" " if character in "\t\n\r" else shown(character) for character in text)


def width(character: str) -> int:
    """Display cells of one character that `shown` has passed."""
    if " " <= character <= "~":
        return 1
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Mc", "Me", "Cf"):
        return 0
    if "\u1160" <= character <= "\u11ff" or "\ud7b0" <= character <= "\ud7ff":
        return 0  # vowels and finals of a decomposed Korean syllable join its first letter
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def spread(line: str) -> tuple[list[str], list[int]]:
    """What to show for each character of a line, the cell at which each starts, and last the width of them all."""
    pieces: list[str] = []
    cells = [0]
    before = ""
    for character in line:
        piece = " " * (TAB - cells[-1] % TAB) if character == "\t" else shown(character)
        pieces.append(piece)
        cells.append(cells[-1] + (len(piece) if character == "\t" else _added(piece, before)))
        before = (before + piece)[-2:]
    return pieces, cells


def _added(character: str, before: str) -> int:
    """Cells by which a character widens what stands before it: pictures that are joined take the place of one.

    The Unicode Standard, annex 51, section 2: a joiner, a tone of skin and a selector make one picture of several
    characters, which terminals show two cells wide.
    """
    if character <= "~":
        return width(character)
    last = before[-1:]
    if last == _JOINER and unicodedata.category(character) in ("So", "Sk"):
        return 0
    if _TONES[0] <= character <= _TONES[1] and last and unicodedata.category(last) == "So":
        return 0
    if character == _AS_PICTURE and last and unicodedata.category(last) == "So":
        return 2 - width(last) if before[:-1] != _JOINER else 0
    return width(character)


def cells_of(line: str) -> int:
    """Width of a line in display cells."""
    return len(line) if line.isascii() and line.isprintable() else spread(line)[1][-1]
