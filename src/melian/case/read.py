"""Tree to case: every record read, every mistake noted, then the whole looked over by the rules of soundness."""

from datetime import date
from typing import get_args

from melian.case.case import (
    Actor,
    Behaviour,
    Belief,
    Case,
    Choice,
    Citation,
    Condition,
    Factor,
    Name,
    Question,
    Report,
    Row,
    Stake,
    Stakes,
    State,
    Table,
)
from melian.case.grades import LETTERS
from melian.case.judgement import Judgement, Provenance, parse_judgement
from melian.case.language import ACTOR, BELIEF, CASE, CHOICE, FACTOR, QUESTION, REPORT, SOURCE, STAKE, STAKES
from melian.case.read_tables import mentioned, read_condition, read_row, read_table, read_values
from melian.case.reader import Reader
from melian.case.words import DEFAULT_PRECISION, DEFAULT_SCALE, SCALES, Scale
from melian.source.diagnostic import Diagnostic
from melian.source.text import Source, Span
from melian.source.tree import Entry, Mapping, Node, Scalar, parse

LANGUAGE_VERSION = "1"
Entries = dict[str, Entry]


def read_case(source: Source) -> tuple[Case | None, list[Diagnostic]]:
    """Read a case from its text.

    Returns
    -------
    The case and everything there is to say about it; where any of that is an error the case holds what could be read
    and must not be computed with. None where nothing could be read.
    """
    tree, diagnostics = parse(source)
    if tree is None:
        return None, diagnostics
    reader = Reader()
    reader.diagnostics.extend(diagnostics)
    mapping = reader.mapping(tree, "a case")
    if mapping is None:
        return None, reader.diagnostics
    return _read(reader, mapping, source), reader.diagnostics


def _read(reader: Reader, tree: Mapping, source: Source) -> Case | None:
    entries = reader.record(tree, "a case", CASE)
    reader.scale = _scale(reader, entries)
    _check_version(reader, entries)
    outer = reader.provenance(tree, Provenance())
    question = _question(reader, entries)
    case_name = _optional_name(reader, entries, "case")
    title = _optional_text(reader, entries, "title")
    as_of = _optional_date(reader, entries, "as_of")
    actors = tuple(_actor(reader, name, entry, outer) for name, entry in _named(reader, entries, "actors"))
    sources = tuple(_citation(reader, name, entry, outer) for name, entry in _named(reader, entries, "sources"))
    factors = tuple(_factor(reader, name, entry, outer) for name, entry in _named(reader, entries, "factors"))
    choices = tuple(_choice(reader, name, entry, outer) for name, entry in _named(reader, entries, "choices"))
    stakes = tuple(_stakes(reader, entry, outer) for _, entry in _named(reader, entries, "stakes"))
    if question is None:
        return None
    return Case(
        name=case_name.text if case_name else "case",
        title=title or (case_name.text if case_name else "case"),
        as_of=as_of,
        scale=reader.scale,
        behaviour=_behaviour(reader, entries),
        question=question,
        actors=actors,
        sources=sources,
        grades=_grades(reader, entries, outer),
        factors=tuple(factor for factor in factors if factor is not None),
        choices=tuple(choice for choice in choices if choice is not None),
        stakes=stakes,
        beliefs=_beliefs(reader, entries, outer),
        evidence=_evidence(reader, entries, outer),
        source=source,
    )


# Small parts of a record


def _named(reader: Reader, entries: Entries, key: str) -> list[tuple[str, Entry]]:
    entry = entries.get(key)
    return list(reader.named(entry.value, f"`{key}`")) if entry and not _is_empty(entry.value) else []


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and not node.text and not node.quoted


def _optional_text(reader: Reader, entries: Entries, key: str) -> str | None:
    return reader.text(entries[key].value, f"`{key}`") if key in entries else None


def _optional_name(reader: Reader, entries: Entries, key: str) -> Name | None:
    return reader.name(entries[key].value, f"`{key}`") if key in entries else None


def _optional_date(reader: Reader, entries: Entries, key: str) -> date | None:
    return reader.date(entries[key].value, f"`{key}`") if key in entries else None


def _label(reader: Reader, entries: Entries, key: str, name: str) -> str:
    return _optional_text(reader, entries, key) or name.replace("_", " ")


def _scale(reader: Reader, entries: Entries) -> Scale:
    if "words" not in entries:
        return DEFAULT_SCALE
    return SCALES.get(reader.one_of(entries["words"].value, "the scale of words", tuple(SCALES)) or "", DEFAULT_SCALE)


def _behaviour(reader: Reader, entries: Entries) -> Behaviour:
    if "behaviour" not in entries:
        return "logit"
    said = reader.one_of(entries["behaviour"].value, "behaviour", get_args(Behaviour))
    return "rational" if said == "rational" else "logit"


def _check_version(reader: Reader, entries: Entries) -> None:
    entry = entries.get("melian")
    if entry is not None:
        reader.one_of(entry.value, "the version of the case language", (LANGUAGE_VERSION,))


# Records


def _question(reader: Reader, entries: Entries) -> Question | None:
    entry = entries.get("question")
    if entry is None:
        return None
    inner = reader.record(entry.value, "the question", QUESTION)
    event: Condition | None = None
    if "event" in inner:
        event = read_condition(reader, inner["event"].value, "the event")
    by = _optional_date(reader, inner, "by")
    resolution = _optional_text(reader, inner, "resolution")
    outcome = reader.one_of(inner["outcome"].value, "the outcome", ("yes", "no")) if "outcome" in inner else None
    if event is None:
        return None
    return Question(event, by, resolution, {"yes": True, "no": False}.get(outcome or ""), entry.key.span)


def _actor(reader: Reader, name: str, entry: Entry, outer: Provenance) -> Actor:
    inner = {} if _is_empty(entry.value) else reader.record(entry.value, f"actor `{name}`", ACTOR)
    provenance = reader.provenance(entry.value, outer)
    precision: Judgement | None = None
    if "precision" in inner:
        precision = reader.judgement(inner["precision"].value, "precision", "the precision", provenance)
    if precision is None:
        default = parse_judgement(DEFAULT_PRECISION, "precision", reader.scale)
        assert isinstance(default, Judgement)
        precision = default
    return Actor(name, _label(reader, inner, "name", name), precision, entry.key.span, provenance)


def _citation(reader: Reader, name: str, entry: Entry, outer: Provenance) -> Citation:
    inner = {} if _is_empty(entry.value) else reader.record(entry.value, f"source `{name}`", SOURCE)
    return Citation(
        name=name,
        title=_label(reader, inner, "title", name),
        publisher=_optional_text(reader, inner, "publisher"),
        date=_optional_date(reader, inner, "date"),
        grade=reader.grade(inner["grade"].value, "the grade") if "grade" in inner else None,
        span=entry.key.span,
        provenance=reader.provenance(entry.value, outer),
    )


def _grades(reader: Reader, entries: Entries, outer: Provenance) -> tuple[tuple[str, Judgement], ...]:
    found = []
    for letter, entry in _named(reader, entries, "grades"):
        if reader.one_of(entry.key, "a letter of a grade", tuple(LETTERS)) is None:
            continue
        judgement = reader.judgement(entry.value, "chance", f"the reliability of `{letter}`", outer)
        if judgement is not None:
            found.append((letter, judgement))
    return tuple(found)


def _factor(reader: Reader, name: str, entry: Entry, outer: Provenance) -> Factor | None:
    what = f"factor `{name}`"
    inner = reader.record(entry.value, what, FACTOR)
    if not inner:
        return None
    provenance = reader.provenance(entry.value, outer)
    states: tuple[State, ...] = ()
    if "states" in inner:
        states = reader.states(inner["states"].value, f"the list of states of `{name}`")
    table: Table | None = read_table(reader, inner, entry.value, what, provenance)
    label = _label(reader, inner, "label", name)
    return Factor(name, label, states, table, entry.key.span, provenance) if table else None


def _choice(reader: Reader, name: str, entry: Entry, outer: Provenance) -> Choice | None:
    inner = reader.record(entry.value, f"choice `{name}`", CHOICE)
    options: tuple[State, ...] = ()
    if "options" in inner:
        options = reader.states(inner["options"].value, f"the list of options of `{name}`")
    actor = _optional_name(reader, inner, "actor")
    sees = reader.names(inner["sees"].value, "`sees`") if "sees" in inner else ()
    if actor is None:
        return None
    provenance = reader.provenance(entry.value, outer)
    return Choice(name, _label(reader, inner, "label", name), actor, options, sees, entry.key.span, provenance)


def _stakes(reader: Reader, entry: Entry, outer: Provenance) -> Stakes:
    what = f"the stakes of `{entry.key.text}`"
    inner = reader.record(entry.value, what, STAKES, open_names=True)
    provenance = reader.provenance(entry.value, outer)
    own = {key.name for key in STAKES}
    stakes = []
    for name, stake_entry in inner.items():
        if name not in own and reader.name(stake_entry.key, "a stake") is not None:
            stake = _stake(reader, name, stake_entry, provenance)
            stakes.extend([stake] if stake else [])
    order = _order(reader, inner["order"].value) if "order" in inner else ()
    weights: Row | None = None
    if "weights" in inner:
        weights = read_row(reader, inner["weights"].value, "weight", "`weights`", provenance)
        if "order" in inner:
            headline = f"{what} have both an order and weights"
            reader.error(
                "order-and-weights", headline, inner["weights"].key.span, "and weights here", help="keep one of the two"
            )
    actor = Name(entry.key.text, entry.key.span)
    return Stakes(actor, tuple(stakes), order, weights, entry.key.span, provenance)


def _stake(reader: Reader, name: str, entry: Entry, outer: Provenance) -> Stake | None:
    what = f"stake `{name}`"
    inner = reader.record(entry.value, what, STAKE)
    if "values" not in inner:
        return None
    provenance = reader.provenance(entry.value, outer)
    given = reader.names(inner["given"].value, "`given`") if "given" in inner else None
    rules = read_values(reader, inner["values"].value, given or (), f"the values of {what}", provenance)
    label = _label(reader, inner, "label", name)
    return Stake(name, label, given if given is not None else mentioned(rules), rules, entry.key.span, provenance)


def _order(reader: Reader, node: Node) -> tuple[tuple[Name, ...], ...]:
    """Rank order as a list whose items may hold ties (`a = b`)."""
    groups = []
    for item in reader.items(node, "`order`"):
        text = reader.text(item, "an item of `order`")
        if text is None:
            continue
        offset, group = 0, []
        for part in text.split("="):
            start = item.span.start + offset + len(part) - len(part.lstrip())
            span = item.span
            if isinstance(item, Scalar) and not item.quoted:
                span = Span(item.span.source, start, start + len(part.strip()))
            name = reader.name(Scalar(part.strip(), span, False), "a stake in `order`")
            group.extend([name] if name else [])
            offset += len(part) + 1
        groups.append(tuple(group))
    return tuple(group for group in groups if group)


def _beliefs(reader: Reader, entries: Entries, outer: Provenance) -> tuple[Belief, ...]:
    found = []
    for actor, entry in _named(reader, entries, "beliefs"):
        for factor, inner in reader.named(entry.value, f"the beliefs of `{actor}`"):
            what = f"the belief of `{actor}` on `{factor}`"
            provenance = reader.provenance(inner.value, outer)
            table = _belief_table(reader, inner, what, provenance)
            if table is not None:
                name = Name(factor, inner.key.span)
                found.append(Belief(Name(actor, entry.key.span), name, table, inner.key.span, provenance))
    return tuple(found)


def _belief_table(reader: Reader, entry: Entry, what: str, provenance: Provenance) -> Table | None:
    node = entry.value
    if isinstance(node, Mapping) and not {"chances", "base", "influences", "given"} & {
        e.key.text for e in node.entries
    }:
        row = Entry(Scalar("chances", entry.key.span, False), node)
        return read_table(reader, {"chances": row}, node, what, provenance)
    return read_table(reader, reader.record(node, what, BELIEF), node, what, provenance)


def _evidence(reader: Reader, entries: Entries, outer: Provenance) -> tuple[Report, ...]:
    if "evidence" not in entries:
        return ()
    items = reader.items(entries["evidence"].value, "`evidence`")
    found = (_report(reader, item, outer) for item in items)
    return tuple(report for report in found if report is not None)


def _report(reader: Reader, node: Node, outer: Provenance) -> Report | None:
    inner = reader.record(node, "a report", REPORT)
    name, bears_on = _optional_name(reader, inner, "id"), _optional_name(reader, inner, "bears_on")
    provenance = reader.provenance(node, outer)
    row = _likelihood(reader, inner, name.text if name else "?", provenance)
    claim = _optional_text(reader, inner, "claim")
    anyway: Judgement | None = None
    if "anyway" in inner:
        anyway = reader.judgement(inner["anyway"].value, "chance", "`anyway`", provenance)
    dates = _optional_date(reader, inner, "date"), _optional_date(reader, inner, "happened")
    grade = reader.grade(inner["grade"].value, "the grade") if "grade" in inner else None
    source, origin = _optional_name(reader, inner, "source"), _optional_text(reader, inner, "origin")
    if name is None or bears_on is None or row is None:
        return None
    return Report(
        name=name.text,
        date=dates[0],
        happened=dates[1],
        claim=claim or "",
        source=source,
        at=provenance.at,
        grade=grade,
        bears_on=bears_on,
        likelihood=row,
        is_finding="shows" in inner,
        anyway=anyway,
        origin=origin,
        span=name.span,
        provenance=provenance,
    )


def _likelihood(reader: Reader, inner: Entries, name: str, provenance: Provenance) -> Row | None:
    """Likelihood row of a report; a finding is a row of one in its state and zero elsewhere."""
    if ("likelihood" in inner) == ("shows" in inner):
        keys = list(inner.values())
        headline = f"report `{name}` needs either `likelihood` or `shows`"
        if keys:
            reader.error(
                "wrong-report", headline, keys[0].key.span, "in this report", help="say how likely it is in each state"
            )
        return None
    if "likelihood" in inner:
        return read_row(reader, inner["likelihood"].value, "chance", f"the likelihood of `{name}`", provenance)
    state = reader.name(inner["shows"].value, "`shows`")
    certain, never = (parse_judgement(text, "chance", reader.scale) for text in ("1", "0"))
    assert isinstance(certain, Judgement)
    assert isinstance(never, Judgement)
    return Row(((state, certain),), never, inner["shows"].value.span, provenance) if state else None
