"""A template as a draft of one's own: under another name, on another day, what is made up in it marked as such."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Final

from melian.case.judgement import Judgement
from melian.case.placeholder import placeholder
from melian.case.read import read_case
from melian.source.text import Source, Span
from melian.source.tidy.tidy import tidy
from melian.source.tree import Mapping, Node, Scalar, Sequence

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
# What of a template is made up beside its judgements; what its parts are called is the pattern, and stays.
_INVENTED: Final = ("title", "by", "resolution", "name", "claim", "grade", "order")
_HOW: Final = """\
# `TODO` marks what is made up here and yours to say: put your own in its place and take the mark out. `melian check`
# lists the marks that are left, and every answer is stamped as a draft until then.

"""
_ENDS: Final = ("0", "100")  # of the scale of values: which outcome is worst and which best is the pattern's


def on_day(template: str, name: str, today: date) -> str:
    """Text of a template under another name, all its dates moved so that its day of the forecast is today."""
    found = re.search(r"^as_of: (\S+)", template, re.MULTILINE)
    assert found is not None
    moved = today - date.fromisoformat(found[1])
    dated = _DAY.sub(lambda match: (date.fromisoformat(match[0]) + moved).isoformat(), template)
    return re.sub(r"^case: .*$", f"case: {name}", dated, count=1, flags=re.MULTILINE)


def as_draft(text: str) -> str:
    """Text of a case with all that somebody else made up marked as placeholders."""
    case, _ = read_case(Source("case.yaml", text))
    assert case is not None
    places = {place.start: place for place in (*_judged(case), *_invented(case.tree))}
    for start in sorted(places, reverse=True):
        inside = start + (text[start] in "\"'")
        text = text[:inside] + placeholder("") + text[inside:]
    return tidy(Source("case.yaml", re.sub(r"^(?=melian: )", _HOW, text, count=1, flags=re.MULTILINE)))


def _judged(part: object) -> Iterator[Span]:
    """Where the judgements of a part of a case stand, each where it is stated."""
    if isinstance(part, Judgement):
        if part.span is not None and part.shared is None and part.text not in _ENDS:
            yield part.span
    elif isinstance(part, tuple):
        for inner in part:
            yield from _judged(inner)
    elif is_dataclass(part):
        for field in fields(part):
            if field.compare:
                yield from _judged(getattr(part, field.name))


def _invented(node: Node) -> Iterator[Span]:
    """Where names, claims and the like stand, and the first of every order."""
    if isinstance(node, Mapping):
        for entry in node.entries:
            first = entry.value.items[0] if isinstance(entry.value, Sequence) and entry.value.items else entry.value
            if entry.key.text in _INVENTED and isinstance(first, Scalar):
                yield first.span
            yield from _invented(entry.value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _invented(item)
