"""What two versions of a case say differently, part by part, and cases that take some parts from either.

A part is what a case says of one thing: a factor, a choice, an actor, all stakes of one actor, one belief, one report,
a source. Labels, titles, claims and reasons are for people: where nothing else differs, the parts are the same.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from melian.case.case import Case
from melian.case.language import PROVENANCE_KEYS
from melian.case.read import read_tree
from melian.case.reader import Reader
from melian.case.rules import check_soundness
from melian.source.diagnostic import Diagnostic
from melian.source.text import Span
from melian.source.tree import Entry, Mapping, Node, Scalar, Sequence

# Sections whose entries are parts; those whose entries hold parts; and what is one part by itself.
BY_NAME: Final = ("actors", "sources", "grades", "judgements", "factors", "choices", "stakes")
NESTED: Final = ("beliefs",)
REPORTS: Final = "evidence"
WHOLE: Final = ("words", "behaviour", "knows", "as_of", "correlations")
QUESTION: Final = "question"
# What is said to people alone, by section.
FOR_PEOPLE: Final = {
    "actors": {"name"},
    "sources": {"title", "publisher", "date"},
    "evidence": {"claim", "happened"},
    "question": {"by", "resolution", "outcome"},
}
ASIDE: Final = frozenset((*PROVENANCE_KEYS, "label"))
PATH_JOINT: Final = ", "


@dataclass(frozen=True, slots=True)
class Part:
    """What two cases say of one thing.

    Attributes
    ----------
    section : of the case language.
    names : of the thing, from the outside in; of reports their id.
    before, after : what the one and the other say; None where it says nothing.
    """

    section: str
    names: tuple[str, ...]
    before: Node | None
    after: Node | None


@dataclass(frozen=True, slots=True)
class Edit:
    """One text that differs.

    Attributes
    ----------
    where : keys that lead to it, from the outside in.
    before, after : as written; None where nothing is.
    place : where it stands in the later version, else in the earlier.
    """

    where: str
    before: str | None
    after: str | None
    place: Span


def differing(one: Case, other: Case) -> tuple[Part, ...]:
    """Parts of which two cases say something else, in the order of the case language."""
    left, right = dict(_parts(one)), dict(_parts(other))
    found = []
    for section, names in dict.fromkeys((*left, *right)):
        before, after = left.get((section, names)), right.get((section, names))
        if _plain(section, before) != _plain(section, after):
            found.append(Part(section, names, before, after))
    return tuple(found)


def edits(part: Part) -> tuple[Edit, ...]:
    """Texts in which two versions of a part differ."""
    left, right = (dict(_leaves(part.section, node, ())) for node in (part.before, part.after))
    found = []
    for path in dict.fromkeys((*left, *right)):
        before, after = left.get(path), right.get(path)
        texts = [None if leaf is None else leaf.text for leaf in (before, after)]
        if texts[0] != texts[1]:
            place = next(leaf.span for leaf in (after, before) if leaf is not None)
            found.append(Edit(PATH_JOINT.join(path), texts[0], texts[1], place))
    return tuple(found)


def mixed(one: Case, other: Case, parts: Collection[Part]) -> tuple[Case, list[Diagnostic]]:
    """Read a case that says what one says, but of some parts what the other does.

    Returns
    -------
    The case, and all there is to say about it: it may not be sound.
    """
    entries = {entry.key.text: entry for entry in one.tree.entries if entry.key.text != "include"}
    for section in dict.fromkeys(part.section for part in parts):
        here = {part.names: part.after for part in parts if part.section == section}
        sample = entries.get(section) or next(e for e in other.tree.entries if e.key.text == section)
        changed = _changed(section, entries.get(section), here, sample)
        if changed is None:
            entries.pop(section, None)
        else:
            entries[section] = changed
    reader = Reader()
    reader.outers |= other.outers | one.outers
    tree = Mapping(tuple(entries.values()), one.tree.span)
    case = read_tree(reader, tree, one.source, (*one.parts, other.source, *other.parts))
    is_later = any(part.section == "as_of" for part in parts)
    case = replace(case, as_of=other.as_of if is_later else one.as_of)
    return case, [*reader.diagnostics, *check_soundness(case, reader.diagnostics)]


def _parts(case: Case) -> Iterator[tuple[tuple[str, tuple[str, ...]], Node]]:
    """Every part of a case by section and names."""
    for entry in case.tree.entries:
        section, value = entry.key.text, entry.value
        if section == "as_of" and case.as_of is not None:
            yield (section, ()), Scalar(case.as_of.isoformat(), value.span)
        elif section in WHOLE or section == QUESTION:
            yield (section, ()), value
        elif section in BY_NAME and isinstance(value, Mapping):
            yield from (((section, (inner.key.text,)), inner.value) for inner in value.entries)
        elif section in NESTED and isinstance(value, Mapping):
            for actor in value.entries:
                inner = actor.value.entries if isinstance(actor.value, Mapping) else ()
                yield from (((section, (actor.key.text, one.key.text)), one.value) for one in inner)
        elif section == REPORTS and isinstance(value, Sequence):
            yield from (((section, (_identity(item),)), item) for item in value.items)


def _identity(report: Node) -> str:
    entry = report.get("id") if isinstance(report, Mapping) else None
    return entry.value.text if entry is not None and isinstance(entry.value, Scalar) else repr(_plain(REPORTS, report))


def _leaves(section: str, node: Node | None, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Scalar]]:
    """Texts that count, by the keys that lead to them; entries of lists by what makes them out, else by number."""
    if isinstance(node, Scalar):
        yield path, node
    elif isinstance(node, Sequence):
        for number, item in enumerate(node.items, start=1):
            own = _situation(item) or (item.text if isinstance(item, Scalar) else str(number))
            yield from _leaves(section, item, (*path, own))
    elif isinstance(node, Mapping):
        for entry in _counted(section, node):
            if entry.key.text not in ("when", "else") or not path:
                yield from _leaves(section, entry.value, (*path, entry.key.text))


def _situation(item: Node) -> str | None:
    """Condition of a rule as a text."""
    if isinstance(item, Mapping):
        if (when := item.get("when")) is not None:
            return "when " + _said(when.value)
        if item.get("else") is not None:
            return "else"
    return None


def _said(node: Node) -> str:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return " or ".join(_said(item) for item in node.items)
    return " and ".join(f"{entry.key.text} is {_said(entry.value)}" for entry in node.entries)


def _counted(section: str, node: Mapping) -> Iterable[Entry]:
    aside = ASIDE | FOR_PEOPLE.get(section, set())
    return (e for e in node.entries if e.key.text not in aside and not e.key.text.startswith("x-"))


def _plain(section: str, node: Node | None) -> object:
    """Return what counts of a tree, as a value that can be compared."""
    if isinstance(node, Sequence):
        return [_plain(section, item) for item in node.items]
    if isinstance(node, Mapping):
        return {entry.key.text: _plain(section, entry.value) for entry in _counted(section, node)}
    return None if node is None else node.text


def _changed(section: str, old: Entry | None, parts: dict[tuple[str, ...], Node | None], sample: Entry) -> Entry | None:
    """Section with some of its parts replaced; None where nothing is left of it."""
    if () in parts:
        value = parts[()]
        return None if value is None else Entry(sample.key, value)
    if section == REPORTS:
        had = old.value.items if old is not None and isinstance(old.value, Sequence) else ()
        items = _combined(((_identity(item),), item) for item in had)
        items.update(parts)
        left = tuple(item for item in items.values() if item is not None)
        return Entry(sample.key, Sequence(left, sample.value.span)) if left else None
    if section in NESTED:
        actors = dict.fromkeys((*_inner(old), *(names[0] for names in parts)))
        entries = []
        for actor in actors:
            own = {names[1:]: node for names, node in parts.items() if names[0] == actor}
            changed = _changed("", _inner(old).get(actor), own, Entry(_key(actor, sample), sample.value))
            entries += [changed] if changed is not None else []
        return Entry(sample.key, Mapping(tuple(entries), sample.value.span)) if entries else None
    found = _combined(((name,), entry.value) for name, entry in _inner(old).items())
    found.update(parts)
    keys = {name: entry.key for name, entry in _inner(old).items()}
    kept = tuple(
        Entry(keys.get(names[0]) or _key(names[0], sample), node) for names, node in found.items() if node is not None
    )
    return Entry(sample.key, Mapping(kept, sample.value.span)) if kept else None


def _combined(pairs: Iterable[tuple[tuple[str, ...], Node]]) -> dict[tuple[str, ...], Node | None]:
    return dict(pairs)


def _inner(entry: Entry | None) -> dict[str, Entry]:
    if entry is None or not isinstance(entry.value, Mapping):
        return {}
    return {inner.key.text: inner for inner in entry.value.entries}


def _key(name: str, sample: Entry) -> Scalar:
    return Scalar(name, sample.key.span)
