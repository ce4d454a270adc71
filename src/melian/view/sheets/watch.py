"""The sentence on what to watch first, which stands in more than one sheet."""

from typing import Final

from melian.answer.indicators import Indicator
from melian.case.case import Case
from melian.view import wording

# What moves the answer by less than half a point on average is only named.
LEAST_MOVE: Final = 0.005


def first_to_watch(case: Case, first: Indicator, step: int) -> str:
    """The one thing to watch first, and where the answer goes by what is seen, in a sentence or two."""
    seen = [
        f"{wording.percent(result.answer, step)} if {wording.state_of(case, first.name, name)}"
        for name, result in zip(first.results, first.move.results, strict=True)
        if result.answer is not None
    ]
    moves = f"it would move the answer by {wording.points(first.move.points, step)} on average"
    return f"{case.nodes[first.name].label}; {moves}: to {wording.listed(seen)}."
