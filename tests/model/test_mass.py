"""Mass of sums of independent numbers, to an order of magnitude."""

import numpy as np
import pytest
from scipy import stats

from melian.model.distribution import (
    Distribution,
    beta,
    log_normal,
    log_uniform,
    logit_normal,
    normal,
    pert,
    triangular,
)
from melian.model.mass import mass_at_least, mass_at_most

# Cells of 1/256 blur a tail: a third of a decade is well within what a bound of 1e-6 needs.
DECADES = 0.3
NEVER = 2.0  # no chance is ever enough, so that the lower bound is not taken


@pytest.mark.parametrize(
    ("distributions", "limit", "expected"),
    [
        ([normal(0.5, 0.1, 0, 1)], 0.2, stats.norm.cdf(-3)),
        ([normal(0.4, 0.05, 0, 1), normal(0.3, 0.05, 0, 1)], 0.45, stats.norm.cdf(-0.25 / np.hypot(0.05, 0.05))),
        ([logit_normal(3.0, 0.7)], 0.5, stats.norm.cdf(-3.0 / 0.7)),
        ([log_normal(np.log(0.5), 0.1, 0, 1)], 0.37, stats.norm.cdf(np.log(0.37 / 0.5) / 0.1)),
        ([log_uniform(0.01, 1)], 0.02, np.log(2) / np.log(100)),
        ([beta(8, 3)], 0.2, stats.beta.cdf(0.2, 8, 3)),
        ([pert(0, 0.75, 1)], 0.1, stats.beta.cdf(0.1, 4, 2)),
        ([triangular(0.2, 0.6, 0.8)], 0.25, 0.05**2 / (0.6 * 0.4)),
    ],
)
def test_a_tail_is_right_to_an_order_of_magnitude(
    distributions: list[Distribution], limit: float, expected: float
) -> None:
    found = mass_at_most(distributions, limit, enough=NEVER)
    assert np.log10(found) == pytest.approx(np.log10(expected), abs=DECADES)


def test_both_tails_of_a_sum_make_up_one() -> None:
    words = [beta(2, 5), beta(3, 9), normal(0.2, 0.1, 0, 1)]
    below, above = mass_at_most(words, 0.7, enough=NEVER), mass_at_least(words, 0.7, enough=NEVER)
    assert below + above == pytest.approx(1, abs=0.03)


def test_a_lower_bound_is_given_where_it_is_enough() -> None:
    words = [beta(2, 5), beta(3, 9)]
    bound = mass_at_most(words, 0.9, enough=0.1)
    assert 0.1 <= bound <= mass_at_most(words, 0.9, enough=NEVER)


def test_a_number_narrower_than_a_cell_keeps_its_mass() -> None:
    narrow = triangular(0.50001, 0.50002, 0.50003)
    assert mass_at_most([narrow], 0.49, enough=NEVER) == 0
    assert mass_at_most([narrow], 0.52, enough=NEVER) == pytest.approx(1)


def test_heights_beyond_the_range_of_numbers_do_no_harm() -> None:
    for extreme in (beta(0.01, 1e5), beta(1e5, 0.01), beta(1e5, 1e5), beta(0.01, 0.01)):
        assert 0.0 <= mass_at_most([extreme, extreme], 0.5, enough=NEVER) <= 1.0 + 1e-9
