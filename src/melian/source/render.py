"""Diagnostics as people and programs read them.

`full` shows the user's lines with carets, `concise` one line each, `as_json` plain values for a program. All three
sort by position, and none changes what is said.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from melian.source.cells import safe, spread
from melian.source.diagnostic import Diagnostic, Fix, Label, Severity
from melian.source.text import Source, Span

LIMIT: Final = 20
MAX_CELLS: Final = 160
_RANK: Final[dict[Severity, int]] = {"error": 0, "warning": 1, "info": 2}
_COLOURS: Final = {"error": "1;31", "warning": "1;33", "info": "1;36", "frame": "36", "bold": "1"}


def full(diagnostics: Iterable[Diagnostic], *, colour: bool = False, limit: int = LIMIT, summary: bool = True) -> str:
    """Text with carets, ending in a line break.

    Parameters
    ----------
    diagnostics : in any order; the most severe are kept where there are more than `limit`.
    colour : whether to add ANSI escapes.
    limit : how many to show before a count of the rest.
    summary : whether to end with the counts, "3 errors, 1 warning in case.yaml".
    """
    ordered = in_order(diagnostics)
    kept = in_order(sorted(ordered, key=lambda diagnostic: _RANK[diagnostic.severity])[:limit])
    paint = _Paint(colour)
    blocks = ["\n".join(_block(diagnostic, paint)) for diagnostic in kept]
    if len(ordered) > len(kept):
        blocks.append(f"... and {len(ordered) - len(kept)} more")
    if summary and ordered:
        blocks.append(count(ordered))
    return "\n\n".join(blocks) + "\n" if blocks else ""


def concise(diagnostics: Iterable[Diagnostic]) -> str:
    """One line each: `path:line:col: error[code]: headline: label`."""
    return "".join(_concise(diagnostic) + "\n" for diagnostic in in_order(diagnostics))


def as_json(diagnostics: Iterable[Diagnostic]) -> list[dict[str, Any]]:
    """Plain values; lines and columns from 1, columns in code points."""
    return [
        {
            "code": diagnostic.code,
            "severity": diagnostic.severity,
            "headline": diagnostic.headline,
            **_place(diagnostic.primary),
            "secondary": [_place(label) for label in diagnostic.secondary],
            "notes": [{"kind": note.kind, "text": note.text} for note in diagnostic.notes],
            "fix": _fix(diagnostic.fix) if diagnostic.fix else None,
        }
        for diagnostic in in_order(diagnostics)
    ]


def count(diagnostics: Sequence[Diagnostic]) -> str:
    """How many of each severity, and where: "3 errors, 1 warning in case.yaml"."""
    by_severity = Counter(diagnostic.severity for diagnostic in diagnostics)
    names: tuple[tuple[Severity, str], ...] = (("error", "error"), ("warning", "warning"), ("info", "remark"))
    parts = [
        f"{by_severity[severity]} {name}{'s' if by_severity[severity] != 1 else ''}"
        for severity, name in names
        if by_severity[severity]
    ]
    paths = sorted({diagnostic.primary.span.source.path for diagnostic in diagnostics})
    where = safe(paths[0]) if len(paths) == 1 else f"{len(paths)} files"
    return f"{', '.join(parts)} in {where}"


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sorted by file and position; at one position errors first, then as they were found."""

    def position(diagnostic: Diagnostic) -> tuple[str, int, int]:
        span = diagnostic.primary.span
        return span.source.path, span.start, _RANK[diagnostic.severity]

    return sorted(diagnostics, key=position)


def _concise(diagnostic: Diagnostic) -> str:
    """One diagnostic on one line."""
    span = diagnostic.primary.span
    head = (
        f"{span.source.path}:{span.line}:{span.column}: {diagnostic.severity}[{diagnostic.code}]: {diagnostic.headline}"
    )
    return safe(f"{head}: {diagnostic.primary.text}" if diagnostic.primary.text else head)


def _place(label: Label) -> dict[str, Any]:
    """A label's place and text as plain values."""
    start, end = (label.span.source.position(offset) for offset in (label.span.start, label.span.end))
    return {
        "path": label.span.source.path,
        "start": {"line": start[0], "column": start[1]},
        "end": {"line": end[0], "column": end[1]},
        "label": label.text,
    }


def _fix(fix: Fix) -> dict[str, Any]:
    """A fix as plain values."""
    edits = [{**_place(Label(edit.span)), "text": edit.text} for edit in fix.edits]
    for edit in edits:
        del edit["label"]
    return {"what": fix.what, "applicability": "safe" if fix.is_safe else "suggestion", "edits": edits}


@dataclass(frozen=True, slots=True)
class _Paint:
    """Colours text, or leaves it."""

    is_on: bool

    def __call__(self, text: str, colour: str) -> str:
        return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m" if self.is_on and text else text


def _block(diagnostic: Diagnostic, paint: _Paint) -> list[str]:
    """Lines of one diagnostic."""
    labels = [diagnostic.primary, *diagnostic.secondary]
    gutter = max((len(str(label.span.line)) for label in labels if label.span.source.text), default=0)
    head = paint(f"{diagnostic.severity}[{diagnostic.code}]", diagnostic.severity)
    lines = [f"{head}{paint(': ' + safe(diagnostic.headline), 'bold')}"]
    for number, source in enumerate(_sources(labels)):
        lines += _snippet(diagnostic, source, "-->" if number == 0 else ":::", gutter, paint)
    bar = paint(" " * gutter + " |", "frame")
    notes = [(note.kind, note.text) for note in diagnostic.notes]
    notes += [("info", label.text) for label in labels if label.text and not label.span.source.text]
    if notes and gutter:
        lines.append(bar)
    for kind, text in notes:
        lines += _note(kind, text, gutter, paint)
    return lines


def _note(kind: str, text: str, gutter: int, paint: _Paint) -> list[str]:
    """A note; its further lines stand under its first."""
    first, *rest = [safe(line) for line in text.split("\n")]
    lead = f"{' ' * gutter} {paint('=', 'frame')} {paint(kind + ':', 'bold')} "
    indent = " " * (gutter + 5 + len(kind))
    return [lead + first, *((indent + line).rstrip() for line in rest)]


def _sources(labels: Iterable[Label]) -> list[Source]:
    """Sources in the order of their first label."""
    return list(dict.fromkeys(label.span.source for label in labels))


def _snippet(diagnostic: Diagnostic, source: Source, arrow: str, gutter: int, paint: _Paint) -> list[str]:
    """The lines of one source that labels point at."""
    labels = [label for label in (diagnostic.primary, *diagnostic.secondary) if label.span.source == source]
    place = safe(source.path)
    if not source.text:
        return [f"{' ' * gutter}{paint(arrow, 'frame')} {place}"]
    first = labels[0].span
    lines = [
        f"{' ' * gutter}{paint(arrow, 'frame')} {place}:{first.line}:{first.column}",
        paint(" " * gutter + " |", "frame"),
    ]
    previous = None
    for label in sorted(labels, key=lambda label: (label.span.start, label.span.end)):
        row = label.span.line
        if previous is not None and row > previous + 1:
            lines.append("...")
        text, mark, at = _marked(label.span)
        if row != previous or _is_long(source.line(row)):
            lines.append(f"{paint(f'{row:>{gutter}} |', 'frame')} {text}".rstrip())
        character, colour = ("^", diagnostic.severity) if label is diagnostic.primary else ("-", "frame")
        under = paint(f"{character * mark} {safe(label.text)}".rstrip(), colour)
        lines.append(f"{paint(' ' * gutter + ' |', 'frame')} {' ' * at}{under}")
        previous = row
    return lines


def _is_long(line: str) -> bool:
    """Whether a line is too wide to be shown whole; very long ones are not measured."""
    return len(line) > MAX_CELLS * 4 or spread(line)[1][-1] > MAX_CELLS


def _marked(span: Span) -> tuple[str, int, int]:
    """Line of a span as shown, and how many carets to put where under it."""
    start, end = span.source.bounds(span.line)
    low = min(span.start, end)
    high = max(low, min(span.end, end))
    line = span.source.text[start:end]
    if _is_long(line):
        return _window(line, low - start, high - start)
    pieces, cells = spread(line)
    at = cells[low - start]
    return "".join(pieces), max(1, cells[high - start] - at), at


def _window(line: str, low: int, high: int) -> tuple[str, int, int]:
    """Part of a long line around a caret, with an ellipsis where it was cut."""
    begin = max(0, low - MAX_CELLS)
    pieces, cells = spread(line[begin : low + MAX_CELLS * 2])
    low, high = low - begin, min(high - begin, len(pieces))
    first = low
    while first > 0 and cells[low] - cells[first - 1] <= MAX_CELLS // 3:
        first -= 1
    last = first
    while last < len(pieces) and cells[last + 1] - cells[first] <= MAX_CELLS - 2:
        last += 1
    before = "\u2026" if begin + first > 0 else ""
    after = "\u2026" if begin + last < len(line) else ""
    mark = cells[min(high, last)] - cells[low]
    return before + "".join(pieces[first:last]) + after, max(1, mark), cells[low] - cells[first] + len(before)
