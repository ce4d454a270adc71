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
from melian.plan.plan import Plan
from melian.plan.steps import Axes
from melian.solve.crew import Block, Crew, padded
from melian.solve.draws.draw import Sampler
from melian.solve.machine import SEGMENT
from melian.solve.population import Population
from melian.solve.powers import Gathered, Powers, Running, levelled

Floats = NDArray[np.float64]
Progress = Callable[[int], None]

# Worlds of which every rule is kept, for the quantiles of rules; means of rules are over all worlds.
KEPT: Final = 16_384
# Numbers that keeping them may take; with very many situations fewer worlds are kept, but a segment at the least.
KEPT_NUMBERS: Final = 32_000_000
MAX_WORLDS: Final = 100_000_000
# Bytes of what is kept of a world, with copies while it is put together and while answers sort it.
PER_WORLD: Final = 110
# Bytes that worlds may take in all.
MOST_BYTES: Final = 2_000_000_000
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
    evidence : [W] what each world counts for: the chance of the evidence in it, times the population's factor, over 2
        to the power of `power`.
    power : of two; 0 but where so much evidence was found that its chance is too small for a floating-point number.
    log_weights : [W] natural logarithm of what each world counts for, where `power` is not 0.
    event : [W] chance of the event given the evidence in each world.
    before : [W] chance of the event before any evidence.
    marginals : by variable, [S, 2] weighted chance of each state, without and with the event; sums to 1.
    sums : the same unnormalised and by segment of 256 worlds, [S, 2, segments]: what errors are worked out from.
    log_odds : base-2 logarithm of the odds of the event, infinite where it is certain or impossible.
    without : by origin of reports, chance of the event had its reports not been made.
    log_odds_without : the same as base-2 logarithm of its odds.
    unreached : worlds in which an actor is asked about a situation that cannot come about.
    residual : [W] how far choices that are settled together are from answering each other: the largest regret, of
        logit rules the largest error in expected utility that would explain them, as a share of the scale of
        utilities. Zero where every choice is solved by itself.
    reached : [W] infinite where the rules are those that were sought; else the precision up to which they could be
        followed: of rational choices in units of what a choice can move, of others as a share of their own.
    """

    evidence: Floats
    power: int
    log_weights: Floats | None
    event: Floats
    before: Floats
    marginals: Mapping[int, Floats]
    sums: Mapping[int, Floats]
    log_odds: float
    without: Mapping[int, float]
    log_odds_without: Mapping[int, float]
    rules: Mapping[int, Rules]
    unreached: int
    residual: Floats
    reached: Floats

    @property
    def log_evidence(self) -> Floats:
        """Natural logarithm of what each world counts for, [W]; -inf where the evidence is impossible."""
        with np.errstate(divide="ignore"):
            return np.log(self.evidence) if self.log_weights is None else self.log_weights

    @property
    def log_mean_evidence(self) -> float:
        """Natural logarithm of what worlds count for on average."""
        return float(np.log(self.evidence.mean()) + np.log(2.0) * self.power)

    @property
    def unsettled(self) -> NDArray[np.bool_]:
        """[W] worlds whose rules are no certified solution; they are kept, with the last rules on the way."""
        return unsettled_of(self.residual, self.reached)


def unsettled_of(residual: Floats, reached: Floats) -> NDArray[np.bool_]:
    """[W] worlds whose rules are no certified solution: see `Worlds`."""
    return ~(residual <= CERTIFIED) | np.isfinite(reached)


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

    def take(block: Block) -> None:
        collected.add(block)
        if progress is not None:
            progress(min(crew.block, n_worlds - block.start))

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
        crew.run(collected.add, (attempt, sought))
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


def per_world(plan: Plan) -> int:
    """Bytes that every world adds: what is kept of it, sums by segment, and copies while that is put together."""
    cells = sum(prod(plan.layout.lengths[axis] for axis in plan.axes[r]) for r in plan.marginals.values())
    return PER_WORLD + -(-8 * cells // SEGMENT)


class _Collected:
    """Arrays that blocks write their part of; parts never overlap, so threads need no lock."""

    def __init__(self, model: Model, plan: Plan, n_worlds: int) -> None:
        self.model, self.plan, self.n_worlds = model, plan, n_worlds
        n_padded = padded(n_worlds)
        self.joint = Gathered((2, n_padded))
        self.before = np.zeros(n_padded)
        n_segments = n_padded // SEGMENT
        marginals, only_whole = plan.marginals.values(), (*plan.without.values(), *plan.rules.values())
        self.sums = {register: Gathered((*self._cells(register), n_segments)) for register in marginals}
        self.wholes = {register: Running(self._cells(register)) for register in only_whole}
        n_cells = sum(prod(self._cells(r)) for r in plan.rules.values())
        self.n_kept = min(n_worlds, KEPT, max(SEGMENT, KEPT_NUMBERS // max(n_cells, 1)))
        self.kept = {r: np.zeros((*self._cells(r), self.n_kept), dtype=np.float32) for r in plan.rules.values()}
        self.unreached = np.zeros(n_padded, dtype=bool)
        self.certificate = np.zeros((2, n_padded))

    def _cells(self, register: int) -> tuple[int, ...]:
        return tuple(self.plan.layout.lengths[axis] for axis in self.plan.axes[register])

    def add(self, block: Block) -> None:
        """Take in what a block left in its registers, times the worlds' factors: 0 for worlds past the last."""
        plan, start = self.plan, block.start
        count = min(block.factors.size, self.before.size - start)
        here = slice(start, start + count)
        segments = slice(start // SEGMENT, (start + count) // SEGMENT)
        joint = block.weight(plan.joint, count)
        self.joint.put(here, *joint)
        self.before[here] = block.plain(plan.prior, count)[1]
        for register in plan.marginals.values():
            self.sums[register].put(segments, *block.segments(register, count))
        for register in plan.without.values():
            self.wholes[register].put(segments, *block.segments(register, count))
        weight = _total(*joint)
        kept = min(count, self.n_kept - start)
        for register in plan.rules.values():
            rule = block.registers[register][..., :count]
            self.wholes[register].put(segments, *_weighted_by_segment(rule, *weight))
            if kept > 0:
                self.kept[register][..., start : start + kept] = rule[..., :kept]
        self.unreached[here] = block.unreached[:count]
        self.certificate[:, here] = block.certificate[:, :count]

    def worlds(self) -> Worlds:
        """Everything put together."""
        n, plan = self.n_worlds, self.plan
        joint, power = self.joint.level(n)
        weight = joint.sum(axis=0)
        total = weight.sum()
        sums = {register: each.level() for register, each in self.sums.items()}
        wholes = {register: (array.sum(axis=-1), own) for register, (array, own) in sums.items()}
        wholes |= {register: each.level() for register, each in self.wholes.items()}
        with np.errstate(invalid="ignore"):  # impossible evidence weighs nothing, here as in every world
            mean = {
                register: wholes[register][0] / np.ldexp(total, power - wholes[register][1])
                for register in (*plan.marginals.values(), *plan.rules.values())
            }
            without = {origin: float(wholes[r][0][1] / wholes[r][0].sum()) for origin, r in plan.without.items()}
        odds = {origin: _log_odds(self.wholes[register].log()) for origin, register in plan.without.items()}
        return Worlds(
            evidence=weight,
            power=power,
            log_weights=self.joint.log_sums(n),
            event=np.divide(joint[1], weight, out=np.zeros(n), where=weight > 0),
            before=self.before[:n],
            sums={variable: sums[register][0] for variable, register in plan.marginals.items()},
            marginals={variable: mean[register] for variable, register in plan.marginals.items()},
            log_odds=_log_odds(self.joint.log_sum()),
            without=without,
            log_odds_without=odds,
            rules={c: Rules(plan.axes[r], mean[r], self.kept[r]) for c, r in plan.rules.items()},
            unreached=int(self.unreached[:n].sum()),
            residual=self.certificate[0, :n],
            reached=self.certificate[1, :n],
        )


def _total(values: Floats, powers: Powers | None) -> tuple[Floats, Powers | None]:
    """Sum over the first axis, [2, W] to [W]."""
    if powers is None:
        return values.sum(axis=0), None
    level, power = levelled(values, powers, 0)
    return level.sum(axis=0), power[0]


def _weighted_by_segment(array: Floats, weight: Floats, powers: Powers | None) -> tuple[Floats, Powers | None]:
    """Weighted sums over segments of worlds, [..., W] and [W] to [..., W / 256], and their powers."""
    parts, weights, power = array.reshape(*array.shape[:-1], -1, SEGMENT), weight.reshape(-1, SEGMENT), None
    if powers is not None:
        weights, top = levelled(weights, powers.reshape(weights.shape))
        power = np.broadcast_to(top[:, 0], parts.shape[:-1])
    return np.einsum("...w,...w->...", parts, weights), power


def _log_odds(logs: Floats) -> float:
    """Base-2 logarithm of odds, from natural logarithms of what is against and of what is for; NaN of nothing."""
    with np.errstate(invalid="ignore"):
        return float((logs[1] - logs[0]) / np.log(2.0))
