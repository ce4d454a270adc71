"""Solving all worlds of a model."""

import time
from collections.abc import Callable

from melian.answer.believed import held_to, with_beliefs
from melian.answer.defaults import ADAPT_BELOW, DEFAULT_SEED, DEFAULT_WORLDS
from melian.answer.impossible import refusal_to_suppose
from melian.answer.sampling import Told, sample
from melian.answer.shown import SolvedLooks
from melian.answer.solution import Solution
from melian.answer.supposed import Supposed, enquiry_of, in_states
from melian.model.diagram import Model
from melian.plan.make import make_plan
from melian.solve.draws.draw import Sampler
from melian.solve.population import Population


def solve_model(  # noqa: PLR0913 -- what is solved, and how: named where it is set
    model: Model,
    supposed: Supposed,
    *,
    worlds: int = DEFAULT_WORLDS,
    seed: int = DEFAULT_SEED,
    threads: int | None = None,
    adapt_below: float = ADAPT_BELOW,
    told: Told | None = None,
    views: Callable[[Solution], SolvedLooks] | None = None,
) -> Solution:
    """Solve all worlds of a case.

    Parameters
    ----------
    adapt_below, told : see `melian.answer.sampling.sample`.
    views : see `Solution`.

    Raises
    ------
    AskError
        If a node or state that is supposed does not exist, or what is supposed contradicts everything; a `RefusalError`
        if the evidence itself does.
    PlanError
        If the case cannot be solved.
    """
    started = time.perf_counter()
    supposed = in_states(model, supposed)
    enquiry = enquiry_of(model, supposed)
    model = with_beliefs(model, Population(Sampler(model.parameters, seed), worlds))
    plan = make_plan(model, enquiry)
    sampled = sample(
        model, plan, enquiry, n_worlds=worlds, seed=seed, n_threads=threads, adapt_below=adapt_below, told=told
    )
    if sampled is None:
        raise refusal_to_suppose(model, enquiry)
    model, sampled = held_to(model, plan, sampled, threads)
    return Solution(model.case, model, plan, sampled, supposed, enquiry, time.perf_counter() - started, views)
