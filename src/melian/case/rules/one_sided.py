"""Reports on what the question asks about that all speak for the same answer."""

import math
from collections.abc import Iterator
from typing import Final

from melian.case.case import Case, Report
from melian.case.judgement import Judgement
from melian.case.rules.scope import reported, states_of
from melian.source.diagnostic import Diagnostic, Label, info

CODE = "one-sided-evidence"
LEAST: Final = 4  # independent reports; of three it happens too easily that all agree
SHOWN: Final = 3


def check(case: Case) -> Iterator[Diagnostic]:
    """Report that every report on a node of the event speaks for the event, or every one against it.

    An event is made of states that must come about, never of ones that must not, so that a report speaks for the event
    if it is likelier in the states that the event names. Reports of one origin are one.
    """
    asked: dict[str, set[str]] = {}
    for test in case.question.event.tests():
        asked.setdefault(test.node.text, set()).update(state.text for state in test.states)
    sides: dict[str, float] = {}
    places: list[Report] = []
    for report in reported(case):
        if report.bears_on.text in asked and case.counts(report):
            side = _side(case, report, asked[report.bears_on.text])
            origin = case.origins[report.name]
            if origin not in sides:
                places.append(report)
            sides[origin] = sides.get(origin, 0.0) + side
    if len(sides) >= LEAST and (min(sides.values()) > 0 or max(sides.values()) < 0):
        way = "for" if min(sides.values()) > 0 else "against"
        headline = f"all {len(sides)} independent reports on what is asked speak {way} the event"
        first, *rest = places
        also = [Label(report.span, f"{way} it too") for report in rest[: SHOWN - 1]]
        cure = "ask what you would expect to see if it were otherwise, and whether anyone has looked for that"
        yield info(CODE, headline, first.span, f"speaks {way} it", secondary=also, help=cure)


def _side(case: Case, report: Report, asked: set[str]) -> float:
    """Logarithm of how much likelier a report is in the states asked about than in the others, at middle values."""
    row = {name.text: judgement for name, judgement in report.likelihood.entries}
    chances: tuple[list[float], list[float]] = ([], [])
    for state in states_of(case, report.bears_on.text):
        judgement = row.get(state, report.likelihood.others)
        if judgement is not None:
            chances[state in asked].append(_middle(judgement))
    if not all(chances):
        return 0.0
    other, named = (max(sum(part) / len(part), 1e-9) for part in chances)
    return math.log(named / other)


def _middle(judgement: Judgement) -> float:
    """Return a middle value of a chance; rough where the distribution is skewed, which only the side hangs on."""
    first, *_ = judgement.arguments or (0.5,)
    match judgement.family:
        case "logitnormal":
            return 1 / (1 + math.exp(-first))
        case "normal" | "point":
            return first
        case "beta":
            return first / sum(judgement.arguments)
        case "triangular" | "pert":
            return judgement.arguments[1]
        case _:
            return sum(judgement.arguments) / max(len(judgement.arguments), 1)
