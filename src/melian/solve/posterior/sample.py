"""Tempered sequential Monte Carlo: worlds that follow the judgements and the evidence together.

The first worlds are weighed by a little of the evidence, the ones that fit go on, and each then walks within what was
judged until it has forgotten where it began; then a little more of the evidence is taken in, until all of it is (Del
Moral, Doucet and Jasra 2006, Sequential Monte Carlo samplers, Journal of the Royal Statistical Society B 68). Walking
is in the unit cube from which the judgements are drawn, so no step can leave a range, a simplex or a rank order.

A step draws from a normal law fitted to the worlds as they are, keeping a part of where the world was: preconditioned
Crank-Nicolson (Cotter, Roberts, Stuart and White 2013, MCMC methods for functions, Statistical Science 28) about that
law, taken or left by Metropolis and Hastings. Judgements on which the evidence says nothing are accepted as proposed,
whatever their number.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import logsumexp, ndtr, ndtri

from melian.solve.kernel.words import CHUNK, REPLICATES
from melian.solve.posterior.reference import Reference, fit
from melian.solve.posterior.target import Target
from melian.solve.posterior.temper import go_on, next_temperature

Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.intp]
Told = Callable[[float], None]

# Effective worlds, as a share of those that go on, that a temperature has to leave.
KEEP: Final = 0.5
# A walk of one bold step for all would leave the worlds that it does not move, most of them far out, where they lie: so
# no step forgets everything, and each walk has several.
# Steps are made as bold as this rate of acceptance allows (Roberts and Rosenthal 2001 find 0.23 best in many
# dimensions and 0.44 in one).
ACCEPTED: Final = 0.2
ADAPTATION: Final = 0.6
BOLDNESS: Final = (0.02, 0.9)
# A walk ends when worlds have forgotten where they began to this correlation, in whatever they remember best, or after
# so many steps. On the way less is asked, since the next temperature chooses among them again.
FORGOTTEN: Final = 0.05
FORGOTTEN_ON_THE_WAY: Final = 0.25
MAX_STEPS: Final = 40
MAX_STAGES: Final = 60
# Normal scores further out than this are as good as the edge of the cube, which no point may touch.
FURTHEST: Final = 8.0


@dataclass(frozen=True, slots=True)
class Stage:
    """One temperature: how the walk went.

    Attributes
    ----------
    temperature : share of the evidence taken in, as a power.
    informed : directions in which the evidence has changed how far worlds spread by now.
    steps : walked by each world.
    accepted : share of steps taken.
    forgotten : correlation that is left between where worlds are and where they began: see `_Memory`.
    """

    temperature: float
    informed: int
    steps: int
    accepted: float
    forgotten: float


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """Worlds drawn from the judgements given the evidence.

    Attributes
    ----------
    unit : [D, W] their points in the unit cube.
    log_evidence : [W] log chance of the evidence in each.
    share : [W] what a world counts for, mean 1: the same within an island, larger on islands that fit better.
    log_mean : log of the mean chance of the evidence over all worlds that fit the judgements.
    stages : temperatures, the last at 1.
    """

    unit: Floats
    log_evidence: Floats
    share: Floats
    log_mean: float
    stages: tuple[Stage, ...] = field(repr=False)

    @property
    def reached(self) -> bool:
        """Whether all of the evidence was taken in."""
        return self.stages[-1].temperature == 1.0


def draw_given_evidence(
    target: Target, log_evidence: Floats, n_worlds: int, *, seed: int, told: Told | None = None
) -> Drawn:
    """Draw worlds given the evidence.

    Parameters
    ----------
    log_evidence : [F] log chance of the evidence in the sampler's first worlds, with which the walk begins; F is a
        multiple of 4,096 and no less than `n_worlds`.
    n_worlds : a multiple of 4,096, so that every island holds whole segments of worlds.
    seed : of the walk.
    told : called after every step with the share of the way that is done.

    Raises
    ------
    ValueError
        If no first world gives the evidence any chance.
    """
    if not np.isfinite(log_evidence).any():
        raise ValueError("draw_given_evidence(): no world gives the evidence any chance")
    walk = _Walk(target, n_worlds, seed, told or (lambda _: None))
    return walk.run(target.sampler.unit(0, log_evidence.size), log_evidence)


class _Walk:
    """Worlds on their way to the evidence; W of them after the first choice."""

    def __init__(self, target: Target, n_worlds: int, seed: int, told: Told) -> None:
        self.target, self.n_worlds, self.seed, self.told = target, n_worlds, seed, told
        self.random = np.random.Generator(np.random.Philox(key=seed))
        self.boldness, self.steps = BOLDNESS[1], 0

    def run(self, unit: Floats, log_evidence: Floats) -> Drawn:
        temperature = 0.0
        stages: list[Stage] = []
        log_means = np.zeros(REPLICATES)
        while temperature < 1.0 and len(stages) < MAX_STAGES:
            previous, temperature = temperature, next_temperature(log_evidence, temperature, KEEP * self.n_worlds)
            with np.errstate(invalid="ignore"):
                log_weight = (temperature - previous) * log_evidence
            chosen, log_mean = self._chosen(log_weight)
            log_means += log_mean
            unit, log_evidence = unit[:, chosen], log_evidence[chosen]
            effective = chosen.size**2 / float(np.square(np.bincount(chosen)).sum())
            unit, log_evidence, stage = self._walked(unit, log_evidence, effective, temperature, previous)
            stages.append(stage)
        # Of what the evidence says nothing, worlds keep no copies of each other but the even points of the sampler.
        silent = np.setdiff1d(np.arange(len(unit)), self.target.dimensions)
        unit[silent] = self.target.sampler.unit(0, self.n_worlds)[silent]
        share = np.empty(self.n_worlds)
        share[_places(self.n_worlds)] = np.exp(log_means - logsumexp(log_means) + np.log(REPLICATES))[:, np.newaxis]
        return Drawn(
            unit=unit,
            log_evidence=log_evidence,
            share=share,
            log_mean=float(logsumexp(log_means) - np.log(REPLICATES)),
            stages=tuple(stages),
        )

    def _chosen(self, log_weight: Floats) -> tuple[Indices, Floats]:
        """Worlds [W] that go on, island by island, and the log of each island's mean weight."""
        before, after = _places(log_weight.size), _places(self.n_worlds)
        chosen, log_mean = go_on(log_weight[before], after.shape[1], self.random.random(REPLICATES))
        found = np.empty(self.n_worlds, dtype=np.intp)
        found[after] = np.take_along_axis(before, chosen, axis=1)
        return found, log_mean

    def _walked(
        self, unit: Floats, log_evidence: Floats, effective: float, temperature: float, previous: float
    ) -> tuple[Floats, Floats, Stage]:
        """Walk all worlds at one temperature until they have forgotten where they began."""
        dimensions = self.target.dimensions
        scores = ndtri(unit[dimensions])
        reference = fit(scores, effective)
        here = _Place(scores, reference.whitened(scores), log_evidence)
        memory, left = _Memory(reference, here), 1.0
        rates: list[float] = []
        enough = FORGOTTEN if temperature == 1.0 else FORGOTTEN_ON_THE_WAY
        while len(rates) < MAX_STEPS and left > enough:
            rates.append(self._step(here, unit, reference, temperature))
            left = memory.left(here)
            self.told(previous + (temperature - previous) * min(1.0, len(rates) / MAX_STEPS))
        unit[dimensions] = ndtr(here.scores)
        self.told(temperature)
        stage = Stage(temperature, len(reference.scale), len(rates), float(np.mean(rates)), left)
        return unit, here.log_evidence, stage

    def _step(self, here: "_Place", unit: Floats, reference: Reference, temperature: float) -> float:
        """Propose a step in every world and take or leave it; the mean chance of taking it."""
        self.steps += 1
        bold = self.boldness

        def step(block: slice) -> float:
            # A stream of its own for each step and block: the same numbers whatever the number of threads.
            random = np.random.Generator(np.random.Philox(key=self.seed, counter=[0, 0, self.steps, block.start]))
            white = random.standard_normal(here.white[:, block].shape)
            white *= bold
            white += np.sqrt(1.0 - bold**2) * here.white[:, block]
            scores = reference.coloured(white)
            np.clip(scores, -FURTHEST, FURTHEST, out=scores)
            points = unit[:, block].copy()
            points[self.target.dimensions] = ndtr(scores)
            there = _Place(scores, white, self.target.log_evidence(points))
            log_ratio = temperature * _difference(there.log_evidence, here.log_evidence[block])
            log_ratio += there.tilt - here.tilt[block]
            here.take(block, there, np.log(random.random(log_ratio.size)) < log_ratio)
            return float(np.exp(np.minimum(log_ratio, 0.0)).sum())

        rate = sum(self.target.by_block(step, self.n_worlds)) / self.n_worlds
        self.boldness = float(np.clip(bold * np.exp(ADAPTATION * (rate - ACCEPTED)), *BOLDNESS))
        return rate


def _places(n_worlds: int) -> Indices:
    """Worlds [I, K] of each island, which is what became of one replicate of the first worlds."""
    by_turn = np.arange(n_worlds).reshape(-1, REPLICATES, CHUNK)
    return by_turn.swapaxes(0, 1).reshape(REPLICATES, -1)


def _difference(new: Floats, old: Floats) -> Floats:
    """New less old log chance; -inf wherever the new one is impossible."""
    return np.subtract(new, old, out=np.full_like(new, -np.inf), where=np.isfinite(new))


class _Place:
    """Where every world stands: normal scores [D', W], the same whitened, and the log chance of the evidence [W]."""

    def __init__(self, scores: Floats, white: Floats, log_evidence: Floats) -> None:
        self.scores, self.white, self.log_evidence = scores, white, log_evidence
        # Log density of the standard normal law over that of the reference, up to a constant.
        self.tilt = 0.5 * (np.square(white).sum(axis=0) - np.square(scores).sum(axis=0))

    def take(self, block: slice, there: "_Place", taken: npt.NDArray[np.bool_]) -> None:
        """Move the worlds of a block that took their step."""
        np.copyto(self.scores[:, block], there.scores, where=taken)
        np.copyto(self.white[:, block], there.white, where=taken)
        np.copyto(self.log_evidence[block], there.log_evidence, where=taken)
        np.copyto(self.tilt[block], there.tilt, where=taken)


class _Memory:
    """What is left of where worlds began, by whatever keeps most of it.

    That is any direction in which the evidence has moved or narrowed them, the chance of the evidence, or all
    coordinates on average. One average over everything would let a hundred numbers that are drawn anew at every step
    hide that the one that counts has not moved.
    """

    def __init__(self, reference: Reference, start: _Place) -> None:
        self._vectors = np.concatenate([reference.vectors, reference.mean[:, np.newaxis]], axis=1)
        self._white, self._along = start.white.copy(), self._in_directions(start)

    def _in_directions(self, here: _Place) -> Floats:
        """Coordinates [R + 2, W] in each direction, and the log chance of the evidence, each about its mean."""
        along = np.concatenate([np.einsum("dr,dw->rw", self._vectors, here.white), here.log_evidence[np.newaxis]])
        along[~np.isfinite(along)] = 0.0  # worlds of islands that have died out
        along -= along.mean(axis=1, keepdims=True)
        return along

    def left(self, here: _Place) -> float:
        """Largest correlation with the start."""
        along = self._in_directions(here)
        both = np.einsum("rw,rw->r", along, self._along)
        size = np.sqrt(np.einsum("rw,rw->r", along, along) * np.einsum("rw,rw->r", self._along, self._along))
        found = np.divide(both, size, out=np.zeros_like(both), where=size > 0)
        average = float(np.vdot(here.white, self._white) / np.vdot(self._white, self._white))
        return max(average, float(found.max()))
