"""Distributions as they are written down."""

import math
from collections.abc import Callable
from statistics import NormalDist

import pytest

from melian.model import distribution as make
from melian.model.distribution import Distribution


def test_a_constructor_keeps_the_family_its_arguments_and_its_support() -> None:
    assert make.point(3) == Distribution("point", (3.0,), 3.0, 3.0)
    assert make.uniform(0, 2) == Distribution("uniform", (0.0, 2.0), 0.0, 2.0)
    assert make.log_uniform(4, 12) == Distribution("loguniform", (4.0, 12.0), 4.0, 12.0)
    assert make.logit_normal(0.5, 2) == Distribution("logitnormal", (0.5, 2.0), 0.0, 1.0)
    assert make.normal(60, 10, 0, 100) == Distribution("normal", (60.0, 10.0), 0.0, 100.0)
    assert make.log_normal(0, 1) == Distribution("lognormal", (0.0, 1.0), 0.0, math.inf)
    assert make.beta(2, 3, 0, 100) == Distribution("beta", (2.0, 3.0), 0.0, 100.0)
    assert make.triangular(0, 1, 4) == Distribution("triangular", (1.0,), 0.0, 4.0)


def test_pert_keeps_the_shapes_of_its_beta() -> None:
    assert make.pert(0, 25, 100) == Distribution("pert", (2.0, 4.0), 0.0, 100.0)


@pytest.mark.parametrize(
    "distribution",
    [make.uniform(2, 2), make.log_uniform(2, 2), make.triangular(2, 2, 2), make.pert(2, 2, 2)],
    ids=["uniform", "log-uniform", "triangular", "pert"],
)
def test_a_range_without_width_is_a_point(distribution: Distribution) -> None:
    assert distribution == make.point(2)
    assert distribution.is_point
    assert distribution.width == 0


@pytest.mark.parametrize(("q10", "q90", "low", "high"), [(0.2, 0.45, 0, 1), (0.002, 0.05, 0, 1), (20, 80, 0, 100)])
def test_a_band_holds_four_fifths_of_its_word(q10: float, q90: float, low: float, high: float) -> None:
    band = make.logit_normal_from_band(q10, q90, low, high)
    mean, sd = band.arguments
    logits = [math.log((q - low) / (high - q)) for q in (q10, q90)]
    assert [NormalDist(mean, sd).cdf(logit) for logit in logits] == pytest.approx([0.1, 0.9])


@pytest.mark.parametrize(
    ("construct", "says"),
    [
        (lambda: make.point(math.nan), "point: needs finite numbers, got nan"),
        (lambda: make.uniform(0.4, 0.2), "uniform: the low end 0.4 is above the high end 0.2"),
        (lambda: make.uniform(0, math.inf), "uniform: needs finite numbers, got inf"),
        (lambda: make.log_uniform(0, 2), "log-uniform: the low end must be above 0, got 0"),
        (lambda: make.log_uniform(3, 2), "log-uniform: the low end 3 is above the high end 2"),
        (lambda: make.logit_normal(0, 0), "logit-normal: the standard deviation must be above 0, got 0"),
        (lambda: make.logit_normal(0, 1, 1, 1), "the low end of the support must be below its high end, got 1 and 1"),
        (lambda: make.logit_normal_from_band(0, 0.5), "band: needs 0 < low edge < high edge < 1, got 0 and 0.5"),
        (lambda: make.logit_normal_from_band(0.6, 0.5), "band: needs 0 < low edge < high edge < 1, got 0.6 and 0.5"),
        (lambda: make.normal(0.5, -1, 0, 1), "normal: the standard deviation must be above 0, got -1"),
        (lambda: make.normal(5, 0.1, 0, 1), "normal: mean 5 and standard deviation 0.1 leave almost no mass"),
        (lambda: make.normal(-5, 0.1, 0, 1), "normal: mean -5 and standard deviation 0.1 leave almost no mass"),
        (lambda: make.log_normal(0, 1, -1), "log-normal: the support must not reach below 0, got -1"),
        (lambda: make.log_normal(50, 1, 0, 1), "log-normal: mean 50 and standard deviation 1 leave almost no mass"),
        (lambda: make.beta(0, 1), "beta: both shapes must be above 0, got 0 and 1"),
        (lambda: make.triangular(0, 2, 1), "triangular: needs low <= mode <= high, got 0, 2 and 1"),
        (lambda: make.pert(0, -1, 1), "pert: needs low <= mode <= high, got 0, -1 and 1"),
    ],
)
def test_arguments_that_make_no_distribution_are_refused(construct: Callable[[], Distribution], says: str) -> None:
    with pytest.raises(ValueError, match=says.replace("(", r"\(")):
        construct()
