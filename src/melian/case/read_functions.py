"""Reading functions: factors whose states follow from other nodes by a rule for all of them at once."""

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final, get_args

from melian.case.case import UNREAD_NAME, Chances, Name, Rule, Table, Test
from melian.case.functions import KINDS, Conditional, Extreme, Function, Noisy, NoisyKind, Relation, Tally, Threshold
from melian.case.judgement import Provenance, shortened
from melian.case.language import ADDEND, FUNCTION
from melian.case.read_fields import Entries
from melian.case.read_tables import read_cause, read_conditions, read_row, read_table, read_tests
from melian.case.reader import Reader
from melian.source.tree import Entry, Mapping, Node, Scalar

CODE: Final = "wrong-function"
# What else each kind takes.
BESIDE: Final = {
    **dict.fromkeys(get_args(NoisyKind), ("leak",)),
    **dict.fromkeys(("any", "all", "sum"), ("then",)),
    "vote": ("says", "then"),
    "max": (),
    "min": (),
}
_NUMBER: Final = r"[+-]?\d{1,9}(?:\.\d{1,6})?"
_BOUND: Final = re.compile(
    rf"\s*(more than|at least|less than|at most|exactly)\s+(?:(half)|(\d{{1,3}})/(\d{{1,3}})|({_NUMBER})\s*(%?))\s*",
    re.IGNORECASE,
)
WAYS: Final = "`more than half`, `at least 2/3`, `at least 60 %`, `more than 5`, `at most 2`, `exactly 3`"
AMOUNT: Final = "write a number of at most nine digits, such as `3`, `0.5` or `-2`"
SHARED_OUT: Final = "`noisy_or`, `noisy_and`, `noisy_max`, `noisy_min`, `any`, `all`, `vote`, `sum`, `max` or `min`"
TABLE_KEYS: Final = frozenset({"given", "chances", "base", "influences"})


def read_table_or_function(reader: Reader, entries: Entries, node: Node, what: str, outer: Provenance) -> Table:
    """Read what decides a factor: its table, or a function of other nodes, which names them itself."""
    if "function" not in entries or TABLE_KEYS & set(entries):
        if "function" in entries and TABLE_KEYS & set(entries) == {"given"}:
            headline, place = f"the function of {what} tells by itself what it depends on", entries["given"].key.span
            reader.error(CODE, headline, place, "not needed", help="take `given` out")
            entries = {key: entry for key, entry in entries.items() if key != "given"}
        else:
            return read_table(reader, entries, node, what, outer)
    function = read_function(reader, entries["function"], what, outer)
    return function or Chances((), (), entries["function"].key.span)


def read_function(reader: Reader, entry: Entry, what: str, outer: Provenance) -> Function | None:
    """Read `function: {...}`; None where it cannot be told which one it is."""
    inner = reader.record(entry.value, f"the function of {what}", FUNCTION)
    kinds = [kind for kind in KINDS if kind in inner]
    if len(kinds) != 1:
        if isinstance(entry.value, Mapping) and entry.value.entries:
            found = " and ".join(f"`{kind}`" for kind in kinds) or "no kind of function"
            place = inner[kinds[-1]].key.span if kinds else entry.value.entries[0].key.span
            headline = f"the function of {what} has {found}"
            reader.error(CODE, headline, place, "one is needed", help=f"one of {SHARED_OUT}")
        return None
    kind = kinds[0]
    for key in [key for key in ("leak", "says", "then") if key in inner and key not in BESIDE[kind]]:
        headline = f"`{kind}` takes no `{key}`"
        reader.error(CODE, headline, inner[key].key.span, "has no meaning here", help="take it out")
    return _read(reader, inner, kind, what, outer)


def _read(reader: Reader, inner: Entries, kind: str, what: str, outer: Provenance) -> Function | None:
    span, value = inner[kind].key.span, inner[kind].value
    match kind:
        case "noisy_or" | "noisy_and" | "noisy_max" | "noisy_min":
            causes = tuple(read_cause(reader, item, kind, what, outer) for item in _items(reader, inner[kind], kind))
            leak = read_row(reader, inner["leak"].value, "chance", "`leak`", outer) if "leak" in inner else None
            tests = (test for rule in causes for test in rule.when)
            return Noisy(kind, _given(tests), causes, leak, span)
        case "any" | "all":
            conditions = read_conditions(reader, inner[kind], f"the function of {what}")
            tests = (test for condition in conditions for test in condition.tests())
            return Conditional(kind, _given(tests), conditions, _state(reader, inner, kind, what), span)
        case "vote":
            votes = tuple(_votes(reader, value, _says(reader, inner, what)))
            return _tally(reader, inner, "vote", votes, what)
        case "sum":
            addends = tuple(_addend(reader, item) for item in _items(reader, inner[kind], kind))
            return _tally(reader, inner, "sum", addends, what)
        case "max" | "min":
            return Extreme(kind, reader.names(value, f"`{kind}`"), span)
    return None


def _given(tests: Iterable[Test]) -> tuple[Name, ...]:
    return tuple({test.node.text: test.node for test in tests}.values())


def _items(reader: Reader, entry: Entry, kind: str) -> Sequence[Node]:
    n_before = len(reader.diagnostics)
    items = reader.items(entry.value, f"`{kind}`")
    if not items and len(reader.diagnostics) == n_before:
        reader.error("empty-row", f"`{kind}` lists nothing", entry.key.span, "nothing is here", help="list its parts")
    return items


def _state(reader: Reader, inner: Entries, kind: str, what: str) -> Name:
    """State that `then` names."""
    if "then" not in inner:
        return _without(reader, inner, kind, what, "then: yes")
    return reader.name_or_gap(inner["then"].value, "`then`")


def _without(reader: Reader, inner: Entries, kind: str, what: str, example: str) -> Name:
    span, key = inner[kind].key.span, example.partition(":")[0]
    reader.error(CODE, f"the function of {what} has no `{key}`", span, "it needs one", help=f"add `{example}`")
    return Name(UNREAD_NAME, span)


# Votes and sums


def _tally(reader: Reader, inner: Entries, kind: str, addends: tuple[Rule[Fraction], ...], what: str) -> Tally:
    then: tuple[Threshold, ...] = ()
    if "then" not in inner:
        _without(reader, inner, kind, what, "then: {passes: more than half}")
    elif (mapping := reader.mapping(inner["then"].value, "`then`")) is not None:
        own = (one for one in mapping.entries if not one.key.text.startswith("x-"))
        then = tuple(_threshold(reader, one, kind) for one in own)
    tests = (test for rule in addends for test in rule.when)
    return Tally("vote" if kind == "vote" else "sum", _given(tests), addends, then, inner[kind].key.span)


def _threshold(reader: Reader, entry: Entry, kind: str) -> Threshold:
    """Threshold of a state; of no state, which keeps its place, where it cannot be read."""
    name = reader.name_or_gap(entry.key, "a state")
    text = reader.text(entry.value, f"`{shortened(entry.key.text)}`")
    found = _BOUND.fullmatch(text) if text is not None else None
    if text is None or found is None:
        if text is not None:
            headline = f"`{shortened(text)}` is no threshold"
            reader.error(CODE, headline, entry.value.span, "not understood", help=f"write {WAYS}")
        return Threshold(Name(UNREAD_NAME, entry.key.span), "exactly", Fraction(0), False)
    relation, half, above, below, number, percent = found.groups()
    bound = Fraction(1, 2) if half else Fraction(int(above), int(below) or 1) if above else Fraction(number)
    is_share = number is None or bool(percent)
    if is_share and kind == "sum":
        headline = "a share of a sum has no meaning, as what is added need not be votes"
        reader.error(CODE, headline, entry.value.span, "a share", help="write the number, such as `more than 5`")
    return Threshold(name, _relation(relation), bound / 100 if percent else bound, is_share)


def _relation(text: str) -> Relation:
    return next(one for one in get_args(Relation) if one == " ".join(text.lower().split()))


def _says(reader: Reader, inner: Entries, what: str) -> tuple[Name, ...]:
    if "says" not in inner:
        return (_without(reader, inner, "vote", what, "says: yes"),)
    names = reader.names(inner["says"].value, "`says`")
    return names or (Name(UNREAD_NAME, inner["says"].value.span),)


def _votes(reader: Reader, node: Node, says: tuple[Name, ...]) -> Iterable[Rule[Fraction]]:
    """Votes by name, each with its weight, or all alike."""
    if isinstance(node, Mapping):
        for voter, entry in reader.named(node, "`vote`"):
            weight = _amount(reader, entry.value, f"the weight of `{voter}`")
            if weight <= 0:
                cure = "a weight is more than 0; use `sum` for what counts against"
                reader.error(CODE, f"the weight of `{voter}` is not above 0", entry.value.span, "here", help=cure)
            yield Rule((Test(Name(voter, entry.key.span), says),), max(weight, Fraction(0)), entry.key.span)
    else:
        for name in reader.names(node, "`vote`"):
            yield Rule((Test(name, says),), Fraction(1), name.span)


def _addend(reader: Reader, item: Node) -> Rule[Fraction]:
    inner = reader.record(item, "an entry of `sum`", ADDEND)
    tests = read_tests(reader, inner["when"].value, "`when`") if "when" in inner else ()
    amount = _amount(reader, inner["add"].value, "`add`") if "add" in inner else Fraction(0)
    return Rule(tests, amount, item.span)


def _amount(reader: Reader, node: Node, what: str) -> Fraction:
    text = node.text if isinstance(node, Scalar) else ""
    if not re.fullmatch(_NUMBER, text):
        reader.error(CODE, f"{what} should be a plain number", node.span, "this is none", help=AMOUNT)
        return Fraction(1)
    return Fraction(text)
