"""A report dated after the day of the forecast: it is left out."""

from collections.abc import Iterator

from melian.case.case import Case
from melian.case.rules.scope import reports
from melian.source.diagnostic import Diagnostic, info

CODE = "late-evidence"


def check(case: Case) -> Iterator[Diagnostic]:
    """Report evidence that the forecast leaves out."""
    for report in reports(case):
        if not case.is_known(report):
            headline = (
                f"report `{report.name}` is left out: it is dated {report.date}, after the forecast's day {case.as_of}"
            )
            yield info(CODE, headline, report.span, "not counted")
