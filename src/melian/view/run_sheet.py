"""The sheet of `melian run`: the headline, with the few things that matter most from each other answer."""

from collections.abc import Iterator, Mapping
from typing import Final

from melian.answer.evidence import Evidence, Moved
from melian.answer.likelihood import Likelihood
from melian.answer.solution import Solution, States, Supposed
from melian.case.case import Case, Choice, Report
from melian.case.words import Scale
from melian.view import wording
from melian.view.sheet import Bar, BarGroups, Bars, Bits, Block, Entries, Entry, Heading, Paragraph, Share, Sheet

REPORTS: Final = 4
NAMED: Final = 6


def run_sheet(solution: Solution, *, notes: tuple[str, ...] = ()) -> Sheet:
    """What to show of a solved case on one screen.

    Parameters
    ----------
    notes : what the caller has to say below it all, such as how many warnings there are.
    """
    case, answer = solution.case, solution.likelihood()
    step = wording.step_for(answer.error, solution.effective_worlds)
    blocks: list[Block] = [Paragraph(_question(case), "quiet")]
    blocks += supposed_blocks(case, solution.supposed)
    blocks += _headline(answer, case.scale, step)
    blocks += _choices(solution, step)
    blocks += _evidence(case, solution.evidence(), step)
    blocks += [Paragraph(text, "warn") for text in _cautions(solution, step)]
    blocks += [Paragraph(making(solution), "quiet"), *(Paragraph(note, "warn") for note in notes)]
    return Sheet(case.title, tuple(blocks))


def _question(case: Case) -> str:
    asked = f"Yes means: {wording.condition(case, case.question.event)}"
    known = f"As known on {wording.day(case.as_of)}. " if case.as_of else ""
    return known + wording.sentence(asked)


def supposed_blocks(case: Case, supposed: Supposed) -> Iterator[Paragraph]:
    """Sentences on what was supposed beyond the case; nothing where nothing was."""
    if supposed.do:
        how = "announced: the actors know it, and answer it"
        if not supposed.announced:
            how = "unannounced: the actors do not know it when they choose"
        yield Paragraph(f"Supposed to be brought about ({how}). {_states(case, supposed.do)}", "warn")
    if supposed.observe:
        how = "the actors choose as before"
        yield Paragraph(f"Supposed to be learned by you ({how}). {_states(case, supposed.observe)}", "warn")


def _states(case: Case, states: States) -> str:
    return wording.sentence("; ".join(wording.state(case, node, state) for node, state in states.items()))


def _headline(answer: Likelihood, scale: Scale, step: int) -> Iterator[Paragraph]:
    low, middle, high = (wording.percent(chance, step) for chance in (answer.q05, answer.q50, answer.q95))
    yield Paragraph(wording.likelihood(answer.mean, scale, step=step, by=answer.by), "lead")
    yield Paragraph(
        f"In 90 of 100 worlds that fit the judgements it lies between {low} and {high}, with {middle} in the middle: "
        "so far does it hang on what nobody knows. "
        f"Before the evidence it was {wording.likelihood(answer.before_evidence, scale, step=step)}."
    )
    yield Paragraph(wording.confidence(answer.confidence.level, answer.confidence.reasons))


def _choices(solution: Solution, step: int) -> Iterator[Block]:
    nodes, taken = solution.nodes(), solution.supposed.do
    left = [choice for choice in solution.case.choices if choice.name not in taken]
    if left:
        yield Heading("How the actors choose")
        yield BarGroups(tuple(choice_bars(choice, nodes[choice.name], step) for choice in left))


def choice_bars(choice: Choice, chances: Mapping[str, float], step: int) -> Bars:
    """Chance of each option of a choice, in its labels."""
    return Bars(choice.label, tuple(Bar(option.label, Share(chances[option.name], step)) for option in choice.states))


def _evidence(case: Case, evidence: Evidence, step: int) -> Iterator[Block]:
    if evidence.moved:
        shown = evidence.moved[:REPORTS]
        rest = len(evidence.moved) - len(shown)
        yield Heading("What moved it most")
        yield Entries(tuple(_moved(case, moved, step) for moved in shown))
        if rest:
            yield Paragraph(f"{wording.counted(rest, 'other origin')} of reports moved it less.", "quiet")
    if evidence.left_out:
        assert case.as_of is not None
        names = list(evidence.left_out[:NAMED])
        names += [f"{len(evidence.left_out) - NAMED} more"] if len(evidence.left_out) > NAMED else []
        said = f"Left out, because dated after {wording.day(case.as_of)}: {wording.listed(names)}."
        yield Paragraph(said, "warn")


def _moved(case: Case, moved: Moved, step: int) -> Entry:
    reports = [report for report in case.evidence if report.name in moved.reports]
    without = f"without {'it' if len(reports) == 1 else 'them'} {wording.percent(moved.without_it, step)}"
    details = list(dict.fromkeys(_ground(case, report) for report in reports))
    return Entry(Bits(moved.bits), " ".join(moved.claims), f"{'; '.join(details)}. {wording.sentence(without)}")


def _ground(case: Case, report: Report) -> str:
    """Who reported something, with what grade and when."""
    grade, cited = case.grade_of(report), case.citation(report.source.text) if report.source else None
    source = (cited.publisher or cited.title) if cited else "no source"
    said = [source, str(grade) if grade else "ungraded", wording.day(report.date) if report.date else "undated"]
    return ", ".join(said)


def _cautions(solution: Solution, step: int) -> Iterator[str]:
    failed, unreached = solution.unconverged_worlds, solution.worlds.unreached
    if step != wording.FINE:
        yield f"Numbers are rounded to {step} %: so few worlds carry the answer that finer ones would mislead."
    if failed:
        yield f"{wording.counted(failed, 'world')} did not converge and still count."
    if unreached:
        where = f"in {wording.counted(unreached, 'world')} an actor faces a situation that cannot come about"
        yield wording.sentence(f"{where}; there it picks every option alike")


def making(solution: Solution) -> str:
    """How an answer was made, in one line."""
    worlds = f"{wording.counted(solution.n_worlds, 'world')}, after the evidence worth {solution.effective_worlds:,.0f}"
    return f"{worlds}; seed {solution.seed}; {wording.seconds(solution.seconds)}."
