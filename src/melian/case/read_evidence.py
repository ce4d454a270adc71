"""Reading evidence: dated, sourced reports."""

from typing import Final

from melian.case.case import UNREAD_NAME, Name, Report, Row
from melian.case.judgement import Provenance, certainty, shortened
from melian.case.language import REPORT
from melian.case.read_fields import Entries, optional_chance, optional_date, optional_name, optional_text
from melian.case.read_tables import read_row
from melian.case.reader import Reader
from melian.source.diagnostic import Label
from melian.source.tree import Mapping, Node

BELIEVED: Final = "wrong-believed"
SOURCED: Final = ("source", "grade", "certain", "anyway", "deceptive", "origin")


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
        is_believed="believed" in inner,
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
    if "believed" in inner and not {"likelihood", "shows"} & set(inner):
        return _believed(reader, inner, what, provenance)
    if "believed" in inner or ("likelihood" in inner) == ("shows" in inner):
        headline = f"{what} needs one of `likelihood`, `shows` and `believed`"
        place, label = mapping.entries[0].key.span if mapping.entries else mapping.span, "it has neither"
        if later := [key for key in ("shows", "believed") if key in inner]:
            place, label = inner[later[-1]].key.span, "it has both"
        reader.error("wrong-report", headline, place, label, help="say how likely it is in each state: `likelihood:`")
        return Row((), None, mapping.span)
    if "likelihood" in inner:
        return read_row(reader, inner["likelihood"].value, "chance", f"the likelihood of {what}", provenance)
    return _shown(reader, inner["shows"].value, provenance)


def _shown(reader: Reader, node: Node, provenance: Provenance) -> Row:
    """Row of one in the states that a report shows and zero elsewhere."""
    n_before = len(reader.diagnostics)
    states = reader.names(node, "`shows`")
    if not states and len(reader.diagnostics) == n_before:
        reader.error("wrong-shape", "`shows` names no state", node.span, "nothing is here", help="name the state")
    certain, never = certainty(reader.scale)
    shown = states or (Name(UNREAD_NAME, node.span),)
    return Row(tuple((state, certain) for state in shown), never, node.span, provenance)


def _believed(reader: Reader, inner: Entries, what: str, provenance: Provenance) -> Row:
    """Row of what is held to be so after all: plain numbers, by nobody but the analyst."""
    entry = inner["believed"]
    for key in (key for key in SOURCED if key in inner):
        headline = f"what is believed has no `{key}`"
        cure = "a report that a source made has `likelihood` or `shows`; what you hold after all stands by itself"
        also = (Label(entry.key.span, "believed, it says here"),)
        reader.error(BELIEVED, headline, inner[key].key.span, "belongs to a report", help=cure, also=also)
    row = read_row(reader, entry.value, "chance", f"what {what} believes", provenance)
    open_ = [one for _, one in row.entries if not one.is_unread and not one.is_number]
    for judgement in [*open_, *([row.others] if row.others is not None else [])]:
        headline = f"{what} does not say with what chance it is believed"
        cure = "write one number, such as `80 %`: the answer after the evidence shall be this"
        reader.error(BELIEVED, headline, judgement.span or entry.key.span, "no single number", help=cure)
    total = sum(judgement.low for _, judgement in row.entries)
    if not open_ and total > 1 + 1e-9:
        headline = f"the chances that {what} believes sum to {100 * total:g} %"
        reader.error(BELIEVED, headline, entry.key.span, "more than 100 %", help="they are shares of one whole")
    return row
