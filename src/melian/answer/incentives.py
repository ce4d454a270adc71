"""Incentives: what each actor gains and loses by each option, stake by stake, as it sees things itself.

An actor's expected utility is a sum over its stakes of weight times expected value, so that a preference can be taken
apart exactly. It is told for the situation that is most likely when it chooses, and on average over all situations by
the analyst's chance of each. Here the actor reckons: by its own beliefs, given what it sees, and without the reports,
which are the analyst's. How likely a situation is, and how much each world counts for, is the analyst's.

References
----------
Keeney and Raiffa 1976, Decisions with multiple objectives, chapter 3 (additive utilities, and trading one off against
another). Raiffa 1968, Decision analysis (break-even values).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.answer.difference import LEAST_WORTH, Difference, difference_of
from melian.answer.levers import choices_left
from melian.answer.ranking import greatest, ranked
from melian.answer.sampling import Sampled
from melian.answer.shown import Answer
from melian.answer.weighted import influence_of, weighted_mean
from melian.model.diagram import Decision, Model
from melian.plan.plan import Enquiry
from melian.plan.worth import plan_reckoning
from melian.solve.worth import Reckoned, parameters_of, weigh_reckoning, weigh_situations

Floats = NDArray[np.float64]

# Utilities and values are told in points: 0 at their worst, 100 at their best.
POINTS: Final = 100.0
EVEN: Final = 1e-9
# Worlds that are looked at: the decomposition is kept for every one of them.
WORLDS: Final = 32_768


@dataclass(frozen=True, slots=True)
class Motive:
    """One stake in a comparison of two options.

    Attributes
    ----------
    weight : of the stake, on average over worlds.
    points : what it adds to the preference, in points of utility; below 0 it speaks for the other option.
    gap : the same in points of the stake's own scale: points over weight.
    even_weight : weight at which the two would be alike, all other weights keeping their proportions; None where no
        weight in [0, 1] makes them so.
    even_gap : gap at which they would be alike; None where it lies outside the stake's scale.
    """

    stake: str
    weight: float
    points: float
    gap: float
    even_weight: float | None
    even_gap: float | None


@dataclass(frozen=True, slots=True)
class Preference:
    """The favourite option of a situation against another.

    Attributes
    ----------
    lead : expected utility of the favourite less that of the other, on average over worlds.
    reversed_in : share of worlds in which the other is preferred.
    motives : by stake that differs at all; what speaks for the favourite first.
    """

    favourite: str
    other: str
    lead: Difference
    reversed_in: float
    motives: tuple[Motive, ...]


@dataclass(frozen=True, slots=True)
class Prospect:
    """What one option brings.

    Attributes
    ----------
    by_stake : points of utility that each stake contributes: weight times expected value.
    by_stake_everywhere : the same, on average over situations.
    chosen : chance that it is chosen in the situation.
    """

    option: str
    by_stake: Mapping[str, float]
    by_stake_everywhere: Mapping[str, float]
    chosen: float

    @property
    def total(self) -> float:
        """Points of utility from the stakes that the choice can change."""
        return sum(self.by_stake.values())

    @property
    def total_everywhere(self) -> float:
        """The same, on average over situations."""
        return sum(self.by_stake_everywhere.values())


@dataclass(frozen=True, slots=True)
class Incentive:
    """How an actor weighs the options of one choice.

    Attributes
    ----------
    sees : states of what it sees and can make use of, in the situation that is most likely.
    likelihood : chance of that situation when it chooses.
    prospects : by option that is open there.
    preferences : the favourite against every other option, the closest first.
    """

    choice: str
    actor: str
    sees: Mapping[str, str]
    likelihood: float
    prospects: tuple[Prospect, ...]
    preferences: tuple[Preference, ...]


@dataclass(frozen=True, slots=True)
class Incentives(Answer):
    """How actors weigh their choices, in the order of the case.

    Attributes
    ----------
    worlds : worlds that were looked at.
    """

    incentives: tuple[Incentive, ...]
    worlds: int


def incentives_of(model: Model, enquiry: Enquiry, sampled: Sampled, actor: str | None = None) -> Incentives:
    """Take every preference apart.

    Parameters
    ----------
    actor : whose choices; everybody's where None.

    Raises
    ------
    AskError
        If there is no such actor, or nothing is left for it to choose.
    """
    asked = {actor: choices_left(model, enquiry, actor)} if actor is not None else None
    numbers = {model.actors.index(name) for name in asked} if asked is not None else set(range(len(model.actors)))
    population = sampled.population if sampled.sampling.is_adapted else sampled.population.first(WORLDS)
    plan = plan_reckoning(model, enquiry, numbers)
    if not plan.reckonings:
        return Incentives((), population.n_worlds)
    situations = weigh_situations(model, plan, population)
    at = {choice: greatest(chance) for choice, chance in situations.items()}
    reckoned = weigh_reckoning(model, plan, population, at)
    slots = [utility.weight for utility in model.utilities]
    weights = parameters_of(population, slots)
    found = []
    for decision in model.decisions:
        choice = decision.variable
        if choice in reckoned and reckoned[choice].chance_here.sum() > 0:
            axes = plan.axes[plan.reckonings[choice].situations]
            sees = {
                model.variables[axis].name: model.variables[axis].states[state]
                for axis, state in zip(axes, at[choice], strict=True)
            }
            likelihood = float(situations[choice][at[choice]] / situations[choice].sum())
            weighing = _Weighing(model, decision, reckoned[choice], weights)
            found.append(weighing.incentive(sees, likelihood))
    return Incentives(tuple(found), population.n_worlds)


@dataclass(frozen=True, slots=True)
class _Weighing:
    """One choice in one situation, over worlds."""

    model: Model
    decision: Decision
    reckoned: Reckoned
    weights: Floats

    def incentive(self, sees: Mapping[str, str], likelihood: float) -> Incentive:
        """Everything there is to say about the choice."""
        variable, reckoned = self.model.variables[self.decision.variable], self.reckoned
        open_options = [option for option in range(variable.n_states) if reckoned.is_open[option]]
        totals = self._totals(open_options)
        order = ranked(open_options, key=lambda option: weighted_mean(totals[option], reckoned.chance_here))
        preferences = tuple(self._preference(order[0], other, totals) for other in order[1:])
        return Incentive(
            choice=variable.name,
            actor=self.model.actors[self.decision.actor],
            sees=sees,
            likelihood=likelihood,
            prospects=tuple(self._prospect(option) for option in open_options),
            preferences=tuple(ranked(preferences, key=lambda preference: preference.lead.value, least_first=True)),
        )

    def _totals(self, options: Collection[int]) -> dict[int, Floats]:
        """Expected utility of each option in every world, in points, but for stakes that the choice cannot change."""
        stakes = self.reckoned.here.items()
        nothing = np.zeros(self.weights.shape[1])
        return {o: sum((POINTS * self.weights[u] * worth[o] for u, worth in stakes), start=nothing) for o in options}

    def _prospect(self, option: int) -> Prospect:
        reckoned, names = self.reckoned, [utility.name for utility in self.model.utilities]
        everywhere = reckoned.chance if reckoned.chance.sum() > 0 else reckoned.chance_here
        return Prospect(
            option=self.model.variables[self.decision.variable].states[option],
            by_stake={
                names[u]: POINTS * weighted_mean(self.weights[u] * worth[option], reckoned.chance_here)
                for u, worth in reckoned.here.items()
            },
            by_stake_everywhere={
                names[u]: POINTS * weighted_mean(self.weights[u] * worth[option], everywhere)
                for u, worth in reckoned.everywhere.items()
            },
            chosen=weighted_mean(reckoned.rule[option], reckoned.chance_here),
        )

    def _preference(self, favourite: int, other: int, totals: Mapping[int, Floats]) -> Preference:
        reckoned, states = self.reckoned, self.model.variables[self.decision.variable].states
        ahead = totals[favourite] - totals[other]
        weight = reckoned.chance_here
        lead = weighted_mean(ahead, weight)
        motives = []
        for utility, worth in reckoned.here.items():
            gap = worth[favourite] - worth[other]
            points = POINTS * weighted_mean(self.weights[utility] * gap, weight)
            if abs(points) > EVEN:
                mean = weighted_mean(self.weights[utility], weight)
                motives.append(_motive(self.model.utilities[utility].name, mean, points, lead))
        motives = ranked(motives, key=lambda motive: motive.points)
        return Preference(
            favourite=states[favourite],
            other=states[other],
            lead=difference_of(lead, influence_of(ahead, weight), LEAST_WORTH),
            reversed_in=weighted_mean((ahead < -EVEN).astype(np.float64), weight),
            motives=tuple(motives),
        )


def _motive(stake: str, weight: float, points: float, lead: float) -> Motive:
    """Stake with what would make two options alike in the mean world: all else as it is, one number otherwise.

    With g the gap on the stake's own scale and R the gap that the others make on average, each by its weight, the lead
    is w g + (1 - w) R; it vanishes at w = R / (R - g).
    """
    gap = points / weight
    rest = (lead - points) / (1.0 - weight) if weight < 1.0 - EVEN else 0.0
    even_weight = rest / (rest - gap) if rest * gap < 0.0 else None
    even_gap = gap - lead / weight
    return Motive(stake, weight, points, gap, even_weight, even_gap if abs(even_gap) <= POINTS else None)
