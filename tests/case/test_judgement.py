"""Judgements: every form for every kind of quantity, its bounds, and what is said about what is none."""

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from melian.case.distributions import FORMS, names_for
from melian.case.distributions import example as example_of
from melian.case.judgement import Judgement, Problem, parse_judgement, unread_judgement
from melian.case.quantity import BOUNDS, EXAMPLES, SPREAD_BOUNDS, Kind
from melian.case.words import ICD203, INFLUENCE_WORDS, PHIA, PRECISION_WORDS, SCALES, Scale
from melian.model.judged import distribution_of
from melian.source.text import Source, Span

KINDS: tuple[Kind, ...] = ("chance", "value", "influence", "precision", "weight")


def parsed(text: str, kind: Kind = "chance") -> Judgement:
    found = parse_judgement(text, kind, ICD203)
    assert isinstance(found, Judgement), found
    return found


def refused(text: str, kind: Kind = "chance") -> Problem:
    found = parse_judgement(text, kind, ICD203)
    assert isinstance(found, Problem), found
    return found


# Numbers and ranges


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("0.3", "chance", 0.3),
        (".3", "chance", 0.3),
        ("1.", "chance", 1.0),
        ("+0.3", "chance", 0.3),
        ("3e-1", "chance", 0.3),
        ("0", "chance", 0.0),
        ("1", "chance", 1.0),
        ("30 %", "chance", 0.3),
        ("30%", "chance", 0.3),
        ("0 %", "chance", 0.0),
        ("100%", "chance", 1.0),
        ("70", "value", 70.0),
        ("0", "value", 0.0),
        ("100", "value", 100.0),
        ("-0.7", "influence", -0.7),
        ("20", "influence", 20.0),
        ("8", "precision", 8.0),
        ("0", "precision", 0.0),
        ("3", "weight", 3.0),
        ("30 %", "weight", 0.3),
        ("1e6", "weight", 1e6),
        ("٣", "value", 3.0),  # digits of any script
    ],
)
def test_a_number_is_a_point(text: str, kind: Kind, number: float) -> None:
    found = parsed(text, kind)
    assert (found.family, found.arguments, found.low, found.high) == ("point", (number,), number, number)
    assert found.is_number
    assert not found.is_range


@pytest.mark.parametrize(
    ("text", "kind", "family", "low", "high"),
    [
        ("0.2..0.4", "chance", "uniform", 0.2, 0.4),
        ("0.2 .. 0.4", "chance", "uniform", 0.2, 0.4),
        ("20..40 %", "chance", "uniform", 0.2, 0.4),
        ("20 %..40 %", "chance", "uniform", 0.2, 0.4),
        ("20..40%", "chance", "uniform", 0.2, 0.4),
        ("0..1", "chance", "uniform", 0.0, 1.0),
        ("60..80", "value", "uniform", 60.0, 80.0),
        ("-1..0.5", "influence", "uniform", -1.0, 0.5),
        ("4..12", "precision", "loguniform", 4.0, 12.0),
        ("0..12", "precision", "uniform", 0.0, 12.0),  # no logarithm of 0
        ("0.4..0.6", "weight", "uniform", 0.4, 0.6),
        ("40..60 %", "weight", "uniform", 0.4, 0.6),
    ],
)
def test_a_range_is_drawn_evenly_and_a_precision_on_the_logarithm(
    text: str, kind: Kind, family: str, low: float, high: float
) -> None:
    found = parsed(text, kind)
    assert (found.family, found.low, found.high) == (family, low, high)
    assert found.arguments == (low, high)


def test_a_range_of_one_number_is_that_number() -> None:
    assert parsed("0.3..0.3").family == "point"
    assert parsed("times 2..2", "influence").family == "point"


@pytest.mark.parametrize(
    ("text", "kind", "cure"),
    [
        ("0.7..0.3", "chance", "write `0.3..0.7`"),
        ("40..20 %", "chance", "write `20..40 %`"),
        ("80..60", "value", "write `60..80`"),
        ("12..4", "precision", "write `4..12`"),
        ("times 4..2", "influence", "write `times 2..4`"),
    ],
)
def test_a_reversed_range_is_turned_round_by_the_cure(text: str, kind: Kind, cure: str) -> None:
    found = refused(text, kind)
    assert (found.code, found.help) == ("reversed-range", cure)
    assert isinstance(parse_judgement(cure.split("`")[1], kind, ICD203), Judgement)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("1.1", "chance"),
        ("-0.1", "chance"),
        ("101 %", "chance"),
        ("0.5..1.5", "chance"),
        ("1e999", "chance"),
        ("101", "value"),
        ("-1", "value"),
        ("21", "influence"),
        ("-20.5..0", "influence"),
        ("times 0", "influence"),
        ("times -2", "influence"),
        ("times 1e9", "influence"),
        ("times 0..4", "influence"),
        ("1001", "precision"),
        ("-1..4", "precision"),
        ("-1", "weight"),
        ("1e7", "weight"),
        ("1..2", "weight"),  # a range of weights is one of shares
        ("about 0", "chance"),
        ("about 1", "chance"),
        ("about 100", "value"),
        ("about 1e-300", "chance"),
    ],
)
def test_what_is_off_the_scale_is_out_of_bounds(text: str, kind: Kind) -> None:
    assert refused(text, kind).code == "out-of-bounds"


def test_a_chance_above_one_is_taken_for_per_cent_by_the_cure() -> None:
    assert refused("30").help == "for per cent write `30 %`"
    assert refused("20..40").help == "for per cent write `20..40 %`"
    assert refused("20 %..40").help == "for per cent write `20 %..40 %`"
    assert refused("130").help is None
    assert refused("101 %").help is None


@pytest.mark.parametrize("kind", ["value", "influence", "precision"])
@pytest.mark.parametrize("text", ["30 %", "20..40 %", "20 %..40", "about 30 %", "uniform(20 %, 40 %)"])
def test_per_cent_fits_chances_and_weights_only(text: str, kind: Kind) -> None:
    found = refused(text, kind)
    assert found.code == "bad-judgement"
    assert not isinstance(parse_judgement(text, "chance", ICD203), Problem) or text == "20 %..40"


# Words


@pytest.mark.parametrize("scale", SCALES.values(), ids=list(SCALES))
def test_every_word_of_a_scale_is_its_band(scale: Scale) -> None:
    for band in scale.bands:
        for word in (band.word, *band.synonyms):
            for text in (word, word.upper(), word.title(), f"  {word.replace(' ', '   ')} "):
                found = parse_judgement(text, "chance", scale)
                assert isinstance(found, Judgement)
                assert (found.family, found.arguments) == ("band", (band.low, band.high))
                assert (found.low, found.high) == (0.0, 1.0)  # most of its mass in the band, not all


@pytest.mark.parametrize(("word", "odds"), INFLUENCE_WORDS.items())
def test_a_word_of_influence_is_a_range_of_odds(word: str, odds: tuple[float, float]) -> None:
    found = parsed(word, "influence")
    assert (math.exp(found.low), math.exp(found.high)) == pytest.approx(odds)
    assert found.family == ("point" if word == "no change" else "uniform")


def test_words_less_undo_words_more() -> None:
    for word in ("slightly ", "", "strongly "):
        more, less = parsed(f"{word}more", "influence"), parsed(f"{word}less", "influence")
        assert (less.low, less.high) == pytest.approx((-more.high, -more.low))


@pytest.mark.parametrize(("word", "bounds"), PRECISION_WORDS.items())
def test_a_word_of_precision_is_a_range(word: str, bounds: tuple[float, float]) -> None:
    found = parsed(word, "precision")
    assert (found.family, found.arguments) == ("loguniform", bounds)


def test_a_word_of_the_other_scale_is_named_as_such() -> None:
    found = refused("realistic possibility")
    assert found.code == "mixed-scales"
    assert "PHIA yardstick" in found.message
    assert "ICD 203" in found.message
    assert found.help is not None
    assert "`words: phia`" in found.help
    other = parse_judgement("very likely", "chance", PHIA)
    assert isinstance(other, Problem)
    assert other.code == "mixed-scales"


def test_a_word_that_both_scales_have_is_of_the_case_s_own() -> None:
    for scale in (ICD203, PHIA):
        found = parse_judgement("unlikely", "chance", scale)
        band = scale.band_of("unlikely")
        assert isinstance(found, Judgement)
        assert band is not None
        assert found.arguments == (band.low, band.high)


@pytest.mark.parametrize("kind", ["value", "influence", "precision", "weight"])
def test_a_word_of_likelihood_fits_chances_only(kind: Kind) -> None:
    assert refused("likely", kind).code == "bad-judgement"


# About, times, distributions


def test_about_is_a_logit_normal_around_the_number() -> None:
    found = parsed("about 0.5")
    assert (found.family, found.arguments) == ("logitnormal", (0.0, 0.3))
    # The statement of the language: about 0.5 holds 80 % between 0.41 and 0.59.
    tenth = 1 / (1 + math.exp(1.2815515655446004 * 0.3))
    assert (round(tenth, 2), round(1 - tenth, 2)) == (0.41, 0.59)
    assert parsed("about 60", "value").arguments[0] == pytest.approx(math.log(0.6 / 0.4))
    assert parsed("About 30 %").arguments[0] == pytest.approx(math.log(0.3 / 0.7))
    assert parsed("about 0.3", "weight").arguments[0] == pytest.approx(math.log(0.3 / 0.7))


def test_about_a_precision_is_a_log_normal() -> None:
    assert parsed("about 10", "precision").family == "lognormal"
    assert parsed("about 10", "precision").arguments == (math.log(10), 0.3)


def test_about_an_influence_is_not_understood() -> None:
    assert refused("about 1", "influence").code == "bad-judgement"
    assert refused("about likely").code == "bad-judgement"


def test_times_is_a_factor_on_the_odds() -> None:
    assert parsed("times 3", "influence").arguments == pytest.approx((math.log(3),))
    assert parsed("Times 2..4", "influence").arguments == pytest.approx((math.log(2), math.log(4)))
    assert parsed("times 0.5", "influence").arguments == pytest.approx((-math.log(2),))
    assert refused("times 3").code == "bad-judgement"
    assert refused("times 30 %", "influence").code == "bad-judgement"
    assert refused("times", "influence").code == "bad-judgement"


@pytest.mark.parametrize(
    ("text", "kind", "family", "arguments", "bounds"),
    [
        ("uniform(0.2, 0.4)", "chance", "uniform", (0.2, 0.4), (0.2, 0.4)),
        ("Uniform( 20 % , 40 % )", "chance", "uniform", (0.2, 0.4), (0.2, 0.4)),
        ("beta(2, 5)", "chance", "beta", (2, 5), (0, 1)),
        ("normal(0.3, 0.1)", "chance", "normal", (0.3, 0.1), (0, 1)),
        ("triangular(0.1, 0.2, 0.4)", "chance", "triangular", (0.1, 0.2, 0.4), (0.1, 0.4)),
        ("pert(0.1, 0.2, 0.4)", "chance", "pert", (0.1, 0.2, 0.4), (0.1, 0.4)),
        ("logitnormal(-1, 0.5)", "chance", "logitnormal", (-1, 0.5), (0, 1)),
        ("loguniform(0.001, 0.1)", "chance", "loguniform", (0.001, 0.1), (0.001, 0.1)),
        ("uniform(20, 40)", "value", "uniform", (20, 40), (20, 40)),
        ("normal(60, 10)", "value", "normal", (60, 10), (0, 100)),
        ("beta(2, 5)", "value", "beta", (2, 5), (0, 100)),
        ("normal(1, 0.5)", "influence", "normal", (1, 0.5), (-20, 20)),
        ("triangular(-1, 0, 1)", "influence", "triangular", (-1, 0, 1), (-1, 1)),
        ("lognormal(2, 0.5)", "precision", "lognormal", (2, 0.5), (0, 1000)),
        ("loguniform(4, 12)", "precision", "loguniform", (4, 12), (4, 12)),
        ("beta(2, 5)", "weight", "beta", (2, 5), (0, 1)),
        ("normal(0.3, 0.1)", "weight", "normal", (0.3, 0.1), (0, 1)),
    ],
)
def test_a_distribution_keeps_its_numbers_and_its_ends(
    text: str, kind: Kind, family: str, arguments: tuple[float, ...], bounds: tuple[float, float]
) -> None:
    found = parsed(text, kind)
    assert (found.family, found.arguments, (found.low, found.high)) == (family, arguments, bounds)


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("unifrom(0.2, 0.4)", "chance", "did you mean `uniform`?"),
        ("gamma(2, 5)", "chance", "known here: `uniform`"),
        ("beta(2)", "chance", "for example `beta(2, 5)`"),
        ("beta(2, x)", "chance", "for example `beta(2, 5)`"),
        ("beta()", "chance", "for example `beta(2, 5)`"),
        ("beta(20 %, 5)", "chance", "for example `beta(2, 5)`"),
        ("pert(0.1, 0.4)", "chance", "for example `pert(0.1, 0.2, 0.4)`"),
        ("uniform(0.4, 0.2)", "chance", "for example `uniform(0.1, 0.4)`"),
        ("uniform(0.3, 0.3)", "chance", "for example"),
        ("triangular(0.1, 0.5, 0.4)", "chance", "for example"),
        ("uniform(20, 40)", "chance", "for example"),
        ("normal(2, 0.1)", "chance", "for example"),
        ("normal(0.5, 0)", "chance", "for example"),
        ("normal(0.5, 1e-300)", "chance", "for example"),
        ("beta(0, 1)", "chance", "for example"),
        ("beta(1e300, 1)", "chance", "for example"),
        ("logitnormal(800, 1)", "chance", "for example"),
        ("loguniform(0, 1)", "chance", "for example"),
        ("lognormal(5, 0.1)", "chance", "known here"),
        ("beta(2, 5)", "influence", "known here: `uniform`, `triangular`, `pert`, `normal`"),
        ("beta(2, 5)", "precision", "known here"),
        ("lognormal(4, 0.3)", "value", "known here"),
        ("uniform(1, 5)", "weight", "for example"),
    ],
)
def test_a_distribution_that_does_not_fit_says_how_one_is_written(text: str, kind: Kind, said: str) -> None:
    found = refused(text, kind)
    assert found.code == "bad-judgement"
    assert found.help is not None
    assert said in found.help


@pytest.mark.parametrize("kind", KINDS)
def test_every_example_of_a_distribution_is_one(kind: Kind) -> None:
    for name in names_for(kind):
        assert parsed(example_of(name, kind), kind).family == name


@pytest.mark.parametrize("kind", KINDS)
def test_every_example_in_a_cure_can_be_read(kind: Kind) -> None:
    for text in EXAMPLES[kind].split("`")[1::2]:
        assert isinstance(parse_judgement(text, kind, ICD203), Judgement), text


# What is none


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("0.2-0.4", "write a range as `0.2..0.4`"),
        ("0.2 – 0.4", "write a range as `0.2..0.4`"),
        ("0.2 to 0.4", "write a range as `0.2..0.4`"),
        ("between 20 % and 40 %", "write a range as `20 %..40 %`"),
        ("0.2...0.4", "write a range as `0.2..0.4`"),
        ("0,3", "write a decimal point: `0.3`"),
        ("~0.3", "write `about 0.3`"),
        ("circa 30 %", "write `about 30 %`"),
        ("unlikley", "did you mean `unlikely`?"),
        ("very-likely", "did you mean `very likely`?"),
        ("quite so", EXAMPLES["chance"]),
    ],
)
def test_the_usual_slips_have_their_own_cure(text: str, cure: str) -> None:
    found = refused(text)
    assert (found.code, found.help) == ("bad-judgement", cure)


def test_nothing_is_no_judgement() -> None:
    assert refused("").message == "nothing is written here"
    assert refused(" \n ").message == "nothing is written here"


def test_a_long_text_is_cut_in_the_message() -> None:
    assert len(refused("x" * 100_000).message) < 100


def test_nothing_is_ever_run() -> None:
    for text in ("__import__('os')", "1+1", "0.1 * 3", "exp(0.1)", "uniform(0.1, 1-0.5)", "{{0.3}}", "=0.3", "0x1"):
        assert refused(text).code == "bad-judgement"


def test_what_cannot_be_read_keeps_its_place_within_bounds() -> None:
    span = Span(Source("case.yaml", "likley"), 0, 6)
    for kind in KINDS:
        found = unread_judgement(kind, "likley", span)
        assert found.is_unread
        assert not found.is_number
        assert not found.is_range
        assert (found.low, found.high) == SPREAD_BOUNDS[kind]


ANYTHING = st.text(max_size=40) | st.from_regex(r"[-+~]?[0-9.eE%]{0,6}[ .,-]{0,3}[0-9.eE%()a-z]{0,8}")
CALLS = st.builds(
    lambda name, numbers: f"{name}({', '.join(numbers)})",
    st.sampled_from([*FORMS, "gamma"]),
    st.lists(st.sampled_from(["0", "1", "0.5", "1e-300", "1e300", "-1", "50", "30 %", "1e999", "7"]), max_size=4),
)
NEAR_MISSES = st.builds(
    lambda first, second, text: text.replace("A", first).replace("B", second),
    st.sampled_from(["0", "0.3", "1", "1e-320", "99.9999999", "1e999", "-0", "30 %"]),
    st.sampled_from(["0", "0.3", "1", "1e-320", "100", "1e999", "40 %"]),
    st.sampled_from(["A..B", "about A", "times A", "times A..B", "A to B", "A", "A, B"]),
)


@given(text=ANYTHING | CALLS | NEAR_MISSES, kind=st.sampled_from(KINDS), scale=st.sampled_from([ICD203, PHIA]))
@example(text="about 1e-323", kind="value", scale=ICD203)
@example(text="lognormal(6.9, 5)", kind="precision", scale=ICD203)
@example(text="normal(0, 10)", kind="chance", scale=ICD203)
def test_any_text_is_a_judgement_within_bounds_or_a_problem(text: str, kind: Kind, scale: Scale) -> None:
    found = parse_judgement(text, kind, scale)
    if isinstance(found, Problem):
        assert found.code in ("bad-judgement", "out-of-bounds", "reversed-range", "mixed-scales")
        return
    low, high = BOUNDS[kind]
    assert low <= found.low <= found.high <= high
    assert all(math.isfinite(number) for number in found.arguments)
    distribution = distribution_of(found)  # what the language lets through can be drawn
    assert distribution.low <= distribution.high
