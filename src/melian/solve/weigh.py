"""Chances of parts of the evidence, world by world: what is asked of a few thousand worlds at most."""

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.model.diagram import Model
from melian.plan.make import Plan
from melian.solve.crew import Crew
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


def _n_hypotheses(model: Model, plan: Plan, register: int) -> int:
    (axis,) = plan.axes[register]
    return 2 if axis == plan.event_axis else model.variables[axis].n_states
