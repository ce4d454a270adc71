"""Figures of a solution, each with the digits that its Monte Carlo error bears."""

from collections.abc import Callable

from melian.answer import rounding
from melian.answer.behaviour import Behaviour
from melian.answer.compare import Difference
from melian.answer.drivers import Drivers
from melian.answer.incentives import Incentives
from melian.answer.indicators import Indicators
from melian.answer.levers import Levers
from melian.answer.sampling import Told
from melian.answer.situations import after_evidence
from melian.answer.solution import Solution
from melian.answer.storylines import Storylines
from melian.answer.timeline import Timeline
from melian.answer.whatif import WhatIf
from melian.case.case import Case
from melian.errors import AskError
from melian.view import wording
from melian.view.figures.behaviour import behaviour_drawing
from melian.view.figures.case import case_drawing
from melian.view.figures.changes import diff_drawing, whatif_drawing
from melian.view.figures.drawing import Drawing
from melian.view.figures.drivers import drivers_drawing
from melian.view.figures.evidence import evidence_drawing
from melian.view.figures.incentives import incentives_drawing
from melian.view.figures.indicators import indicators_drawing
from melian.view.figures.levers import levers_drawing
from melian.view.figures.signed import signed
from melian.view.figures.storylines import storylines_drawing
from melian.view.figures.timeline import timeline_drawing
from melian.view.figures.weights import weights_drawing
from melian.view.figures.worlds import worlds_drawing
from melian.view.headline import shortly
from melian.view.kinds import Kind
from melian.view.sheets.diff import group_label
from melian.view.sheets.indicators import is_worth_a_row


def picture_of(solution: Solution, kind: Kind, *, actor: str | None = None, told: Told | None = None) -> Drawing:
    """Ask a solution for what a figure shows, and draw it.

    Parameters
    ----------
    actor : whose levers; of the other kinds none has one.
    told : see `melian.answer.sampling.sample`; some answers can take long.

    Raises
    ------
    AskError
        If there is nothing to draw, or no such actor.
    RefusalError
        If too few worlds carry the evidence for any answer to be given.
    """
    if kind == "levers":
        if actor is None:
            raise AskError("whose levers?", [f"name an actor: {', '.join(each.name for each in solution.case.actors)}"])
        return levers_picture(solution, solution.levers(actor, told=told))
    drawn: dict[Kind, Callable[[], Drawing]] = {
        "case": lambda: case_picture(solution),
        "worlds": lambda: worlds_picture(solution),
        "choices": lambda: behaviour_picture(solution, solution.behaviour()),
        "drivers": lambda: drivers_picture(solution, solution.drivers(told=told)),
        "weights": lambda: weights_picture(solution),
        "incentives": lambda: incentives_picture(solution, solution.incentives()),
        "storylines": lambda: storylines_picture(solution, solution.storylines()),
        "evidence": lambda: evidence_picture(solution),
        "timeline": lambda: timeline_picture(solution, solution.timeline(told=told)),
        "indicators": lambda: indicators_picture(solution, solution.indicators(told=told)),
    }
    return drawn[kind]()


def _some(there: object, nothing: str) -> None:
    """Refuse to draw nothing."""
    if not there:
        raise AskError(f"there is nothing to draw: {nothing}")


def case_picture(solution: Solution) -> Drawing:
    """Diagram of the case with the chance of every state."""
    return _signed(solution, case_drawing(solution.case, solution.nodes(), solution.step))


def worlds_picture(solution: Solution) -> Drawing:
    """The answer over all worlds."""
    return _signed(solution, worlds_drawing(solution.case, solution.likelihood(), solution.spread(), solution.step))


def timeline_picture(solution: Solution, timeline: Timeline) -> Drawing:
    """The answer after each report."""
    return _signed(solution, timeline_drawing(solution.case, timeline, is_exact=solution.sampled.is_exact))


def drivers_picture(solution: Solution, drivers: Drivers) -> Drawing:
    """What the spread comes from, and where the answer goes from end to end of each judgement."""
    _some(drivers.drivers, "no judgement leaves anything open that bears on the answer")
    return _signed(solution, drivers_drawing(solution.case, drivers, solution.likelihood().mean, solution.step))


def evidence_picture(solution: Solution) -> Drawing:
    """What each report says of each outcome."""
    moved = {each.origin: each for each in solution.evidence().moved}
    _some(moved, "no report counts")
    return _signed(solution, evidence_drawing(solution.case, solution.matrix(), moved))


def incentives_picture(solution: Solution, incentives: Incentives) -> Drawing:
    """What speaks for the favourite of each actor, stake by stake."""
    _some([one for one in incentives.incentives if one.preferences], "nobody has a choice between two options")
    return _signed(solution, incentives_drawing(solution.case, incentives))


def weights_picture(solution: Solution) -> Drawing:
    """What each actor weighs, before and after the evidence."""
    _some([one for one in solution.learned() if one.stake is not None], "the case leaves no weight open")
    return _signed(solution, weights_drawing(solution.case, solution.learned().learned))


def indicators_picture(solution: Solution, indicators: Indicators) -> Drawing:
    """Where the answer would go by what may be seen; of what can warn."""
    shown = [one for one in indicators.indicators if not one.is_sign and is_worth_a_row(one)]
    _some(shown, "nothing that could still be seen would move the answer")
    return _signed(solution, indicators_drawing(solution.case, shown, indicators.answer, solution.step))


def levers_picture(solution: Solution, levers: Levers) -> Drawing:
    """What an actor can do."""
    return _signed(solution, levers_drawing(solution.case, levers, solution.step))


def storylines_picture(solution: Solution, storylines: Storylines) -> Drawing:
    """How it may go."""
    _some(storylines.nodes, "nothing is open that a course of events could be told of")
    return _signed(solution, storylines_drawing(solution.case, storylines, solution.step))


def behaviour_picture(solution: Solution, behaviour: Behaviour) -> Drawing:
    """How the actors choose."""
    _some(behaviour.choices, "nobody chooses anything")
    solved = solution.model, solution.enquiry, solution.sampled
    after = {choice.name: after_evidence(*solved, choice) for choice in behaviour.choices}
    return _signed(solution, behaviour_drawing(solution.case, behaviour, after, solution.step))


def whatif_picture(solution: Solution, found: WhatIf) -> Drawing:
    """Before and after a supposition."""
    step = solution.sampled.step_at(found.event.error, found.effective_worlds)
    return _signed(solution, whatif_drawing(solution.case, found, step))


def diff_picture(one: Case, other: Case, found: Difference) -> Drawing:
    """From one version of a case to another."""
    names = [group_label(one, other, share) for share in found.shares]
    step = rounding.step_for(found.error, found.worlds)
    _some(found.shares, "both versions say the same")
    ends = (wording.percent(chance, step) for chance in (found.before, found.after))
    return signed(diff_drawing(found, names, step), other.title, other.as_of, " before, now ".join(ends))


def _signed(solution: Solution, drawing: Drawing) -> Drawing:
    """Figure with the question, as of when, and the answer at its foot."""
    case, answer = solution.case, solution.likelihood()
    said = f"the answer is {shortly(answer, solution.step)}"
    said += f", by {wording.day(answer.by)}" if answer.by else ""
    states = {**solution.supposed.do, **solution.supposed.observe}
    said += "".join(f"; supposed: {wording.state(case, *pair)}" for pair in states.items())
    return signed(drawing, case.title, case.as_of, said)
