"""How the worlds are spread over bands of chances."""

import numpy as np
import pytest

import melian
from melian.answer.spread import BANDS
from melian.answer.weighted import weighted_quantiles

WORLDS = 2_048


@pytest.fixture(scope="module")
def solution() -> melian.Solution:
    return melian.read("belarus-2022").solve(worlds=WORLDS)


def test_shares_are_those_of_numpys_histogram(solution: melian.Solution) -> None:
    worlds, spread = solution.worlds, solution.spread()
    after, _ = np.histogram(worlds.event, bins=BANDS, range=(0, 1), weights=worlds.evidence)
    before, _ = np.histogram(solution.sampled.first.before, bins=BANDS, range=(0, 1))
    np.testing.assert_allclose(spread.after, after / after.sum(), atol=1e-12)
    np.testing.assert_allclose(spread.before, before / before.sum(), atol=1e-12)


def test_the_bands_agree_with_the_quantiles_of_the_answer(solution: melian.Solution) -> None:
    (median,) = weighted_quantiles(solution.worlds.event, solution.worlds.evidence, (0.5,))
    reached = np.cumsum(solution.spread().after)
    band = int(median * BANDS)
    assert reached[band] >= 0.5
    assert band == 0 or reached[band - 1] < 0.5
    assert reached[-1] == pytest.approx(1.0)


def test_worlds_that_agree_lie_in_one_band() -> None:
    case = melian.read_text(
        "melian: 1\ncase: sure\nquestion: {event: {rain: heavy}}\n"
        "factors: {rain: {states: [none, heavy], chances: {heavy: 0.96..0.99}}}\n"
    )
    assert case.solve(worlds=256).spread().after == (*(0.0,) * (BANDS - 1), 1.0)
