"""Slips that YAML lets pass, though nobody means what they say to it."""

import re
from typing import Final

from melian.source.diagnostic import Diagnostic, Edit, Fix, error
from melian.source.fixes import inserted, written
from melian.source.text import Source, Span

LONGEST_SHOWN: Final = 100
_ODD_SPACES: Final = "[\xa0\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff]+"
_NO_WIDTH: Final = "\u200b\u2060\ufeff"
_ODD_START: Final = re.compile(f"^{_ODD_SPACES}")
_ODD_EDGE: Final = re.compile(f"^{_ODD_SPACES}|{_ODD_SPACES}$")
_INDENT: Final = re.compile(r"^[ \t]+(?=[^\s#])", re.MULTILINE)
_TIGHT_COLON: Final = re.compile(r"([^\s:,\[\]{}\"']+):([^\s:/].*)")


def odd_space(span: Span, *, is_key: bool) -> Diagnostic | None:
    """Diagnostic for a plain text that begins (a key: or ends) with a space that YAML does not take for one.

    Texts from web pages and word processors bring no-break spaces along. As indentation they count for nothing, and two
    names that look alike differ by them.
    """
    match = (_ODD_EDGE if is_key else _ODD_START).search(span.text)
    if match is None:
        return None
    place = Span(span.source, span.start + match.start(), span.start + match.end())
    label = f"U+{ord(match[0][0]):04X}, not an ordinary space"
    headline = "a space stands in the text that YAML does not know"
    plain = "".join("" if sign in _NO_WIDTH else " " for sign in match[0])
    fix = written(place, plain, "put ordinary spaces there" if plain else "delete it", is_safe=True)
    return error("odd-space", headline, place, label, help="replace it by ordinary spaces, or delete it", fix=fix)


def tabs_out(source: Source, here: Span) -> Fix:
    """Two spaces for each tab that indents, in all lines at once, or one for tabs inside a line.

    Sure only where every line is indented by tabs alone: beside spaces nobody can tell how wide a tab was meant to be.
    """
    if source.text[source.bounds(here.line)[0] : here.start].strip():
        return written(here, " ", "put a space there", is_safe=True)
    lines = [(match.start(), match[0]) for match in _INDENT.finditer(source.text)]
    edits = tuple(Edit(Span(source, at, at + len(tabs)), "  " * len(tabs)) for at, tabs in lines if set(tabs) == {"\t"})
    is_safe = all(set(indent) == {"\t"} for _, indent in lines)
    return Fix("indent by two spaces for each tab", edits, is_safe)


def split_tight_colon(text: str) -> tuple[str, str] | None:
    """Key and value of a text such as `stalled:0.3`, or None; an address such as `https://...` is none."""
    match = _TIGHT_COLON.fullmatch(text)
    return (match[1], match[2]) if match else None


def tight_colon(code: str, place: Span, parts: tuple[str, str]) -> Diagnostic:
    """Diagnostic for `stalled:0.3` where `stalled: 0.3` was meant."""
    at = place.start + len(parts[0])
    cure = f"write `{parts[0]}: {parts[1]}`" if len(place.text) <= LONGEST_SHOWN else "put a space after the colon"
    label = "a space was expected after this"
    fix = inserted(place.source, at + 1, " ", "put a space after the colon", is_safe=True)
    return error(code, "no space stands after a colon", Span(place.source, at, at + 1), label, help=cure, fix=fix)
