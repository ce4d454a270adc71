"""The Monte Carlo error is one: twice the worlds move the answer by less than two of it, nearly always."""

from pathlib import Path

import numpy as np
import pytest

import melian
from tests.solve.posterior.test_sample import rates, solved

STRAIT = Path(__file__).parents[1] / "cli" / "strait.yaml"
WITHIN = 2.0


def test_twice_the_worlds_move_the_answer_within_its_error() -> None:
    case = melian.read(STRAIT)
    kept = 0
    for seed in range(100):
        answer, more = (case.solve(worlds=worlds, seed=seed, threads=1).likelihood() for worlds in (2048, 4096))
        kept += abs(more.mean - answer.mean) < WITHIN * answer.error
    assert kept >= 90


@pytest.mark.slow
def test_twice_the_worlds_drawn_anew_move_the_answer_within_its_error() -> None:
    """Both runs draw their own worlds: their difference has the error of both, of Student's t with 7 degrees each."""
    text = rates({"a": (9, 10), "b": (4, 10), "c": (10, 10), "d": (1, 10)})
    apart = []
    for seed in range(10):
        one, two = solved(text, seed, 20_480), solved(text, seed + 100, 40_960)
        assert one.sampling.is_adapted
        answer, more = one.likelihood(), two.likelihood()
        apart.append((more.mean - answer.mean) / np.hypot(answer.error, more.error))
    assert sum(abs(each) < WITHIN for each in apart) >= 8
    assert 0.3 < np.sqrt(np.mean(np.square(apart))) < 2.0
