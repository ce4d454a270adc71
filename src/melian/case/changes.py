"""Values of Python as they would stand in a case: for the builder, and for changes that are said as mappings."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from numbers import Integral, Real
from typing import Final

from melian.case.write import in_order
from melian.source.diagnostic import Diagnostic
from melian.source.emit import emit
from melian.source.text import Source, Span
from melian.source.tree import Entry, Node, Scalar, parse
from melian.source.tree import Mapping as Record
from melian.source.tree import Sequence as Items

NOWHERE: Final = Span(Source("", ""), 0, 0)
# Other readers of YAML take these for truth values or for nothing unless they are quoted.
_WORDS: Final = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", ""})
Path = tuple[str, ...]


def entry_of(key: str, value: object, path: Path = ()) -> Entry:
    """Return a key with its value."""
    return Entry(node_of_text(key), node_of(value, (*path, key)))


def record_of(said: Mapping[str, object], path: Path = ()) -> Record:
    """Record without what is not said."""
    return Record(tuple(entry_of(key, value, path) for key, value in said.items() if value is not None), NOWHERE)


def node_of_text(text: str) -> Scalar:
    """Return a text as it would stand in YAML."""
    return Scalar(text, NOWHERE, quoted=text.casefold() in _WORDS)


def node_of(value: object, path: Path = ()) -> Node:
    """Return a value as it would stand in YAML.

    Raises
    ------
    TypeError
        If it could not, with its path.
    """
    if isinstance(value, str):
        return node_of_text(value)
    if isinstance(value, Mapping):
        return record_of({str(key): inner for key, inner in value.items()}, path)
    if isinstance(value, tuple) and len(value) == 2 and all(_is_number(end) for end in value):
        return Scalar("..".join(_number(end) for end in value), NOWHERE)
    if isinstance(value, bool):
        return Scalar(str(value).lower(), NOWHERE)
    if _is_number(value):
        return Scalar(_number(value), NOWHERE)
    if isinstance(value, date) and not isinstance(value, datetime):
        return Scalar(value.isoformat(), NOWHERE)
    if isinstance(value, Iterable) and not isinstance(value, bytes):
        return Items(tuple(node_of(item, (*path, str(place))) for place, item in enumerate(value)), NOWHERE)
    where = f"{'.'.join(path)}: " if path else ""
    raise TypeError(f"{where}{type(value).__name__} cannot stand in a case: {value!r}")


def _is_number(value: object) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool)


def _number(value: object) -> str:
    """Write a number so that it is read as the same."""
    return str(int(value)) if isinstance(value, Integral) else repr(float(value))  # type: ignore[arg-type]


def changes_as_text(call: str, changes: Mapping[str, object]) -> str:
    """Changes to a case as the text of a patch; what is None is written as nothing, which takes a key away."""
    try:
        return emit(in_order(_with_gaps(changes, ())))
    except TypeError as problem:
        raise TypeError(f"{call}(): {problem}") from None


def _with_gaps(said: Mapping[str, object], path: Path) -> Record:
    entries = []
    for key, value in said.items():
        name = str(key)
        if value is None:
            entries.append(Entry(node_of_text(name), Scalar("", NOWHERE)))
        elif isinstance(value, Mapping):
            entries.append(Entry(node_of_text(name), _with_gaps(value, (*path, name))))
        else:
            entries.append(entry_of(name, value, path))
    return Record(tuple(entries), NOWHERE)


def at_path(diagnostic: Diagnostic, changes: Source) -> Diagnostic:
    """Diagnostic that names the path of its place among the changes; as it is where its place is elsewhere."""
    place = diagnostic.primary.span
    root, _ = parse(changes)
    if place.source != changes or root is None:
        return diagnostic
    path = ".".join(_path_to(root, place))
    return replace(diagnostic, headline=f"{path}: {diagnostic.headline}") if path else diagnostic


def _path_to(node: Node, place: Span) -> Path:
    """Keys that lead to the innermost value that holds a place."""
    if isinstance(node, Record):
        for entry in node.entries:
            if entry.key.span.start <= place.start and place.end <= max(entry.value.span.end, entry.key.span.end):
                return (entry.key.text, *_path_to(entry.value, place))
    elif isinstance(node, Items):
        for number, item in enumerate(node.items):
            if item.span.start <= place.start and place.end <= item.span.end:
                return (str(number), *_path_to(item, place))
    return ()
