"""What to watch, and what it would tell."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from melian.source.diagnostic import Diagnostic
from melian.source.render import as_json
from melian.view.documents.document import Document, head, likelihood, making

if TYPE_CHECKING:
    from melian.answer.indicators import Indicator, Indicators
    from melian.answer.information import Information
    from melian.answer.solution import Solution


def indicators_document(solution: "Solution", found: "Indicators", diagnostics: Iterable[Diagnostic] = ()) -> Document:
    """Return what seeing each thing would tell of the event, and the set to watch."""
    return {
        **head(solution),
        "likelihood": likelihood(solution),
        "uncertainty_bits": found.uncertainty,
        "grade": found.letter,
        "indicators": [_indicator(one) for one in found.indicators],
        "watch": [
            {"name": one.name, "kind": one.kind, "given_those_before": _information(one.information)}
            for one in found.watch
        ],
        **making(solution),
        "diagnostics": as_json(diagnostics),
    }


def first_indicator(solution: "Solution") -> Document | None:
    """Return the one thing to watch first."""
    first = solution.first_indicator
    return None if first is None else _indicator(first)


def _indicator(one: "Indicator") -> Document:
    return {
        "name": one.name,
        "kind": one.kind,
        "node": one.node,
        "is_sign": one.is_sign,
        "observable": None if one.observable is None else {"when": one.observable.when, "how": one.observable.how},
        **_information(one.information),
        "reported": None if one.reported is None else _information(one.reported),
        "given_first": None if one.then is None else _information(one.then),
        "moves": one.move.points,
        "moves_error": one.move.error,
        "crosses_even": one.move.crosses,
        "results": {
            name: {"chance": result.chance, "answer": result.answer, "error": result.error}
            for name, result in zip(one.results, one.move.results, strict=True)
        },
    }


def _information(information: "Information") -> Document:
    return {
        "bits": information.bits,
        "error": information.error,
        "threshold": information.threshold,
        "is_detectable": information.is_told,
    }
