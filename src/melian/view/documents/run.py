"""How likely, and what it rests on."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from melian.source.diagnostic import Diagnostic
from melian.source.render import as_json
from melian.view.documents.document import Document, condition, head, likelihood, making
from melian.view.documents.evidence import conflicts_document, weight
from melian.view.documents.indicators import first_indicator

if TYPE_CHECKING:
    from melian.answer.quantity import Quantity
    from melian.answer.solution import Solution


def quantity(found: "Quantity") -> Document:
    """Middle and range of a quantity, and the chance of each of its bands."""
    levels = {"q05": found.q05, "median": found.median, "q95": found.q95}
    return {
        "unit": found.unit,
        **{name: {"value": level.value, "relation": level.relation} for name, level in levels.items()},
        "bands": [
            {"state": band.state, "low": band.low, "high": band.high, "chance": band.chance} for band in found.bands
        ],
    }


def run_document(solution: "Solution", diagnostics: Iterable[Diagnostic] = ()) -> Document:
    """How likely, and what it rests on."""
    evidence = solution.evidence()
    return {
        **head(solution),
        "event": condition(solution.case.question.event),
        "likelihood": likelihood(solution),
        "nodes": solution.nodes(),
        "quantities": {name: quantity(found) for name, found in solution.quantities().items()},
        "evidence": [weight(moved) for moved in evidence.moved],
        "left_out": list(evidence.left_out),
        "conflicts": conflicts_document(solution.conflicts()),
        "superseded": dict(evidence.superseded),
        "watch_first": first_indicator(solution),
        **making(solution),
        "diagnostics": as_json(diagnostics),
    }
