"""Blocks of a population's worlds, solved by as many threads as there are processors, a machine to each.

Parameters that nothing but the kernel reads, and that it can draw, are left to it; the rest of a block is drawn by the
thread that solves it, into an array that it keeps.
"""

import os
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.model.diagram import Model
from melian.plan.make import Plan
from melian.plan.steps import Register
from melian.solve.kernel.encode import encode
from melian.solve.machine import PRINCIPAL, SEGMENT, Attempt, Machine, block_of, drawn_inside
from melian.solve.population import Population

BLOCKS_EACH: Final = 4
"""Blocks for each thread at the least, so that none waits long for another at the end."""

Floats = NDArray[np.float64]
Take = Callable[[int, Mapping[Register, Floats], Machine], None]


class Crew:
    """Threads that solve blocks of worlds.

    Parameters
    ----------
    n_worlds : the first of the population, all where None.
    n_threads : one for each processor where None.
    block : worlds solved at a time, a multiple of 256; chosen by the plan's cost where None.
    """

    def __init__(
        self,
        model: Model,
        plan: Plan,
        population: Population,
        *,
        n_worlds: int | None = None,
        n_threads: int | None = None,
        block: int | None = None,
    ) -> None:
        self.model, self.plan, self.population = model, plan, population
        self.n_worlds = n_worlds or population.n_worlds
        self._code = encode(model, plan)
        self._shares = population.shared(drawn_inside(model, plan, self._code))
        self._n_threads = n_threads or os.cpu_count() or 1
        share = padded(-(-self.n_worlds // (self._n_threads * BLOCKS_EACH)))
        self.block = block or min(block_of(self._code), share)
        self._local = threading.local()

    def run(self, take: Take, attempt: Attempt = PRINCIPAL) -> None:
        """Solve all worlds.

        Parameters
        ----------
        take : called from any thread with a block's first world, its output registers, and the machine that left them
            there until its next block.
        attempt : see `Machine.run`.
        """
        starts = range(0, self.n_worlds, self.block)
        if self._n_threads == 1:
            for start in starts:
                self._solve(start, take, attempt)
            return
        with ThreadPoolExecutor(min(self._n_threads, len(starts))) as pool:
            for _ in pool.map(lambda start: self._solve(start, take, attempt), starts):
                pass

    def _solve(self, start: int, take: Take, attempt: Attempt) -> None:
        local = self._local
        if not hasattr(local, "machine"):
            local.machine = Machine(self.model, self.plan, self._code, self.block, self._shares.inside)
            local.theta = np.empty((self._code.n_slots, self.block))
        self.population.fill(start, local.theta, self._shares)
        take(start, local.machine.run(local.theta, start, attempt), local.machine)


def padded(n_worlds: int) -> int:
    """Worlds in whole segments."""
    return -(-n_worlds // SEGMENT) * SEGMENT
