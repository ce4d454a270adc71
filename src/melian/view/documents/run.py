"""How likely, and what it rests on."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from melian.source.diagnostic import Diagnostic
from melian.source.render import as_json
from melian.view.documents.document import Document, condition, head, likelihood, making
from melian.view.documents.evidence import conflicts_document, weight
from melian.view.documents.indicators import first_indicator

if TYPE_CHECKING:
    from melian.answer.solution import Solution


def run_document(solution: "Solution", diagnostics: Iterable[Diagnostic] = ()) -> Document:
    """How likely, and what it rests on."""
    evidence = solution.evidence()
    return {
        **head(solution),
        "event": condition(solution.case.question.event),
        "likelihood": likelihood(solution),
        "nodes": solution.nodes(),
        "evidence": [weight(moved) for moved in evidence.moved],
        "left_out": list(evidence.left_out),
        "conflicts": conflicts_document(solution.conflicts()),
        "superseded": dict(evidence.superseded),
        "watch_first": first_indicator(solution),
        **making(solution),
        "diagnostics": as_json(diagnostics),
    }
