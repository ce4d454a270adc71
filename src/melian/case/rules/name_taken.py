"""Two things of one name: a factor and a choice, or two reports."""

from collections.abc import Iterator

from melian.case.case import Case
from melian.source.diagnostic import Diagnostic, Label, error
from melian.source.text import Span

CODE = "name-taken"


def check(case: Case) -> Iterator[Diagnostic]:
    """Report a name that a second factor, choice or report has."""
    nodes = [(one.name, one.span) for one in case.factors] + [(one.name, one.span) for one in case.choices]
    reports = [(report.name, report.span) for report in case.evidence]
    for kind, named in (("factors and choices", nodes), ("reports", reports)):
        first: dict[str, Span] = {}
        for name, span in named:
            if name in first:
                cure = f"rename one of them, for example `{name}_2`"
                also = (Label(first[name], "first used here"),)
                yield error(CODE, f"two {kind} are called `{name}`", span, "used again here", secondary=also, help=cure)
            first.setdefault(name, span)
