"""Evidence that is equally likely whatever is so."""

from collections.abc import Iterator

from melian.case.case import Case
from melian.source.diagnostic import Diagnostic, warning

CODE = "flat-evidence"


def check(case: Case) -> Iterator[Diagnostic]:
    """Report likelihoods that say the same of every state."""
    for report in case.evidence:
        row = report.likelihood
        said = {(j.family, j.arguments) for _, j in row.entries} | (
            {(row.others.family, row.others.arguments)} if row.others else set()
        )
        n_states = len(case.nodes[report.bears_on.text].states) if report.bears_on.text in case.nodes else 0
        if len(said) == 1 and n_states and (row.others is not None or len(row.entries) == n_states):
            headline = f"report `{report.name}` is equally likely in every state of `{report.bears_on}`"
            cure = "say in which state such a report would be more likely, or leave it out"
            yield warning(CODE, headline, row.span, "the same for every state", help=cure)
