"""Evidence that is equally likely whatever is so."""

from collections.abc import Iterator

from melian.case.case import Case
from melian.case.rules.scope import reported, stated, states_of
from melian.source.diagnostic import Diagnostic, warning

CODE = "flat-evidence"


def check(case: Case) -> Iterator[Diagnostic]:
    """Report likelihoods that say the same of every state."""
    for report in reported(case):
        row = report.likelihood
        if report.is_finding:
            if states_of(case, report.bears_on.text) and len(row.entries) == len(states_of(case, report.bears_on.text)):
                headline = f"report `{report.name}` shows that `{report.bears_on}` is in one of all its states"
                yield warning(CODE, headline, row.span, "says nothing", help="leave out those that it rules out")
            continue
        if any(judgement.is_unread for judgement in stated(row)):
            continue
        if report.source is None and all(judgement.high <= 0 for judgement in stated(row)):
            continue  # then it is impossible, not flat
        said = {(judgement.family, judgement.arguments) for judgement in stated(row)}
        n_states = len(case.nodes[report.bears_on.text].states) if report.bears_on.text in case.nodes else 0
        if len(said) == 1 and n_states and (row.others is not None or len(row.entries) == n_states):
            headline = f"report `{report.name}` is equally likely in every state of `{report.bears_on}`"
            cure = "say in which state such a report would be more likely, or leave it out"
            yield warning(CODE, headline, row.span, "the same for every state", help=cure)
