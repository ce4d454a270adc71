"""A report that does not say how likely it is in every state."""

from collections.abc import Iterator

from melian.case.case import Case, Report
from melian.case.rules.scope import all_reports, states_of
from melian.source.diagnostic import Diagnostic, error

CODE = "incomplete-likelihood"


def check(case: Case) -> Iterator[Diagnostic]:
    """Report states that a likelihood leaves out."""
    for report in all_reports(case):
        states = states_of(case, report.bears_on.text)
        said = {name.text for name, _ in report.likelihood.entries}
        if isinstance(report, Report) and report.is_believed:
            continue  # the states that it does not name keep their shares of the rest
        missing = [state for state in states if state not in said]
        if missing and said and said <= set(states) and report.likelihood.others is None:
            headline = f"report `{report.name}` does not say how likely it is in every state of `{report.bears_on}`"
            label = "missing: " + ", ".join(f"`{state}`" for state in missing)
            cure = f"add `{missing[0]}: unlikely`, or `others: unlikely` for all that are missing"
            yield error(CODE, headline, report.likelihood.span, label, help=cure)
