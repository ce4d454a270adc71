"""A report without a date: it cannot be told whether a forecast may know it."""

from collections.abc import Iterator

from melian.case.case import Case
from melian.case.rules.scope import reported
from melian.source.diagnostic import Diagnostic, warning

CODE = "undated-report"


def check(case: Case) -> Iterator[Diagnostic]:
    """Report evidence without a date."""
    for report in reported(case):
        if report.date is None:
            cure = "add `date:`, the day on which it was reported"
            yield warning(CODE, f"report `{report.name}` has no date", report.span, "always counted", help=cure)
