"""Reading options: what can be chosen, and when it is open."""

from typing import Final

from melian.case.case import Availability, State
from melian.case.judgement import Provenance, shortened
from melian.case.language import AVAILABLE, OPTION
from melian.case.read_fields import label_of
from melian.case.read_tables import read_condition
from melian.case.reader import Reader
from melian.source.tree import Entry, Mapping, Node

MAX_OPTIONS: Final = 50


def read_options(reader: Reader, node: Node, choice: str, outer: Provenance) -> tuple[State, ...]:
    """Read options: names, `{name: label}`, or `{name: {label: ..., available: {when: ...}}}`."""
    what = f"the list of options of `{choice}`"
    return reader.states(node, what, MAX_OPTIONS, lambda entry: _long_option(reader, entry, outer))


def _long_option(reader: Reader, entry: Entry, outer: Provenance) -> State | None:
    name = reader.name(entry.key, "an option", is_key=True)
    what = f"the option `{shortened(entry.key.text)}`"
    inner = reader.record(entry.value, what, OPTION)
    label = label_of(reader, inner, "label", entry.key.text)
    available = _availability(reader, inner["available"], what, outer) if "available" in inner else None
    return State(name.text, label, name.span, available) if name else None


def _availability(reader: Reader, entry: Entry, what: str, outer: Provenance) -> Availability | None:
    """When an option is open; None where that is not said, about which there is an error then."""
    if _is_bare_condition(entry.value):
        said = entry.value.span.text
        cure = f"available: {{when: {said}}}" if said.startswith("{") and "\n" not in said else "available: {when: ...}"
        headline = f"{what} has a condition without `when`"
        reader.error("missing-key", headline, entry.key.span, "what follows needs `when:`", help=f"write `{cure}`")
        return None
    inner = reader.record(entry.value, f"`available` of {what}", AVAILABLE)
    if "when" not in inner:
        return None
    when = read_condition(reader, inner["when"].value, "`when`")
    return Availability(when, inner["when"].key.span, reader.provenance(entry.value, outer))


def _is_bare_condition(node: Node) -> bool:
    """Whether a mapping has no key of an availability, only what may be nodes and their states."""
    keys = {entry.key.text for entry in node.entries} if isinstance(node, Mapping) else set()
    return bool(keys) and not keys & {key.name for key in AVAILABLE}
