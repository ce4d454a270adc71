"""Slips that YAML lets pass, though nobody means what they say to it."""

import re
from typing import Final

from melian.source.diagnostic import Diagnostic, error
from melian.source.text import Span

LONGEST_SHOWN: Final = 100
_ODD_SPACES: Final = "[\xa0\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff]+"
_ODD_START: Final = re.compile(f"^{_ODD_SPACES}")
_ODD_EDGE: Final = re.compile(f"^{_ODD_SPACES}|{_ODD_SPACES}$")
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
    return error("odd-space", headline, place, label, help="replace it by ordinary spaces, or delete it")


def split_tight_colon(text: str) -> tuple[str, str] | None:
    """Key and value of a text such as `stalled:0.3`, or None; an address such as `https://...` is none."""
    match = _TIGHT_COLON.fullmatch(text)
    return (match[1], match[2]) if match else None


def tight_colon(code: str, place: Span, parts: tuple[str, str]) -> Diagnostic:
    """Diagnostic for `stalled:0.3` where `stalled: 0.3` was meant."""
    at = place.start + len(parts[0])
    cure = f"write `{parts[0]}: {parts[1]}`" if len(place.text) <= LONGEST_SHOWN else "put a space after the colon"
    label = "a space was expected after this"
    return error(code, "no space stands after a colon", Span(place.source, at, at + 1), label, help=cure)
