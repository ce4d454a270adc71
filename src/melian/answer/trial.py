"""The worlds of an answer under other suppositions, and what they are then worth to some actor."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.answer.difference import LEAST_WORTH, Difference, difference_of
from melian.answer.sampling import Sampled, Told
from melian.answer.weighted import influence_of, weighted_mean
from melian.model.diagram import Model
from melian.plan.plan import Enquiry, Plan
from melian.plan.worth import plan_secret, plan_worth
from melian.solve.population import Population
from melian.solve.worth import parameters_of, weigh_worth

Floats = NDArray[np.float64]

# Worlds that are tried at the most: what is kept of each trial is two numbers a world.
MOST_WORLDS: Final = 262_144
# Worth is told in points: 0 where every stake is at its worst, 100 where every one is at its best.
POINTS: Final = 100.0


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """Worlds under a supposition.

    Attributes
    ----------
    evidence : [W] what each world counts for under it.
    event : [W] chance of the event given the evidence.
    worth : [W] expected utility of the actor given the evidence, in points from 0 to 100.
    unsettled : worlds whose rules are no certified solution.
    """

    evidence: Floats
    event: Floats
    worth: Floats
    unsettled: int

    @property
    def is_possible(self) -> bool:
        """Whether any world gives the evidence any chance."""
        return bool(self.evidence.sum() > 0)


@dataclass(slots=True)
class Trials:
    """Solves the same worlds again and again, each time supposing something else.

    Attributes
    ----------
    actor : whose expected utility is found.
    weight : [W] what each world counts for as the answer stands.
    """

    model: Model
    sampled: Sampled
    actor: int
    population: Population = field(init=False)
    weight: Floats = field(init=False)
    _weights: Mapping[int, Floats] = field(init=False)
    _done: int = 0
    _tell: Callable[[int], None] | None = None

    def __post_init__(self) -> None:
        whole = self.sampled.population
        self.population = whole if self.sampled.sampling.is_adapted else whole.first(MOST_WORLDS)
        self.weight = self.sampled.worlds.evidence[: self.population.n_worlds]
        own = [index for index, utility in enumerate(self.model.utilities) if utility.actor == self.actor]
        slots = [self.model.utilities[index].weight for index in own]
        drawn = parameters_of(self.population, slots) if slots else np.zeros((0, self.population.n_worlds))
        self._weights = dict(zip(own, drawn, strict=True))

    def first(self, n_worlds: int) -> "Trials":
        """Trials of the first worlds alone; of all, where they were drawn to fit the evidence."""
        if self.sampled.sampling.is_adapted or n_worlds >= self.population.n_worlds:
            return self
        fewer = replace(self)
        fewer.population, fewer.weight = self.population.first(n_worlds), self.weight[:n_worlds]
        fewer._weights = {index: weight[:n_worlds] for index, weight in self._weights.items()}
        fewer._tell = self._tell
        return fewer

    def telling(self, told: Told | None, doing: str, n_trials: int) -> None:
        """Say how far work has come after every trial to come."""
        done = 0

        def tell(trials: int) -> None:
            nonlocal done
            done += trials
            if told is not None:
                told(doing, min(1.0, done / n_trials))

        self._tell = tell

    def run(self, enquiry: Enquiry, model: Model | None = None) -> Trial:
        """Solve all worlds under a supposition.

        Parameters
        ----------
        model : another with the same parameters, such as one in which somebody sees more.

        Raises
        ------
        PlanError
            If what is supposed makes the case too large to be solved.
        """
        model = model or self.model
        return self._solve(model, plan_worth(model, enquiry, {self.actor}))

    def run_secret(self, enquiry: Enquiry, model: Model, informed: Model, choices: Sequence[int]) -> Trial:
        """Solve all worlds where some choices see more in secret: see `melian.plan.worth.plan_secret`."""
        return self._solve(model, plan_secret(model, informed, enquiry, {self.actor}, choices))

    def _solve(self, model: Model, plan: Plan) -> Trial:
        found = weigh_worth(model, plan, self.population)
        worth = np.zeros(self.population.n_worlds)
        for index, weight in self._weights.items():
            worth += weight * found.stakes[index]
        if self._tell is not None:
            self._tell(1)
        return Trial(found.evidence, found.event, POINTS * worth, int(found.unsettled.sum()))

    def event_change(self, after: Trial, before: Trial) -> Difference:
        """Change of the event's chance, each trial's worlds weighed by the evidence under its own supposition."""
        influence = influence_of(after.event, after.evidence) - influence_of(before.event, before.evidence)
        change = weighted_mean(after.event, after.evidence) - weighted_mean(before.event, before.evidence)
        return difference_of(change, influence)

    def mean(self, value: Floats) -> float:
        """Mean over worlds as the answer weighs them."""
        return weighted_mean(value, self.weight)

    def mean_of(self, value: Floats, least: float = LEAST_WORTH) -> Difference:
        """The same of something that is a difference in every world, such as of worth, with its error."""
        return difference_of(self.mean(value), influence_of(value, self.weight), least)
