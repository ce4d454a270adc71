"""Reading what there is to watch: when and how readily nodes can be seen, and reports that may yet come."""

from melian.case.case import UNREAD_NAME, Name
from melian.case.judgement import Provenance
from melian.case.language import OBSERVABLE, WATCHED
from melian.case.read_evidence import read_likelihood
from melian.case.read_fields import Entries, optional_chance, optional_name, optional_text
from melian.case.reader import Reader
from melian.case.watch import EASE, Observable, Prospect
from melian.source.tree import Node


def read_observable(reader: Reader, entries: Entries, what: str) -> Observable | None:
    """When and how readily something can be seen, if that is said."""
    if "observable" not in entries:
        return None
    inner = reader.record(entries["observable"].value, f"`observable` of {what}", OBSERVABLE)
    how = reader.one_of(inner["how"].value, "`how`", tuple(EASE)) if "how" in inner else None
    return Observable(optional_text(reader, inner, "when"), how)


def read_watch(reader: Reader, entries: Entries) -> tuple[Prospect, ...]:
    """Read every report that may yet come."""
    if "watch" not in entries:
        return ()
    items = reader.items(entries["watch"].value, "`watch`")
    found = (_prospect(reader, item) for item in items)
    return tuple(prospect for prospect in found if prospect is not None)


def _prospect(reader: Reader, node: Node) -> Prospect | None:
    mapping = reader.mapping(node, "a report to watch for")
    if mapping is None:
        return None
    inner = reader.record(mapping, "a report to watch for", WATCHED)
    name = optional_name(reader, inner, "id") or Name(UNREAD_NAME, mapping.span)
    provenance: Provenance = reader.provenance(mapping, reader.outer_at(mapping.span))
    return Prospect(
        name=name.text,
        claim=optional_text(reader, inner, "claim") or "",
        bears_on=optional_name(reader, inner, "bears_on") or Name(UNREAD_NAME, name.span),
        likelihood=read_likelihood(reader, inner, mapping, provenance),
        is_finding="shows" in inner,
        grade=reader.grade(inner["grade"].value, "the grade") if "grade" in inner else None,
        anyway=optional_chance(reader, inner, "anyway", provenance),
        observable=read_observable(reader, inner, "a report to watch for"),
        span=name.span,
        provenance=provenance,
    )
