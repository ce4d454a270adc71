"""What each report says of each hypothesis, and which disagree."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from melian.source.diagnostic import Diagnostic
from melian.source.render import as_json
from melian.view.documents.document import Document, head, likelihood, making

if TYPE_CHECKING:
    from melian.answer.conflict import Conflicts
    from melian.answer.evidence import Moved
    from melian.answer.matrix import Matrix
    from melian.answer.solution import Solution


def evidence_document(solution: "Solution", diagnostics: Iterable[Diagnostic] = ()) -> Document:
    """What each origin of reports says of each hypothesis, and which disagree."""
    evidence, matrix = solution.evidence(), solution.matrix()
    return {
        **head(solution),
        "likelihood": likelihood(solution),
        "evidence": [
            {**weight(moved), "bits_alone": alone}
            for moved in evidence.moved
            for origin, alone in zip(matrix.origins, matrix.event_alone, strict=True)
            if origin == moved.origin
        ],
        "left_out": list(evidence.left_out),
        "hypotheses": [hypothesis(matrix, place) for place in range(len(matrix.hypotheses))],
        "conflicts": conflicts_document(solution.conflicts()),
        **making(solution),
        "diagnostics": as_json(diagnostics),
    }


def hypothesis(matrix: "Matrix", place: int) -> Document:
    """Give one hypothesis, and what each origin of reports says of it."""
    found = matrix.hypotheses[place]
    return {
        "node": found.node,
        "state": found.state,
        "is_event": found.is_event,
        "before": found.before,
        "after": found.after,
        "bits": {
            origin: {"alone": weight.alone, "given_rest": weight.given_rest}
            for origin, weight in zip(matrix.origins, matrix.weights[place], strict=True)
        },
    }


def conflicts_document(found: "Conflicts") -> Document:
    """Reports that disagree, with how much."""
    return {
        "overall_bits": found.overall,
        "origins_compared": found.compared,
        "origins_left_out": found.left_out,
        "pairs": [{"origins": list(pair.origins), "bits": pair.bits, "error": pair.error} for pair in found.pairs],
    }


def weight(moved: "Moved") -> Document:
    """Reports of one origin, and what they moved."""
    reports = zip(moved.reports, moved.claims, moved.dates, moved.sources, moved.grades, strict=True)
    return {
        "origin": moved.origin,
        "reports": [
            {"id": name, "claim": claim, "date": when, "source": source, "grade": grade}
            for name, claim, when, source, grade in reports
        ],
        "believed": moved.is_believed,
        "bears_on": list(moved.bears_on),
        "bits": moved.bits,
        "with_it": moved.with_it,
        "without_it": moved.without_it,
    }
