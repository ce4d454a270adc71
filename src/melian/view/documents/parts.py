"""Answers that no command asks for by themselves, as plain values: parts of the documents of others."""

from typing import TYPE_CHECKING

from melian.view.documents.behaviour import lesson
from melian.view.documents.document import Document, head, likelihood, making
from melian.view.documents.evidence import conflicts_document, hypothesis

if TYPE_CHECKING:
    from melian.answer.conflict import Conflicts
    from melian.answer.draws import Draws
    from melian.answer.learned import Lessons
    from melian.answer.matrix import Matrix
    from melian.answer.solution import Solution
    from melian.answer.spread import SpreadOfWorlds


def likelihood_document(solution: "Solution") -> Document:
    """How likely the event is."""
    return _whole(solution, {"likelihood": likelihood(solution)})


def spread_document(solution: "Solution", spread: "SpreadOfWorlds") -> Document:
    """Share of the worlds in each band of chances, from 0 to 1."""
    return _whole(solution, {"spread": {"after": list(spread.after), "before": list(spread.before)}})


def matrix_document(solution: "Solution", matrix: "Matrix") -> Document:
    """What each origin of reports says of each hypothesis."""
    return _whole(solution, {"hypotheses": [hypothesis(matrix, place) for place in range(len(matrix.hypotheses))]})


def disagreement_document(solution: "Solution", conflicts: "Conflicts") -> Document:
    """Reports that disagree."""
    return _whole(solution, {"conflicts": conflicts_document(conflicts)})


def draws_document(solution: "Solution", draws: "Draws") -> Document:
    """Each number that a judgement leaves open, over the worlds; the worlds themselves are a table's."""
    numbers = [
        {
            "name": one.name,
            "text": one.judged.ground.text,
            "mean": one.mean,
            "q05": one.q05,
            "q95": one.q95,
            "before_evidence": one.before,
        }
        for one in draws.numbers
    ]
    return _whole(solution, {"numbers": numbers})


def lessons_document(solution: "Solution", lessons: "Lessons") -> Document:
    """What the evidence taught about the actors."""
    return _whole(solution, {"learned": [lesson(learned) for learned in lessons.learned]})


def other_stories_document(solution: "Solution") -> Document:
    """Rules other than those found, which stand in every document beside how it was made."""
    return _whole(solution, {})


def _whole(solution: "Solution", part: Document) -> Document:
    return {**head(solution), **part, **making(solution)}
