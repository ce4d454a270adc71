"""Simulation-based calibration: truths drawn from the judgements lie anywhere in what is concluded from their signs.

Talts, Betancourt, Simpson, Vehtari and Gelman 2018, Validating Bayesian inference algorithms with simulation-based
calibration: the rank of the truth among posterior draws is uniform.
"""

import numpy as np
import pytest
from scipy.special import expit
from scipy.stats import kstest

from melian.answer.sampling import sample
from melian.model.build import build_model
from melian.plan.make import make_plan
from melian.plan.plan import Enquiry
from melian.solve.draws.draw import Sampler
from tests.solving import case_of

SIMULATED = 220
WORLDS = 2048
# Chance with which a sound sampler fails: one in a thousand for each of four numbers, seeds being fixed.
SURE = 1e-3
SIGNS = 6

CASE = "\n".join(
    [
        "melian: 1", "case: signs", "question: {event: {last: yes}}",
        "actors: {a: {precision: 4..40}}",
        "judgements: {p: likely, q: 0.1..0.9}",
        "factors:", "  last: {states: [no, yes], chances: {yes: the p}}",
        *(f"  p{k}: {{states: [no, yes], chances: {{yes: the p}}}}" for k in range(SIGNS)),
        *(f"  q{k}: {{states: [no, yes], chances: {{yes: the q}}}}" for k in range(SIGNS)),
        "choices:", *(f"  c{k}: {{actor: a, options: [prize, calm]}}" for k in range(SIGNS)),
        "stakes:", "  a:",
        f"    order: [{' = '.join(f'x{k}' for k in range(SIGNS))}, {' = '.join(f'y{k}' for k in range(SIGNS))}]",
        *(f"    x{k}: {{given: [c{k}], values: {{prize: 100, calm: 0}}}}" for k in range(SIGNS)),
        *(f"    y{k}: {{given: [c{k}], values: {{prize: 0, calm: 100}}}}" for k in range(SIGNS)),
    ]
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("adapt_below", [0.0, 1.0], ids=["as drawn", "drawn anew"])
def test_truths_lie_anywhere_in_what_is_concluded_from_their_signs(adapt_below: float) -> None:
    model = build_model(case_of(CASE))
    rng = np.random.default_rng(20)
    sampler = Sampler(model.parameters, 0)
    truths = sampler.transform(rng.random((sampler.n_dimensions, 256)))
    weights = {u.name: u.weight for u in model.utilities}
    slots = [*(sampler.slots_of(f"judgement {name}").start for name in "pq"), model.precision[0], weights["x0"]]
    ranks = np.empty((SIMULATED, len(slots)))
    for number in range(SIMULATED):
        p, q, precision, x = truths[slots, number]
        seen = _signs(rng, p, q, expit(precision * (x - truths[weights["y0"], number])))
        enquiry = Enquiry(observe={model.index_of(name): state for name, state in seen.items()})
        sampled = sample(
            model,
            make_plan(model, enquiry),
            enquiry,
            n_worlds=WORLDS,
            seed=number,
            n_threads=1,
            adapt_below=adapt_below,
        )
        assert sampled is not None
        assert sampled.sampling.is_adapted == (adapt_below > 0)
        drawn = sampled.population.block(0, sampled.population.n_worlds)[slots]
        weight = sampled.worlds.evidence / sampled.worlds.evidence.sum()
        ranks[number] = (drawn < truths[slots, number][:, None]) @ weight
    for of_one in ranks.T:
        assert kstest(of_one, "uniform").pvalue > SURE


def _signs(rng: np.random.Generator, p: float, q: float, prize: float) -> dict[str, int]:
    """What is seen of each: a state of every factor but the last, an option of every choice."""
    seen = {f"p{k}": int(rng.random() < p) for k in range(SIGNS)} | {
        f"q{k}": int(rng.random() < q) for k in range(SIGNS)
    }
    return seen | {f"c{k}": int(rng.random() >= prize) for k in range(SIGNS)}
