"""The sheet of `melian storylines`: the few most likely courses of events, told in sentences."""

from collections.abc import Iterator

from melian.answer.solution import Solution
from melian.answer.storylines import LOUD, Storyline, Storylines
from melian.case.case import Case
from melian.view import wording
from melian.view.sheet import Block, Entries, Entry, Paragraph, Share, Sheet
from melian.view.sheets.run import making, supposed_blocks

SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def storylines_sheet(solution: Solution, found: Storylines) -> Sheet:
    """What to show of the storylines."""
    case = solution.case
    step = solution.step
    blocks: list[Block] = [*supposed_blocks(case, solution.supposed)]
    blocks += [Paragraph(_share(found, step)), Paragraph(_asked(found, step))]
    blocks.append(Entries(tuple(_entry(case, story, step) for story in found.told)))
    blocks += [Paragraph(_over(case, found), "quiet"), Paragraph(making(solution), "quiet")]
    return Sheet(case.title, tuple(blocks))


def number(value: int) -> str:
    """Small number as a word."""
    return SMALL[value] if value < len(SMALL) else f"{value:,}"


def _share(found: Storylines, step: float) -> str:
    many = len(found.told)
    if many == found.courses:
        return wording.sentence(f"these {number(many)} courses of events are all there are")
    said = f"these {number(many)} courses of events make up" if many > 1 else "this course of events makes up"
    others = found.courses - many
    rest = "one other" if others == 1 else f"spread over {number(others)} others"
    return wording.sentence(f"{said} {wording.percent(found.chance, step)} of what may happen; the rest is {rest}")


def _asked(found: Storylines, step: float) -> str:
    """How much of the chance of the event the storylines tell."""
    yes = sum(story.happens for story in found.told)
    event, told = wording.percent(found.event, step), wording.percent(found.event_told, step)
    if not yes:
        return f"It happens in none of them, and in {event} of all that may happen."
    return f"It happens in {number(yes)} of them ({told} together), and in {event} of all that may happen."


def _entry(case: Case, story: Storyline, step: float) -> Entry:
    """One course: how the question comes out, what happens, what goes along with it, what would signal it first."""
    said = [wording.sentence(wording.happening(case, *pair)) for pair in story.states.items()]
    details = [*_along(case, story, step), _sign(case, story, step)]
    return Entry(Share(story.chance, step), " ".join(["Yes:" if story.happens else "No:", *said]), " ".join(details))


def _along(case: Case, story: Storyline, step: float) -> Iterator[str]:
    for is_after, opening in ((False, "With it goes"), (True, "After it, likelier than otherwise")):
        along = [one for one in story.along if one.is_after == is_after]
        clauses = [
            f"{wording.happening(case, one.node, one.state)} ({wording.percent(one.chance, step)} against"
            f" {wording.percent(one.overall, step)} overall)"
            for one in along
        ]
        if clauses:
            yield wording.sentence(f"{opening}: {'; '.join(clauses)}")


def _sign(case: Case, story: Storyline, step: float) -> str:
    if story.sign is None:
        return "Nothing before it would signal it."
    clause = wording.happening(case, story.sign.node, story.sign.state)
    opening = "First sign" if story.sign.bits >= LOUD else "Only a faint sign before it"
    chances = wording.percent(story.chance, step), wording.percent(story.sign.chance, step)
    return wording.sentence(f"{opening}: {clause}; seen, it would raise this course from {chances[0]} to {chances[1]}")


def _over(case: Case, found: Storylines) -> str:
    """What a course is a course of."""
    labels = wording.listed([case.nodes[node].label for node in found.nodes])
    return wording.sentence(
        f"a course is one combination of {labels}: what is asked about, and what tells most about it beforehand"
    )
