"""Parts of the report on why, what to watch, and what anyone can do: a figure first, its numbers folded below it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from melian.answer.drivers import Drivers
from melian.answer.incentives import Incentives
from melian.answer.indicators import Indicators
from melian.answer.levers import Levers
from melian.answer.sampling import Told
from melian.answer.solution import Solution
from melian.answer.storylines import Storylines
from melian.errors import AskError
from melian.view import wording
from melian.view.figures.drawing import Drawing
from melian.view.report import Part
from melian.view.sheet import Block, Fold, Heading, Paragraph, Picture, Sheet
from melian.view.sheets import pictures
from melian.view.sheets.drivers import ELSEWHERE, cruxes_blocks, drivers_sheet
from melian.view.sheets.incentives import incentives_sheet
from melian.view.sheets.indicators import indicators_sheet
from melian.view.sheets.levers import levers_sheet
from melian.view.sheets.run import making, supposed_blocks
from melian.view.sheets.storylines import storylines_sheet

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Answers:
    """What a report asks for, each once; what cannot be answered has the reason in its place.

    Attributes
    ----------
    incentives, storylines : None where nobody has anything to choose.
    levers : by actor.
    """

    drivers: Drivers | AskError
    incentives: Incentives | AskError | None
    storylines: Storylines | AskError | None
    indicators: Indicators | AskError
    levers: dict[str, Levers | AskError]


def answers_of(solution: Solution, actors: Sequence[str] | None, told: Told | None) -> Answers:
    """Ask for all that a report tells.

    Parameters
    ----------
    actors : those of whom it is to say what they can do; everybody who is left with something to choose where None.

    Raises
    ------
    AskError
        If one of the actors is none, or has nothing to choose.
    """
    has_choices = bool(solution.case.choices)
    drivers = _asked(lambda: solution.drivers(told=told))
    begin(told, "Weighing what actors gain")
    incentives = _asked(solution.incentives) if has_choices else None
    storylines = _asked(solution.storylines) if has_choices else None
    begin(told, "Looking at what to watch")
    indicators = _asked(lambda: solution.indicators(told=told))
    return Answers(drivers, incentives, storylines, indicators, _levers_of(solution, actors, told))


def _levers_of(solution: Solution, actors: Sequence[str] | None, told: Told | None) -> dict[str, Levers | AskError]:
    """What actors can do: of those who were asked for, no answer is an error."""
    chosen = _choosers(solution) if actors is None else actors

    def ask(at: int) -> Levers:
        return solution.levers(chosen[at], told=_one_of(told, at, len(chosen)))

    if actors is not None:
        return {actor: ask(at) for at, actor in enumerate(chosen)}
    return {actor: _asked(partial(ask, at)) for at, actor in enumerate(chosen)}


def _choosers(solution: Solution) -> list[str]:
    """Actors who are left with something to choose, in the order of the case."""
    supposed = {*solution.supposed.do, *solution.supposed.observe}
    left = {choice.actor.text for choice in solution.case.choices if choice.name not in supposed}
    return [actor.name for actor in solution.case.actors if actor.name in left]


def _asked(ask: Callable[[], Answer]) -> Answer | AskError:
    """An answer, or why there is none: with few worlds the rest of the report still stands."""
    try:
        return ask()
    except AskError as problem:
        return problem


def why_parts(solution: Solution, answers: Answers) -> Iterator[Part]:
    """What the spread comes from, what each actor has to gain, and how it may go."""
    yield _part("drivers", "What the spread comes from", answers.drivers, lambda found: _drivers(solution, found))
    if answers.incentives is not None:
        title = "What each actor weighs, and has to gain"
        yield _part("incentives", title, answers.incentives, lambda found: _incentives(solution, found))
    if answers.storylines is not None:
        yield _part("storylines", "How it may go", answers.storylines, lambda found: _storylines(solution, found))


def ahead_parts(solution: Solution, answers: Answers) -> Iterator[Part]:
    """What to watch, and what some actors can do."""
    yield _part("indicators", "What to watch", answers.indicators, lambda found: _indicators(solution, found))
    for actor, levers in answers.levers.items():
        title = f"What {solution.case.actor(actor).label} can do"
        yield _part(f"levers-{actor}", title, levers, lambda found: _levers(solution, found))


def begin(told: Told | None, doing: str) -> None:
    """Say what is begun, where the answer itself does not tell how far it has come."""
    if told is not None:
        told(doing, 0.0)


def _one_of(told: Told | None, at: int, count: int) -> Told | None:
    """Teller of one stage of several that do the same."""
    return None if told is None else lambda doing, share: told(doing, (at + share) / count)


def body(sheet: Sheet, solution: Solution) -> tuple[Block, ...]:
    """Blocks of a sheet without what the report says once for all of them."""
    once: list[Block] = [*supposed_blocks(solution.case, solution.supposed), Paragraph(making(solution), "quiet")]
    once += [block for block in sheet.blocks if isinstance(block, Paragraph) and block.tone == "lead"]
    once.append(Paragraph(ELSEWHERE, "quiet"))
    return tuple(block for block in sheet.blocks if block not in once)


def opening(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks before the first heading."""
    for block in blocks:
        if isinstance(block, Heading):
            return
        yield block


def folded(blocks: Iterable[Block]) -> Iterator[Fold]:
    """Each heading with what stands below it, to be unfolded."""
    title, held = "", list[Block]()
    for block in (*blocks, Heading("")):
        if not isinstance(block, Heading):
            held.append(block)
            continue
        if title:
            yield Fold(title, tuple(held))
        title, held = block.text, []


def _part(anchor: str, title: str, found: Answer | AskError, said: Callable[[Answer], Iterable[Block]]) -> Part:
    if isinstance(found, AskError):
        return Part(anchor, title, (Paragraph(wording.sentence(found.message), "warn"),))
    return Part(anchor, title, tuple(said(found)))


def _drawn(draw: Callable[[], Drawing]) -> Iterator[Picture]:
    """A figure, where there is anything to draw."""
    try:
        yield Picture(draw())
    except AskError:
        return


def _drivers(solution: Solution, found: Drivers) -> Iterator[Block]:
    blocks = body(drivers_sheet(solution, found), solution)
    yield from opening(blocks)
    yield from _drawn(lambda: pictures.drivers_picture(solution, found))
    if found.drivers:
        cruxes = tuple(cruxes_blocks(solution.case, found, solution.step))
        yield from cruxes
        yield from folded(block for block in blocks if block not in cruxes)


def _incentives(solution: Solution, found: Incentives) -> Iterator[Block]:
    blocks = body(incentives_sheet(solution, found), solution)
    yield from opening(blocks)
    yield from _drawn(lambda: pictures.weights_picture(solution))
    yield from _drawn(lambda: pictures.incentives_picture(solution, found))
    yield from folded(blocks)


def _storylines(solution: Solution, found: Storylines) -> Iterator[Block]:
    yield from _drawn(lambda: pictures.storylines_picture(solution, found))
    yield from body(storylines_sheet(solution, found), solution)


def _indicators(solution: Solution, found: Indicators) -> Iterator[Block]:
    blocks = body(indicators_sheet(solution, found), solution)
    yield from opening(blocks)
    yield from _drawn(lambda: pictures.indicators_picture(solution, found))
    yield from folded(blocks)


def _levers(solution: Solution, found: Levers) -> Iterator[Block]:
    blocks = body(levers_sheet(solution, found), solution)
    yield from opening(blocks)
    yield from _drawn(lambda: pictures.levers_picture(solution, found))
    yield from folded(blocks)
