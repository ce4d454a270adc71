"""How each actor chooses in every situation, and what the evidence taught about it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from melian.source.diagnostic import Diagnostic
from melian.source.render import as_json
from melian.view.documents.document import Document, head, making

if TYPE_CHECKING:
    from melian.answer.behaviour import Behaviour, Chance, Situation, SolvedChoice
    from melian.answer.learned import Believed, Learned
    from melian.answer.solution import Solution


def behaviour_document(solution: "Solution", diagnostics: Iterable[Diagnostic] = ()) -> Document:
    """How each actor chooses in every situation."""
    return {
        **head(solution),
        "choices": _choices(solution.behaviour()),
        "learned": [lesson(learned) for learned in solution.learned()],
        **making(solution),
        "diagnostics": as_json(diagnostics),
    }


def _choices(behaviour: "Behaviour") -> Document:
    return {choice.name: _choice(choice) for choice in behaviour.choices}


def _choice(choice: "SolvedChoice") -> Document:
    return {
        "actor": choice.actor,
        "options": list(choice.options),
        "overall": dict(choice.overall),
        "sway": dict(choice.sway),
        "rule": [_situation(place) for place in choice.rule],
    }


def _situation(place: "Situation") -> Document:
    return {
        "sees": dict(place.sees),
        "options": {option: _chance(chance) for option, chance in place.options.items()},
        "closed": list(place.closed),
        "possible": place.is_possible,
    }


def _chance(chance: "Chance") -> Document:
    return {"mean": chance.mean, "q05": chance.q05, "q95": chance.q95}


def lesson(learned: "Learned") -> Document:
    """Give what was learned of one weight or precision."""
    return {
        "actor": learned.actor,
        "quantity": "weight" if learned.stake else "precision",
        "stake": learned.stake,
        "before": _believed(learned.before),
        "after": _believed(learned.after),
        "is_told_from_none": learned.is_told,
        "moved_by": dict(learned.moved_by),
    }


def _believed(believed: "Believed") -> Document:
    return {"mean": believed.mean, "q05": believed.q05, "q95": believed.q95}
