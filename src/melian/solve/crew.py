"""Blocks of a population's worlds, solved by as many threads as there are processors, a machine to each.

Parameters that nothing but the kernel reads, and that it can draw, are left to it; the rest of a block is drawn by the
thread that solves it, into an array that it keeps.
"""

import os
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.model.diagram import Model
from melian.plan.averages import plan_averages
from melian.plan.plan import Plan
from melian.plan.steps import Average, Register
from melian.solve.averages import AVERAGED_OVER, Averages, Tables, settle_averages
from melian.solve.draws.draw import Sampler
from melian.solve.kernel.encode import encode
from melian.solve.machine import PRINCIPAL, SEGMENT, Attempt, block_of, drawn_inside, machine_of, threads_within
from melian.solve.population import Population
from melian.solve.powers import Powers, levelled, raised

BLOCKS_EACH: Final = 4
"""Blocks for each thread at the least, so that none waits long for another at the end."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """What a block of worlds left, to be read before the next.

    Attributes
    ----------
    start : its first world.
    registers : output registers of its plan, [states of the axes, W].
    powers : of two, that some of them are to be multiplied by, cell by cell; None where all are 0.
    factors, factor_powers : [W] what each world is multiplied by: see `melian.solve.population.Population`.
    unreached, certificate : [W] and [2, W] see `melian.solve.machine.Machine`.
    """

    start: int
    registers: Mapping[Register, Floats]
    powers: Mapping[Register, Powers] | None
    factors: Floats
    factor_powers: Powers | None
    unreached: NDArray[np.bool_]
    certificate: Floats

    def chance(self, register: Register, count: int) -> tuple[Floats, Powers | None]:
        """Chances that a register holds of the first worlds, and their powers."""
        powers = None if self.powers is None else self.powers.get(register)
        return self.registers[register][..., :count], None if powers is None else powers[..., :count]

    def plain(self, register: Register, count: int) -> Floats:
        """Chances that a register holds as numbers: what is too small is 0."""
        values, powers = self.chance(register, count)
        return values if powers is None else raised(values, powers)

    def weight(self, register: Register, count: int) -> tuple[Floats, Powers | None]:
        """Chances that a register holds times what worlds are multiplied by, and their powers."""
        values, powers = self.chance(register, count)
        if self.factor_powers is not None:
            own = self.factor_powers[:count]
            powers = np.broadcast_to(own, values.shape) if powers is None else powers + own
        return values * self.factors[:count], powers

    def given(self, register: Register, whole: Register, count: int) -> Floats:
        """Chances that a register holds over those of another, summed over its one axis, [W]; 0 where these are 0."""
        (part, powers), (chance, of) = self.chance(register, count), self.chance(whole, count)
        if powers is not None and of is not None:
            chance, top = levelled(chance, of, 0)
            part = raised(part, powers - top[0])
        total = chance.sum(axis=0)
        found: Floats = np.divide(part, total, out=np.zeros_like(part), where=total > 0)
        return found

    def segments(self, register: Register, count: int) -> tuple[Floats, Powers | None]:
        """Sums of `weight` over segments of worlds, [..., W / 256], and their powers."""
        return by_segment(*self.weight(register, count))


def by_segment(values: Floats, powers: Powers | None) -> tuple[Floats, Powers | None]:
    """Sums over segments of worlds, [..., W] to [..., W / 256]."""
    parts = values.reshape(*values.shape[:-1], -1, SEGMENT)
    if powers is None:
        return parts.sum(axis=-1), None
    level, power = levelled(parts, powers.reshape(parts.shape))
    return level.sum(axis=-1), power[..., 0]


Take = Callable[[Block], None]


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
        self.model, self.plan, self.population = model, with_averages(model, plan, population.sampler), population
        self.n_worlds = n_worlds or population.n_worlds
        self._code = encode(model, plan)
        self._shares = population.shared(drawn_inside(model, plan, self._code))
        n_threads = n_threads or os.cpu_count() or 1
        self._n_threads = threads_within(self._code, block or block_of(self._code), n_threads)
        share = padded(-(-self.n_worlds // (self._n_threads * BLOCKS_EACH)))
        self.block = block or min(block_of(self._code), share)
        self._local = threading.local()

    def run(self, take: Take, attempt: Attempt = PRINCIPAL) -> None:
        """Solve all worlds.

        Parameters
        ----------
        take : called from any thread with every block.
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
            local.machine = machine_of(self.model, self.plan, self._code, self.block, self._shares.inside)
            local.theta = np.empty((self._code.n_slots, self.block))
        self.population.fill(start, local.theta, self._shares)
        machine = local.machine
        registers = machine.run(local.theta, start, attempt)
        factors = self.population.factors(start, self.block)
        certificate = machine.certificate
        np.maximum(certificate[0], self.plan.unsettled, out=certificate[0])  # averages hold in every world alike
        take(Block(start, registers, machine.powers, *factors, machine.unreached, certificate))


def with_averages(model: Model, plan: Plan, sampler: Sampler) -> Plan:
    """Plan with the rules that its actors know on average only, over worlds as they were drawn at first."""
    if plan.averages or not any(isinstance(step, Average) for step in plan.steps):
        return plan
    found = _kept_averages(model, tuple(sorted(plan.known.items())), sampler)
    return replace(plan, averages=found.tables, unsettled=found.change)


@lru_cache(maxsize=16)
def _kept_averages(model: Model, known: tuple[tuple[int, int], ...], sampler: Sampler) -> Averages:
    plan = plan_averages(model, dict(known))
    population = Population(sampler, AVERAGED_OVER)

    def one_pass(tables: Tables) -> Tables:
        crew = Crew(model, replace(plan, averages=tables), population)
        n_segments = padded(AVERAGED_OVER) // SEGMENT
        sums: dict[int, Floats] = {}
        lock = threading.Lock()

        def take(block: Block) -> None:
            start, count = block.start, min(crew.block, n_segments * SEGMENT - block.start)
            for choice, register in plan.averaged.items():
                numbers = block.registers[register][..., :count]
                by_segment = numbers.reshape(*numbers.shape[:-1], -1, SEGMENT).sum(axis=-1)
                with lock:
                    into = sums.setdefault(choice, np.zeros((*numbers.shape[:-1], n_segments)))
                into[..., start // SEGMENT : (start + count) // SEGMENT] = by_segment

        crew.run(take)
        return {choice: found.sum(axis=-1) for choice, found in sums.items()}

    return settle_averages(model, plan, one_pass)


def padded(n_worlds: int) -> int:
    """Worlds in whole segments."""
    return -(-n_worlds // SEGMENT) * SEGMENT
