"""Reports that together leave no state of a node possible, so that no world fits the evidence."""

from collections.abc import Iterator

from melian.case.case import Case, Chances, Factor, Influences, Report, Row
from melian.case.rules.scope import never_open, rows_of, stated, states_of
from melian.source.diagnostic import Diagnostic, Label, error

CODE = "impossible-evidence"
TOLERANCE = 1e-9


def check(case: Case) -> Iterator[Diagnostic]:
    """Report nodes of which the reports that count exclude every state.

    Only what is certain from the statements alone: a chance of 0, by reports that are certainly true or whose source
    would certainly not say so otherwise. What clashes only in the course of the calculation is told when it is solved.
    """
    origins: dict[str, list[Report]] = {}
    for report in case.evidence:
        if case.counts(report) and _resolves(case, report):
            origins.setdefault(case.origins[report.name], []).append(report)
    for name in dict.fromkeys(report.bears_on.text for reports in origins.values() for report in reports):
        possible = [state for state in states_of(case, name) if can_be(case, name, state)]
        if not possible:
            continue
        excluding = [
            reports for reports in origins.values() if any(not _fits(case, reports, name, s) for s in possible)
        ]
        if all(any(not _fits(case, reports, name, state) for reports in excluding) for state in possible):
            yield _report(name, [report for reports in excluding for report in reports if report.bears_on.text == name])


def _resolves(case: Case, report: Report) -> bool:
    """Whether every state that a report names exists; where one does not, that is said elsewhere."""
    row, states = report.likelihood, states_of(case, report.bears_on.text)
    if report.is_finding and never_open(case, report.bears_on.text) & {name.text for name, _ in row.entries}:
        return False  # said of the option itself
    return bool(stated(row)) and all(name.text in states for name, _ in row.entries)


def can_be(case: Case, name: str, state: str) -> bool:
    """Whether some row leaves a state of a factor a chance; an option can be picked unless it is never open."""
    node = case.nodes[name]
    if not isinstance(node, Factor):
        return state not in never_open(case, name)
    if not isinstance(node.table, Chances | Influences):
        return True  # of a function it takes the whole calculation to tell
    rows = list(rows_of(node.table))
    return not rows or any(min(_most(row, state), _left(row, state)) > TOLERANCE for row in rows)


def _left(row: Row, state: str) -> float:
    """What the other states of a row of chances leave to one at most."""
    return 1.0 - sum(judgement.low for name, judgement in row.entries if name.text != state)


def _most(row: Row, state: str) -> float:
    """Most that a state's chance or likelihood can be."""
    said = {name.text: judgement for name, judgement in row.entries}
    judgement = said.get(state, row.others)
    return judgement.high if judgement is not None else 1.0


def _fits(case: Case, reports: list[Report], name: str, state: str) -> bool:
    """Whether the reports of one origin leave a state of a node a chance."""
    if all(_most(report.likelihood, state) > 0 for report in reports if report.bears_on.text == name):
        return True
    if _may_deceive(case, reports, name, state):
        return True
    if any(_is_certain(case, report) for report in reports):
        return False
    return all((anyway := case.anyway_of(report)) is None or anyway.high > 0 for report in reports)


def _may_deceive(case: Case, reports: list[Report], name: str, state: str) -> bool:
    """Whether all reports of an origin may be lies told in a state, saying what they would if it were another."""
    deceptions = [case.deceptive_of(report) for report in reports]
    if any(deception is None or deception.high <= 0 for deception in deceptions):
        return False
    told = [report.likelihood for report in reports if report.bears_on.text == name]
    return any(all(_most(row, other) > 0 for row in told) for other in states_of(case, name) if other != state)


def _is_certain(case: Case, report: Report) -> bool:
    """Whether a report cannot be wrong: it says so, has no source, or sources of its letter are said never to err."""
    grade = case.grade_of(report)
    if report.is_certain or grade is None:
        return report.is_certain or report.source is None
    stated = dict(case.grades).get(grade.letter)
    return stated is not None and stated.low >= 1


def _report(name: str, reports: list[Report]) -> Diagnostic:
    first, *also = [Label(report.likelihood.span, f"by report `{report.name}`") for report in reports]
    headline = f"the evidence leaves no state of `{name}` possible"
    cure = "give one of these reports a source that may be wrong (`source:`, graded), or a chance above 0"
    return error(CODE, headline, first.span, first.text, secondary=also, help=cure)
