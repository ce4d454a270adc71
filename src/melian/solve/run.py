"""Running a plan over all worlds: blocks in threads, and no array over all worlds but one number a world.

Sums over worlds are taken within segments of 256 worlds and then over segments, whatever the size of the blocks and the
number of threads, so that an answer is the same bit for bit on one machine.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import prod
from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.model.diagram import Model
from melian.plan.make import Plan
from melian.plan.steps import Axes
from melian.solve.crew import Crew, padded
from melian.solve.draws.draw import Sampler
from melian.solve.machine import SEGMENT, Machine
from melian.solve.population import Population

Floats = NDArray[np.float64]
Progress = Callable[[int], None]

# Worlds of which every rule is kept, for the quantiles of rules; means of rules are over all worlds.
KEPT: Final = 16_384
# Numbers that keeping them may take; with very many situations fewer worlds are kept, but a segment at the least.
KEPT_NUMBERS: Final = 32_000_000
MAX_WORLDS: Final = 100_000_000
# Rules that answer each other to within this share of the scale of utilities are certified.
CERTIFIED: Final = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """Solved rules of one choice.

    Attributes
    ----------
    axes : variables of the rule, rising, the choice among them.
    mean : [states of each axis] mean over the worlds, weighted by evidence.
    kept : [states of each axis, K] rule in each of the first K worlds, single precision.
    """

    axes: Axes
    mean: Floats
    kept: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Worlds:
    """What solving all worlds left; weighted means are NaN where no world gives the evidence any chance.

    Attributes
    ----------
    evidence : [W] what each world counts for: the chance of the evidence in it, times the population's factor.
    event : [W] chance of the event given the evidence in each world.
    before : [W] chance of the event before any evidence.
    marginals : by variable, [S, 2] weighted chance of each state, without and with the event; sums to 1.
    sums : the same unnormalised and by segment of 256 worlds, [S, 2, segments]: what errors are worked out from.
    without : by origin of reports, chance of the event had its reports not been made.
    unreached : worlds in which an actor is asked about a situation that cannot come about.
    residual : [W] how far choices that are settled together are from answering each other: the largest regret, of
        logit rules the largest error in expected utility that would explain them, as a share of the scale of
        utilities; infinite where they were not settled. Zero where every choice is solved by itself.
    """

    evidence: Floats
    event: Floats
    before: Floats
    marginals: Mapping[int, Floats]
    sums: Mapping[int, Floats]
    without: Mapping[int, float]
    rules: Mapping[int, Rules]
    unreached: int
    residual: Floats

    @property
    def unsettled(self) -> NDArray[np.bool_]:
        """[W] worlds whose rules are no certified solution; they are kept, with the last rules on the way."""
        return self.residual > CERTIFIED


def run_plan(  # noqa: PLR0913 -- what is solved, and how: named where it is set
    model: Model,
    plan: Plan,
    *,
    n_worlds: int,
    seed: int,
    n_threads: int | None = None,
    block: int | None = None,
    progress: Progress | None = None,
) -> Worlds:
    """Solve worlds of the judgements as they were drawn at first.

    Parameters
    ----------
    n_worlds : how many; world i is the same whatever the number.
    seed : of the draws, 0 or more.
    n_threads, block, progress : see `run_population`.

    Raises
    ------
    ValueError
        For a number of worlds, a seed, threads or a block out of range.
    """
    _check(n_worlds, seed)
    population = Population(Sampler(model.parameters, seed), n_worlds)
    return run_population(model, plan, population, n_threads=n_threads, block=block, progress=progress)


def run_population(
    model: Model,
    plan: Plan,
    population: Population,
    *,
    n_threads: int | None = None,
    block: int | None = None,
    progress: Progress | None = None,
) -> Worlds:
    """Solve every world.

    Parameters
    ----------
    n_threads : one for each processor where None.
    block : worlds solved at a time, a multiple of 256; chosen by the plan's cost where None. Changes no digit.
    progress : called with the number of worlds done since the last call, from any thread.

    Raises
    ------
    ValueError
        For threads or a block out of range.
    """
    _check_blocks(n_threads, block)
    n_worlds = population.n_worlds
    crew = Crew(model, plan, population, n_threads=n_threads, block=block)
    collected = _Collected(model, plan, n_worlds)

    def take(start: int, registers: Mapping[int, Floats], machine: Machine) -> None:
        collected.add(start, registers, machine, population.factors(start, crew.block))
        if progress is not None:
            progress(min(crew.block, n_worlds - start))

    crew.run(take)
    return collected.worlds()


def run_attempts(
    model: Model, plan: Plan, population: Population, *, sought: int, attempts: Iterable[int]
) -> Iterator[Worlds]:
    """Solve every world anew, once for each attempt to find other solutions of one component of choices.

    Parameters
    ----------
    sought : which component, in the order of solving; the others stay on their principal branches.
    attempts : numbers above 0: where each search starts, or of few rational choices which options are kept to.
    """
    crew = Crew(model, plan, population, n_threads=1)
    for attempt in attempts:
        collected = _Collected(model, plan, population.n_worlds)

        def take(start: int, registers: Mapping[int, Floats], machine: Machine, into: _Collected = collected) -> None:
            into.add(start, registers, machine, population.factors(start, crew.block))

        crew.run(take, (attempt, sought))
        yield collected.worlds()


def _check(n_worlds: int, seed: int) -> None:
    if not 1 <= n_worlds <= MAX_WORLDS:
        raise ValueError(f"run_plan(): n_worlds must be 1 to {MAX_WORLDS:,}, got {n_worlds}")
    if seed < 0:
        raise ValueError(f"run_plan(): seed must be 0 or more, got {seed}")


def _check_blocks(n_threads: int | None, block: int | None) -> None:
    if n_threads is not None and n_threads < 1:
        raise ValueError(f"run_plan(): n_threads must be 1 or more, got {n_threads}")
    if block is not None and (block < SEGMENT or block % SEGMENT):
        raise ValueError(f"run_plan(): block must be a multiple of {SEGMENT}, got {block}")


class _Collected:
    """Arrays that blocks write their part of; parts never overlap, so threads need no lock."""

    def __init__(self, model: Model, plan: Plan, n_worlds: int) -> None:
        self.model, self.plan, self.n_worlds = model, plan, n_worlds
        n_padded = padded(n_worlds)
        self.joint = np.zeros((2, n_padded))
        self.before = np.zeros(n_padded)
        n_segments = n_padded // SEGMENT
        self.sums = {register: np.zeros((*self._cells(register), n_segments)) for register in self._summed()}
        n_cells = sum(prod(self._cells(r)) for r in plan.rules.values())
        self.n_kept = min(n_worlds, KEPT, max(SEGMENT, KEPT_NUMBERS // max(n_cells, 1)))
        self.kept = {r: np.zeros((*self._cells(r), self.n_kept), dtype=np.float32) for r in plan.rules.values()}
        self.unreached = np.zeros(n_padded, dtype=bool)
        self.residual = np.zeros(n_padded)

    def _summed(self) -> Iterator[int]:
        yield from self.plan.marginals.values()
        yield from self.plan.without.values()
        yield from self.plan.rules.values()

    def _cells(self, register: int) -> tuple[int, ...]:
        return tuple(self.plan.layout.lengths[axis] for axis in self.plan.axes[register])

    def add(self, start: int, registers: Mapping[int, Floats], machine: Machine, factors: Floats) -> None:
        """Take in what a block left in its registers, times the worlds' factors: 0 for worlds past the last."""
        plan = self.plan
        joint = registers[plan.joint]
        count = min(joint.shape[-1], self.joint.shape[-1] - start)
        here = slice(start, start + count)
        factors = factors[:count]
        self.joint[:, here] = joint[:, :count] * factors
        self.before[here] = registers[plan.prior][1, :count]
        segments = slice(start // SEGMENT, (start + count) // SEGMENT)
        for register in (*plan.marginals.values(), *plan.without.values()):
            self.sums[register][..., segments] = _by_segment(registers[register][..., :count] * factors)
        weight = self.joint[:, here].sum(axis=0)
        kept = min(count, self.n_kept - start)
        for register in plan.rules.values():
            self.sums[register][..., segments] = _weighted_by_segment(registers[register][..., :count], weight)
            if kept > 0:
                self.kept[register][..., start : start + kept] = registers[register][..., :kept]
        self.unreached[here] = machine.unreached[:count]
        self.residual[here] = machine.residual[:count]

    def worlds(self) -> Worlds:
        """Everything put together."""
        n, plan = self.n_worlds, self.plan
        weight = self.joint[:, :n].sum(axis=0)
        total = weight.sum()
        sums = {register: array.sum(axis=-1) for register, array in self.sums.items()}
        event = np.divide(self.joint[1, :n], weight, out=np.zeros(n), where=weight > 0)
        with np.errstate(invalid="ignore"):  # impossible evidence weighs nothing, here as in every world
            return Worlds(
                evidence=weight,
                event=event,
                before=self.before[:n],
                sums={variable: self.sums[register] for variable, register in plan.marginals.items()},
                marginals={variable: sums[register] / total for variable, register in plan.marginals.items()},
                without={origin: float(sums[r][1] / sums[r].sum()) for origin, r in plan.without.items()},
                rules={c: Rules(plan.axes[r], sums[r] / total, self.kept[r]) for c, r in plan.rules.items()},
                unreached=int(self.unreached[:n].sum()),
                residual=self.residual[:n],
            )


def _by_segment(array: Floats) -> Floats:
    """Sums over segments of worlds, [..., W] to [..., W / 256]."""
    found: Floats = array.reshape(*array.shape[:-1], -1, SEGMENT).sum(axis=-1)
    return found


def _weighted_by_segment(array: Floats, weight: Floats) -> Floats:
    """Weighted sums over segments of worlds, [..., W] and [W] to [..., W / 256]."""
    by_segment = array.reshape(*array.shape[:-1], -1, SEGMENT)
    found: Floats = np.einsum("...w,...w->...", by_segment, weight.reshape(-1, SEGMENT))
    return found
