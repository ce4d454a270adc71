"""Columns of the main table of each answer: names as in the case, chances in [0, 1]."""

from collections.abc import Mapping
from typing import Final

from melian.answer.behaviour import Behaviour
from melian.answer.compare import Difference
from melian.answer.conflict import Conflicts
from melian.answer.draws import Draws
from melian.answer.drivers import Drivers
from melian.answer.evidence import Evidence
from melian.answer.incentives import Incentives
from melian.answer.indicators import Indicators
from melian.answer.learned import Lessons
from melian.answer.levers import Levers
from melian.answer.likelihood import Likelihood
from melian.answer.matrix import Matrix
from melian.answer.others import OtherStories, PureStory
from melian.answer.solution import Solution
from melian.answer.spread import SpreadOfWorlds
from melian.answer.storylines import Storylines
from melian.answer.timeline import Timeline
from melian.answer.whatif import WhatIf
from melian.answer.why import Why
from melian.case.case import Case, Choice
from melian.view.frames.frame import Columns

# Ends of columns' names, and what of a value they hold.
_CHANCE: Final = ("mean", "q05", "q95")
_SHARE: Final[Mapping[str, str]] = {"": "value", "_low": "low", "_high": "high", "_is_told": "is_told"}


def case_columns(case: Case) -> Columns:
    """One row for each state of each factor and choice."""
    rows = [(node, state) for node in case.nodes.values() for state in node.states]
    return {
        "node": [node.name for node, _ in rows],
        "kind": ["choice" if isinstance(node, Choice) else "factor" for node, _ in rows],
        "actor": [node.actor.text if isinstance(node, Choice) else None for node, _ in rows],
        "state": [state.name for _, state in rows],
        "node_label": [node.label for node, _ in rows],
        "state_label": [state.label for _, state in rows],
    }


def solution_columns(solution: Solution) -> Columns:
    """One row for each state of each factor and choice; those of one node sum to 1."""
    nodes = solution.nodes()
    rows = [(node, state, chance) for node, chances in nodes.items() for state, chance in chances.items()]
    return {
        "node": [node for node, _, _ in rows],
        "state": [state for _, state, _ in rows],
        "chance": [chance for _, _, chance in rows],
    }


def likelihood_columns(answer: Likelihood) -> Columns:
    """One row."""
    names = ("mean", "q05", "q50", "q95", "error", "least", "most", "before_evidence", "word", "by")
    columns: Columns = {name: [getattr(answer, name)] for name in names}
    return {**columns, "confidence": [answer.confidence.level]}


def spread_columns(spread: SpreadOfWorlds) -> Columns:
    """One row for each band of chances; each column of shares sums to 1."""
    bands = len(spread.after)
    return {
        "from": [band / bands for band in range(bands)],
        "to": [(band + 1) / bands for band in range(bands)],
        "before": list(spread.before),
        "after": list(spread.after),
    }


# Evidence


def evidence_columns(evidence: Evidence) -> Columns:
    """One row for each origin of reports."""
    moved = evidence.moved
    return {
        "origin": [one.origin for one in moved],
        "reports": [", ".join(one.reports) for one in moved],
        "bits": [one.bits for one in moved],
        "with_it": [one.with_it for one in moved],
        "without_it": [one.without_it for one in moved],
        "claims": [" ".join(one.claims) for one in moved],
    }


def matrix_columns(matrix: Matrix) -> Columns:
    """One row for each hypothesis and origin of reports."""
    rows = [
        (hypothesis, origin, weight)
        for hypothesis, weights in zip(matrix.hypotheses, matrix.weights, strict=True)
        for origin, weight in zip(matrix.origins, weights, strict=True)
    ]
    return {
        "node": [hypothesis.node for hypothesis, _, _ in rows],
        "state": [hypothesis.state for hypothesis, _, _ in rows],
        "is_event": [hypothesis.is_event for hypothesis, _, _ in rows],
        "origin": [origin for _, origin, _ in rows],
        "bits_alone": [weight.alone for _, _, weight in rows],
        "bits_given_rest": [weight.given_rest for _, _, weight in rows],
    }


def conflicts_columns(conflicts: Conflicts) -> Columns:
    """One row for each pair of origins."""
    pairs = conflicts.pairs
    return {
        "one": [pair.origins[0] for pair in pairs],
        "other": [pair.origins[1] for pair in pairs],
        "bits": [pair.bits for pair in pairs],
        "error": [pair.error for pair in pairs],
    }


def draws_columns(draws: Draws) -> Columns:
    """One row for each world: its weight, its chance of the event, and the number of each judgement."""
    columns: Columns = {"weight": draws.weight.tolist(), "event": draws.event.tolist()}
    return columns | {one.name: row.tolist() for one, row in zip(draws.numbers, draws.values, strict=True)}


def timeline_columns(timeline: Timeline) -> Columns:
    """One row for each report, after one for none."""
    names = ("report", "day", "mean", "q05", "q95", "error", "effective_worlds")
    return {name: [getattr(moment, name) for moment in timeline.moments] for name in names}


def lessons_columns(lessons: Lessons) -> Columns:
    """One row for each weight of a stake, and for each actor's precision, whose stake is none."""
    return {
        "actor": [one.actor for one in lessons.learned],
        "stake": [one.stake for one in lessons.learned],
        **{f"before_{name}": [getattr(one.before, name) for one in lessons.learned] for name in _CHANCE},
        **{f"after_{name}": [getattr(one.after, name) for one in lessons.learned] for name in _CHANCE},
        "is_told": [one.is_told for one in lessons.learned],
    }


# What the answer hangs on


def drivers_columns(drivers: Drivers) -> Columns:
    """One row for each judgement that matters."""
    found = drivers.drivers
    return {
        "judgement": [one.judged.name for one in found],
        "about": [one.judged.group.name for one in found],
        "text": [one.judged.ground.text for one in found],
        **{f"first{end}": [getattr(one.first, name) for one in found] for end, name in _SHARE.items()},
        **{f"total{end}": [getattr(one.total, name) for one in found] for end, name in _SHARE.items()},
        "lowest_tenth": [one.tenths.low for one in found],
        "highest_tenth": [one.tenths.high for one in found],
    }


def why_columns(why: Why) -> Columns:
    """One row for each situation that carries a chance."""
    rows = [(reason, situation) for reason in why.reasons for situation in reason.situations]
    return {
        "level": [reason.level for reason, _ in rows],
        "node": [reason.node for reason, _ in rows],
        "states": [", ".join(reason.states) for reason, _ in rows],
        "chance": [reason.chance for reason, _ in rows],
        "situation": [_states(situation.states) for _, situation in rows],
        "weight": [situation.weight for _, situation in rows],
        "chance_there": [situation.chance for _, situation in rows],
    }


def whatif_columns(whatif: WhatIf) -> Columns:
    """One row for the event, whose node is none, and one for each state of each node that was not supposed."""
    changes = (whatif.event, *whatif.nodes)
    names = ("node", "state", "before", "after", "difference", "error", "is_told")
    return {name: [getattr(change, name) for change in changes] for name in names}


def difference_columns(difference: Difference) -> Columns:
    """One row for each group of changes; what they moved sums to the difference."""
    shares = difference.shares
    return {
        "changed": ["; ".join(" ".join((part.section, *part.names)) for part in share.parts) for share in shares],
        "moved": [share.moved for share in shares],
        "alone": [share.alone for share in shares],
        "error": [share.error for share in shares],
        "is_told": [share.is_told for share in shares],
    }


# What to watch, and how it may go


def indicators_columns(indicators: Indicators) -> Columns:
    """One row for each thing that may be seen."""
    found = indicators.indicators
    return {
        "name": [one.name for one in found],
        "kind": [one.kind for one in found],
        "node": [one.node for one in found],
        "bits": [one.information.bits for one in found],
        "error": [one.information.error for one in found],
        "is_told": [one.information.is_told for one in found],
        "moves": [one.move.points for one in found],
        "crosses_even": [one.move.crosses for one in found],
        "is_sign": [one.is_sign for one in found],
    }


def storylines_columns(storylines: Storylines) -> Columns:
    """One row for each course that is told, a column for each node that it runs over."""
    told = storylines.told
    return {
        "chance": [story.chance for story in told],
        "error": [story.error for story in told],
        "happens": [story.happens for story in told],
        **{node: [story.states[node] for story in told] for node in storylines.nodes},
    }


# Actors


def behaviour_columns(behaviour: Behaviour) -> Columns:
    """One row for each option that is open in each situation; those of one situation sum to 1."""
    rows = [
        (choice, place, option)
        for choice in behaviour.choices
        for place in choice.rule
        if place.is_possible
        for option in place.options
    ]
    return {
        "choice": [choice.name for choice, _, _ in rows],
        "actor": [choice.actor for choice, _, _ in rows],
        "sees": [_states(place.sees) for _, place, _ in rows],
        "option": [option for _, _, option in rows],
        **{
            name: [getattr(place.options[option], name) for _, place, option in rows] for name in ("mean", "q05", "q95")
        },
    }


def levers_columns(levers: Levers) -> Columns:
    """One row for each option of each choice, then for each pair."""
    found = [lever for contest in (*levers.contests, *levers.pairs) for lever in contest.levers]
    return {
        "taken": [_states(dict(lever.taken)) for lever in found],
        "event": [lever.event for lever in found],
        "q05": [lever.q05 for lever in found],
        "q95": [lever.q95 for lever in found],
        "event_change": [lever.event_change.value for lever in found],
        "event_is_told": [lever.event_change.is_told for lever in found],
        "worth": [lever.worth for lever in found],
        "worth_change": [lever.worth_change.value for lever in found],
        "worth_is_told": [lever.worth_change.is_told for lever in found],
        "best": [lever.best for lever in found],
        "regret": [lever.regret for lever in found],
    }


def incentives_columns(incentives: Incentives) -> Columns:
    """One row for each option and stake; the points of one option sum to its worth."""
    rows = [
        (incentive, prospect, stake)
        for incentive in incentives.incentives
        for prospect in incentive.prospects
        for stake in prospect.by_stake
    ]
    return {
        "choice": [incentive.choice for incentive, _, _ in rows],
        "actor": [incentive.actor for incentive, _, _ in rows],
        "option": [prospect.option for _, prospect, _ in rows],
        "chosen": [prospect.chosen for _, prospect, _ in rows],
        "stake": [stake for _, _, stake in rows],
        "points": [prospect.by_stake[stake] for _, prospect, stake in rows],
    }


def other_stories_columns(others: OtherStories) -> Columns:
    """One row for each way that rational actors would keep to."""
    return {
        "picks": [_picks(story) for story in others.pure],
        "worlds": [story.worlds for story in others.pure],
        "played": [story.played for story in others.pure],
        "event": [story.event for story in others.pure],
    }


def _picks(story: PureStory) -> str:
    said = []
    for pick in story.picks:
        where = f" if {_states(dict(pick.sees))}" if pick.sees else ""
        said.append(f"{pick.choice}={pick.option}{where}")
    return "; ".join(said)


def _states(states: Mapping[str, str]) -> str:
    """States as the command line takes them."""
    return ", ".join(f"{node}={state}" for node, state in states.items())
