"""The few most likely courses of events."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from melian.source.diagnostic import Diagnostic
from melian.source.render import as_json
from melian.view.documents.document import Document, head, likelihood, making

if TYPE_CHECKING:
    from melian.answer.solution import Solution
    from melian.answer.storylines import Storyline, Storylines


def storylines_document(solution: "Solution", found: "Storylines", diagnostics: Iterable[Diagnostic] = ()) -> Document:
    """Return the courses with their chances, what goes along with each, and what would signal it first."""
    return {
        **head(solution),
        "likelihood": likelihood(solution),
        "nodes": list(found.nodes),
        "courses": found.courses,
        "chance_told": found.chance,
        "event_told": found.event_told,
        "storylines": [_storyline(story) for story in found.told],
        **making(solution),
        "diagnostics": as_json(diagnostics),
    }


def _storyline(story: "Storyline") -> Document:
    sign = story.sign
    return {
        "states": dict(story.states),
        "happens": story.happens,
        "chance": story.chance,
        "error": story.error,
        "along": [
            {
                "node": one.node,
                "state": one.state,
                "is_after": one.is_after,
                "chance": one.chance,
                "overall": one.overall,
            }
            for one in story.along
        ],
        "first_sign": None
        if sign is None
        else {"node": sign.node, "state": sign.state, "chance": sign.chance, "bits": sign.bits},
    }
