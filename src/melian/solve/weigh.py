"""Chances of parts of the evidence, world by world: what is asked of a few thousand worlds at most."""

import os
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.model.diagram import Model
from melian.plan.make import Plan
from melian.solve.kernel.encode import encode
from melian.solve.machine import SEGMENT, Machine, block_of
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
    code = encode(model, plan)
    rows = sum(_n_hypotheses(model, plan, register) for register in plan.subsets.values())
    n_worlds = min(population.n_worlds, max(SEGMENT, MAX_NUMBERS // max(rows, 1) // SEGMENT * SEGMENT))
    found = {held: np.zeros((_n_hypotheses(model, plan, r), n_worlds)) for held, r in plan.subsets.items()}
    block = min(block_of(code), -(-n_worlds // SEGMENT) * SEGMENT)
    local = threading.local()

    def weigh(start: int) -> None:
        if not hasattr(local, "machine"):
            local.machine = Machine(model, plan, code, block)
        registers = local.machine.run(population.block(start, block), start)
        count = min(block, n_worlds - start)
        factors = population.factors(start, count)
        for held, register in plan.subsets.items():
            found[held][:, start : start + count] = registers[register][:, :count] * factors

    with ThreadPoolExecutor(n_threads or os.cpu_count() or 1) as pool:
        for _ in pool.map(weigh, range(0, n_worlds, block)):
            pass
    return found, n_worlds


def _n_hypotheses(model: Model, plan: Plan, register: int) -> int:
    (axis,) = plan.axes[register]
    return 2 if axis == plan.event_axis else model.variables[axis].n_states
