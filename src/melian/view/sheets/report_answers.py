"""Parts of the report on why, what to watch, and what anyone can do: each the sheet of a command of its own."""

from collections.abc import Callable, Iterator, Sequence

from melian.answer.sampling import Told
from melian.answer.solution import Solution
from melian.errors import AskError
from melian.view import wording
from melian.view.report import Part
from melian.view.sheet import Block, Paragraph, Sheet
from melian.view.sheets.drivers import ELSEWHERE, drivers_sheet
from melian.view.sheets.incentives import incentives_sheet
from melian.view.sheets.indicators import indicators_sheet
from melian.view.sheets.levers import levers_sheet
from melian.view.sheets.run import making, supposed_blocks
from melian.view.sheets.storylines import storylines_sheet


def why_parts(solution: Solution, told: Told | None) -> Iterator[Part]:
    """What the spread comes from, what each actor has to gain, and how it may go."""
    yield _part(solution, "drivers", "What the spread comes from", lambda: _drivers(solution, told))
    if solution.case.choices:
        begin(told, "Weighing what actors gain")
        incentives = _part(solution, "incentives", "What each actor has to gain", lambda: _incentives(solution))
        stories = _part(solution, "storylines", "How it may go", lambda: _stories(solution))
        yield from (incentives, stories)


def ahead_parts(solution: Solution, actors: Sequence[str], told: Told | None) -> Iterator[Part]:
    """What to watch, and what some actors can do."""
    begin(told, "Looking at what to watch")
    yield _part(solution, "indicators", "What to watch", lambda: _indicators(solution, told))
    for at, actor in enumerate(actors):
        label = solution.case.actor(actor).label if actor in {each.name for each in solution.case.actors} else actor
        found = levers_sheet(
            solution, solution.levers(actor, told=_one_of(told, at, len(actors)))
        )  # an actor was asked for: no answer is an error
        yield Part(f"levers-{actor}", f"What {label} can do", body(found, solution))


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


def _part(solution: Solution, anchor: str, title: str, made: Callable[[], Sheet]) -> Part:
    """A part, which says why where it has no answer: with few worlds the rest of the report still stands."""
    try:
        return Part(anchor, title, body(made(), solution))
    except AskError as problem:
        return Part(anchor, title, (Paragraph(wording.sentence(problem.message), "warn"),))


def _drivers(solution: Solution, told: Told | None) -> Sheet:
    return drivers_sheet(solution, solution.drivers(told=told))


def _incentives(solution: Solution) -> Sheet:
    return incentives_sheet(solution, solution.incentives())


def _stories(solution: Solution) -> Sheet:
    return storylines_sheet(solution, solution.storylines())


def _indicators(solution: Solution, told: Told | None) -> Sheet:
    return indicators_sheet(solution, solution.indicators(told=told))
