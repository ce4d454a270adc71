"""Reading what quantity a factor's states are of, and comparisons with it."""

import re
from itertools import pairwise
from typing import Final

from melian.case.case import Name, State
from melian.case.language import NUMERIC
from melian.case.numeric import COMPARISON, OPEN, Inside, Numeric, compared
from melian.case.read_fields import Entries, named_entries, optional_text
from melian.case.reader import Reader
from melian.source.tree import Entry, Mapping, Node, Scalar

CODE: Final = "wrong-numeric"
_NUMBER: Final = re.compile(r"[+-]?(?:\d{1,15}(?:\.\d{1,9})?|\.\d{1,9})")
WAY: Final = "write `edges: [0, 50, 70, 100]`, one more than there are states, or `values: [1, 2, 3]`, one for each"


def read_numerics(reader: Reader, entries: Entries, most: int) -> dict[str, tuple[Numeric | None, tuple[str, ...]]]:
    """By numeric factor its quantity and states, before anything is compared with it; mistakes are told later."""
    found: dict[str, tuple[Numeric | None, tuple[str, ...]]] = {}
    silent = Reader()
    for name, entry in named_entries(silent, entries, "factors"):
        if isinstance(entry.value, Mapping) and (said := entry.value.get("numeric")) is not None:
            states = entry.value.get("states")
            read = silent.states(states.value, "states", most) if states is not None else ()
            found[name] = read_numeric(silent, said, name, read), tuple(state.name for state in read)
    return found


def read_numeric(reader: Reader, entry: Entry, what: str, states: tuple[State, ...]) -> Numeric | None:
    """Read `numeric: {unit: ..., edges: [...]}`; None where it cannot be read, or states could not."""
    n_before = len(reader.diagnostics)
    inner = reader.record(entry.value, f"`numeric` of {what}", NUMERIC)
    given = [key for key in ("edges", "values") if key in inner]
    if len(given) != 1:
        if inner and len(reader.diagnostics) == n_before:
            headline = f"`numeric` of {what} needs either `edges` or `values`"
            reader.error(CODE, headline, entry.key.span, "it has both" if given else "it has neither", help=WAY)
        return None
    numbers = [_number(reader, node, given[0], what) for node in reader.items(inner[given[0]].value, f"`{given[0]}`")]
    if len(reader.diagnostics) > n_before or not states:
        return None
    place = inner[given[0]].key.span
    wanted = len(states) + (given[0] == "edges")
    if len(numbers) != wanted:
        headline = f"{what} has {len(states)} states, and {len(numbers)} {given[0]} are named"
        reader.error(CODE, headline, place, f"{wanted} are needed", help=WAY)
        return None
    ends = {0, len(numbers) - 1} if given[0] == "edges" else set()
    inside = [number for at, number in enumerate(numbers) if number is not None or at not in ends]
    known = [number for number in inside if number is not None]
    if len(known) < len(inside) or any(a >= b for a, b in pairwise(known)):
        headline, cure = f"the {given[0]} of {what} do not rise", "list the states from the least to the most"
        reader.error(CODE, headline, place, "in another order", help=f"{cure}; `open` is for the outer ends of bands")
        return None
    unit = optional_text(reader, inner, "unit") or ""
    if given[0] == "edges":
        return Numeric(unit, (), tuple(numbers), entry.key.span)
    return Numeric(unit, tuple(known), (), entry.key.span)


def _number(reader: Reader, node: Node, key: str, what: str) -> float | None:
    text = node.text.strip() if isinstance(node, Scalar) else ""
    if text == OPEN and key == "edges":
        return None
    if not _NUMBER.fullmatch(text):
        headline = f"`{key}` of {what} are plain numbers"
        reader.error(CODE, headline, node.span, "this is none", help=WAY)
        return 0.0
    return float(text)


def is_comparison(node: Node) -> bool:
    """Whether a state is told by comparing a quantity with a number."""
    return isinstance(node, Scalar) and COMPARISON.fullmatch(node.text) is not None


def read_comparison(reader: Reader, name: Name, node: Scalar) -> tuple[Name, ...]:
    """States for which a comparison holds; none after it is said what is wrong."""
    numeric, states = reader.numerics.get(name.text, (None, ()))
    if numeric is None:
        if name.text not in reader.numerics and not name.is_unread:
            cure = f"give `{name}` its `numeric:` edges or values, or name its states"
            reader.error(CODE, f"`{name}` is not numeric", node.span, "compared with a number", help=cure)
        return ()
    found = compared(numeric, states, node.text)
    if isinstance(found, Inside):
        low, high = (OPEN if end is None else f"{end:g}" for end in (found.low, found.high))
        headline = f"{found.number:g} lies inside the band {low} to {high} of `{name}`"
        near = " or ".join(f"{end:g}" for end in (found.low, found.high) if end is not None)
        cure = f"compare with {near or 'an edge'}, or split the band in two at {found.number:g}"
        reader.error(CODE, headline, node.span, "no edge of a band", help=cure)
        return ()
    if not found:
        headline, cure = f"no state of `{name}` is {node.text.strip()}", "compare with a number that it can reach"
        reader.error(CODE, headline, node.span, "never so", help=cure)
        return ()
    return tuple(Name(state, node.span) for state in found)
