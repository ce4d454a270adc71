"""Two statements of what is believed of one node."""

from collections.abc import Iterator

from melian.case.case import Case, Report
from melian.case.rules.scope import reports
from melian.source.diagnostic import Diagnostic, Label, error

CODE = "wrong-believed"


def check(case: Case) -> Iterator[Diagnostic]:
    """Report a node of which something is believed twice."""
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
