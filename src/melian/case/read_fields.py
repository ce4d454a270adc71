"""Reading the small parts of a record: texts, names, dates and records that may be left out."""

from collections.abc import Sequence
from datetime import date

from melian.case.case import Name
from melian.case.judgement import Judgement, Provenance
from melian.case.language import Key
from melian.case.reader import Reader, is_empty
from melian.source.tree import Entry, Mapping, Node

Entries = dict[str, Entry]


def named_entries(reader: Reader, entries: Entries, key: str) -> list[tuple[str, Entry]]:
    """Entries of a section by the user's names; none where nothing is written."""
    entry = entries.get(key)
    return list(reader.named(entry.value, f"`{key}`")) if entry and not is_empty(entry.value) else []


def is_section(node: Node) -> bool:
    """Whether a section could be read, be it empty."""
    return isinstance(node, Mapping) or is_empty(node)


def open_record(reader: Reader, entry: Entry, what: str, keys: Sequence[Key]) -> Entries:
    """Entries of a record of which nothing is required, so that nothing need be written after its name."""
    return {} if is_empty(entry.value) else reader.record(entry.value, what, keys)


def optional_text(reader: Reader, entries: Entries, key: str) -> str | None:
    """Text of a key, if it is there."""
    return reader.text(entries[key].value, f"`{key}`") if key in entries else None


def optional_name(reader: Reader, entries: Entries, key: str) -> Name | None:
    """Name of a key, if it is there."""
    return reader.name(entries[key].value, f"`{key}`") if key in entries else None


def optional_date(reader: Reader, entries: Entries, key: str) -> date | None:
    """Date of a key, if it is there."""
    return reader.date(entries[key].value, f"`{key}`") if key in entries else None


def optional_chance(reader: Reader, entries: Entries, key: str, outer: Provenance) -> Judgement | None:
    """Chance of a key, if it is there."""
    return reader.judgement(entries[key].value, "chance", f"`{key}`", outer) if key in entries else None


def label_of(reader: Reader, entries: Entries, key: str, name: str) -> str:
    """What people call something: its label, else its name in plain words."""
    return optional_text(reader, entries, key) or name.replace("_", " ")
