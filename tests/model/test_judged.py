"""From judgement to distribution: what a word, a range, a number or `about` draws from."""

import math
from statistics import NormalDist

import pytest

from melian.case.judgement import Judgement, parse_judgement
from melian.case.quantity import Kind
from melian.case.words import ICD203, PHIA, SCALES, Band, Scale
from melian.model.distribution import Distribution
from melian.model.judged import EDGE, distribution_of

BANDS = [pytest.param(scale, band, id=f"{scale.name} {band.word}") for scale in SCALES.values() for band in scale.bands]


def drawn(text: str, kind: Kind = "chance", scale: Scale = ICD203) -> Distribution:
    found = parse_judgement(text, kind, scale)
    assert isinstance(found, Judgement), found
    return distribution_of(found)


def quantile(distribution: Distribution, share: float) -> float:
    """Quantile of a logit-normal from 0 to 1."""
    assert distribution.family == "logitnormal"
    return 1 / (1 + math.exp(-NormalDist(*distribution.arguments).inv_cdf(share)))


@pytest.mark.parametrize(("scale", "band"), BANDS)
def test_a_word_has_a_tenth_of_its_mass_on_each_side_of_its_band(scale: Scale, band: Band) -> None:
    found = drawn(band.word, scale=scale)
    assert quantile(found, 0.1) == pytest.approx(max(band.low, EDGE))
    assert quantile(found, 0.9) == pytest.approx(min(band.high, 1 - EDGE))
    assert (found.low, found.high) == (0.0, 1.0)


def test_an_edge_at_the_end_of_the_scale_is_read_as_next_to_it() -> None:
    assert quantile(drawn("remote chance", scale=PHIA), 0.1) == pytest.approx(0.002)
    assert quantile(drawn("almost certain", scale=PHIA), 0.9) == pytest.approx(0.998)


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("0.3", "chance", Distribution("point", (0.3,), 0.3, 0.3)),
        ("70", "value", Distribution("point", (0.7,), 0.7, 0.7)),
        ("60..80", "value", Distribution("uniform", (0.6, 0.8), 0.6, 0.8)),
        ("0.2..0.4", "chance", Distribution("uniform", (0.2, 0.4), 0.2, 0.4)),
        ("4..12", "precision", Distribution("loguniform", (4, 12), 4, 12)),
        ("ordinary", "precision", Distribution("loguniform", (4, 12), 4, 12)),
        ("beta(2, 5)", "chance", Distribution("beta", (2, 5), 0, 1)),
        ("beta(2, 5)", "value", Distribution("beta", (2, 5), 0, 1)),
        ("normal(60, 10)", "value", Distribution("normal", (0.6, 0.1), 0, 1)),
        ("normal(1, 0.5)", "influence", Distribution("normal", (1, 0.5), -20, 20)),
        ("triangular(10, 20, 90)", "value", Distribution("triangular", (0.2,), 0.1, 0.9)),
        ("logitnormal(1, 2)", "value", Distribution("logitnormal", (1, 2), 0, 1)),
        ("lognormal(2, 0.5)", "precision", Distribution("lognormal", (2, 0.5), 0, 1000)),
    ],
)
def test_values_come_to_one_and_all_else_stays(text: str, kind: Kind, expected: Distribution) -> None:
    found = drawn(text, kind)
    assert (found.family, found.low, found.high) == (expected.family, expected.low, expected.high)
    assert found.arguments == pytest.approx(expected.arguments)


def test_about_a_value_is_about_its_share() -> None:
    assert drawn("about 60", "value") == drawn("about 0.6")
    assert quantile(drawn("about 0.3"), 0.5) == pytest.approx(0.3)
