"""Which answers have a figure, and which it is: one line for each kind of answer that has one."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from melian.answer.likelihood import Likelihood
from melian.answer.solution import Solution
from melian.answer.spread import SpreadOfWorlds
from melian.answer.timeline import Timeline
from melian.errors import AskError
from melian.view.figures.drawing import Drawing
from melian.view.figures.figure import Figure
from melian.view.sheets import pictures

# Each takes what the answer came from (a solution; of a difference the two cases) and the answer.
PICTURES: Final[Mapping[type, Callable[[Any, Any], Drawing]]] = {
    Solution: lambda solution, _: pictures.worlds_picture(solution),
    Likelihood: lambda solution, _: pictures.worlds_picture(solution),
    SpreadOfWorlds: lambda solution, _: pictures.worlds_picture(solution),
    Timeline: pictures.timeline_picture,
}


def figure_of(source: object, answer: object) -> Figure:
    """Figure of an answer.

    Raises
    ------
    AskError
        If answers of this kind have none.
    """
    kind = type(answer)
    if kind not in PICTURES:
        raise AskError(f"an answer of the kind {kind.__name__} has no figure", ["print it, or tabulate it"])
    return Figure(PICTURES[kind](source, answer))
