"""Judgements that move together: the rank correlation that was said, and every distribution as it was."""

import numpy as np
import pytest
from scipy.stats import kstest, spearmanr

from melian.model.build import build_model
from melian.solve.draws.draw import Sampler
from tests.solving import case_of, solve

N_WORLDS = 8192

CASE = """
melian: 1
case: together
question: {{event: {{x: yes, y: yes}}}}
judgements:
  p: {p}
  q: {q}
  r: 0.2..0.9
correlations:
  - {{between: [p, q], rank: {rank}}}
  - {{between: [q, r], rank: 0.2}}
factors:
  x: {{states: [no, yes], chances: {{yes: the p}}}}
  y: {{states: [no, yes], chances: {{yes: the q}}}}
  z: {{states: [a, b, c], chances: {{a: 0..0.1, b: the r}}}}
  w: {{states: [no, yes], chances: {{yes: 0.1..0.6}}}}
"""


def drawn(p: str, q: str, rank: float) -> dict[str, np.ndarray]:
    model = build_model(case_of(CASE.format(p=p, q=q, rank=rank)))
    sampler = Sampler(model.parameters, 0)
    block = sampler.block(0, N_WORLDS)
    assert (sampler.transform(sampler.unit(0, N_WORLDS)) == block).all()
    return {name: block[sampler.slots_of(f"judgement {name}")][0] for name in "pqr"}


@pytest.mark.parametrize("rank", [-0.9, -0.3, 0.0, 0.5, 0.95])
@pytest.mark.parametrize(("p", "q"), [("0..1", "0.1..0.4"), ("likely", "unlikely"), ("beta(2, 5)", "about 0.7")])
def test_the_rank_correlation_is_the_one_that_was_said(p: str, q: str, rank: float) -> None:
    found = drawn(p, q, rank)
    assert spearmanr(found["p"], found["q"]).statistic == pytest.approx(rank, abs=0.01)
    assert spearmanr(found["q"], found["r"]).statistic == pytest.approx(0.2, abs=0.02)
    assert spearmanr(found["p"], found["r"]).statistic == pytest.approx(0, abs=0.02)


def test_each_judgement_keeps_its_distribution() -> None:
    found, apart = drawn("likely", "0.1..0.4", 0.8), drawn("likely", "0.1..0.4", 0.0)
    assert kstest(found["q"], "uniform", args=(0.1, 0.3)).statistic < 0.01
    assert np.quantile(found["p"], [0.1, 0.5, 0.9]) == pytest.approx(
        np.quantile(apart["p"], [0.1, 0.5, 0.9]), abs=0.003
    )


def test_rows_that_hold_a_correlated_judgement_hold_the_same_number() -> None:
    model = build_model(case_of(CASE.format(p="0..1", q="0..1", rank=0.9)))
    sampler = Sampler(model.parameters, 0)
    block = sampler.block(0, 256)
    row = block[sampler.slots_of("factor z 0")]
    assert row[1] == pytest.approx(block[sampler.slots_of("judgement r")][0], abs=1e-12)
    assert row.sum(axis=0) == pytest.approx(1, abs=1e-12)


def test_two_even_chances_that_move_together_come_true_together_more_often() -> None:
    """E[pq] = 1/4 + rank / 12 for numbers spread evenly from 0 to 1, since rank is the correlation of the numbers."""
    for rank in (-0.8, 0.4, 0.9):
        found = solve(CASE.format(p="0..1", q="0..1", rank=rank), n_worlds=16_384)
        assert found.event == pytest.approx(0.25 + rank / 12, abs=1e-3)


def test_what_is_correlated_with_nothing_is_drawn_as_ever() -> None:
    """The correlation changes no digit of other judgements."""
    blocks = []
    for text in (CASE.format(p="0..1", q="0..1", rank=0.9), CASE.format(p="0..1", q="0..1", rank=-0.2)):
        model = build_model(case_of(text))
        sampler = Sampler(model.parameters, 0)
        blocks.append(sampler.block(0, 512)[sampler.slots_of("factor w 0")])
    assert (blocks[0] == blocks[1]).all()
