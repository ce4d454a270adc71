"""The report: every answer that there is, in the order in which people who were not there want to read them."""

from collections.abc import Iterator, Sequence

from melian import __version__
from melian.answer.sampling import Told
from melian.answer.solution import Solution
from melian.answer.timeline import Timeline
from melian.view import wording
from melian.view.headline import headline
from melian.view.report import Part, Report
from melian.view.sheet import Block, Heading, Paragraph, Picture
from melian.view.sheets.behaviour import READING, choice_rule, learned_blocks
from melian.view.sheets.brief import brief_blocks
from melian.view.sheets.evidence import evidence_blocks
from melian.view.sheets.made import making_blocks, text_blocks
from melian.view.sheets.pictures import case_picture, evidence_picture, timeline_picture, worlds_picture
from melian.view.sheets.quantity import quantity_blocks
from melian.view.sheets.register import assumption_blocks, judgement_blocks, source_blocks
from melian.view.sheets.report_answers import Answers, ahead_parts, answers_of, begin, body, why_parts
from melian.view.sheets.run import cautions, choice_blocks, question, standing, supposed_blocks
from melian.view.sheets.timeline import timeline_sheet
from melian.view.sheets.together import together_blocks


def report_of(
    solution: Solution,
    *,
    actors: Sequence[str] | None = None,
    with_case: bool = False,
    told: Told | None = None,
    notes: tuple[str, ...] = (),
) -> Report:
    """Compose the report of a solved case.

    Parameters
    ----------
    actors : those of whom it is to say what they can do; everybody who is left with something to choose where None.
    with_case : whether the case's own text goes into it, with all its comments.
    told : see `melian.answer.sampling.sample`; some answers can take long.
    notes : what the caller has to say of the case, such as how many warnings there are.

    Raises
    ------
    AskError
        If one of the actors is none, or has nothing to choose.
    RefusalError
        If too few worlds carry the evidence for any answer to be given.
    """
    case, step = solution.case, solution.step
    timeline = solution.timeline(told=told) if solution.evidence().moved else None
    answers = answers_of(solution, actors, told)
    parts = [
        Part("answer", "How likely", tuple(_headline(solution, step)), "headline"),
        Part("confidence", "How much confidence it deserves", tuple(_confidence(solution)), "confidence"),
        *_in_brief(solution, answers),
        *_pictured(solution, step),
        *why_parts(solution, answers),
        *_weighed(solution, timeline, told),
        *ahead_parts(solution, answers),
        Part("assumptions", "What is assumed", tuple(assumption_blocks(solution))),
        *_appendices(solution, timeline, step),
        Part("made", "Appendix: how this was computed", tuple(making_blocks(solution, notes)), "appendix"),
    ]
    if with_case:
        parts.append(Part("text", "Appendix: the case as it was written", tuple(text_blocks(case)), "appendix"))
    made_by = f"Made by melian {__version__} from {case.source.path.rpartition('/')[2]}."
    return Report(case.title, tuple(_opening(solution)), tuple(parts), __version__, made_by)


def _opening(solution: Solution) -> Iterator[Block]:
    """What was asked, until when, and as of when."""
    case = solution.case
    yield Paragraph(question(case))
    if case.question.resolution:
        yield Paragraph(f"How one will know: {case.question.resolution}")
    said = [f"Case: {case.name}"]
    said += [f"as known on {wording.day(case.as_of)}"] if case.as_of else []
    said += [f"until {wording.day(case.question.by)}"] if case.question.by else ["no horizon is set"]
    yield Paragraph(wording.sentence("; ".join(said)), "quiet")
    if case.question.outcome is not None:
        yield Paragraph("How it ended is known and written in the case; it took no part in the answer.", "quiet")


def _headline(solution: Solution, step: float) -> Iterator[Block]:
    case, answer = solution.case, solution.likelihood()
    yield from supposed_blocks(case, solution.supposed)
    yield Paragraph(headline(answer, case.scale, step), "lead")
    yield Paragraph(standing(case, answer, step, bool(solution.evidence().moved or solution.supposed.observe)))
    for text in cautions(solution, step):
        yield Paragraph(text, "warn")


def _confidence(solution: Solution) -> Iterator[Block]:
    confidence = solution.likelihood().confidence
    yield Paragraph(wording.confidence(confidence.level, confidence.reasons))
    yield Paragraph("It says how well the answer is founded, and nothing of whether it will come about.", "quiet")


def _in_brief(solution: Solution, answers: Answers) -> Iterator[Part]:
    blocks = tuple(brief_blocks(solution, answers))
    if blocks:
        yield Part("brief", "In brief", blocks)


def _pictured(solution: Solution, step: float) -> Iterator[Part]:
    """Worlds, choices and the whole case: in this order, since its picture fills a sheet or two of its own."""
    yield Part("worlds", "How far it hangs on what nobody knows", (Picture(worlds_picture(solution)),))
    choices = tuple(block for block in choice_blocks(solution, step) if not isinstance(block, Heading))
    if choices:
        yield Part("choices", "How the actors choose", choices)
    quantities = tuple(block for block in quantity_blocks(solution, step) if not isinstance(block, Heading))
    if quantities:
        yield Part("quantities", "Quantities", quantities)
    yield Part("picture", "What it hangs on", (Picture(case_picture(solution)),))


def _weighed(solution: Solution, timeline: Timeline | None, told: Told | None) -> Iterator[Part]:
    """What the evidence says, how the answer came about, and what was learned."""
    begin(told, "Comparing the reports")
    yield Part("evidence", "What the evidence says", tuple(_evidence(solution)))
    if timeline is not None:
        drawn = Picture(timeline_picture(solution, timeline))
        yield Part("timeline", "How the answer came about", (drawn,))
        numbers = {origin: number for number, origin in enumerate(solution.matrix().origins, start=1)}
        taught = learned_blocks(solution.case, solution, numbers)
        learned = tuple(block for block in taught if not isinstance(block, Heading))
        yield Part("learned", "What watching taught about the actors", learned)


def _evidence(solution: Solution) -> Iterator[Block]:
    drawn = Picture(evidence_picture(solution)) if solution.evidence().moved else None
    return evidence_blocks(solution, (drawn,) if drawn else ())


def _appendices(solution: Solution, timeline: Timeline | None, step: float) -> Iterator[Part]:
    case = solution.case
    if timeline is not None:
        table = body(timeline_sheet(solution, timeline), solution)
        yield Part("moments", "Appendix: the answer after each report", table, "appendix")
    rules = tuple(_rules(solution, step))
    if rules:
        yield Part("rules", "Appendix: what each actor would do where", rules, "appendix")
    yield Part("judgements", "Appendix: every judgement", tuple(judgement_blocks(solution)), "appendix")
    yield Part("sources", "Appendix: sources", tuple(source_blocks(case)), "appendix")


def _rules(solution: Solution, step: float) -> Iterator[Block]:
    case, behaviour = solution.case, solution.behaviour()
    by_name = {choice.name: choice for choice in case.choices}
    if behaviour.choices:
        yield Paragraph(READING, "quiet")
    for solved in behaviour.choices:
        yield from choice_rule(case, by_name[solved.name], solved, step, False)
    yield from together_blocks(solution, step)
