"""Reading evidence: dated, sourced reports."""

from melian.case.case import UNREAD_NAME, Name, Report, Row
from melian.case.judgement import Provenance, certainty, shortened
from melian.case.language import REPORT
from melian.case.read_fields import Entries, optional_chance, optional_date, optional_name, optional_text
from melian.case.read_tables import read_row
from melian.case.reader import Reader
from melian.source.diagnostic import Label
from melian.source.tree import Mapping, Node


def read_evidence(reader: Reader, entries: Entries) -> tuple[Report, ...]:
    """Read every report."""
    if "evidence" not in entries:
        return ()
    items = reader.items(entries["evidence"].value, "`evidence`")
    found = (_report(reader, item) for item in items)
    return tuple(report for report in found if report is not None)


def _report(reader: Reader, node: Node) -> Report | None:
    mapping = reader.mapping(node, "a report")
    if mapping is None:
        return None
    inner = reader.record(mapping, "a report", REPORT)
    name = optional_name(reader, inner, "id") or Name(UNREAD_NAME, mapping.span)
    provenance = reader.provenance(mapping, reader.outer_at(mapping.span))
    return Report(
        name=name.text,
        date=optional_date(reader, inner, "date"),
        happened=optional_date(reader, inner, "happened"),
        claim=optional_text(reader, inner, "claim") or "",
        source=optional_name(reader, inner, "source"),
        at=provenance.at,
        grade=reader.grade(inner["grade"].value, "the grade") if "grade" in inner else None,
        bears_on=optional_name(reader, inner, "bears_on") or Name(UNREAD_NAME, name.span),
        likelihood=read_likelihood(reader, inner, mapping, provenance),
        is_finding="shows" in inner,
        is_certain=_is_certain(reader, inner),
        anyway=optional_chance(reader, inner, "anyway", provenance),
        deceptive=optional_chance(reader, inner, "deceptive", provenance),
        origin=optional_text(reader, inner, "origin"),
        superseded_by=optional_name(reader, inner, "superseded_by"),
        span=name.span,
        provenance=provenance,
    )


def _is_certain(reader: Reader, inner: Entries) -> bool:
    """Whether a report says that it is certain; then nothing else may say how far to trust it."""
    if "certain" not in inner or reader.one_of(inner["certain"].value, "`certain`", ("true",)) != "true":
        return False
    doubts = [key for key in ("grade", "anyway", "deceptive") if key in inner]
    if doubts:
        headline = f"what is certain has no `{doubts[0]}`"
        also = (Label(inner["certain"].key.span, "certain, it says here"),)
        cure = f"take out `certain: true`, or `{doubts[0]}`"
        reader.error("certain-yet-doubted", headline, inner[doubts[0]].key.span, "doubted here", help=cure, also=also)
    return True


def read_likelihood(reader: Reader, inner: Entries, mapping: Mapping, provenance: Provenance) -> Row:
    """Likelihood row of a report; a finding is a row of one in its state and zero elsewhere."""
    what = f"report `{shortened(inner['id'].value.span.text)}`" if "id" in inner else "a report"
    if ("likelihood" in inner) == ("shows" in inner):
        headline = f"{what} needs either `likelihood` or `shows`"
        place, label = mapping.entries[0].key.span if mapping.entries else mapping.span, "it has neither"
        if "shows" in inner:
            place, label = inner["shows"].key.span, "it has both"
        reader.error("wrong-report", headline, place, label, help="say how likely it is in each state: `likelihood:`")
        return Row((), None, mapping.span)
    if "likelihood" in inner:
        return read_row(reader, inner["likelihood"].value, "chance", f"the likelihood of {what}", provenance)
    state = reader.name_or_gap(inner["shows"].value, "`shows`")
    certain, never = certainty(reader.scale)
    return Row(((state, certain),), never, inner["shows"].value.span, provenance)
