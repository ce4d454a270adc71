"""Chances of parts of the evidence world by world, and of combinations of states summed over worlds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.model.diagram import Model
from melian.plan.plan import Plan
from melian.plan.steps import Axes
from melian.solve.crew import Block, Crew, padded
from melian.solve.machine import SEGMENT
from melian.solve.population import Population
from melian.solve.powers import Gathered, log_sum

Floats = NDArray[np.float64]

# Numbers that are kept at the most; with more sets of evidence fewer worlds are looked at, but a segment at the least.
MAX_NUMBERS: Final = 16_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Chances:
    """Chances of hypotheses H and some reports in every world W.

    Attributes
    ----------
    share : [H, W] chances, over a power of two that is one for all.
    log_mean : [H] natural logarithm of each mean over worlds; -inf of what is impossible.
    """

    share: Floats
    log_mean: Floats

    @property
    def weight(self) -> Floats:
        """What each world counts for, [W]."""
        found: Floats = self.share.sum(axis=0)
        return found

    @property
    def log_whole(self) -> float:
        """Natural logarithm of the mean chance of the reports."""
        return float(log_sum(np.exp(self.log_mean - self.log_mean.max())) + self.log_mean.max())

    @property
    def is_possible(self) -> bool:
        """Whether any world gives the reports any chance."""
        return bool(np.isfinite(self.log_mean).any())


def weigh_subsets(
    model: Model, plan: Plan, population: Population, *, n_threads: int | None = None
) -> tuple[Mapping[frozenset[int], Chances], int]:
    """Chance of each hypothesis and of each set of reports in every world, times the world's factor.

    Parameters
    ----------
    plan : of `plan_subsets`.

    Returns
    -------
    By set of origins, and the number of worlds: the first ones, all of them where memory allows.
    """
    rows = sum(_n_hypotheses(model, plan, register) for register in plan.subsets.values())
    n_worlds = min(population.n_worlds, max(SEGMENT, MAX_NUMBERS // max(rows, 1) // SEGMENT * SEGMENT))
    found = {held: Gathered((_n_hypotheses(model, plan, r), n_worlds)) for held, r in plan.subsets.items()}
    crew = Crew(model, plan, population, n_worlds=n_worlds, n_threads=n_threads)

    def take(block: Block) -> None:
        count = min(crew.block, n_worlds - block.start)
        for held, register in plan.subsets.items():
            found[held].put(slice(block.start, block.start + count), *block.weight(register, count))

    crew.run(take)
    level = np.log(n_worlds)
    return {held: Chances(each.level()[0], each.log_sum() - level) for held, each in found.items()}, n_worlds


def sum_joints(
    model: Model, plan: Plan, population: Population, *, n_threads: int | None = None
) -> Mapping[Axes, Floats]:
    """Chance of every combination of states and of the evidence, times the worlds' factors, summed over worlds.

    Parameters
    ----------
    plan : of `plan_joints`.

    Returns
    -------
    By set of variables [states of each, segments of 256 worlds], so that errors can be worked out, over a power of two
    of its own; the same bit for bit whatever the number of threads.
    """
    lengths = [*(variable.n_states for variable in model.variables), 2]
    n_segments = padded(population.n_worlds) // SEGMENT
    found = {axes: Gathered((*(lengths[axis] for axis in axes), n_segments)) for axes in plan.joints}
    crew = Crew(model, plan, population, n_threads=n_threads)

    def take(block: Block) -> None:
        first = block.start // SEGMENT
        count = min(crew.block // SEGMENT, n_segments - first)
        for axes, register in plan.joints.items():
            found[axes].put(slice(first, first + count), *block.segments(register, count * SEGMENT))

    crew.run(take)
    return {axes: each.level()[0] for axes, each in found.items()}


def _n_hypotheses(model: Model, plan: Plan, register: int) -> int:
    (axis,) = plan.axes[register]
    return 2 if axis == plan.event_axis else model.variables[axis].n_states


def weigh_event(model: Model, plan: Plan, population: Population, *, n_threads: int | None = None) -> Floats:
    """Chance of the evidence without the event and with it in every world, [2, W], over a power of two.

    Parameters
    ----------
    plan : of `plan_evidence`.
    """
    n_worlds = population.n_worlds
    found = Gathered((2, n_worlds))
    crew = Crew(model, plan, population, n_threads=n_threads)

    def take(block: Block) -> None:
        count = min(crew.block, n_worlds - block.start)
        found.put(slice(block.start, block.start + count), *block.chance(plan.joint, count))

    crew.run(take)
    return found.level()[0]
