"""Tree to case: every record read, every mistake noted, then the whole looked over by the rules of soundness."""

from typing import Final, get_args

from melian.case.case import (
    UNREAD_NAME,
    Actor,
    Behaviour,
    Belief,
    Case,
    Choice,
    Citation,
    Condition,
    Factor,
    Knows,
    Name,
    Question,
    State,
    Table,
)
from melian.case.grades import LETTERS
from melian.case.judgement import Judgement, Provenance, default_precision
from melian.case.language import ACTOR, BELIEF, CASE, CHOICE, FACTOR, QUESTION, SOURCE, TABLE
from melian.case.placeholder import STAMP, placeholders
from melian.case.read_correlations import read_correlations
from melian.case.read_evidence import read_evidence
from melian.case.read_fields import (
    Entries,
    is_section,
    label_of,
    named_entries,
    open_record,
    optional_chance,
    optional_date,
    optional_name,
    optional_text,
)
from melian.case.read_functions import read_table_or_function
from melian.case.read_numeric import read_numeric, read_numerics
from melian.case.read_options import read_options
from melian.case.read_parts import Parts, is_part_alone, read_parts
from melian.case.read_shared import read_judgements
from melian.case.read_stakes import read_stakes
from melian.case.read_tables import read_condition
from melian.case.read_watch import read_observable, read_watch
from melian.case.reader import Reader, is_empty
from melian.case.shared import SharedJudgements
from melian.case.words import DEFAULT_SCALE, SCALES, Scale
from melian.source.diagnostic import Diagnostic
from melian.source.folder import Folder
from melian.source.text import Source
from melian.source.tree import Entry, Mapping, Scalar, parse

LANGUAGE_VERSION: Final = "1"
MAX_STATES: Final = 64  # published networks have up to 63
SECTIONS: Final = ("actors", "sources", "factors", "choices")


def read_case(source: Source, folder: Folder | None = None) -> tuple[Case | None, list[Diagnostic]]:
    """Read a case from its text.

    Parameters
    ----------
    folder : where the files are that the case includes; a text without a folder cannot include any.

    Returns
    -------
    The case and everything there is to say about it; where any of that is an error the case holds what could be read,
    keeps the place of what could not, and must not be computed with. None where the text is no mapping at all.
    """
    tree, diagnostics = parse(source)
    if tree is None:
        return None, diagnostics
    reader = Reader()
    reader.diagnostics.extend(diagnostics)
    mapping = reader.mapping(tree, "a case")
    if mapping is None or is_part_alone(reader, mapping):
        return None, reader.diagnostics
    return _read(reader, mapping, source, folder), reader.diagnostics


def _read(reader: Reader, tree: Mapping, source: Source, folder: Folder | None) -> Case:
    entries = reader.record(tree, "a case", CASE)
    reader.scale = _scale(reader, entries)
    _check_version(reader, entries)
    outer = reader.outers[source] = reader.provenance(tree, Provenance())
    parts = read_parts(reader, entries, source, folder, outer)
    return _case(reader, tree, source, parts)


def read_tree(reader: Reader, tree: Mapping, source: Source, parts: tuple[Source, ...]) -> Case:
    """Read a case from a tree that is whole: whatever it includes stands in it.

    Parameters
    ----------
    parts : texts of the files that the tree comes from, beside the case's own.
    """
    entries = reader.record(tree, "a case", CASE)
    reader.scale = _scale(reader, entries)
    return _case(reader, tree, source, Parts(entries, (source, *parts)))


def _case(reader: Reader, tree: Mapping, source: Source, parts: Parts) -> Case:
    entries = parts.entries
    reader.shared = _shared(reader, entries, parts.unread)
    reader.numerics = read_numerics(reader, entries, MAX_STATES)
    name = optional_name(reader, entries, "case")
    title = optional_text(reader, entries, "title") or (name.text if name else "case")
    whole, knows = _whole(tree, entries), _knows(reader, entries) or "minds"
    return Case(
        name=name.text if name else "case",
        title=f"{STAMP}: {title}" if any(placeholders(whole)) else title,
        as_of=optional_date(reader, entries, "as_of"),
        scale=reader.scale,
        behaviour=_behaviour(reader, entries),
        question=_question(reader, entries, tree),
        actors=tuple(_actor(reader, name, entry, knows) for name, entry in named_entries(reader, entries, "actors")),
        sources=tuple(_citation(reader, name, entry) for name, entry in named_entries(reader, entries, "sources")),
        grades=_grades(reader, entries),
        factors=tuple(_factor(reader, name, entry) for name, entry in named_entries(reader, entries, "factors")),
        choices=tuple(_choice(reader, name, entry) for name, entry in named_entries(reader, entries, "choices")),
        stakes=tuple(read_stakes(reader, entry) for _, entry in named_entries(reader, entries, "stakes")),
        beliefs=_beliefs(reader, entries),
        evidence=read_evidence(reader, entries),
        watch=read_watch(reader, entries),
        judgements=read_judgements(reader),
        correlations=read_correlations(reader, entries),
        source=source,
        tree=whole,
        outers=reader.outers,
        parts=parts.sources[1:],
        unread=parts.unread | {name for name in SECTIONS if name in entries and not is_section(entries[name].value)},
    )


def _whole(tree: Mapping, entries: Entries) -> Mapping:
    """Tree of the case, with what its parts add."""
    own = {entry.key.text for entry in tree.entries}
    added = [entry for name, entry in entries.items() if name not in own]
    return Mapping((*(entries.get(entry.key.text, entry) for entry in tree.entries), *added), tree.span)


def _shared(reader: Reader, entries: Entries, unread: frozenset[str]) -> SharedJudgements:
    """Judgements that have a name, before any of their uses is read."""
    is_readable = "judgements" not in unread and (
        "judgements" not in entries or is_section(entries["judgements"].value)
    )
    return SharedJudgements.of(named_entries(reader, entries, "judgements"), is_readable=is_readable)


def _scale(reader: Reader, entries: Entries) -> Scale:
    if "words" not in entries:
        return DEFAULT_SCALE
    return SCALES.get(reader.one_of(entries["words"].value, "the scale of words", tuple(SCALES)) or "", DEFAULT_SCALE)


def _knows(reader: Reader, entries: Entries) -> Knows | None:
    if "knows" not in entries:
        return None
    said = reader.one_of(entries["knows"].value, "what is known", get_args(Knows))
    return "chances" if said == "chances" else "minds"


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


def _question(reader: Reader, entries: Entries, tree: Mapping) -> Question:
    entry = entries.get("question")
    if entry is None:
        return Question(Condition("all", ()), None, None, None, tree.span)
    inner = reader.record(entry.value, "the question", QUESTION)
    event = Condition("all", ())
    if "event" in inner:
        event = read_condition(reader, inner["event"].value, "the event")
    outcome = reader.one_of(inner["outcome"].value, "the outcome", ("yes", "no")) if "outcome" in inner else None
    return Question(
        event=event,
        by=optional_date(reader, inner, "by"),
        resolution=optional_text(reader, inner, "resolution"),
        outcome={"yes": True, "no": False}.get(outcome or ""),
        span=entry.key.span,
    )


def _actor(reader: Reader, name: str, entry: Entry, knows: Knows) -> Actor:
    inner = open_record(reader, entry, f"actor `{name}`", ACTOR)
    provenance = reader.provenance(entry.value, reader.outer(entry))
    precision = default_precision(reader.scale)
    if "precision" in inner:
        precision = reader.judgement(inner["precision"].value, "precision", "the precision", provenance)
    label = label_of(reader, inner, "name", name)
    return Actor(name, label, precision, _knows(reader, inner) or knows, entry.key.span, provenance)


def _citation(reader: Reader, name: str, entry: Entry) -> Citation:
    inner = open_record(reader, entry, f"source `{name}`", SOURCE)
    provenance = reader.provenance(entry.value, reader.outer(entry))
    return Citation(
        name=name,
        title=label_of(reader, inner, "title", name),
        publisher=optional_text(reader, inner, "publisher"),
        date=optional_date(reader, inner, "date"),
        grade=reader.grade(inner["grade"].value, "the grade") if "grade" in inner else None,
        anyway=optional_chance(reader, inner, "anyway", provenance),
        deceptive=optional_chance(reader, inner, "deceptive", provenance),
        span=entry.key.span,
        provenance=provenance,
    )


def _grades(reader: Reader, entries: Entries) -> tuple[tuple[str, Judgement], ...]:
    found = []
    for letter, entry in named_entries(reader, entries, "grades"):
        if reader.one_of(entry.key, "a letter of a grade", tuple(LETTERS)) is None:
            continue
        judgement = reader.judgement(entry.value, "chance", f"the reliability of `{letter}`", reader.outer(entry))
        if judgement is not None:
            found.append((letter, judgement))
    return tuple(found)


def _factor(reader: Reader, name: str, entry: Entry) -> Factor:
    what = f"factor `{name}`"
    inner = reader.record(entry.value, what, FACTOR)
    provenance = reader.provenance(entry.value, reader.outer(entry))
    states: tuple[State, ...] = ()
    if "states" in inner:
        states = reader.states(inner["states"].value, f"the list of states of `{name}`", MAX_STATES)
    table = read_table_or_function(reader, inner, entry.value, what, provenance)
    observable = read_observable(reader, inner, what)
    numeric = read_numeric(reader, inner["numeric"], what, states) if "numeric" in inner else None
    label = label_of(reader, inner, "label", name)
    return Factor(name, label, states, table, entry.key.span, provenance, observable, numeric)


def _choice(reader: Reader, name: str, entry: Entry) -> Choice:
    what = f"choice `{name}`"
    inner = reader.record(entry.value, what, CHOICE)
    provenance = reader.provenance(entry.value, reader.outer(entry))
    options: tuple[State, ...] = ()
    if "options" in inner:
        options = read_options(reader, inner["options"].value, name, provenance)
    actor = optional_name(reader, inner, "actor") or Name(UNREAD_NAME, entry.key.span)
    sees = reader.names(inner["sees"].value, "`sees`") if "sees" in inner else ()
    label, observable = label_of(reader, inner, "label", name), read_observable(reader, inner, what)
    return Choice(name, label, actor, options, sees, entry.key.span, provenance, observable)


def _beliefs(reader: Reader, entries: Entries) -> tuple[Belief, ...]:
    found = []
    for actor, entry in named_entries(reader, entries, "beliefs"):
        if is_empty(entry.value):
            continue
        for factor, inner in reader.named(entry.value, f"the beliefs of `{actor}`"):
            provenance = reader.provenance(inner.value, reader.outer(inner))
            table = _belief_table(reader, inner, f"the belief of `{actor}` on `{factor}`", provenance)
            actor_name, name = Name(actor, entry.key.span), Name(factor, inner.key.span)
            found.append(Belief(actor_name, name, table, inner.key.span, provenance))
    return tuple(found)


def _is_function(node: Mapping) -> bool:
    """Whether a belief is a function, and no chance of a state of that name."""
    entry = node.get("function")
    return entry is not None and isinstance(entry.value, Mapping)


def _belief_table(reader: Reader, entry: Entry, what: str, provenance: Provenance) -> Table:
    node, keys = entry.value, {key.name for key in TABLE} - {"function"}
    is_row = isinstance(node, Mapping) and not keys & {each.key.text for each in node.entries}
    if isinstance(node, Mapping) and is_row and not _is_function(node):
        row = Entry(Scalar("chances", entry.key.span, False), node)
        return read_table_or_function(reader, {"chances": row}, node, what, provenance)
    return read_table_or_function(reader, reader.record(node, what, BELIEF), node, what, provenance)
