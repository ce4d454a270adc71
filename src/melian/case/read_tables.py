"""Reading rows, rules and tables: chances of factors, influences, values of stakes."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from melian.case.case import UNREAD_NAME, Chances, Condition, Influences, Name, Row, Rule, Table, Test
from melian.case.judgement import Judgement, Provenance, shortened, unread_judgement
from melian.case.language import PROVENANCE_KEYS, VALUE_RULE
from melian.case.mending import otherwise_ruled, renamed
from melian.case.quantity import Kind
from melian.case.read_numeric import is_comparison, read_comparison
from melian.case.reader import Reader
from melian.source.slips import split_tight_colon
from melian.source.text import Span
from melian.source.tree import Entry, Mapping, Node, Scalar

NOT_STATES: Final = ("when", "else", "otherwise", *PROVENANCE_KEYS)
ADD: Final = "list rules: `- {when: {node: state}, ...}`, the last with `else: true`"
ELSE: Final = (
    "what holds always goes into `base`; what holds where a condition does not goes into its `otherwise: {...}`"
)
FILL: Final = "say something of one of them; the range of all that can be says that nothing is known"


def read_row(
    reader: Reader, node: Node, kind: Kind, what: str, outer: Provenance, *, may_be_empty: bool = False
) -> Row:
    """Read `{state: judgement, ...}`; keys of rules and of provenance are passed over.

    What cannot be read keeps its place, here as everywhere in tables, so that no rule of soundness misses it.
    """
    mapping = reader.mapping(node, what)
    if mapping is None:
        return Row(((_gap(node), unread_judgement(kind, node.span.text, node.span)),), None, node.span)
    provenance = reader.provenance(mapping, outer)
    entries, others = [], None
    for entry in mapping.entries:
        if entry.key.text in NOT_STATES or entry.key.text.startswith("x-"):
            continue
        judgement = reader.judgement(entry.value, kind, f"`{shortened(entry.key.text)}`", provenance)
        if entry.key.text == "others":
            others = judgement
        else:
            entries.append((reader.name_or_gap(entry.key, "a state", is_key=True), judgement))
    if not entries and others is None and not may_be_empty:
        reader.error("empty-row", f"nothing is said in {what}", _place(mapping), "no state is named here", help=FILL)
    return Row(tuple(entries), others, mapping.span, provenance)


def read_tests(reader: Reader, node: Node, what: str) -> tuple[Test, ...]:
    """Read `{node: state, node: [state, state]}`; at least one test, be it one that keeps the place of none."""
    mapping = reader.mapping(node, what)
    if mapping is None:
        return (_untested(node),)
    tests = tuple(_test(reader, entry, what) for entry in mapping.entries if not entry.key.text.startswith("x-"))
    if not tests:
        reader.error("empty-condition", f"{what} tests nothing", mapping.span, "name a node and a state here")
    return tests or (_untested(node),)


def _test(reader: Reader, entry: Entry, what: str) -> Test:
    name = reader.name_or_gap(entry.key, what, is_key=True)
    n_before = len(reader.diagnostics)
    if isinstance(entry.value, Scalar) and is_comparison(entry.value):
        return Test(name, read_comparison(reader, name, entry.value) or (_gap(entry.value),))
    states = reader.names(entry.value, f"states of `{shortened(entry.key.text)}`")
    if not states and len(reader.diagnostics) == n_before:
        headline = f"`{shortened(entry.key.text)}` is tested against no state"
        reader.error("wrong-shape", headline, entry.value.span, "name a state here")
    return Test(name, states or (_gap(entry.value),))


def _gap(node: Node) -> Name:
    return Name(UNREAD_NAME, node.span)


def _untested(node: Node) -> Test:
    return Test(_gap(node), (_gap(node),))


def _place(mapping: Mapping) -> Span:
    """Where to point at a whole mapping: its first key, or itself where it is empty."""
    return mapping.entries[0].key.span if mapping.entries else mapping.span


def read_condition(reader: Reader, node: Node, what: str) -> Condition:
    """Read a condition; `all:` and `any:` take lists of conditions, all entries of one mapping must hold."""
    if not isinstance(node, Mapping) or not node.entries:
        return Condition("all", read_tests(reader, node, what))
    parts: list[Condition | Test] = []
    for entry in node.entries:
        if entry.key.text == "all":
            parts.append(Condition("all", read_conditions(reader, entry, what)))
        elif entry.key.text == "any":
            parts.append(Condition("any", read_conditions(reader, entry, what)))
        elif not entry.key.text.startswith("x-"):
            parts.append(_test(reader, entry, what))
    return Condition("all", tuple(parts) or read_tests(reader, node, what))


def read_conditions(reader: Reader, entry: Entry, what: str) -> tuple[Condition, ...]:
    """Read a list of conditions; at least one, be it one that keeps the place of none."""
    n_before = len(reader.diagnostics)
    items = reader.items(entry.value, f"`{entry.key.text}`")
    if not items and len(reader.diagnostics) == n_before:
        headline = f"`{entry.key.text}` lists no condition"
        reader.error("empty-condition", headline, entry.key.span, "nothing to test here")
    found = tuple(read_condition(reader, item, what) for item in items)
    return found or (Condition("all", (_untested(entry.value),)),)


def _rule_tests(reader: Reader, item: Mapping, what: str, *, is_last: bool) -> tuple[Test, ...]:
    """Tests of a rule, () for `else`; the last of a list may be meant to be that."""
    when, otherwise = item.get("when"), item.get("else")
    if when is not None and otherwise is None:
        return read_tests(reader, when.value, "`when`")
    if otherwise is not None and when is None:
        said = reader.one_of(otherwise.value, "`else`", ("true",))
        return () if said is not None else (_untested(otherwise.value),)
    headline = f"a rule of {what} needs either `when:` or `else: true`"
    label = "in this rule" if when is None else "this rule has both"
    fix = otherwise_ruled(item) if is_last and when is None else None
    cure = "say when it holds: `when: {node: state}`"
    reader.error("rule-without-when", headline, _place(item), label, help=cure, fix=fix)
    return (_untested(item),)


def read_rules(reader: Reader, node: Node, kind: Kind, what: str, outer: Provenance) -> tuple[Rule[Row], ...]:
    """Read chances: one row for every situation, or a list of rules."""
    if isinstance(node, Mapping):
        return (Rule((), read_row(reader, node, kind, what, outer), node.span),)
    return _row_rules(reader, node, kind, what, outer)


def _row_rules(reader: Reader, node: Node, kind: Kind, what: str, outer: Provenance) -> tuple[Rule[Row], ...]:
    items = _listed(reader, node, what)
    return tuple(_row_rule(reader, item, kind, what, outer, is_last=item is items[-1]) for item in items)


def _row_rule(  # noqa: PLR0913 -- what a rule is, and where it stands
    reader: Reader,
    item: Node,
    kind: Kind,
    what: str,
    outer: Provenance,
    *,
    is_last: bool,
    is_cause: bool = False,
) -> Rule[Row]:
    mapping = _mended(reader, reader.mapping(item, f"a rule of {what}"), what)
    if mapping is None:
        return Rule((_untested(item),), Row((), None, item.span), item.span)
    tests = _rule_tests(reader, mapping, what, is_last=is_last)
    otherwise = mapping.get("otherwise")
    if otherwise is not None and kind != "influence" and not is_cause:
        headline = f"`otherwise` belongs to influences, not to {what}"
        cure = "list another rule for it, the last with `else: true`"
        reader.error("unknown-key", headline, otherwise.key.span, "not understood here", help=cure)
    row = read_row(reader, mapping, kind, f"a rule of {what}", outer, may_be_empty=otherwise is not None)
    return Rule(tests, row, item.span)


def _mended(reader: Reader, rule: Mapping | None, what: str) -> Mapping | None:
    """Read a mistyped `when`, told from the name of a state by what it holds, as what it was meant to be."""
    if rule is None or rule.get("when") or rule.get("else"):
        return rule
    entry = next((entry for entry in rule.entries if _is_like_when(reader, entry)), None)
    if entry is None:
        return rule
    headline = f"`{shortened(entry.key.text)}` is not a key of a rule of {what}"
    reader.error(
        "unknown-key",
        headline,
        entry.key.span,
        "not understood",
        help="did you mean `when`?",
        fix=renamed(entry.key.span, "when", ("when", "else")),
    )
    when = Entry(Scalar("when", entry.key.span), entry.value)
    return Mapping(tuple(when if each is entry else each for each in rule.entries), rule.span)


def _is_like_when(reader: Reader, entry: Entry) -> bool:
    is_condition = isinstance(entry.value, Mapping) and entry.value.get("is") is None
    return is_condition and reader.nearest(entry.key.text, ("when",)) is not None


def _listed(reader: Reader, node: Node, what: str) -> tuple[Node, ...]:
    """Items of a list that must not be empty."""
    n_before = len(reader.diagnostics)
    items = reader.items(node, what)
    if not items and len(reader.diagnostics) == n_before:
        reader.error("empty-row", f"{what} list nothing", node.span, "no rule is here", help=ADD)
    return items


def read_values(
    reader: Reader, node: Node, given: tuple[Name, ...], what: str, outer: Provenance
) -> tuple[Rule[Judgement], ...]:
    """Read a stake's values: by state of the one node it is given by, or a list of rules with `is`."""
    if isinstance(node, Mapping):
        return _values_by_state(reader, node, given, what, outer)
    items = _listed(reader, node, what)
    return tuple(_value_rule(reader, item, what, outer, is_last=item is items[-1]) for item in items)


def _value_rule(reader: Reader, item: Node, what: str, outer: Provenance, *, is_last: bool) -> Rule[Judgement]:
    mapping = reader.mapping(item, f"a rule of {what}")
    if mapping is None:
        return Rule((_untested(item),), unread_judgement("value", item.span.text, item.span), item.span)
    inner = reader.record(mapping, f"a rule of {what}", VALUE_RULE)
    rule = Mapping(tuple(Entry(Scalar(name, each.key.span), each.value) for name, each in inner.items()), mapping.span)
    tests = _rule_tests(reader, rule, what, is_last=is_last)
    judgement = unread_judgement("value", "", mapping.span)
    if "is" in inner:
        judgement = reader.judgement(inner["is"].value, "value", "`is`", reader.provenance(mapping, outer))
    else:
        reader.error(
            "missing-key", f"a rule of {what} has no `is`", _place(mapping), "in this rule", help="add `is: 60..80`"
        )
    return Rule(tests, judgement, mapping.span)


def _values_by_state(
    reader: Reader, node: Mapping, given: tuple[Name, ...], what: str, outer: Provenance
) -> tuple[Rule[Judgement], ...]:
    row = read_row(reader, node, "value", what, outer)
    if len(given) != 1:
        headline = f"{what} are listed by state, but `given` names {len(given) or 'no'} node{'s' * (len(given) != 1)}"
        cure = "name one node in `given`, or list rules: `- {when: {node: state}, is: 60..80}`"
        reader.error("values-need-given", headline, _place(node), "by state here", help=cure)
        return ()
    rules = [Rule((Test(given[0], (name,)),), judgement, name.span) for name, judgement in row.entries]
    if row.others is not None:
        rules.append(Rule((), row.others, row.others.span or node.span))
    return tuple(rules)


def read_table(reader: Reader, entries: dict[str, Entry], node: Node, what: str, outer: Provenance) -> Table:
    """Read a factor's or a belief's table, by rules or by base and influences; one without rules if it is neither."""
    given = reader.names(entries["given"].value, "`given`") if "given" in entries else None
    if "chances" in entries and not {"base", "influences", "function"} & set(entries):
        rules = read_rules(reader, entries["chances"].value, "chance", f"the chances of {what}", outer)
        return Chances(_given(given, rules), rules, entries["chances"].key.span)
    if "base" in entries and not {"chances", "function"} & set(entries):
        base = read_row(reader, entries["base"].value, "chance", f"the base of {what}", outer)
        shifts = _read_influences(reader, entries, what, outer)
        return Influences(_given(given, shifts), base, shifts, entries["base"].key.span)
    _wrong_table(reader, entries, node, what)
    return Chances(given or (), (), node.span)


def _wrong_table(reader: Reader, entries: dict[str, Entry], node: Node, what: str) -> None:
    present = [key for key in ("chances", "base", "influences", "function") if key in entries]
    if not isinstance(node, Mapping):
        return
    if not present:
        place, label, headline = _place(node), "in this record", f"{what} has no chances"
    else:
        place, label = entries[present[-1]].key.span, "here"
        headline = f"{what} needs either `chances`, or `base` with `influences`, or `function`"
    cure = "add `chances: {state: likely}`, or `base:` with `influences:` where there are many parents"
    reader.error("wrong-table", headline, place, label, help=cure)


def _read_influences(reader: Reader, entries: dict[str, Entry], what: str, outer: Provenance) -> tuple[Rule[Row], ...]:
    if "influences" not in entries:
        return ()
    rules = []
    for item in _listed(reader, entries["influences"].value, f"the influences of {what}"):
        rules.append(_influence(reader, item, f"the influences of {what}", outer))
    return tuple(rules)


def read_cause(reader: Reader, item: Node, function: str, what: str, outer: Provenance) -> Rule[Row]:
    """Read what a cause brings about by itself where it is there and, if it is said, where it is not."""
    rule = _row_rule(reader, item, "chance", f"`{function}` of {what}", outer, is_last=False, is_cause=True)
    if isinstance(item, Mapping) and (always := item.get("else")) is not None and not rule.when:
        headline, cure = "a cause has no `else`: each counts by itself", "what comes about anyway goes into `leak`"
        reader.error("wrong-function", headline, always.key.span, "no condition", help=cure)
    return _with_otherwise(reader, item, rule, "chance", outer)


def _influence(reader: Reader, item: Node, what: str, outer: Provenance) -> Rule[Row]:
    """Read what shifts where a condition holds and, if it is said, where it does not."""
    rule = _row_rule(reader, item, "influence", what, outer, is_last=False)
    if not isinstance(item, Mapping):
        return rule
    if (always := item.get("else")) is not None and not rule.when:
        headline = "an influence has no `else`: all that apply add up"
        reader.error("else-in-influence", headline, always.key.span, "no condition", help=ELSE)
    return _with_otherwise(reader, item, rule, "influence", outer)


def _with_otherwise(reader: Reader, item: Node, rule: Rule[Row], kind: Kind, outer: Provenance) -> Rule[Row]:
    """Read what holds where the condition of a rule does not, if it is said."""
    if not isinstance(item, Mapping) or (otherwise := item.get("otherwise")) is None:
        return rule
    if isinstance(otherwise.value, Scalar) and split_tight_colon(otherwise.value.text) is None:
        state = next((name.text for name, _ in rule.outcome.entries), "state")
        cure = f"write `otherwise: {{{state}: {shortened(otherwise.value.text) or 'less'}}}`"
        headline = "`otherwise` does not say of which state"
        reader.error("wrong-shape", headline, otherwise.value.span, "this is a text", help=cure)
        return rule
    provenance = reader.provenance(item, outer)
    return replace(rule, otherwise=read_row(reader, otherwise.value, kind, "`otherwise`", provenance))


def _given(stated: tuple[Name, ...] | None, rules: Iterable[Rule[Row]]) -> tuple[Name, ...]:
    return stated if stated is not None else mentioned(rules)


def mentioned(rules: Iterable[Rule[Row]] | Iterable[Rule[Judgement]]) -> tuple[Name, ...]:
    """Nodes that rules test, in the order of first mention."""
    found: dict[str, Name] = {}
    for rule in rules:
        for test in rule.when:
            found.setdefault(test.node.text, test.node)
    return tuple(found.values())
