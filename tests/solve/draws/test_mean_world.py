"""Means of laws: exact, the same for what is judged alike, and rows stay rows."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special, stats

from melian.model import distribution as laws
from melian.model.parameter import Order, Row, Scalar
from melian.solve.draws.world import mean_world

EXACT = 1e-7  # as near as quantiles are inverted
FREE = 1e-4  # of many dimensions, by even points

ONES = {
    "point": (laws.point(0.3), 0.3),
    "uniform": (laws.uniform(0.2, 0.7), 0.45),
    "loguniform": (laws.log_uniform(4.0, 12.0), 8.0 / np.log(3.0)),
    "beta": (laws.beta(2.0, 5.0), 2.0 / 7.0),
    "triangular": (laws.triangular(0.1, 0.2, 0.9), 0.4),
    "pert": (laws.pert(0.1, 0.2, 0.9), (0.1 + 4 * 0.2 + 0.9) / 6),
}


@pytest.mark.parametrize("name", ONES)
def test_the_mean_of_a_law_is_exact(name: str) -> None:
    law, mean = ONES[name]
    assert mean_world([Scalar("x", law)]) == pytest.approx([mean], rel=EXACT)


def test_the_mean_of_a_logit_normal_is_that_of_quadrature() -> None:
    law = laws.logit_normal(-1.0, 0.8)
    mean = stats.norm(-1.0, 0.8).expect(special.expit)
    assert mean_world([Scalar("x", law)]) == pytest.approx([mean], rel=EXACT)


def test_a_rank_order_is_at_its_centroid() -> None:
    assert mean_world([Order("o", ((0,), (1,), (2,)))]) == pytest.approx([11 / 18, 5 / 18, 2 / 18])
    assert mean_world([Order("o", ((1, 2), (0,)))]) == pytest.approx([1 / 6, 5 / 12, 5 / 12])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(0.05, 0.3), min_size=2, max_size=5), st.integers(0, 3))
def test_what_is_judged_alike_has_the_same_mean_wherever_it_stands(lows: list[float], place: int) -> None:
    parts = tuple(laws.uniform(low / 2, low) for low in lows)
    row, twin = Row("row", (*parts, None)), Row("twin", (*parts, None))
    others = [Scalar(f"s{number}", laws.uniform(0, 1)) for number in range(place)]
    mean = mean_world([row, *others, twin])
    size = row.n_slots
    assert np.array_equal(mean[:size], mean[-size:])
    assert mean[:size].sum() == pytest.approx(1.0, abs=EXACT)


@pytest.mark.parametrize("n_states", [2, 3, 4, 6])
def test_states_of_which_the_same_is_said_have_the_same_mean(n_states: int) -> None:
    open_row = mean_world([Row("row", (None,) * n_states)])
    assert open_row == pytest.approx([1 / n_states] * n_states, abs=1e-12)
    said = mean_world([Row("row", (*(laws.uniform(0.1, 0.3),) * (n_states - 1), None))])
    assert len(set(said[:-1])) == 1
    assert said.sum() == pytest.approx(1.0, abs=FREE)


def test_no_parameters_have_no_means() -> None:
    assert mean_world([]).shape == (0,)
