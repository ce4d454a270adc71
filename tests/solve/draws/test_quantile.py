"""Quantiles, cumulative chances and densities against scipy.stats."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.special import betainccinv, betaincinv

from melian.model import distribution as make
from melian.model.distribution import Distribution
from melian.solve.draws.quantile import bank, cumulative, density, quantile

# Closed forms agree but for the last digits; in a truncated tail the share of u that is cut off costs some of them.
CLOSED = 1e-9
# The table of a beta: cubic cells an eighth of a log-odds wide.
TABLE = 2e-6
# The least u that the points of the cube have.
LEAST_U = 2.0**-33
UNIT = np.concatenate([[LEAST_U, 1e-6, 1e-3], np.linspace(0.01, 0.99, 99), [1 - 1e-3, 1 - 1e-6, 1 - LEAST_U]])


def logit_normal_cdf(mean: float, sd: float) -> Any:
    class LogitNormal:
        def cdf(self, x: Any) -> Any:
            return stats.norm.cdf(np.log(x / (1 - x)), mean, sd)

        def ppf(self, u: Any) -> Any:
            return 1 / (1 + np.exp(-stats.norm.ppf(u, mean, sd)))

        def pdf(self, x: Any) -> Any:
            return stats.norm.pdf(np.log(x / (1 - x)), mean, sd) / (x * (1 - x))

    return LogitNormal()


def truncated_log_normal(mean: float, sd: float, low: float, high: float) -> Any:
    class TruncatedLogNormal:
        within = stats.truncnorm((math.log(low) - mean) / sd, (math.log(high) - mean) / sd, mean, sd)

        def cdf(self, x: Any) -> Any:
            return self.within.cdf(np.log(x))

        def ppf(self, u: Any) -> Any:
            return np.exp(self.within.ppf(u))

        def pdf(self, x: Any) -> Any:
            return self.within.pdf(np.log(x)) / x

    return TruncatedLogNormal()


REFERENCES = {
    "uniform": (make.uniform(-2, 5), stats.uniform(-2, 7)),
    "log-uniform": (make.log_uniform(4, 12), stats.loguniform(4, 12)),
    "logit-normal": (make.logit_normal(-1.5, 0.6), logit_normal_cdf(-1.5, 0.6)),
    "normal": (make.normal(60, 30, 0, 100), stats.truncnorm(-2, 4 / 3, 60, 30)),
    "normal in its upper tail": (make.normal(0.2, 0.1, 0.7, 1), stats.truncnorm(5, 8, 0.2, 0.1)),
    "normal in its lower tail": (make.normal(0.8, 0.1, 0, 0.3), stats.truncnorm(-8, -5, 0.8, 0.1)),
    "normal without ends": (make.normal(1, 2, -math.inf, math.inf), stats.norm(1, 2)),
    "log-normal": (make.log_normal(1, 0.5), stats.lognorm(0.5, scale=math.e)),
    "log-normal cut": (make.log_normal(1, 0.5, 1, 4), truncated_log_normal(1, 0.5, 1, 4)),
    "beta": (make.beta(2, 5), stats.beta(2, 5)),
    "beta with both ends high": (make.beta(0.5, 0.5), stats.beta(0.5, 0.5)),
    "beta on a scale": (make.beta(3, 1, 10, 30), stats.beta(3, 1, 10, 20)),
    "triangular": (make.triangular(0, 0.3, 1), stats.triang(0.3)),
    "triangular that only falls": (make.triangular(2, 2, 4), stats.triang(0, 2, 2)),
    "triangular that only rises": (make.triangular(2, 4, 4), stats.triang(1, 2, 2)),
    "PERT": (make.pert(0, 20, 100), stats.beta(1.8, 4.2, 0, 100)),
}
both = pytest.mark.parametrize(("ours", "theirs"), REFERENCES.values(), ids=REFERENCES.keys())


@both
def test_quantiles_are_those_of_scipy(ours: Distribution, theirs: Any) -> None:
    tolerance = TABLE if ours.family in ("beta", "pert") else CLOSED
    np.testing.assert_allclose(quantile(ours, UNIT), theirs.ppf(UNIT), rtol=tolerance, atol=tolerance * 1e-3)


@both
def test_cumulative_chances_are_those_of_scipy(ours: Distribution, theirs: Any) -> None:
    x = theirs.ppf(UNIT[3:-3])
    np.testing.assert_allclose(cumulative(ours, x), theirs.cdf(x), rtol=CLOSED, atol=1e-12)


@both
def test_densities_are_those_of_scipy(ours: Distribution, theirs: Any) -> None:
    x = theirs.ppf(UNIT[3:-3])
    np.testing.assert_allclose(density(ours, x), theirs.pdf(x), rtol=CLOSED)


@both
def test_beyond_the_support_there_is_no_mass(ours: Distribution, theirs: Any) -> None:
    beyond = np.array([max(ours.low, -1e9) - 1, min(ours.high, 1e9) + 1])
    if math.isfinite(ours.low):
        assert cumulative(ours, beyond)[0] == 0
        assert density(ours, beyond)[0] == 0
    if math.isfinite(ours.high):
        assert cumulative(ours, beyond)[1] == 1
        assert density(ours, beyond)[1] == 0


def test_a_point_has_one_quantile_and_a_step() -> None:
    certain = make.point(0.3)
    assert quantile(certain, UNIT).tolist() == [0.3] * UNIT.size
    assert cumulative(certain, [0.2, 0.3, 0.4]).tolist() == [0, 1, 1]


def test_the_shape_of_the_argument_is_kept() -> None:
    word = make.logit_normal(0, 1)
    assert quantile(word, 0.5).shape == ()
    assert quantile(word, np.full((2, 3, 4), 0.5)).shape == (2, 3, 4)


def test_the_argument_is_left_as_it_was() -> None:
    u = UNIT.copy()
    quantile(make.uniform(3, 4), u)
    np.testing.assert_array_equal(u, UNIT)


@st.composite
def distributions(draw: st.DrawFn) -> Distribution:
    """Any distribution that a case can hold, on the scale of chances."""
    low, high = sorted(draw(st.lists(st.floats(0.0, 1.0), min_size=2, max_size=2, unique=True)))
    if high - low < 1e-3:
        low, high = 0.0, 1.0
    mode = draw(st.floats(low, high))
    mean, sd = draw(st.floats(-6, 6)), draw(st.floats(0.05, 3))
    a, b = draw(st.floats(0.1, 1000)), draw(st.floats(0.1, 1000))
    return draw(
        st.sampled_from(
            [
                make.uniform(low, high),
                make.log_uniform(low + 1e-6, high + 1e-6),
                make.logit_normal(mean, sd, low, high),
                make.normal(mode, sd * (high - low), low, high),
                make.log_normal(math.log(max(mode, low + (high - low) / 10)), sd, low, high),
                make.beta(a, b, low, high),
                make.triangular(low, mode, high),
                make.pert(low, mode, high),
            ]
        )
    )


@given(distributions())
def test_a_quantile_and_its_cumulative_chance_undo_each_other(distribution: Distribution) -> None:
    x = quantile(distribution, UNIT)
    back = cumulative(distribution, x)
    # Where x rounds to an end of its scale the way back is lost; so it is for x next to 1, where the digits end.
    known = (x > distribution.low + 1e-12) & (x < distribution.high - 1e-5)
    np.testing.assert_allclose(back[known], UNIT[known], rtol=1e-4, atol=1e-5)


@given(distributions())
def test_quantiles_rise_and_stay_within_the_support(distribution: Distribution) -> None:
    x = quantile(distribution, np.linspace(LEAST_U, 1 - LEAST_U, 5001))
    assert np.all(np.diff(x) >= 0)
    assert x[0] >= distribution.low
    assert x[-1] <= distribution.high


@given(distributions(), st.floats(0.05, 0.6), st.floats(0.1, 0.35))
def test_a_cut_is_the_part_of_the_distribution_between_its_ends(
    distribution: Distribution, start: float, share: float
) -> None:
    low, high = (float(x) for x in quantile(distribution, [start, start + share]))
    if high - low < 1e-9:
        return
    cut = bank((distribution,), [(low, high)])
    wanted = quantile(distribution, start + share * UNIT)
    # The cut is given by its ends in x, which a flat quantile knows to the table's digits only.
    scale = distribution.high - distribution.low if math.isfinite(distribution.high) else high
    np.testing.assert_allclose(cut.quantile(UNIT[None].copy())[0], wanted, atol=1e-5 * scale, rtol=1e-5)


@pytest.mark.parametrize("a", [0.2, 0.5, 1, 3, 40, 2000])
@pytest.mark.parametrize("b", [0.2, 0.5, 1, 3, 40, 2000])
def test_the_table_of_a_beta_keeps_its_promise_in_both_tails(a: float, b: float) -> None:
    log_odds = np.linspace(-22.8, 22.8, 4001)
    lesser = 1 / (1 + np.exp(np.abs(log_odds)))
    low = log_odds < 0
    exact = np.where(low, betaincinv(a, b, lesser), betainccinv(a, b, lesser))
    found = quantile(make.beta(a, b), np.where(low, lesser, 1 - lesser))
    np.testing.assert_allclose(found[low], exact[low], rtol=TABLE, atol=1e-300)
    # Close to 1 the argument itself has only the digits that 1 - u leaves it.
    np.testing.assert_allclose(found[~low], exact[~low], atol=TABLE)


def test_words_hold_four_fifths_of_their_mass_in_their_band() -> None:
    for low, high in [(0.002, 0.05), (0.05, 0.2), (0.2, 0.45), (0.45, 0.55), (0.55, 0.8), (0.8, 0.95), (0.95, 0.998)]:
        word = make.logit_normal_from_band(low, high)
        below, above = cumulative(word, [low, high])
        assert (below, above) == (pytest.approx(0.1), pytest.approx(0.9))
