"""Case to text: the canonical YAML of a case, whatever it was read from.

It is written from the tree that the case was read from, so that no part of the language can be forgotten on the way:
keys in the order of the language, names in the user's own order, provenance last, and of a case in several files one
file. Comments are not kept; `melian fmt` keeps them.
"""

from collections.abc import Iterator
from collections.abc import Sequence as Items
from dataclasses import replace
from typing import Final

from melian.case.case import Case
from melian.case.judgement import Provenance
from melian.case.language import LONG_JUDGEMENT, PROVENANCE, PROVENANCE_KEYS, RECORDS, RULE, Key
from melian.source.emit import emit
from melian.source.text import Source, Span
from melian.source.tidy.tidy import tidy
from melian.source.tree import Entry, Mapping, Node, Scalar, Sequence

__all__ = ["canonical", "in_order", "write_case"]

LAST: Final = ("otherwise", *PROVENANCE_KEYS)
INHERITED: Final = ("by", "on", "basis")


def write_case(case: Case) -> str:
    """Canonical YAML of a case."""
    return canonical(_as_it_stands(case))


def canonical(tree: Mapping) -> str:
    """Canonical YAML of a tree."""
    return tidy(Source("case.yaml", emit(in_order(tree))))


# The tree of a case as it stands


def _as_it_stands(case: Case) -> Mapping:
    """Tree of a case: all files as one, with the day and what choices see as they are now."""
    tree = _without(case.tree, "include")
    if case.parts:
        tree = _joined(tree, case)
    if case.as_of is not None:
        tree = _with(tree, "as_of", _text(case.as_of.isoformat()))
    choices = tree.get("choices")
    for choice in case.choices if choices is not None and isinstance(choices.value, Mapping) else ():
        assert choices is not None
        assert isinstance(choices.value, Mapping)
        written = choices.value.get(choice.name)
        if written is None or not isinstance(written.value, Mapping):
            continue
        names = [name.text for name in choice.sees]
        if names != list(_names(written.value.get("sees"))):
            record = _with(written.value, "sees", Sequence(tuple(map(_text, names)), NOWHERE))
            choices = replace(choices, value=_with(choices.value, choice.name, record))
            tree = _with(tree, "choices", choices.value)
    return tree


NOWHERE: Final = Span(Source("case.yaml", ""), 0, 0)


def _text(text: str) -> Scalar:
    return Scalar(text, NOWHERE)


def _names(entry: Entry | None) -> Iterator[str]:
    """Names in a list, which may be a lone one."""
    items = entry.value.items if entry is not None and isinstance(entry.value, Sequence) else ()
    if entry is not None and isinstance(entry.value, Scalar) and entry.value.text:
        yield entry.value.text
    yield from (item.text for item in items if isinstance(item, Scalar))


def _with(mapping: Mapping, key: str, value: Node) -> Mapping:
    """Return a mapping with a key's value changed, or the key added."""
    if mapping.get(key) is None:
        return replace(mapping, entries=(*mapping.entries, Entry(_text(key), value)))
    return replace(mapping, entries=tuple(Entry(e.key, value) if e.key.text == key else e for e in mapping.entries))


def _without(mapping: Mapping, key: str) -> Mapping:
    return replace(mapping, entries=tuple(entry for entry in mapping.entries if entry.key.text != key))


def _joined(tree: Mapping, case: Case) -> Mapping:
    """Tree of a case in several files: what a file says at its top of all its judgements, each record says itself."""
    main = case.outers[case.source]
    entries = []
    for section in tree.entries:
        value = section.value
        if isinstance(value, Mapping):
            value = replace(value, entries=tuple(_with_own(one, case, main, section.key.text) for one in value.entries))
        elif isinstance(value, Sequence):
            items = ((item, _said_above(item.span.source, case, main)) for item in value.items)
            value = replace(value, items=tuple(_saying(item, said) for item, said in items))
        entries.append(replace(section, value=value))
    return replace(tree, entries=tuple(entries))


def _with_own(entry: Entry, case: Case, main: Provenance, section: str) -> Entry:
    said = _said_above(entry.key.span.source, case, main)
    if not said or entry.key.text.startswith("x-"):
        return entry
    if section == "beliefs" and isinstance(entry.value, Mapping):
        inner = tuple(replace(one, value=_saying(one.value, said)) for one in entry.value.entries)
        return replace(entry, value=replace(entry.value, entries=inner))
    return replace(entry, value=_saying(entry.value, said))


def _said_above(source: Source, case: Case, main: Provenance) -> dict[str, str]:
    """What a file says of its judgements, where the main file says otherwise."""
    own = case.outers.get(source, main)
    return {key: said for key in INHERITED if (said := getattr(own, key)) is not None and said != getattr(main, key)}


def _saying(node: Node, said: dict[str, str]) -> Node:
    """Return a record or a judgement with its provenance, where it has none of its own."""
    if not said or isinstance(node, Sequence):
        return node
    if isinstance(node, Scalar):
        node = Mapping((Entry(_text("is"), node),) if node.text else (), node.span)
    added = tuple(Entry(_text(key), _text(text)) for key, text in said.items() if node.get(key) is None)
    return replace(node, entries=(*node.entries, *added))


# Order


def in_order(tree: Mapping) -> Mapping:
    """Return a case's tree with the keys of every record in the order of the language."""
    ordered = _record(tree, RECORDS["case"])
    assert isinstance(ordered, Mapping)
    return ordered


def _record(node: Node, keys: Items[Key], *, inner: str = "") -> Node:
    """Record in order; `inner` is the form of what stands under the user's own names, such as an actor's stakes."""
    if not isinstance(node, Mapping):
        return node
    places = {key.name: (number, key.form) for number, key in enumerate(keys)}
    late = set() if keys is RECORDS["case"] else {key.name for key in keys if key in PROVENANCE or key.name in LAST[:1]}

    def place(entry: Entry) -> tuple[int, int]:
        name = entry.key.text
        if name.startswith("x-"):
            return 3, 0
        if name in late:
            return 2, LAST.index(name)
        return (0, places[name][0]) if name in places else (1, 0)

    entries = sorted(node.entries, key=place)
    return replace(
        node, entries=tuple(replace(e, value=_value(e.value, places.get(e.key.text, (0, inner))[1])) for e in entries)
    )


def _value(node: Node, form: str) -> Node:
    """Value of a key in order, by what the key takes."""
    head, _, rest = form.partition(":")
    if head == "record":
        return _record(node, RECORDS[rest])
    if head == "map" and isinstance(node, Mapping):
        return replace(node, entries=tuple(replace(one, value=_entry(one.value, rest)) for one in node.entries))
    if head == "list" and isinstance(node, Sequence):
        return replace(node, items=tuple(_record(item, RECORDS[rest]) for item in node.items))
    if head in ("rows", "influences", "row", "judgement"):
        if isinstance(node, Sequence):
            return replace(node, items=tuple(_record(item, RULE, inner="judgement") for item in node.items))
        return _record(node, LONG_JUDGEMENT, inner="judgement")
    if head == "causes" and isinstance(node, Sequence):
        return replace(node, items=tuple(_record(item, RULE, inner="judgement") for item in node.items))
    if head == "addends" and isinstance(node, Sequence):
        return replace(node, items=tuple(_record(item, RECORDS["addend"]) for item in node.items))
    if head == "options" and isinstance(node, Sequence):
        return replace(node, items=tuple(_option(item) for item in node.items))
    return node


def _entry(node: Node, form: str) -> Node:
    """Entry of a map."""
    if form == "stakes":
        return _record(node, RECORDS["stakes"], inner="record:stake")
    if form == "beliefs" and isinstance(node, Mapping):
        inner = (replace(one, value=_record(one.value, RECORDS["belief"], inner="judgement")) for one in node.entries)
        return replace(node, entries=tuple(inner))
    return _record(node, RECORDS[form]) if form in RECORDS else _value(node, form)


def _option(item: Node) -> Node:
    """Option, which may hold a record under its name."""
    if not isinstance(item, Mapping):
        return item
    return replace(
        item, entries=tuple(replace(one, value=_record(one.value, RECORDS["option"])) for one in item.entries)
    )
