"""Which answers have a figure, and which it is: one line for each kind of answer that has one."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from melian.answer.behaviour import Behaviour
from melian.answer.compare import Difference
from melian.answer.drivers import Drivers
from melian.answer.evidence import Evidence
from melian.answer.incentives import Incentives
from melian.answer.indicators import Indicators
from melian.answer.learned import Lessons
from melian.answer.levers import Levers
from melian.answer.likelihood import Likelihood
from melian.answer.matrix import Matrix
from melian.answer.solution import Solution
from melian.answer.spread import SpreadOfWorlds
from melian.answer.storylines import Storylines
from melian.answer.timeline import Timeline
from melian.answer.whatif import WhatIf
from melian.errors import AskError
from melian.view.figures.drawing import Drawing
from melian.view.looks.figure import Figure
from melian.view.sheets import pictures

# Each takes what the answer came from (a solution; of a difference the two cases) and the answer.
PICTURES: Final[Mapping[type, Callable[[Any, Any], Drawing]]] = {
    Solution: lambda solution, _: pictures.worlds_picture(solution),
    Likelihood: lambda solution, _: pictures.worlds_picture(solution),
    SpreadOfWorlds: lambda solution, _: pictures.worlds_picture(solution),
    Evidence: lambda solution, _: pictures.evidence_picture(solution),
    Matrix: lambda solution, _: pictures.evidence_picture(solution),
    Lessons: lambda solution, _: pictures.weights_picture(solution),
    Timeline: pictures.timeline_picture,
    Drivers: pictures.drivers_picture,
    WhatIf: pictures.whatif_picture,
    Indicators: pictures.indicators_picture,
    Storylines: pictures.storylines_picture,
    Levers: pictures.levers_picture,
    Incentives: pictures.incentives_picture,
    Behaviour: pictures.behaviour_picture,
    Difference: lambda cases, found: pictures.diff_picture(cases[0], cases[1], found),
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
