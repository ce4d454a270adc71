"""Fixes: small edits of the user's own text, made by whoever finds what is wrong, and applied all at once.

A safe fix keeps what the case means, or can only be what was meant. Where two people could mean two things, the fix is
a suggestion: editors can offer it, and nothing applies it by itself.
"""

from collections.abc import Iterable
from typing import Final

from melian.source.diagnostic import Diagnostic, Edit, Fix
from melian.source.text import Source, Span

MOST_AT_ONCE: Final = 1_000
_BLANKS: Final = " \t"


def written(place: Span, text: str, what: str | None = None, *, is_safe: bool) -> Fix:
    """Write something else in a place."""
    return Fix(what or f"write `{text}`", (Edit(place, text),), is_safe)


def inserted(source: Source, at: int, text: str, what: str, *, is_safe: bool) -> Fix:
    """Put something in."""
    return Fix(what, (Edit(Span(source, at, at), text),), is_safe)


def removed(place: Span, what: str) -> Fix | None:
    """Take an item or an entry out that stands somewhere else already; None where more than it would go.

    It goes with its line where it has one for itself, else with the comma before it. No comment goes with it.
    """
    text, source = place.source.text, place.source
    first, (_, last) = source.bounds(place.line)[0], source.bounds(source.position(place.end)[0])
    if text[first : place.start].strip(_BLANKS) in ("", "-") and not text[place.end : last].strip(_BLANKS):
        if "#" in text[first:last]:
            return None
        end = last + (2 if text[last : last + 2] == "\r\n" else 1)
        return Fix(what, (Edit(Span(source, first, min(end, len(text))), ""),), is_safe=True)
    before = text[: place.start].rstrip(" \t\r\n")
    ends = text[place.end : place.end + 1] in (",", "]", "}", " ", "\r", "\n")
    if before.endswith(",") and ends and "#" not in text[len(before) : place.end]:
        return Fix(what, (Edit(Span(source, len(before) - 1, place.end), ""),), is_safe=True)
    return None


def without_property(place: Span, *, is_safe: bool) -> Fix:
    """Take a tag or an anchor out, with the blanks behind it."""
    text = place.source.text
    end = place.end
    while text[end : end + 1] in (" ", "\t"):
        end += 1
    return Fix(f"take out `{place.text}`", (Edit(Span(place.source, place.start, end), ""),), is_safe)


def quoted(text: str) -> str:
    """Text in quotes, ready to paste."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def without_conflict(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Diagnostics whose safe fixes can be applied together, in the order given; equal fixes count as one."""
    kept: list[Diagnostic] = []
    taken: dict[Edit, None] = {}
    for diagnostic in diagnostics:
        fix = diagnostic.fix
        if fix is None or not fix.is_safe or len(kept) == MOST_AT_ONCE:
            continue
        new = [edit for edit in fix.edits if edit not in taken]
        if not any(_touch(edit.span, other.span) for edit in new for other in taken):
            taken.update(dict.fromkeys(new))
            kept.append(diagnostic)
    return kept


def _touch(one: Span, other: Span) -> bool:
    """Whether two places overlap or meet; what is put in beside something else that changes would land by chance."""
    return one.source == other.source and one.start <= other.end and other.start <= one.end


def applied(source: Source, diagnostics: Iterable[Diagnostic]) -> str:
    """Text of a source after the fixes of diagnostics that do not conflict."""
    edits = {edit for one in diagnostics if one.fix for edit in one.fix.edits if edit.span.source == source}
    text = source.text
    for edit in sorted(edits, key=lambda edit: edit.span.start, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text
