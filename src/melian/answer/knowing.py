"""What it would be worth to an actor to know a factor before it chooses.

The actor sees the factor, the others know that it does, and the same worlds are solved again: clairvoyance on the
actor's side alone. Where that is too large to be solved, since others would read the choice for what it tells, the
actor is taken to know in secret: it answers the rules of the others as they are without. Its worth is told by the
analyst's lights, over what is reported of all that the choice cannot change; what is reported of the choice itself and
of its future would tell what was chosen, and is left out on both sides. Others may answer a better informed actor to
its harm: then knowing is worth less than nothing.

References
----------
Howard 1966, Information value theory, IEEE Transactions on Systems Science and Cybernetics 2 (clairvoyance).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from melian.answer.difference import LEAST, Difference
from melian.answer.ranking import ranked
from melian.answer.trial import Trial, Trials
from melian.case.dependence import descendants
from melian.errors import PlanError
from melian.model.diagram import Decision, Model
from melian.plan.plan import Enquiry
from melian.plan.relevance import Outlooks

# Worlds that are tried for each factor: the differences are small, but so are their errors.
WORLDS: Final = 8_192
MOST_ASKED: Final = 40


@dataclass(frozen=True, slots=True)
class Known:
    """A factor known before a choice.

    Attributes
    ----------
    gain : in points of the actor's expected utility, 0 to 100.
    share : the gain over how much the best and the worst option differ on average; None where they do not.
    event_change : of the event's chance, with what is reported of the choice's future left out.
    is_secret : whether the others do not know that the actor knows.
    """

    choice: str
    factor: str
    gain: Difference
    share: float | None
    event_change: Difference
    is_secret: bool


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What knowing each factor would be worth, the most first.

    Attributes
    ----------
    too_large : choice and factor with which the case would be too large to be solved.
    left_out : choices and factors that were not tried, being too many.
    """

    known: tuple[Known, ...]
    too_large: tuple[tuple[str, str], ...]
    left_out: int


def n_trials(model: Model, enquiry: Enquiry, own: Sequence[Decision]) -> int:
    """How often worlds are solved."""
    return len(own) + sum(len(knowable(model, enquiry, decision)) for decision in own)


def knowable(model: Model, enquiry: Enquiry, decision: Decision) -> tuple[int, ...]:
    """Factors that are unknown to a choice and not in its future, as anybody sees it."""
    future = future_of(model, enquiry, decision)
    known = {*decision.sees, *enquiry.do, *enquiry.observe}
    return tuple(v for v in model.tables if v not in known and v not in future)


def future_of(model: Model, enquiry: Enquiry, decision: Decision) -> set[int]:
    """Variables that a choice can influence, itself among them, as anybody sees it."""
    outlooks = Outlooks(model, frozenset(enquiry.do))
    views = [outlooks.graph(actor) for actor in (None, *range(len(model.actors)))]
    return set().union(*(descendants(graph, decision.variable) for graph in views))


def revealed(model: Model, decision: Decision, factor: int, future: set[int]) -> Model:
    """Model in which a choice, and what its actor chooses after it, sees a factor."""

    def sees(other: Decision) -> Decision:
        is_told = other.actor == decision.actor and other.variable in future
        return replace(other, sees=tuple(sorted({*other.sees, factor}))) if is_told else other

    return replace(model, decisions=tuple(map(sees, model.decisions)))


def knowledge_of(trials: Trials, enquiry: Enquiry, own: Sequence[Decision], at_stake: Mapping[int, float]) -> Knowledge:
    """Find what it would be worth to know each factor before each choice.

    Parameters
    ----------
    own : choices of one actor.
    at_stake : by choice, how much the best and the worst option differ on average.
    """
    fewer = trials.first(WORLDS)
    model, names = trials.model, [variable.name for variable in trials.model.variables]
    known, too_large, n_asked, left_out = [], [], 0, 0
    for decision in own:
        future = future_of(model, enquiry, decision)
        kept = tuple(origin for origin in model.evidence if not set(origin.axes) & future)
        reported = replace(model, evidence=kept)
        factors = knowable(model, enquiry, decision)
        left_out += max(0, len(factors) - (MOST_ASKED - n_asked))
        factors = factors[: MOST_ASKED - n_asked]
        n_asked += len(factors)
        unaware = fewer.run(enquiry, reported) if factors else None
        for factor in factors:
            assert unaware is not None
            named = names[decision.variable], names[factor]
            found = _aware(fewer, enquiry, reported, decision, factor)
            if found is None:
                too_large.append(named)
                continue
            known.append(_known(fewer, named, found, unaware, at_stake.get(decision.variable, 0.0)))
    known = ranked(known, key=lambda one: one.gain.value if one.gain.is_told else 0.0)
    return Knowledge(tuple(known), tuple(too_large), left_out)


def _aware(
    trials: Trials, enquiry: Enquiry, model: Model, decision: Decision, factor: int
) -> tuple[Trial, bool] | None:
    """Worlds in which a choice sees a factor, and whether in secret; None where even that is too large."""
    future = future_of(model, enquiry, decision)
    informed = revealed(model, decision, factor, future)
    try:
        return trials.run(enquiry, informed), False
    except PlanError:
        pass
    try:
        return trials.run_secret(enquiry, model, informed, later_first(model, enquiry, decision, future)), True
    except PlanError:
        return None


def later_first(model: Model, enquiry: Enquiry, decision: Decision, future: set[int]) -> list[int]:
    """Choices of an actor from one on, those first that come after others."""
    own = [each for each in model.decisions if each.actor == decision.actor and each.variable in future]
    left = [each for each in own if each.variable not in enquiry.do]
    return [each.variable for each in sorted(left, key=lambda each: len(future_of(model, enquiry, each)))]


def _known(trials: Trials, named: tuple[str, str], found: tuple[Trial, bool], unaware: Trial, stake: float) -> Known:
    aware, is_secret = found
    gain = trials.mean_of(aware.worth - unaware.worth)
    event_change = trials.mean_of(np.subtract(aware.event, unaware.event), LEAST)
    share = gain.value / stake if stake > 0 else None
    return Known(*named, gain, share, event_change, is_secret)
