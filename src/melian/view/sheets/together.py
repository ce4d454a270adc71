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
        alone = solution.alone.get(names)
        if alone is None:
            said = f"Solved together, because they answer each other: {wording.listed(names)}. {_nearly(solution)}"
        else:
            said = f"Solved together, since one actor forgets or does not see: {wording.listed(names)}. {_best(alone)}"
        yield Paragraph(said.strip(), "quiet")
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


def _best(is_every: bool) -> str:
    """Say how the best rules of one actor were found."""
    if is_every:
        return "These are its best rules of all: every one was tried."
    return "These are the best rules found, from many starts; they are not known to be the best of all."


def _nearly(solution: Solution) -> str:
    """Say what rules that answer each other are, and how nearly they do; nothing where no world could be settled."""
    if solution.unconverged_worlds == solution.worlds.event.size:
        return ""
    rational = solution.model.behaviour == "rational"
    limit = "As precision grows without bound, limited consistency tends to these rules. " if rational else ""
    where = "Where they could be settled, they" if solution.unconverged_worlds else "They"
    gap = solution.settled_residual
    if gap == 0:
        return f"{limit}{where} answer each other exactly."
    return f"{limit}{where} answer each other to within 1e{math.ceil(math.log10(gap))} of the scale from worst to best."


def unsettled(solution: Solution) -> str:
    """Say in how many worlds choices could not be settled, and what stands in for their rules there."""
    worlds = solution.worlds
    failed = worlds.unsettled
    where = f"In {int(failed.sum()):,} of {failed.size:,} worlds"
    gap = float(worlds.residual[failed].max(initial=0.0))
    most = f"{gap:.1g} of the scale from worst to best"
    if solution.model.behaviour == "rational":
        gain = f"nobody could gain more than {most} by another option"
        rules = f"the rules there are those at precision {solution.reached:,.0f}"
        return f"{where} no limit could be certified: {rules}; {gain}."
    return f"{where} choices could not be settled together: the last rules found, which stand there, err by {most}."


def _picks(story: PureStory) -> str:
    parts = []
    for pick in story.picks:
        where = " and ".join(f"{node} is {state}" for node, state in pick.sees)
        parts.append(f"{pick.choice}: {pick.option}" + (f" if {where}" if where else ""))
    return "; ".join(parts)
