"""What it would be worth to an actor to know a factor before it chooses.

The actor sees the factor, the others know that it does, and the same worlds are solved again: clairvoyance on the
actor's side alone. Its worth is told by the analyst's lights, over what is reported of all that the choice cannot
change; what is reported of the choice itself and of its future would tell what was chosen, and is left out on both
sides. Others may answer a better informed actor to its harm: then knowing is worth less than nothing.

References
----------
Howard 1966, Information value theory, IEEE Transactions on Systems Science and Cybernetics 2 (clairvoyance).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from melian.answer.difference import Difference
from melian.answer.trial import Trial, Trials
from melian.errors import PlanError
from melian.model.diagram import Decision, Model
from melian.plan.make import Enquiry
from melian.plan.relevance import Outlooks, descendants

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
    """

    choice: str
    factor: str
    gain: Difference
    share: float | None
    event_change: Difference


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
            try:
                aware = fewer.run(enquiry, revealed(reported, decision, factor, future))
            except PlanError:
                too_large.append((names[decision.variable], names[factor]))
                continue
            stake = at_stake.get(decision.variable, 0.0)
            known.append(_known(fewer, (names[decision.variable], names[factor]), aware, unaware, stake))
    known.sort(key=lambda one: -one.gain.value if one.gain.is_told else 0.0)
    return Knowledge(tuple(known), tuple(too_large), left_out)


def _known(trials: Trials, named: tuple[str, str], aware: Trial, unaware: Trial, stake: float) -> Known:
    gain = trials.mean_of(aware.worth - unaware.worth)
    share = gain.value / stake if stake > 0 else None
    return Known(*named, gain, share, trials.mean_of(np.subtract(aware.event, unaware.event)))
