"""Words of likelihood: the tables as published, and which band a chance falls into."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from melian.case.words import (
    DEFAULT_PRECISION,
    DEFAULT_SCALE,
    ICD203,
    INFLUENCE_WORDS,
    PHIA,
    PRECISION_WORDS,
    SCALES,
    Band,
    Scale,
)

# Intelligence Community Directive 203, both rows of its table.
PUBLISHED_ICD203 = [
    ("almost no chance", "remote", 1, 5),
    ("very unlikely", "highly improbable", 5, 20),
    ("unlikely", "improbable", 20, 45),
    ("roughly even chance", "roughly even odds", 45, 55),
    ("likely", "probable", 55, 80),
    ("very likely", "highly probable", 80, 95),
    ("almost certain", "nearly certain", 95, 99),
]
# Professional Head of Intelligence Assessment, probability yardstick.
PUBLISHED_PHIA = [
    ("remote chance", 0, 5),
    ("highly unlikely", 10, 20),
    ("unlikely", 25, 35),
    ("realistic possibility", 40, 50),
    ("likely", 55, 75),
    ("highly likely", 80, 90),
    ("almost certain", 95, 100),
]
ALL_BANDS = [
    pytest.param(scale, band, id=f"{scale.name} {band.word}") for scale in SCALES.values() for band in scale.bands
]


def per_cent(band: Band) -> tuple[int, int]:
    return round(100 * band.low), round(100 * band.high)


def test_icd_203_is_as_published() -> None:
    assert [(band.word, *per_cent(band)) for band in ICD203.bands] == [(w, *edges) for w, _, *edges in PUBLISHED_ICD203]
    for word, second, *_ in PUBLISHED_ICD203:
        assert ICD203.band_of(second) is ICD203.band_of(word)
    assert ICD203.band_of("improbably") is ICD203.band_of("unlikely")
    assert ICD203.band_of("probably") is ICD203.band_of("likely")
    assert ICD203.band_of("almost certainly") is ICD203.band_of("almost certain")


def test_the_phia_yardstick_is_as_published() -> None:
    assert [(band.word, *per_cent(band)) for band in PHIA.bands] == PUBLISHED_PHIA
    assert PHIA.band_of("probable") is PHIA.band_of("likely")


def test_the_scales_go_by_their_names() -> None:
    assert {"icd203": ICD203, "phia": PHIA} == SCALES
    assert DEFAULT_SCALE is ICD203


@pytest.mark.parametrize("scale", SCALES.values(), ids=list(SCALES))
def test_words_are_unique_and_bands_rise(scale: Scale) -> None:
    words = scale.words()
    assert len(words) == len(set(words))
    edges = [edge for band in scale.bands for edge in (band.low, band.high)]
    assert edges == sorted(edges)
    assert all(0 <= edge <= 1 for edge in edges)


@pytest.mark.parametrize(("scale", "band"), ALL_BANDS)
def test_a_lower_edge_belongs_to_its_own_band(scale: Scale, band: Band) -> None:
    assert scale.band_at(band.low) is band


@pytest.mark.parametrize(("scale", "band"), ALL_BANDS)
def test_a_band_holds_up_to_its_upper_edge(scale: Scale, band: Band) -> None:
    assert scale.band_at(math.nextafter(band.high, 0)) is band


@pytest.mark.parametrize(("scale", "band"), ALL_BANDS)
def test_an_upper_edge_belongs_to_the_next_band_where_that_begins(scale: Scale, band: Band) -> None:
    after = scale.bands.index(band) + 1
    touching = after < len(scale.bands) and scale.bands[after].low == band.high
    assert scale.band_at(band.high) is (scale.bands[after] if touching else band)


@pytest.mark.parametrize(
    ("chance", "word"),
    [
        (0.06, "remote chance"),
        (0.074, "remote chance"),
        (0.076, "highly unlikely"),
        (0.22, "highly unlikely"),
        (0.23, "unlikely"),
        (0.37, "unlikely"),
        (0.38, "realistic possibility"),
        (0.52, "realistic possibility"),
        (0.53, "likely"),
        (0.77, "likely"),
        (0.78, "highly likely"),
        (0.92, "highly likely"),
        (0.93, "almost certain"),
    ],
)
def test_a_gap_of_the_yardstick_goes_to_the_nearer_band(chance: float, word: str) -> None:
    assert PHIA.band_at(chance).word == word


def test_chances_that_no_word_covers_go_to_the_outermost_bands() -> None:
    assert ICD203.band_at(0.0).word == ICD203.band_at(0.009).word == "almost no chance"
    assert ICD203.band_at(0.99).word == ICD203.band_at(1.0).word == "almost certain"
    assert PHIA.band_at(0.0).word == "remote chance"
    assert PHIA.band_at(1.0).word == "almost certain"


def test_a_word_is_known_in_capitals_and_no_other_is() -> None:
    assert ICD203.band_of("Very Likely") is ICD203.band_of("very likely")
    assert ICD203.band_of("verylikely") is None
    assert ICD203.band_of("realistic possibility") is None
    assert ICD203.band_of("") is None


@given(chance=st.floats(0, 1), scale=st.sampled_from(list(SCALES.values())))
def test_every_chance_has_a_word_and_words_rise_with_it(chance: float, scale: Scale) -> None:
    place = scale.bands.index(scale.band_at(chance))
    higher = scale.bands.index(scale.band_at(min(1.0, chance + 0.05)))
    assert place <= higher


def test_influences_are_inverse_pairs_that_touch() -> None:
    steps = ["no change", "slightly more", "more", "strongly more"]
    assert INFLUENCE_WORDS["no change"] == (1, 1)
    assert [INFLUENCE_WORDS[word] for word in steps[1:]] == [(1.25, 2), (2, 4), (4, 10)]
    for word in steps[1:]:
        low, high = INFLUENCE_WORDS[word]
        assert INFLUENCE_WORDS[word.replace("more", "less")] == pytest.approx((1 / high, 1 / low))


def test_precision_words_are_the_published_assumption() -> None:
    assert PRECISION_WORDS == {"erratic": (1, 4), "ordinary": (4, 12), "calculating": (12, 40)}
    assert DEFAULT_PRECISION in PRECISION_WORDS


def test_ordinary_precision_means_what_the_docs_say() -> None:
    """With options 0.1 apart, an ordinary actor picks the better one 60 to 77 times in 100."""
    odds = [math.exp(0.1 * precision) for precision in PRECISION_WORDS["ordinary"]]
    assert [round(100 * each / (1 + each)) for each in odds] == [60, 77]
