"""Cruxes on worlds made up for them: what is found is there, and what is said of it is measured elsewhere."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from melian.answer.cruxes import cruxes_of

Floats = NDArray[np.float64]
N_WORLDS = 8192


def evenly(seed: int, n_inputs: int) -> Floats:
    return np.random.default_rng(seed).random((n_inputs, N_WORLDS))


def test_a_box_that_was_hidden_in_the_worlds_is_found() -> None:
    unit = evenly(1, 6)
    inside = (unit[2] > 0.7) & (unit[4] < 0.4)
    value = np.where(inside, 0.8, 0.1)
    cruxes = cruxes_of(list(unit), value, np.ones(N_WORLDS), 0.75)
    (found, *_) = cruxes.found
    bounds = {bound.candidate: (bound.is_above, bound.value) for bound in found.bounds}
    assert set(bounds) == {2, 4}
    assert bounds[2] == (True, pytest.approx(0.7, abs=0.02))
    assert bounds[4] == (False, pytest.approx(0.4, abs=0.02))
    assert found.mass == pytest.approx(0.12, abs=0.012)
    assert found.mean == pytest.approx(0.8, abs=0.04)
    assert found.density == pytest.approx(1.0, abs=0.05)
    assert found.coverage == pytest.approx(1.0, abs=0.05)
    assert cruxes.beyond == pytest.approx(inside.mean())


def test_pure_noise_has_no_crux_in_95_of_100_seeds() -> None:
    found = 0
    for seed in range(100):
        value = np.random.default_rng(1000 + seed).beta(2, 3, N_WORLDS)
        found += bool(cruxes_of(list(evenly(seed, 4)), value, np.ones(N_WORLDS), 0.5).found)
    assert found <= 5


@settings(max_examples=30)
@given(st.integers(0, 10_000), st.floats(0.05, 0.95))
def test_a_crux_lies_beyond_its_line_and_holds_what_it_says(seed: int, line: float) -> None:
    unit = evenly(seed, 3)
    value = np.clip(unit[0] * 0.6 + 0.4 * unit[1] * unit[2], 0, 1)
    weight = 0.2 + unit[1]
    cruxes = cruxes_of(list(unit), value, weight, line)
    assert cruxes.is_above == (value @ weight / weight.sum() <= line)
    for crux in cruxes.found:
        assert (crux.mean > line) == cruxes.is_above
        assert 0 < crux.mass < 1
        assert 0 <= crux.density <= 1
        assert 0 <= crux.coverage <= 1
        assert len({bound.candidate for bound in crux.bounds}) == len(crux.bounds) <= 3
        # In the half that measures, the numbers are those that the bounds give there.
        inside = np.ones(N_WORLDS // 2, dtype=bool)
        for bound in crux.bounds:
            number = unit[bound.candidate][N_WORLDS // 2 :]
            inside &= number >= bound.value if bound.is_above else number < bound.value
        seen, weighed = value[N_WORLDS // 2 :][inside], weight[N_WORLDS // 2 :][inside]
        assert crux.mean == pytest.approx(seen @ weighed / weighed.sum(), abs=0.005)


def test_numbers_that_never_change_are_no_candidates() -> None:
    unit = evenly(3, 1)
    cruxes = cruxes_of([np.full(N_WORLDS, 0.3), unit[0]], unit[0], np.ones(N_WORLDS), 0.7)
    assert [bound.candidate for bound in cruxes.found[0].bounds] == [1]
    assert cruxes_of([np.full(N_WORLDS, 0.3)], unit[0], np.ones(N_WORLDS), 0.7).found == ()
