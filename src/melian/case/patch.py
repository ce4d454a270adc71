"""A case with parts of it replaced by those of a small file: another table, another stake, another report.

The file has sections as a case has. What it defines takes the place of what has the same name there, and is added where
nothing has; actors' stakes and beliefs are replaced one by one. Everything else stays.
"""

from collections.abc import Callable
from typing import Final

from melian.case.case import Case
from melian.case.language import PART
from melian.case.read import read_tree
from melian.case.reader import Reader
from melian.source.diagnostic import Diagnostic
from melian.source.text import Source
from melian.source.tree import Entry, Mapping, Node, Scalar, Sequence, parse

# Sections whose entries hold entries of their own that are replaced by name.
NESTED: Final = ("stakes", "beliefs")
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


def _by_name(old: Mapping, new: Mapping, combine: Callable[[Entry, Entry], Entry]) -> Mapping:
    """Entries of the old mapping, combined with the new one of the same name, and at the end what is new."""
    replaced = {entry.key.text: entry for entry in new.entries}
    known = {entry.key.text for entry in old.entries}
    entries = [combine(e, replaced[e.key.text]) if e.key.text in replaced else e for e in old.entries]
    return Mapping((*entries, *(entry for entry in new.entries if entry.key.text not in known)), old.span)


def _section(old: Entry, new: Entry) -> Entry:
    if isinstance(old.value, Mapping) and isinstance(new.value, Mapping):
        return Entry(old.key, _by_name(old.value, new.value, _inner if old.key.text in NESTED else _whole))
    if isinstance(old.value, Sequence) and isinstance(new.value, Sequence):
        return Entry(old.key, _reports(old.value, new.value))
    return new


def _inner(old: Entry, new: Entry) -> Entry:
    if isinstance(old.value, Mapping) and isinstance(new.value, Mapping):
        return Entry(old.key, _by_name(old.value, new.value, _whole))
    return new


def _whole(old: Entry, new: Entry) -> Entry:
    return new


def _reports(old: Sequence, new: Sequence) -> Sequence:
    """Reports, each replaced by the new one of its id."""
    replaced = {_identity(item): item for item in new.items}
    known = {_identity(item) for item in old.items}
    kept = [replaced.get(_identity(item), item) for item in old.items]
    return Sequence((*kept, *(item for item in new.items if _identity(item) not in known)), old.span)


def _identity(report: Node) -> str:
    if isinstance(report, Mapping) and (entry := report.get("id")) is not None and isinstance(entry.value, Scalar):
        return entry.value.text
    return f"unnamed {id(report)}"
