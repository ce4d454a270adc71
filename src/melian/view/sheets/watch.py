"""The sentence on what to watch first, which stands in more than one sheet."""

from typing import Final

from melian.answer.indicators import MADE, Indicator
from melian.answer.ranking import ranked
from melian.case.case import Case
from melian.view import wording
from melian.view.naming import thing_label

# What moves the answer by less than half a point on average is only named.
LEAST_MOVE: Final = 0.005


def first_to_watch(case: Case, first: Indicator, step: float) -> str:
    """The one thing to watch first, and where the answer goes by what is seen, in a sentence or two."""
    moves = f"seeing it would move the answer by {wording.points(first.move.points, step)} on average"
    return f"{thing_label(case, first)}; {moves}: to {wording.listed(_ends(case, first, step))}."


def watch_first(case: Case, first: Indicator, answer: float, step: float) -> str:
    """Return the same in the one line that there is room for: the result that would move the answer furthest."""
    ends = _ends(case, first, step)
    highest, lowest = (pick(r.answer for r in first.move.results if r.answer is not None) for pick in (max, min))
    furthest = ends[0] if highest - answer >= answer - lowest else ends[-1]
    return f"Watch first: {thing_label(case, first)} ({furthest})."


def _ends(case: Case, first: Indicator, step: float) -> list[str]:
    """Where the answer goes by each result that can be seen, the highest first."""
    seen = [
        (result.answer, f"{wording.percent(result.answer, step)} if {_briefly(case, first, name)}")
        for name, result in zip(first.results, first.move.results, strict=True)
        if result.answer is not None
    ]
    return [said for _, said in ranked(seen, key=lambda pair: pair[0])]


def _briefly(case: Case, one: Indicator, name: str) -> str:
    """One result by itself."""
    if one.kind == "report":
        return "it comes" if name == MADE[0] else "it does not"
    return wording.state_of(case, one.node, name)
