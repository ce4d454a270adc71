"""The sheet of `melian run`: the headline, with the few things that matter most from each other answer."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from melian.answer import rounding
from melian.answer.conflict import Conflict
from melian.answer.evidence import Evidence, Moved
from melian.answer.likelihood import Likelihood
from melian.answer.others import OtherStories
from melian.answer.solution import Solution
from melian.answer.supposed import States, Supposed
from melian.case.case import Case, Choice, Report, State
from melian.case.rules.scope import never_open
from melian.view import wording
from melian.view.headline import headline
from melian.view.naming import origin_of, report_of, reporter_of, whole_name
from melian.view.sheet import Bar, BarGroups, Bars, Bits, Block, Entries, Entry, Heading, Paragraph, Share, Sheet
from melian.view.sheets.quantity import quantity_blocks
from melian.view.sheets.together import together_blocks, unsettled
from melian.view.sheets.watch import LEAST_MOVE, watch_first

REPORTS: Final = 3
NAMED: Final = 3
FORCED: Final = "It happens even where that option is closed."


def run_sheet(solution: Solution, *, notes: tuple[str, ...] = ()) -> Sheet:
    """What to show of a solved case on one screen.

    Parameters
    ----------
    notes : what the caller has to say below it all, such as how many warnings there are.
    """
    case, answer = solution.case, solution.likelihood()
    step = solution.step
    evidence = solution.evidence()
    blocks: list[Block] = [Paragraph(question(case), "quiet")]
    blocks += supposed_blocks(case, solution.supposed)
    blocks.append(Paragraph(headline(answer, case.scale, step), "lead"))
    blocks.append(Paragraph(standing(case, answer, step, bool(evidence.moved or solution.supposed.observe))))
    blocks.append(Paragraph(wording.confidence(answer.confidence.level, answer.confidence.reasons)))
    blocks += choice_blocks(solution, step)
    blocks += quantity_blocks(solution, step)
    blocks += _evidence(case, evidence, step)
    blocks += [*_driver(solution), *_watch(solution, step)]
    blocks += together_blocks(solution, step)
    blocks += [Paragraph(text, "warn") for text in cautions(solution, step)]
    blocks += [Paragraph(making(solution), "quiet"), *(Paragraph(note, "warn") for note in notes)]
    return Sheet(case.title, tuple(blocks))


def question(case: Case) -> str:
    """Say what the event is, in the labels of the case."""
    return wording.sentence(f"Yes means: {wording.condition(case, case.question.event)}")


def supposed_blocks(case: Case, supposed: Supposed) -> Iterator[Paragraph]:
    """Sentences on what was supposed beyond the case, and that it is a draft; nothing where it is as it stands."""
    if case.placeholders:
        values = wording.counted(len(case.placeholders), "value")
        held = "is still a placeholder" if len(case.placeholders) == 1 else "are still placeholders"
        yield Paragraph(
            f"A draft: {values} {held}, so that the numbers mean nothing yet; melian check names them.", "warn"
        )
    known = (
        "The actors know it, and answer it." if supposed.announced else "The actors do not know it when they choose."
    )
    how = "announced" if supposed.announced else "unannounced"
    if supposed.do:
        forced = f" {FORCED}" if any(_may_be_closed(case, *pair) for pair in supposed.do.items()) else ""
        yield Paragraph(f"Supposed, {how}: {_states(case, supposed.do)} {known}{forced}", "warn")
    if supposed.observe:
        yield Paragraph(f"Supposed, observed: {_states(case, supposed.observe)} The actors choose as before.", "warn")


def _may_be_closed(case: Case, node: str, state: str) -> bool:
    return any(option.name == state and option.available is not None for option in case.nodes[node].states)


def _states(case: Case, states: States) -> str:
    return "; ".join(wording.state(case, node, state) for node, state in states.items()) + "."


def standing(case: Case, answer: Likelihood, step: float, has_evidence: bool) -> str:
    """As of when, how far the answer hangs on what nobody knows, and what it was before the evidence."""
    dated = [f"As known on {wording.day(case.as_of)}."] if case.as_of else []
    if answer.is_open:
        return " ".join([*dated, "More than that the worlds that could be settled do not tell."])
    low, middle, high = (wording.percent(chance, step) for chance in (answer.q05, answer.q50, answer.q95))
    lies = f"lies between {low} and {high}, with {middle} in the middle" if low != high else f"is {low}"
    said = [f"In 90 of 100 worlds that fit the judgements it {lies}.", "That is how far it hangs on what nobody knows."]
    if step == rounding.EXACT:
        said = ["No judgement leaves anything open, so that every world says the same."]
    said = [*dated, *said]
    if has_evidence:
        said.append(f"Before the evidence it was {wording.likelihood(answer.before_evidence, case.scale, step=step)}.")
    return " ".join(said)


def choice_blocks(solution: Solution, step: float) -> Iterator[Block]:
    """Chance of each option of the choices that were left to their actors."""
    nodes, taken = solution.nodes(), solution.supposed.do
    left = [choice for choice in solution.case.choices if choice.name not in taken]
    if left:
        yield Heading("How the actors choose")
        yield BarGroups(tuple(_choice(solution.case, choice, nodes[choice.name], step) for choice in left))


def _choice(case: Case, choice: Choice, chances: Mapping[str, float], step: float) -> Bars:
    """Chances of a choice's options; whose choice it is where the label does not say so."""
    actor = case.actor(choice.actor.text).label
    said = actor.casefold() in choice.label.casefold()
    return Bars(choice.label, option_bars(case, choice, chances, step), "" if said else actor)


def option_bars(
    case: Case, choice: Choice, chances: Mapping[str, float], step: float, *, named: bool = False
) -> tuple[Bar, ...]:
    """Chance of each option that is ever open, or brought about, in its label; its name in the case where wanted."""
    closed = never_open(case, choice.name)
    options = [option for option in choice.states if option.name not in closed or chances[option.name] > 0]
    return tuple(
        Bar(each.label, Share(chances[each.name], step), _note(case, each, chances, named)) for each in options
    )


def _note(case: Case, option: State, chances: Mapping[str, float], named: bool) -> str:
    """Name of an option in the case, and whether it is closed in all that can come about.

    Logit play gives every option that is open some chance, so that one without any is closed.
    """
    is_closed = option.available is not None and case.behaviour == "logit" and chances[option.name] == 0
    said = [option.name] if named and option.name != option.label else []
    return ", ".join([*said, *(["closed"] if is_closed else [])])


def _evidence(case: Case, evidence: Evidence, step: float) -> Iterator[Block]:
    if evidence.moved:
        shown = evidence.moved[:REPORTS]
        counted = wording.counted(len(evidence.moved), "origin")
        part = f" ({len(shown)} of {counted} of reports)" if len(shown) < len(evidence.moved) else ""
        yield Heading(f"What moved it most, in bits{part}")
        yield Entries(tuple(_moved(case, moved, step) for moved in shown))
    if evidence.left_out:
        assert case.as_of is not None
        names = [report_of(case, name) for name in evidence.left_out[:NAMED]]
        names += [f"{len(evidence.left_out) - NAMED} more"] if len(evidence.left_out) > NAMED else []
        said = f"Left out, because dated after {wording.day(case.as_of)}: {wording.listed(names)}."
        yield Paragraph(said, "warn")
    if evidence.superseded:
        names = [
            f"{report_of(case, name)} (by {report_of(case, later)})" for name, later in evidence.superseded[:NAMED]
        ]
        names += [f"{len(evidence.superseded) - NAMED} more"] if len(evidence.superseded) > NAMED else []
        yield Paragraph(f"Left out, because a later report has taken its place: {wording.listed(names)}.", "warn")


def _moved(case: Case, moved: Moved, step: float) -> Entry:
    reports = [report for report in case.evidence if report.name in moved.reports]
    without = f"without {'it' if len(reports) == 1 else 'them'} {wording.percent(moved.without_it, step)}"
    details = list(dict.fromkeys(ground_of(case, report) for report in reports))
    return Entry(Bits(moved.bits), " ".join(moved.claims), f"({'; '.join(details)}; {without})")


def ground_of(case: Case, report: Report) -> str:
    """Who reported something, with what grade and when; of what is believed, with what chance."""
    if report.is_believed:
        held = (
            f"{wording.state_of(case, report.bears_on.text, n.text)} {j.text}" for n, j in report.likelihood.entries
        )
        return f"believed: {wording.listed(list(held))}"
    grade = case.grade_of(report)
    trusted = "certain" if report.is_certain else str(grade) if grade else "ungraded"
    said = [reporter_of(case, report), trusted, wording.day(report.date) if report.date else "undated"]
    return ", ".join(said)


def _driver(solution: Solution) -> Iterator[Paragraph]:
    """Which judgement the spread comes from most, where one stands out."""
    foremost = solution.foremost_driver()
    if foremost is not None:
        judged, member, share = foremost
        coarse = wording.percent(share, rounding.COARSE)
        about = "nearly all" if coarse.startswith(">") else f"about {coarse}"
        name = whole_name(solution.case, judged, member)
        yield Paragraph(f"The spread comes most from one judgement, {about} of it: {name}.")


def _watch(solution: Solution, step: float) -> Iterator[Paragraph]:
    """What to watch first, where anything would move the answer."""
    first = solution.first_indicator
    if first is not None and first.move.points >= LEAST_MOVE:
        yield Paragraph(watch_first(solution.case, first, solution.likelihood().mean, step))


def cautions(solution: Solution, step: float) -> Iterator[str]:
    """What to mind when reading the answer; nothing where all is well."""
    failed, unreached = solution.unconverged_worlds, solution.worlds.unreached
    if step == rounding.COARSE:
        yield f"Numbers are rounded to {step:g} %: so few worlds carry the answer that finer ones would mislead."
    if failed:
        yield unsettled(solution)
    if (others := solution.other_stories()).found:
        yield other_stories(others, step)
    if pairs := solution.conflicts().pairs:
        yield f"{_disagree(solution.case, pairs)}: melian evidence shows which."
    if unreached:
        where = f"in {wording.counted(unreached, 'world')} an actor faces a situation that cannot come about"
        yield wording.sentence(f"{where}; there it picks every option alike")


def _disagree(case: Case, pairs: Sequence[Conflict]) -> str:
    if len(pairs) == 1:
        names = wording.listed([origin_of(case, name) for name in pairs[0].origins])
        return f"Two reports disagree more than chance would have it ({names})"
    return f"{len(pairs)} pairs of origins disagree more than chance would have it"


def other_stories(others: OtherStories, step: float) -> str:
    """Say how often other rules answer each other as well, and what the answer would be under them."""
    share = wording.percent(others.found / others.worlds, step)
    low, high = wording.percent(others.lowest, step), wording.percent(others.highest, step)
    return (
        f"Another self-consistent story: in {share} of {wording.counted(others.worlds, 'world')} searched, other rules"
        f" answer each other as well. Were those played, the answer could be anywhere from {low} to {high}."
    )


def making(solution: Solution) -> str:
    """How an answer was made, in one line."""
    worlds, effective = wording.counted(solution.n_worlds, "world"), f"{solution.effective_worlds:,.0f}"
    sampling = solution.sampling
    if sampling.is_adapted:
        worlds += f", worth {sampling.effective_drawn:,.0f} after the evidence: {sampling.anew:,} drawn anew to fit it"
        worlds += f", as good as {effective}" if effective != f"{sampling.anew:,}" else ""
    elif effective != f"{solution.n_worlds:,}":
        worlds += f", as good as {effective} after the evidence"
    return f"{worlds}; seed {solution.seed}; {wording.seconds(solution.seconds)}."
