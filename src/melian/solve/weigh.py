"""Chances of parts of the evidence world by world, and of combinations of states summed over worlds."""

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.model.diagram import Model
from melian.plan.make import Plan
from melian.plan.steps import Axes
from melian.solve.crew import Crew, padded
from melian.solve.machine import SEGMENT, Machine
from melian.solve.population import Population

Floats = NDArray[np.float64]

# Numbers that are kept at the most; with more sets of evidence fewer worlds are looked at, but a segment at the least.
MAX_NUMBERS: Final = 16_000_000


def weigh_subsets(
    model: Model, plan: Plan, population: Population, *, n_threads: int | None = None
) -> tuple[Mapping[frozenset[int], Floats], int]:
    """Chance of each hypothesis and of each set of reports in every world, times the world's factor.

    Parameters
    ----------
    plan : of `plan_subsets`.

    Returns
    -------
    By set of origins [H, W], and the number of worlds W: the first ones, all of them where memory allows.
    """
    rows = sum(_n_hypotheses(model, plan, register) for register in plan.subsets.values())
    n_worlds = min(population.n_worlds, max(SEGMENT, MAX_NUMBERS // max(rows, 1) // SEGMENT * SEGMENT))
    found = {held: np.zeros((_n_hypotheses(model, plan, r), n_worlds)) for held, r in plan.subsets.items()}
    crew = Crew(model, plan, population, n_worlds=n_worlds, n_threads=n_threads)

    def take(start: int, registers: Mapping[int, Floats], _: Machine) -> None:
        count = min(crew.block, n_worlds - start)
        factors = population.factors(start, count)
        for held, register in plan.subsets.items():
            found[held][:, start : start + count] = registers[register][:, :count] * factors

    crew.run(take)
    return found, n_worlds


def sum_joints(
    model: Model, plan: Plan, population: Population, *, n_threads: int | None = None
) -> Mapping[Axes, Floats]:
    """Chance of every combination of states and of the evidence, times the worlds' factors, summed over worlds.

    Parameters
    ----------
    plan : of `plan_joints`.

    Returns
    -------
    By set of variables [states of each, segments of 256 worlds], so that errors can be worked out; the same bit for
    bit whatever the number of threads.
    """
    lengths = [*(variable.n_states for variable in model.variables), 2]
    n_segments = padded(population.n_worlds) // SEGMENT
    found = {axes: np.zeros((*(lengths[axis] for axis in axes), n_segments)) for axes in plan.joints}
    crew = Crew(model, plan, population, n_threads=n_threads)

    def take(start: int, registers: Mapping[int, Floats], _: Machine) -> None:
        first = start // SEGMENT
        count = min(crew.block // SEGMENT, n_segments - first)
        factors = population.factors(start, count * SEGMENT)
        for axes, register in plan.joints.items():
            weighed = registers[register][..., : count * SEGMENT] * factors
            found[axes][..., first : first + count] = weighed.reshape(*weighed.shape[:-1], count, SEGMENT).sum(axis=-1)

    crew.run(take)
    return found


def _n_hypotheses(model: Model, plan: Plan, register: int) -> int:
    (axis,) = plan.axes[register]
    return 2 if axis == plan.event_axis else model.variables[axis].n_states


def weigh_event(model: Model, plan: Plan, population: Population, *, n_threads: int | None = None) -> Floats:
    """Chance of the evidence without the event and with it in every world, [2, W].

    Parameters
    ----------
    plan : of `plan_evidence`.
    """
    n_worlds = population.n_worlds
    found = np.zeros((2, n_worlds))
    crew = Crew(model, plan, population, n_threads=n_threads)

    def take(start: int, registers: Mapping[int, Floats], _: Machine) -> None:
        count = min(crew.block, n_worlds - start)
        found[:, start : start + count] = registers[plan.joint][:, :count]

    crew.run(take)
    return found
