"""Sheets of answers that no command asks for by themselves: parts of what others show."""

from collections.abc import Iterable

from melian.answer.conflict import Conflicts
from melian.answer.draws import Draws
from melian.answer.solution import Solution
from melian.view import wording
from melian.view.headline import headline
from melian.view.naming import name_of, number
from melian.view.sheet import Block, Paragraph, Picture, Sheet, Table, Words
from melian.view.sheets.behaviour import learned_blocks
from melian.view.sheets.evidence import conflicts_sheet
from melian.view.sheets.pictures import worlds_picture
from melian.view.sheets.run import cautions, making, other_stories, question, standing, supposed_blocks
from melian.view.sheets.together import together_blocks


def likelihood_sheet(solution: Solution) -> Sheet:
    """What to show of how likely the event is."""
    case, answer, step = solution.case, solution.likelihood(), solution.step
    has_evidence = bool(solution.evidence().moved or solution.supposed.observe)
    blocks = [
        Paragraph(headline(answer, case.scale, step), "lead"),
        Paragraph(standing(case, answer, step, has_evidence)),
        Paragraph(wording.confidence(answer.confidence.level, answer.confidence.reasons)),
        *(Paragraph(text, "warn") for text in cautions(solution, step)),
    ]
    return _sheet(solution, [Paragraph(question(case), "quiet"), *supposed_blocks(case, solution.supposed), *blocks])


def spread_sheet(solution: Solution) -> Sheet:
    """What to show of the answer over all worlds."""
    return _sheet(solution, [*supposed_blocks(solution.case, solution.supposed), Picture(worlds_picture(solution))])


def draws_sheet(solution: Solution, draws: Draws) -> Sheet:
    """What to show of the worlds: what each judgement comes to over them, before the evidence and after."""
    rows = tuple(
        (
            Words(name_of(solution.case, one.judged, one.member)),
            *(Words(number(one.judged, value)) for value in (one.before, one.mean, one.q05, one.q95)),
        )
        for one in draws.numbers
    )
    table = Table(("judgement", "mean before", "mean", "5 %", "95 %"), rows)
    return _sheet(solution, [*supposed_blocks(solution.case, solution.supposed), table])


def lessons_sheet(solution: Solution) -> Sheet:
    """What to show of what the evidence taught about the actors."""
    blocks: list[Block] = [*supposed_blocks(solution.case, solution.supposed)]
    learned = tuple(learned_blocks(solution.case, solution))
    nothing = Paragraph("No report counts and nothing was observed, so that nothing was learned.")
    return _sheet(solution, [*blocks, *(learned or (nothing,))])


def disagreement_sheet(solution: Solution, conflicts: Conflicts) -> Sheet:
    """What to show of reports that disagree."""
    blocks: list[Block] = [*supposed_blocks(solution.case, solution.supposed)]
    return _sheet(solution, [*blocks, *conflicts_sheet(solution.case, conflicts).blocks])


def other_stories_sheet(solution: Solution) -> Sheet:
    """What to show of rules other than those found."""
    step = solution.step
    blocks: list[Block] = [*supposed_blocks(solution.case, solution.supposed), *together_blocks(solution, step)]
    others = solution.other_stories()
    if others.found:
        blocks.append(Paragraph(other_stories(others, step), "warn"))
    elif others.worlds:
        blocks.append(Paragraph(f"No other rules were found in {wording.counted(others.worlds, 'world')} searched."))
    else:
        blocks.append(Paragraph("Every choice is solved by itself, so that no other rules answer each other."))
    return _sheet(solution, blocks)


def _sheet(solution: Solution, blocks: Iterable[Block]) -> Sheet:
    return Sheet(solution.case.title, (*blocks, Paragraph(making(solution), "quiet")))
