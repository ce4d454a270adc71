"""Which worlds an answer stands on: those drawn at first, or others drawn anew where evidence left few of the first."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.answer.defaults import ADAPT_BELOW
from melian.answer.rounding import step_for
from melian.answer.weighted import effective_worlds, monte_carlo_error, pareto_shape, weighted_mean
from melian.errors import AskError, RefusalError
from melian.model.diagram import Model
from melian.plan.plan import Enquiry, Plan
from melian.solve.draws.draw import Sampler
from melian.solve.kernel.words import CHUNK, REPLICATES
from melian.solve.population import Population
from melian.solve.posterior.sample import Stage, draw_given_evidence
from melian.solve.posterior.target import Target
from melian.solve.run import MOST_BYTES, Worlds, per_world, run_population

Floats = NDArray[np.float64]
Told = Callable[[str, float], None]

# Worlds are drawn anew in whole segments for each replicate, a fifth as many as at first.
GRAIN: Final = CHUNK * REPLICATES
ANEW_SHARE: Final = 5
MAX_ANEW: Final = 65_536
# Fewer worlds than this are a trial, and none are drawn anew.
LEAST: Final = 2_048
# Below so many effective worlds no answer is given.
FLOOR: Final = 100.0


@dataclass(frozen=True, slots=True)
class Sampling:
    """How the worlds came about, and what they are worth.

    Attributes
    ----------
    drawn : worlds drawn from the judgements alone.
    effective_drawn : equally weighted worlds that they are worth after the evidence.
    pareto_shape : of their weights; above 0.7 their mean is not to be trusted.
    anew : worlds drawn given the evidence; 0 where the first were enough.
    stages : temperatures at which they were drawn.
    log_evidence : log of the mean chance of the evidence over all worlds that fit the judgements.
    """

    drawn: int
    effective_drawn: float
    pareto_shape: float
    anew: int
    log_evidence: float
    stages: tuple[Stage, ...] = field(repr=False)

    @property
    def is_adapted(self) -> bool:
        """Whether worlds were drawn anew."""
        return self.anew > 0


@dataclass(frozen=True, slots=True, eq=False)
class Sampled:
    """Solved worlds, where they were drawn, and the worlds before the evidence was weighed.

    Attributes
    ----------
    first : worlds as they were drawn at first.
    worlds : worlds that the answer stands on: the first, or those drawn anew.
    before : those that `first` is a run of.
    population : those that `worlds` is a run of.
    """

    first: Worlds
    worlds: Worlds
    before: Population
    population: Population
    sampling: Sampling

    @property
    def is_exact(self) -> bool:
        """Whether nothing is uncertain: no judgement leaves anything open, and every world was settled."""
        return self.before.sampler.n_dimensions == 0 and not self.worlds.unsettled.any()

    def step_at(self, error: float, effective_worlds: float) -> float:
        """Points to which a chance that was found in these worlds is rounded: see `melian.answer.rounding.step_for`."""
        return step_for(error, effective_worlds, is_exact=self.is_exact)


def sample(  # noqa: PLR0913 -- what is solved, and how: named where it is set
    model: Model,
    plan: Plan,
    enquiry: Enquiry,
    *,
    n_worlds: int,
    seed: int,
    n_threads: int | None,
    adapt_below: float = ADAPT_BELOW,
    told: Told | None = None,
) -> Sampled | None:
    """Solve worlds, and draw others where the evidence leaves too few; None where the evidence is impossible.

    Parameters
    ----------
    adapt_below : share of the worlds that has to be left after the evidence; 0 draws none anew.
    told : called with what is being done and the share of it that is done, from any thread.
    """
    _refuse_if_too_many(plan, n_worlds)
    before = Population(Sampler(model.parameters, seed), n_worlds)
    first = run_population(model, plan, before, n_threads=n_threads, progress=_counting(told, n_worlds))
    if not first.evidence.sum() > 0:
        return None
    effective = effective_worlds(first.evidence)
    shape = pareto_shape(first.evidence) if effective < n_worlds else float("nan")
    if effective >= adapt_below * n_worlds or n_worlds < LEAST:
        sampling = Sampling(n_worlds, effective, shape, 0, first.log_mean_evidence, ())
        return Sampled(first, first, before, before, sampling)
    n_anew = GRAIN * max(1, min(round(n_worlds / ANEW_SHARE / GRAIN), MAX_ANEW // GRAIN))
    target = Target(model, enquiry, before.sampler, n_threads)
    log_evidence = _log_evidence(target, first)
    drawn = draw_given_evidence(target, log_evidence, n_anew, seed=seed, told=_stepping(told))
    with np.errstate(divide="ignore"):
        log_factor = np.where(np.isfinite(drawn.log_evidence), np.log(drawn.share) - drawn.log_evidence, -np.inf)
    population = Population(before.sampler, n_anew, drawn.unit, log_factor)
    worlds = run_population(model, plan, population, n_threads=n_threads)
    sampling = Sampling(n_worlds, effective, shape, n_anew, drawn.log_mean, drawn.stages)
    return Sampled(first, worlds, before, population, sampling)


def _log_evidence(target: Target, first: Worlds) -> Floats:
    """Log chance of the evidence in the first worlds, whole segments of each replicate, with which the walk begins."""
    n_whole = first.log_evidence.size // GRAIN * GRAIN
    return first.log_evidence[:n_whole] if n_whole else target.log_evidence(target.sampler.unit(0, GRAIN))


def _counting(told: Told | None, n_worlds: int) -> Callable[[int], None] | None:
    if told is None:
        return None
    done = 0

    def count(worlds: int) -> None:
        nonlocal done
        done += worlds
        told("Solving worlds", done / n_worlds)

    return count


def _stepping(told: Told | None) -> Callable[[float], None] | None:
    return None if told is None else lambda share: told("Taking in the evidence", share)


def effective_of(sampling: Sampling, worlds: Worlds) -> float:
    """Equally weighted, independent worlds that would give the event's chance as exactly."""
    if not sampling.is_adapted:
        return sampling.effective_drawn
    spread = weighted_mean(np.square(worlds.event - weighted_mean(worlds.event, worlds.evidence)), worlds.evidence)
    error = monte_carlo_error(worlds.event, worlds.evidence)
    most = effective_worlds(worlds.evidence)
    return min(most, spread / error**2) if error > 0 else most


def refusal_of(sampling: Sampling, effective: float) -> RefusalError | None:
    """Why no answer can be given; None where one can."""
    notes = (
        "see which reports disagree with each other: melian check",
        "widen judgements that the evidence contradicts, or draw more worlds (--worlds)",
    )
    if sampling.stages and sampling.stages[-1].temperature < 1.0:
        share = f"{100 * sampling.stages[-1].temperature:.0f} %"
        return RefusalError(f"no answer: only {share} of the evidence could be taken in before worlds ran out", notes)
    if sampling.drawn >= LEAST and effective < FLOOR:
        return RefusalError(
            f"no answer: only about {effective:,.0f} worlds would carry it (at least {FLOOR:.0f})", notes
        )
    return None


def _refuse_if_too_many(plan: Plan, n_worlds: int) -> None:
    """Refuse worlds that would not fit into memory, before anything is drawn."""
    fitting = MOST_BYTES // per_world(plan)
    if n_worlds > fitting:
        needed = n_worlds * per_world(plan) / 1e9
        raise AskError(
            f"{n_worlds:,} worlds would take {needed:.1f} GB of memory, more than {MOST_BYTES / 1e9:.0f} GB",
            [f"up to {fitting:,} fit; an error 10 times smaller takes 100 times as many, and is seldom worth it"],
        )
