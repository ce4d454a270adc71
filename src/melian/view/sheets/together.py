"""What a sheet says of choices that were solved together: which, how nearly, and what else would be kept to."""

import math
from collections.abc import Iterator
from typing import Final

from melian.answer.others import PureStory
from melian.answer.solution import Solution
from melian.view import wording
from melian.view.sheet import Block, Cell, Heading, Paragraph, Share, Table, Words

STORIES: Final = 6


def together_blocks(solution: Solution, step: float) -> Iterator[Block]:
    """Nothing where every choice is solved by itself."""
    for names in solution.together:
        said = f"Solved together, because they answer each other: {wording.listed(names)}."
        yield Paragraph(f"{said} {_nearly(solution)}", "quiet")
    pure = solution.other_stories().pure
    if pure:
        n_worlds = solution.other_stories().worlds
        yield Heading(f"What would be kept to, in {wording.counted(n_worlds, 'world')} searched")
        rows = tuple(_row(story, step) for story in pure[:STORIES])
        yield Table(("if all keep to it, nobody gains by another option", "holds in", "played in", "event there"), rows)
        if len(pure) > STORIES:
            yield Paragraph(f"The {STORIES} that hold in most worlds; there are {len(pure) - STORIES} more.", "quiet")


def _row(story: PureStory, step: float) -> tuple[Cell, ...]:
    return Words(_picks(story)), Words(str(story.worlds)), Words(str(story.played)), Share(story.event, step)


def _nearly(solution: Solution) -> str:
    limit = "As precision grows without bound, limited consistency tends to these rules. "
    rational = limit if solution.model.behaviour == "rational" else ""
    if solution.residual == 0:
        return f"{rational}They answer each other exactly."
    power = math.ceil(math.log10(solution.residual))
    return f"{rational}They answer each other to within 1e{power} of the scale from worst to best."


def _picks(story: PureStory) -> str:
    parts = []
    for pick in story.picks:
        where = " and ".join(f"{node} is {state}" for node, state in pick.sees)
        parts.append(f"{pick.choice}: {pick.option}" + (f" if {where}" if where else ""))
    return "; ".join(parts)
