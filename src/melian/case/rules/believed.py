"""Two statements of what is believed of one node, and reports that are said to go back to one."""

from collections.abc import Iterator

from melian.case.case import Case, Report
from melian.case.rules.scope import reports
from melian.source.diagnostic import Diagnostic, Label, error

CODE = "wrong-believed"


def check(case: Case) -> Iterator[Diagnostic]:
    """Report a node of which something is believed twice, and reports whose origin is only believed."""
    first: dict[str, Report] = {}
    for report in reports(case):
        if not report.is_believed or not case.counts(report):
            continue
        earlier = first.setdefault(report.bears_on.text, report)
        if earlier is not report:
            headline = f"what is believed of `{report.bears_on}` is said twice"
            also = [Label(earlier.likelihood.span, "believed here")]
            cure = f"leave one out, or let it take the place of the other: `superseded_by: {report.name}`"
            yield error(CODE, headline, report.likelihood.span, "and here", secondary=also, help=cure)
    believed = {report.name for report in reports(case) if report.is_believed}
    for report in reports(case):
        if report.origin in believed:
            headline = f"report `{report.name}` names as its origin what is only believed"
            cure = "name the report that it goes back to; what you hold after all is no origin"
            yield error(CODE, headline, report.span, f"origin: {report.origin}", help=cure)
