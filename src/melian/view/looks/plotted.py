"""Answers drawn into axes that somebody else made, with that library's own bars, lines and points.

Only methods of the axes are called, so that nothing has to be installed for it, and whoever has a figure of several
parts can put an answer into one of them, in their own colours and sizes. Chances are in per cent. One line for each
kind of answer; what it draws is what the figure of that answer shows.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from melian.answer.behaviour import Behaviour
from melian.answer.compare import Difference
from melian.answer.drivers import Drivers
from melian.answer.evidence import Evidence
from melian.answer.incentives import Incentives
from melian.answer.indicators import Indicators
from melian.answer.learned import Lessons
from melian.answer.levers import Levers
from melian.answer.likelihood import Likelihood
from melian.answer.solution import Solution
from melian.answer.spread import SpreadOfWorlds
from melian.answer.storylines import Storylines
from melian.answer.timeline import Timeline
from melian.answer.whatif import WhatIf
from melian.case.case import Case
from melian.errors import AskError
from melian.view import wording
from melian.view.figures.svg import broken
from melian.view.naming import choice_label, origin_of, report_of, result_label, stake_labels, taken, whole_name
from melian.view.sheets.diff import group_label
from melian.view.sheets.indicators import is_worth_a_row

SHOWN: Final = 12
LABEL: Final = 210.0  # width of a line of a label
LINES: Final = 3
CHANCE: Final = "chance of the event, %"


@dataclass(frozen=True, slots=True)
class Row:
    """A number of a thing, with its range and what it was before, as far as there are any."""

    label: str
    value: float
    low: float | None = None
    high: float | None = None
    before: float | None = None


def plot_into(source: Any, answer: object, ax: Any) -> None:
    """Draw an answer into axes.

    Parameters
    ----------
    source : what the answer came from: a solution; of a difference the two cases.
    ax : axes of matplotlib, or what has their methods.

    Raises
    ------
    AskError
        If answers of this kind cannot be drawn so.
    """
    kind = type(answer)
    if kind not in PLOTS:
        known = wording.listed(sorted(each.__name__ for each in PLOTS))
        raise AskError(f"an answer of the kind {kind.__name__} cannot be drawn into axes", [f"these can: {known}"])
    PLOTS[kind](source, answer, ax)


def _worlds(solution: Solution, _: object, ax: Any) -> None:
    spread, answer = solution.spread(), solution.likelihood()
    wide = 100 / len(spread.after)
    places = [wide * (at + 0.5) for at in range(len(spread.after))]
    ax.bar(places, [100 * share for share in spread.after], 0.9 * wide, label="after the evidence")
    ax.step(places, [100 * share for share in spread.before], where="mid", color="0.5", label="before any report")
    ax.axvline(100 * answer.mean, color="black", label=f"the answer, {wording.percent(answer.mean, solution.step)}")
    ax.set(title=solution.case.title, xlabel="chance of the event in a world, %", ylabel="share of worlds, %")
    ax.legend()


def _timeline(solution: Solution, found: Timeline, ax: Any) -> None:
    rows = [
        Row(report_of(solution.case, one.report) if one.report else "before any report", one.mean, one.q05, one.q95)
        for one in found.moments
        if one.mean is not None
    ]
    _points(ax, rows, "The answer after each report", CHANCE)


def _drivers(solution: Solution, found: Drivers, ax: Any) -> None:
    told = [driver for driver in found.drivers if driver.tenths.is_told][:SHOWN]
    rows = [
        Row(whole_name(solution.case, one.judged, one.tenths.member), one.tenths.high, before=one.tenths.low)
        for one in told
    ]
    title = "The answer from the lowest tenth of a judgement (ring) to its highest (dot)"
    _points(ax, rows, title, CHANCE, now=solution.likelihood().mean)


def _whatif(solution: Solution, found: WhatIf, ax: Any) -> None:
    moved = [one for one in found.nodes if one.is_told and one.node is not None][:SHOWN]
    rows = [Row("The event", found.event.after, before=found.event.before)]
    rows += [Row(wording.state(solution.case, str(one.node), one.state), one.after, before=one.before) for one in moved]
    _points(ax, rows, "Before (ring) and after (dot)", "chance, %")


def _levers(solution: Solution, found: Levers, ax: Any) -> None:
    levers = [lever for contest in found.contests for lever in contest.levers]
    rows = [Row(taken(solution.case, one), one.event, one.q05, one.q95) for one in levers]
    _points(ax, rows, f"What {solution.case.actor(found.actor).label} can do", CHANCE, now=found.event)


def _lessons(solution: Solution, found: Lessons, ax: Any) -> None:
    case, held = solution.case, [one for one in found if one.stake is not None]
    names = {one.actor: stake_labels(case, one.actor) for one in held}
    rows = [
        Row(
            f"{case.actor(one.actor).label}: {names[one.actor][str(one.stake)]}",
            one.after.mean,
            one.after.q05,
            one.after.q95,
            one.before.mean,
        )
        for one in held
    ]
    _points(ax, rows, "What each actor weighs, before (ring) and after (dot)", "weight, %")


def _indicators(solution: Solution, found: Indicators, ax: Any) -> None:
    shown = [one for one in found.indicators if not one.is_sign and is_worth_a_row(one)]
    rows = [
        Row(result_label(solution.case, one, name), result.answer)
        for one in shown[: SHOWN // 2]
        for name, result in zip(one.results, one.move.results, strict=True)
        if result.answer is not None
    ]
    _points(ax, rows, "Where the answer would go", CHANCE, now=found.answer)


def _behaviour(solution: Solution, found: Behaviour, ax: Any) -> None:
    case = solution.case
    rows = []
    for choice in found.choices:
        labels = {state.name: state.label for state in case.nodes[choice.name].states}
        title = choice_label(case, choice.name)
        rows += [Row(f"{title}: {labels[option]}", chance) for option, chance in choice.overall.items()]
    _bars(ax, rows, "How the actors choose", "chance after the evidence, %")


def _storylines(solution: Solution, found: Storylines, ax: Any) -> None:
    rows = [
        Row("; ".join(wording.happening(solution.case, *pair) for pair in story.states.items()), story.chance)
        for story in found.told
    ]
    _bars(ax, rows, "How it may go", "chance of the course, %")


def _evidence(solution: Solution, found: Evidence, ax: Any) -> None:
    rows = [Row(origin_of(solution.case, moved.origin), moved.bits / 100) for moved in found.moved[:SHOWN]]
    _bars(ax, rows, "What each report says of the event", "bits for it (right) or against it (left)")


def _incentives(solution: Solution, found: Incentives, ax: Any) -> None:
    rows = []
    for one in found.incentives:
        for preference in one.preferences[:1]:
            names = stake_labels(solution.case, one.actor)
            who = choice_label(solution.case, one.choice)
            rows += [Row(f"{who}: {names[each.stake]}", each.points / 100) for each in preference.motives]
    _bars(ax, rows, "What speaks for each favourite, and against it", "points of expected utility")


def _difference(cases: tuple[Case, Case], found: Difference, ax: Any) -> None:
    rows = [Row(group_label(*cases, share), share.moved) for share in found.shares]
    _bars(ax, rows, "From one version to the other", "points that each change moves the answer")


def _points(ax: Any, rows: Sequence[Row], title: str, scale: str, *, now: float | None = None) -> None:
    """Points below each other, each with its range, and with what it was before in a ring."""
    for at, row in enumerate(rows):
        if row.low is not None and row.high is not None:
            ax.hlines(at, 100 * row.low, 100 * row.high, color="0.6")
        if row.before is not None:
            ax.hlines(at, 100 * row.before, 100 * row.value, color="0.3")
            ax.plot([100 * row.before], [at], "o", markerfacecolor="white", color="0.3")
    ax.plot([100 * row.value for row in rows], list(range(len(rows))), "o")
    if now is not None:
        ax.axvline(100 * now, color="black", linewidth=1)
    _labelled(ax, rows, title, scale)


def _bars(ax: Any, rows: Sequence[Row], title: str, scale: str) -> None:
    ax.barh(list(range(len(rows))), [100 * row.value for row in rows])
    ax.axvline(0, color="0.3", linewidth=1)
    _labelled(ax, rows, title, scale)


def _labelled(ax: Any, rows: Sequence[Row], title: str, scale: str) -> None:
    if not rows:
        raise AskError("there is nothing to draw")
    # Labels may hold what the library would read as a formula.
    labels = ["\n".join(broken(row.label, LABEL, LINES)).replace("$", r"\$") for row in rows]
    ax.set_yticks(list(range(len(rows))), labels)
    ax.set_ylim(len(rows) - 0.5, -0.5)
    ax.set(title=title.replace("$", r"\$"), xlabel=scale)


PLOTS: Final[Mapping[type, Callable[[Any, Any, Any], None]]] = {
    Solution: _worlds,
    Likelihood: _worlds,
    SpreadOfWorlds: _worlds,
    Timeline: _timeline,
    Drivers: _drivers,
    WhatIf: _whatif,
    Levers: _levers,
    Lessons: _lessons,
    Indicators: _indicators,
    Behaviour: _behaviour,
    Storylines: _storylines,
    Evidence: _evidence,
    Incentives: _incentives,
    Difference: _difference,
}
