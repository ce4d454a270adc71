"""What a report says in brief: one line from each answer, with the way to the part that says more."""

from collections.abc import Iterator

from melian.answer.drivers import Drivers
from melian.answer.indicators import Indicators
from melian.answer.levers import Lever, Levers
from melian.answer.ranking import ranked
from melian.answer.solution import Solution
from melian.answer.storylines import Storyline, Storylines
from melian.case.case import Case
from melian.view import wording
from melian.view.naming import name_of, number, taken, whole_name
from melian.view.sheet import Block, Entries, Entry, Words
from melian.view.sheets.indicators import is_worth_a_row
from melian.view.sheets.levers import best_and_likeliest
from melian.view.sheets.report_answers import Answers
from melian.view.sheets.watch import first_to_watch


def brief_blocks(solution: Solution, answers: Answers) -> Iterator[Block]:
    """The one thing that matters most from each answer that there is."""
    entries = tuple(_entries(solution, answers))
    if entries:
        yield Entries(entries)


def _entries(solution: Solution, answers: Answers) -> Iterator[Entry]:
    case, step = solution.case, solution.step
    said = [
        ("Why so open", _openness(case, answers.drivers, step), "drivers"),
        ("What would tip it", _tipping(case, answers.drivers, step), "drivers"),
        ("How it may go", _courses(case, answers.storylines, step), "storylines"),
        ("What was seen", _evidence(solution, step), "evidence"),
        ("What to watch", _watch(case, answers.indicators, step), "indicators"),
    ]
    for actor, levers in answers.levers.items():
        said.append((f"What {case.actor(actor).label} can do", _lever(solution, levers), f"levers-{actor}"))
    return (Entry(Words(front), text, anchor=anchor) for front, text, anchor in said if text)


def _openness(case: Case, found: object, step: float) -> str:
    """The judgement that most of the spread comes from."""
    if not isinstance(found, Drivers) or not found.drivers or not found.drivers[0].total.is_told:
        return ""
    first = found.drivers[0]
    name = whole_name(case, first.judged, first.tenths.member)
    share = wording.percent(first.total.value)
    said = f"{share} of the spread comes from one judgement, by itself or together with others: {name}."
    if not first.tenths.is_told:
        return said
    low, high = (wording.percent(end, step) for end in (first.tenths.low, first.tenths.high))
    return f"{said} The answer is {low} where it is in its lowest tenth and {high} in its highest."


def _tipping(case: Case, found: object, step: float) -> str:
    """What would have to be otherwise for the answer to cross the line."""
    if not isinstance(found, Drivers) or not found.cruxes.found:
        return ""
    cruxes, crux = found.cruxes, found.cruxes.found[0]
    bounds = [
        f"{name_of(case, driver.judged, driver.tenths.member)} is {'above' if bound.is_above else 'below'}"
        f" {number(driver.judged, bound.value)}"
        for bound in crux.bounds
        for driver in (found.drivers[bound.candidate],)
    ]
    side, line = "above" if cruxes.is_above else "below", wording.percent(cruxes.line)
    then, within = wording.percent(crux.mean, step), wording.percent(crux.mass)
    return f"It would lie {side} {line}, at {then}, if {wording.listed(bounds)}: so it is in {within} of worlds."


def _courses(case: Case, found: object, step: float) -> str:
    """The likeliest course on either side of the question."""
    if not isinstance(found, Storylines):
        return ""
    sides = [next((story for story in found.told if story.happens is side), None) for side in (False, True)]
    return " ".join(_course(case, story, step) for story in sides if story is not None)


def _course(case: Case, story: Storyline, step: float) -> str:
    said = "; ".join(wording.happening(case, *pair) for pair in story.states.items())
    side = "With the event" if story.happens else "Without the event"
    return wording.sentence(f"{side}, the likeliest course ({wording.percent(story.chance, step)}): {said}")


def _evidence(solution: Solution, step: float) -> str:
    """How far the reports moved the answer, and which of them most either way."""
    moved, answer = solution.evidence().moved, solution.likelihood()
    if not moved:
        return ""
    before, after = wording.percent(answer.before_evidence, step), wording.percent(answer.mean, step)
    went = f"moved the answer from {before} to {after}" if before != after else f"left the answer at {after}"
    said = [f"Reports of {wording.counted(len(moved), 'origin')} {went}."]
    for side, name in ((1, "for"), (-1, "against")):
        most = ranked(moved, key=lambda one: side * one.bits)[0]
        if side * most.bits >= 0.1:
            claim = most.claims[0].removesuffix(".")
            said.append(f'Most {name} it: "{claim}" ({wording.bits(most.bits)}, in bits).')
    return " ".join(said)


def _watch(case: Case, found: object, step: float) -> str:
    """What to watch first."""
    if not isinstance(found, Indicators) or not found.watch:
        return ""
    by_name = {(one.kind, one.name): one for one in found.indicators}
    first = by_name[found.watch[0].kind, found.watch[0].name]
    return wording.sentence(first_to_watch(case, first, step)) if is_worth_a_row(first) else ""


def _lever(solution: Solution, found: object) -> str:
    """What moves the event most, and what is best for the actor; of the question's own choices only the latter."""
    if not isinstance(found, Levers):
        return ""
    case, step = solution.case, solution.step
    asked = {test.node.text for test in case.question.event.tests()}
    said = []
    for contest in found.contests:
        told = [one for one in contest.levers if one.event_change.is_told]
        if told and not asked & set(contest.choices):
            strongest = ranked(told, key=lambda one: abs(one.event_change.value))[0]
            said.append(f'"{taken(case, strongest)}" would move the answer most: {_shift(found, strongest, step)}.')
        if len(contest.levers) > 1 and contest.lead.is_told:
            said.append(best_and_likeliest(solution, contest))
    return " ".join(said)


def _shift(found: Levers, lever: Lever, step: float) -> str:
    moved = wording.moved(found.event, lever.event, step)
    return f"{moved}, to {wording.percent(lever.event, step)}" if moved else "by less than a point"
