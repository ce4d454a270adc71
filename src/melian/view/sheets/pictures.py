"""Figures of a solution, each with the digits that its Monte Carlo error bears."""

from melian.answer.solution import Solution
from melian.answer.timeline import Timeline
from melian.view import wording
from melian.view.figures.case import case_drawing
from melian.view.figures.drawing import Drawing
from melian.view.figures.timeline import timeline_drawing
from melian.view.figures.worlds import worlds_drawing


def case_picture(solution: Solution) -> Drawing:
    """Diagram of the case with the chance of every state.

    Raises
    ------
    RefusalError
        If too few worlds carry the evidence for any answer to be given.
    """
    return case_drawing(solution.case, solution.nodes(), _step(solution))


def worlds_picture(solution: Solution) -> Drawing:
    """The answer over all worlds.

    Raises
    ------
    RefusalError
        If too few worlds carry the evidence for any answer to be given.
    """
    return worlds_drawing(solution.case, solution.likelihood(), solution.spread(), _step(solution))


def timeline_picture(solution: Solution, timeline: Timeline) -> Drawing:
    """The answer after each report."""
    return timeline_drawing(solution.case, timeline)


def _step(solution: Solution) -> int:
    return wording.step_for(solution.likelihood().error, solution.effective_worlds)
