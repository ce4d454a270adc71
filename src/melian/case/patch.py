"""A case with parts of it replaced by those of a small file: another table, another stake, another report.

The file has sections as a case has. What it says of something takes the place of what is said of it there, key by key,
and is added where nothing has the name; a key that is left empty is taken away. Everything else stays, and so does what
a record says beside what is changed: a new `base` keeps a factor's states and influences.
"""

from collections.abc import Callable
from typing import Final

from melian.case.case import Case
from melian.case.language import PART
from melian.case.read import read_tree
from melian.case.reader import Reader, is_empty
from melian.source.diagnostic import Diagnostic
from melian.source.text import Source
from melian.source.tree import Entry, Mapping, Node, Scalar, Sequence, parse

Combine = Callable[[Entry, Entry], Entry]

_TABLE: Final = ("chances", "base", "influences", "function")
# What of an old record goes where a new one says something: forms that exclude each other, and what is inferred anew.
EXCLUDES: Final = {
    "chances": ("base", "influences", "function", "given"),
    "base": ("chances", "function"),
    "influences": ("chances", "function", "given"),
    "function": ("chances", "base", "influences", "given"),
    "order": ("weights",),
    "weights": ("order",),
    "likelihood": ("shows", "believed"),
    "shows": ("likelihood", "believed"),
    "believed": ("likelihood", "shows"),
    "certain": ("grade", "anyway", "deceptive"),
}
ALLOWED: Final = frozenset(key.name for key in PART) - {"include"}


def patched(case: Case, patch: Source) -> tuple[Case | None, list[Diagnostic]]:
    """Read a case anew with parts of it replaced.

    Returns
    -------
    As `melian.case.read.read_case`; places are in the file that a thing stands in.
    """
    tree, diagnostics = parse(patch)
    reader = Reader()
    reader.diagnostics.extend(diagnostics)
    changes = reader.mapping(tree, "a patch") if tree is not None else None
    if changes is None:
        return None, reader.diagnostics
    for entry in changes.entries:
        if entry.key.text not in ALLOWED and not entry.key.text.startswith("x-"):
            headline = f"a patch cannot change `{entry.key.text}`"
            cure = "it may replace actors, sources, factors, choices, stakes, beliefs, judgements, grades and evidence"
            reader.error("not-in-a-part", headline, entry.key.span, "holds for the whole case", help=cure)
    kept = Mapping(tuple(entry for entry in case.tree.entries if entry.key.text != "include"), case.tree.span)
    changes = Mapping(tuple(entry for entry in changes.entries if entry.key.text in ALLOWED), changes.span)
    reader.outers |= case.outers
    reader.outers[patch] = reader.provenance(changes, case.outers[case.source])
    return read_tree(reader, _by_name(kept, changes, _section), case.source, case.parts), reader.diagnostics


def _by_name(old: Mapping, new: Mapping, combine: Combine) -> Mapping:
    """Entries of the old mapping, combined with the new one of the same name, and at the end what is new."""
    replaced = {entry.key.text: entry for entry in new.entries}
    known = {entry.key.text for entry in old.entries}
    entries = [combine(e, replaced[e.key.text]) if e.key.text in replaced else e for e in old.entries]
    return Mapping((*entries, *(entry for entry in new.entries if entry.key.text not in known)), old.span)


def _section(old: Entry, new: Entry) -> Entry:
    if isinstance(old.value, Mapping) and isinstance(new.value, Mapping):
        return Entry(old.key, _by_name(old.value, new.value, COMBINED.get(old.key.text, _whole)))
    if isinstance(old.value, Sequence) and isinstance(new.value, Sequence):
        return Entry(old.key, _reports(old.value, new.value))
    return new


def _whole(old: Entry, new: Entry) -> Entry:
    return new


def _record(old: Entry, new: Entry) -> Entry:
    """Record of which only what the new one says is replaced."""
    if isinstance(old.value, Mapping) and isinstance(new.value, Mapping):
        return Entry(old.key, _changed(old.value, new.value))
    return new


def _belief(old: Entry, new: Entry) -> Entry:
    """Belief, which may be a row of chances by itself."""
    values = [entry.value for entry in (old, new)]
    is_table = all(isinstance(value, Mapping) and any(map(value.get, _TABLE)) for value in values)
    return _record(old, new) if is_table else new


def _stake(old: Entry, new: Entry) -> Entry:
    return new if old.key.text in ("order", "weights") else _record(old, new)


def _of_actor(combine: Combine) -> Combine:
    """How what belongs to one actor is combined: entry by entry."""

    def combined(old: Entry, new: Entry) -> Entry:
        if isinstance(old.value, Mapping) and isinstance(new.value, Mapping):
            return Entry(old.key, _by_name(_fitting(old.value, new.value), new.value, combine))
        return new

    return combined


COMBINED: Final[dict[str, Combine]] = {
    **dict.fromkeys(("actors", "sources", "factors", "choices"), _record),
    "stakes": _of_actor(_stake),
    "beliefs": _of_actor(_belief),
}


def _changed(old: Mapping, new: Mapping) -> Mapping:
    """Record with what the new one says; a key that it leaves empty is taken away."""
    joined = _by_name(_fitting(old, new), new, _whole)
    return Mapping(tuple(entry for entry in joined.entries if not is_empty(entry.value)), old.span)


def _fitting(old: Mapping, new: Mapping) -> Mapping:
    """What of an old record can stand beside a new one: of forms that exclude each other the new one counts."""
    said = {entry.key.text for entry in new.entries}
    out = {key for name in said for key in EXCLUDES.get(name, ())}
    return Mapping(tuple(entry for entry in old.entries if entry.key.text not in out), old.span)


def _reports(old: Sequence, new: Sequence) -> Sequence:
    """Reports, each changed by the new one of its id."""
    changes = {_identity(item): item for item in new.items}
    known = {_identity(item) for item in old.items}
    kept = [_report(item, changes.get(_identity(item))) for item in old.items]
    return Sequence((*kept, *(item for item in new.items if _identity(item) not in known)), old.span)


def _report(old: Node, new: Node | None) -> Node:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return _changed(old, new)
    return old if new is None else new


def _identity(report: Node) -> str:
    if isinstance(report, Mapping) and (entry := report.get("id")) is not None and isinstance(entry.value, Scalar):
        return entry.value.text
    return f"unnamed {id(report)}"
