"""Dates that stand in the wrong order: a report before what it reports, a question that ends before it is asked."""

from collections.abc import Iterator

from melian.case.case import Case
from melian.case.rules.scope import reports
from melian.source.diagnostic import Diagnostic, warning

CODE = "misplaced-date"


def check(case: Case) -> Iterator[Diagnostic]:
    """Report events dated after their report, and a horizon before the day of the forecast."""
    for report in reports(case):
        if report.date is not None and report.happened is not None and report.happened > report.date:
            headline = f"report `{report.name}` is dated {report.date}, before what it reports happened"
            label = f"happened: {report.happened}"
            yield warning(
                CODE, headline, report.span, label, help="`date` is when it was reported, `happened` is when it was so"
            )
    by = case.question.by
    if by is not None and case.as_of is not None and by < case.as_of:
        headline = f"the question ends on {by}, before the day of the forecast, {case.as_of}"
        yield warning(CODE, headline, case.question.span, "nothing is left to forecast", help="check `by` and `as_of`")
