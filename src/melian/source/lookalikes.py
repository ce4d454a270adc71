"""Characters that look like others, or like nothing, where the case language means an ordinary one."""

import re
import unicodedata
from typing import Final

from melian.source.diagnostic import Diagnostic, Fix, error
from melian.source.fixes import written
from melian.source.text import Source, Span

CODE: Final = "look-alike"
_PLAIN: Final = {
    **dict.fromkeys("\xa0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "),
    **dict.fromkeys("\u200b\u2060\ufeff\u200e\u200f\xad", ""),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2018\u2019\u201a\xab\xbb", ""),
}
_SPACES: Final = "\xa0\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff"
_COLONS: Final = "\uff1a\ufe55\ufe13\u2236"
_ODD_COLON: Final = re.compile(rf"([\w-]+)[ ]?(:[{_SPACES}]+|[{_COLONS}]\s*)(\S.*)")


def called(character: str) -> str:
    """A character by its number and name, "U+00A0, no-break space"."""
    return f"U+{ord(character):04X}, {unicodedata.name(character, 'without a name').lower()}"


def odd_colon(key: Span) -> tuple[Span, Span, Diagnostic] | None:
    """Key and value of `ja:0.3` with another space or colon than YAML's between them, and what is wrong."""
    match = _ODD_COLON.fullmatch(key.text)
    if match is None:
        return None
    source = key.source
    head = Span(source, key.start, key.start + match.end(1))
    tail = Span(source, key.start + match.start(3), key.end)
    at = match.start(2) + (match[2][0] == ":")
    place = Span(source, key.start + at, key.start + at + 1)
    what = "space" if match[2][0] == ":" else "colon"
    fix = written(Span(source, head.end, tail.start), ": ", "write a colon and an ordinary space", is_safe=True)
    headline = f"the {what} after `{head.text[:80]}` is one that YAML takes for a letter"
    said = error(CODE, headline, place, called(place.text), help="write a colon and an ordinary space", fix=fix)
    return head, tail, said


def decimal_comma(before: Span, key: Span) -> Diagnostic | None:
    """Diagnostic for `{ja: 0,3}`, in which YAML sees an entry `3`; None where it is something else."""
    source: Source = key.source
    if not (key.text.isdecimal() and before.text.isdecimal() and source.text[before.end : key.start] == ","):
        return None
    number = f"{before.text}.{key.text}"
    comma = Span(source, before.end, key.start)
    headline = f"the number `{before.text},{key.text}` is written with a comma"
    fix = written(comma, ".", f"write `{number}`", is_safe=True)
    return error(CODE, headline, comma, "it ends an entry", help=f"write `{number}`", fix=fix)


def oddity(place: Span) -> tuple[str, Span, Fix] | None:
    """First look-alike in a text that should be plain: what it is, where it stands, and the text without any."""
    odd = next((at for at, sign in enumerate(place.text) if sign in _PLAIN or "\uff01" <= sign <= "\uff5e"), None)
    if odd is None:
        return None
    plain = "".join(_PLAIN.get(sign, unicodedata.normalize("NFKC", sign)) for sign in place.text).strip()
    at = Span(place.source, place.start + odd, place.start + odd + 1)
    return called(place.text[odd]), at, written(place, plain, is_safe=True)
