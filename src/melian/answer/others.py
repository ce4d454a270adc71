"""Other self-consistent stories: rules, other than those on the principal branch, that answer each other as well."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.answer.weighted import weighted_mean
from melian.model.diagram import Model
from melian.plan.make import Plan
from melian.plan.steps import Guess
from melian.solve.population import Population
from melian.solve.run import Worlds, run_population

TRIED_WORLDS: Final = 512
ATTEMPTS: Final = 12
# Rules that differ by less than this in every chance are the same.
APART: Final = 1e-3


@dataclass(frozen=True, slots=True)
class OtherStories:
    """What a search for other solutions found, in the first worlds and from a few starts in each.

    Attributes
    ----------
    worlds : searched; 0 where every choice is solved by itself, so that there is one solution only.
    attempts : starts in each world.
    found : worlds in which other rules answer each other as well.
    event : chance of the event over the searched worlds, with the rules of the principal branch.
    lowest, highest : the same if in each world the rules were played under which the event is least or most likely.
    """

    worlds: int
    attempts: int
    found: int
    event: float
    lowest: float
    highest: float


def other_stories_of(model: Model, plan: Plan, population: Population, worlds: Worlds) -> OtherStories:
    """Search the first worlds for other solutions."""
    settled = [step.variable for step in plan.steps if isinstance(step, Guess)]
    n_worlds = min(TRIED_WORLDS, len(worlds.event)) if settled else 0
    weight, event = worlds.evidence[:n_worlds], worlds.event[:n_worlds]
    if not n_worlds or not weight.sum() > 0:
        return OtherStories(0, 0, 0, 0.0, 0.0, 0.0)
    found = np.zeros(n_worlds, dtype=bool)
    lowest, highest = event.copy(), event.copy()
    for attempt in range(1, ATTEMPTS + 1):
        tried = run_population(model, plan, population.first(n_worlds), attempt=attempt)
        other = _apart(worlds, tried, settled, n_worlds) & ~tried.unsettled & ~worlds.unsettled[:n_worlds]
        found |= other
        lowest = np.where(other, np.minimum(lowest, tried.event), lowest)
        highest = np.where(other, np.maximum(highest, tried.event), highest)
    means = (weighted_mean(values, weight) for values in (event, lowest, highest))
    return OtherStories(n_worlds, ATTEMPTS, int(found.sum()), *means)


def _apart(worlds: Worlds, tried: Worlds, settled: list[int], n_worlds: int) -> NDArray[np.bool_]:
    """[W] whether any chance in any rule that was settled differs."""
    apart = np.zeros(n_worlds, dtype=bool)
    for choice in settled:
        gap = np.abs(worlds.rules[choice].kept[..., :n_worlds] - tried.rules[choice].kept[..., :n_worlds])
        apart |= gap.reshape(-1, n_worlds).max(axis=0) > APART
    return apart
