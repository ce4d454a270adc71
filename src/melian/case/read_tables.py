"""Reading rows, rules and tables: chances of factors, influences, values of stakes."""

from collections.abc import Iterable

from melian.case.case import Chances, Condition, Influences, Name, Row, Rule, Table, Test
from melian.case.judgement import Judgement, Kind, Provenance
from melian.case.language import PROVENANCE_KEYS, RULE
from melian.case.reader import Reader
from melian.source.tree import Entry, Mapping, Node, Scalar, Sequence

NOT_STATES = ("when", "else", *PROVENANCE_KEYS)


def read_row(reader: Reader, node: Node, kind: Kind, what: str, outer: Provenance) -> Row | None:
    """Read `{state: judgement, ...}`; keys of rules and of provenance are passed over."""
    mapping = reader.mapping(node, what)
    if mapping is None:
        return None
    provenance = reader.provenance(mapping, outer)
    entries, others = [], None
    for entry in mapping.entries:
        if entry.key.text in NOT_STATES or entry.key.text.startswith("x-"):
            continue
        judgement = reader.judgement(entry.value, kind, f"`{entry.key.text}`", provenance)
        if entry.key.text == "others":
            others = judgement
        elif (name := reader.name(entry.key, "a state")) is not None and judgement is not None:
            entries.append((name, judgement))
    return Row(tuple(entries), others, mapping.span, provenance)


def read_tests(reader: Reader, node: Node, what: str) -> tuple[Test, ...]:
    """Read `{node: state, node: [state, state]}`."""
    tests = []
    for _, entry in reader.named(node, what):
        states = reader.names(entry.value, f"states of `{entry.key.text}`")
        if states:
            tests.append(Test(Name(entry.key.text, entry.key.span), states))
        elif isinstance(entry.value, Scalar | Sequence):
            reader.error(
                "wrong-shape", f"`{entry.key.text}` is tested against no state", entry.value.span, "name a state here"
            )
    return tuple(tests)


def read_condition(reader: Reader, node: Node, what: str) -> Condition | None:
    """Read a condition; `all:` and `any:` take lists of conditions, all entries of one mapping must hold."""
    mapping = reader.mapping(node, what)
    if mapping is None:
        return None
    parts: list[Condition | Test] = []
    for entry in mapping.entries:
        if entry.key.text == "all":
            parts.append(Condition("all", _conditions(reader, entry, what)))
        elif entry.key.text == "any":
            parts.append(Condition("any", _conditions(reader, entry, what)))
        else:
            parts.extend(read_tests(reader, Mapping((entry,), entry.key.span), what))
    if not mapping.entries:
        reader.error("empty-condition", f"{what} tests nothing", mapping.span, "name a node and a state here")
        return None
    return Condition("all", tuple(parts))


def _conditions(reader: Reader, entry: Entry, what: str) -> tuple[Condition, ...]:
    found = (read_condition(reader, item, what) for item in reader.items(entry.value, f"`{entry.key.text}`"))
    conditions = tuple(condition for condition in found if condition is not None)
    if not conditions:
        reader.error(
            "empty-condition", f"`{entry.key.text}` lists no condition", entry.key.span, "nothing to test here"
        )
    return conditions


def _rule_tests(reader: Reader, item: Mapping, what: str) -> tuple[Test, ...] | None:
    """Tests of a rule, () for `else`, None (after saying so) where it has neither or both."""
    when, otherwise = item.get("when"), item.get("else")
    if when is not None and otherwise is None:
        return read_tests(reader, when.value, "`when`")
    if otherwise is not None and when is None:
        if reader.one_of(otherwise.value, "`else`", ("true",)) is None:
            return None
        return ()
    headline = f"a rule of {what} needs either `when:` or `else: true`"
    place = item.entries[0].key.span if item.entries else item.span
    reader.error("rule-without-when", headline, place, "in this rule", help="say when it holds: `when: {node: state}`")
    return None


def read_rules(reader: Reader, node: Node, kind: Kind, what: str, outer: Provenance) -> tuple[Rule[Row], ...]:
    """Read chances: one row for every situation, or a list of rules."""
    if isinstance(node, Mapping):
        row = read_row(reader, node, kind, what, outer)
        return (Rule((), row, node.span),) if row else ()
    rules = []
    for item in reader.items(node, what):
        mapping = reader.mapping(item, f"a rule of {what}")
        tests = _rule_tests(reader, mapping, what) if mapping else None
        row = read_row(reader, item, kind, f"a rule of {what}", outer) if mapping else None
        if row is not None and tests is not None:
            rules.append(Rule(tests, row, item.span))
    return tuple(rules)


def read_values(
    reader: Reader, node: Node, given: tuple[Name, ...], what: str, outer: Provenance
) -> tuple[Rule[Judgement], ...]:
    """Read a stake's values: by state of the one node it is given by, or a list of rules with `is`."""
    if isinstance(node, Mapping):
        return _values_by_state(reader, node, given, what, outer)
    rules = []
    for item in reader.items(node, what):
        mapping = reader.mapping(item, f"a rule of {what}")
        if mapping is None:
            continue
        tests, value = _rule_tests(reader, mapping, what), mapping.get("is")
        reader.record(mapping, f"a rule of {what}", RULE)
        if value is None:
            reader.error("missing-key", f"a rule of {what} has no `is`", mapping.entries[0].key.span, "in this rule")
            continue
        judgement = reader.judgement(value.value, "value", "`is`", reader.provenance(mapping, outer))
        if judgement is not None and tests is not None:
            rules.append(Rule(tests, judgement, mapping.span))
    return tuple(rules)


def _values_by_state(
    reader: Reader, node: Mapping, given: tuple[Name, ...], what: str, outer: Provenance
) -> tuple[Rule[Judgement], ...]:
    row = read_row(reader, node, "value", what, outer)
    if row is None:
        return ()
    if len(given) != 1:
        headline = f"{what} are listed by state, but `given` names {len(given) or 'no'} node{'s' * (len(given) != 1)}"
        cure = "name one node in `given`, or list rules: `- {when: {node: state}, is: 60..80}`"
        reader.error("values-need-given", headline, node.entries[0].key.span if node.entries else node.span, help=cure)
        return ()
    rules = [Rule((Test(given[0], (name,)),), judgement, name.span) for name, judgement in row.entries]
    if row.others is not None:
        rules.append(Rule((), row.others, node.span))
    return tuple(rules)


def read_table(reader: Reader, entries: dict[str, Entry], node: Node, what: str, outer: Provenance) -> Table | None:
    """Read a factor's or a belief's table, by rules or by base and influences."""
    given = reader.names(entries["given"].value, "`given`") if "given" in entries else None
    if "chances" in entries and not {"base", "influences"} & set(entries):
        rules = read_rules(reader, entries["chances"].value, "chance", f"the chances of {what}", outer)
        return Chances(_given(given, rules), rules, entries["chances"].key.span) if rules else None
    if "base" in entries and "chances" not in entries:
        base = read_row(reader, entries["base"].value, "chance", f"the base of {what}", outer)
        shifts = _read_influences(reader, entries, what, outer)
        return Influences(_given(given, shifts), base, shifts, entries["base"].key.span) if base else None
    _wrong_table(reader, entries, node, what)
    return None


def _wrong_table(reader: Reader, entries: dict[str, Entry], node: Node, what: str) -> None:
    present = [key for key in ("chances", "base", "influences") if key in entries]
    if not present:
        place = node.entries[0].key.span if isinstance(node, Mapping) and node.entries else node.span
        headline, label = f"{what} has no chances", "in this record"
    else:
        place, label = entries[present[-1]].key.span, "here"
        headline = f"{what} needs either `chances`, or `base` with `influences`"
    cure = "add `chances: {state: likely}`, or `base:` with `influences:` where there are many parents"
    reader.error("wrong-table", headline, place, label, help=cure)


def _read_influences(reader: Reader, entries: dict[str, Entry], what: str, outer: Provenance) -> tuple[Rule[Row], ...]:
    if "influences" not in entries:
        return ()
    rules = []
    for item in reader.items(entries["influences"].value, f"the influences of {what}"):
        mapping = reader.mapping(item, f"an influence of {what}")
        if mapping is None:
            continue
        tests = _rule_tests(reader, mapping, what)
        row = read_row(reader, mapping, "influence", f"an influence of {what}", outer)
        if row is not None and tests is not None:
            rules.append(Rule(tests, row, mapping.span))
    return tuple(rules)


def _given(stated: tuple[Name, ...] | None, rules: Iterable[Rule[Row]]) -> tuple[Name, ...]:
    return stated if stated is not None else mentioned(rules)


def mentioned(rules: Iterable[Rule[Row]] | Iterable[Rule[Judgement]]) -> tuple[Name, ...]:
    """Nodes that rules test, in the order of first mention."""
    found: dict[str, Name] = {}
    for rule in rules:
        for test in rule.when:
            found.setdefault(test.node.text, test.node)
    return tuple(found.values())
