"""A report whose source has no grade, or that has no source at all."""

from collections.abc import Iterator

from melian.case.case import Case
from melian.case.rules.scope import reported
from melian.source.diagnostic import Diagnostic, warning

CODE = "ungraded-report"
SOURCELESS = "name who reported it: `source: NAME`; or, if it is beyond doubt, say `certain: true`"


def check(case: Case) -> Iterator[Diagnostic]:
    """Report evidence that nothing says how far to trust."""
    for report in reported(case):
        if report.is_certain or case.grade_of(report) is not None:
            continue
        if report.source is None:
            headline = f"report `{report.name}` has no source, so it counts as certainly true"
            yield warning(CODE, headline, report.span, "no `source:`", help=SOURCELESS)
        elif case.citation(report.source.text) is not None:
            headline = f"report `{report.name}` has no grade: its source's reliability counts as unknown (F)"
            cure = f"grade the source `{report.source}` (`grade: B2`), or this report"
            yield warning(CODE, headline, report.span, "ungraded", help=cure)
