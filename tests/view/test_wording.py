"""How chances, dates and conditions are said."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from melian.answer import rounding
from melian.api import examine_source
from melian.case.words import ICD203, PHIA, SCALES, Scale
from melian.source.text import Source
from melian.view import wording

HORIZON = date(2022, 6, 30)
scales = st.sampled_from(list(SCALES.values()))
chances = st.floats(0, 1) | st.floats(0, 0.02) | st.floats(0.98, 1)
steps = st.sampled_from([rounding.FINE, rounding.COARSE])
FORM = re.compile(r"([<>]?\d+ %) \[([^\]]*\d+ %)\], ([a-z ]+?)(, by \d+ [A-Z][a-z]+ \d{4})?")
CERTAIN = re.compile(r"(?<![\d<>.-])(?:0|0\.0|100|100\.0) %")


@pytest.mark.parametrize(
    ("chance", "said"),
    [
        (0.27, "27 % [20-45 %], unlikely, by 30 June 2022"),
        (0.0, "<1 % [<1 %], almost no chance, by 30 June 2022"),
        (0.0099, "<1 % [<1 %], almost no chance, by 30 June 2022"),
        (0.01, "1 % [1-5 %], almost no chance, by 30 June 2022"),
        (0.05, "5 % [5-20 %], very unlikely, by 30 June 2022"),
        (0.5, "50 % [45-55 %], roughly even chance, by 30 June 2022"),
        (0.99, "99 % [95-99 %], almost certain, by 30 June 2022"),
        (0.9901, ">99 % [>99 %], almost certain, by 30 June 2022"),
        (1.0, ">99 % [>99 %], almost certain, by 30 June 2022"),
    ],
)
def test_a_chance_is_said_with_number_band_word_and_horizon(chance: float, said: str) -> None:
    assert wording.likelihood(chance, ICD203, by=HORIZON) == said


@pytest.mark.parametrize(
    ("chance", "said"),
    [
        (0.02, "2 % [<5 %], remote chance"),
        (0.0, "<1 % [<5 %], remote chance"),
        (0.07, "7 % [nearest band <5 %], remote chance"),
        (0.08, "8 % [nearest band 10-20 %], highly unlikely"),
        (0.22, "22 % [nearest band 10-20 %], highly unlikely"),
        (0.52, "52 % [nearest band 40-50 %], realistic possibility"),
        (0.97, "97 % [>95 %], almost certain"),
    ],
)
def test_a_gap_between_bands_takes_the_nearest_and_says_so(chance: float, said: str) -> None:
    assert wording.likelihood(chance, PHIA) == said


@pytest.mark.parametrize("scale", SCALES.values(), ids=lambda scale: scale.name)
def test_every_edge_of_every_band_is_said_inside_that_band(scale: Scale) -> None:
    for band in scale.bands:
        inside = band.low + 1e-9
        edges = f"<{band.high:.0%}" if band.low == 0 else f">{band.low:.0%}" if band.high == 1 else None
        bracket = (edges or f"{100 * band.low:.0f}-{band.high:.0%}").replace("%", " %")
        assert f"[{bracket}], {band.word}" in wording.likelihood(inside, scale)


@given(chances, scales, steps)
def test_a_chance_always_has_its_number_and_band_and_is_never_certain(chance: float, scale: Scale, step: int) -> None:
    said = wording.likelihood(chance, scale, step=step, by=HORIZON)
    match = FORM.fullmatch(said)
    assert match is not None, said
    assert match[3] in {band.word for band in scale.bands}
    assert not CERTAIN.search(said)


@given(chances, steps)
def test_a_number_is_within_half_a_step_or_says_which_side_it_is_on(chance: float, step: int) -> None:
    said = wording.percent(chance, step)
    number = float(said.strip("<> %")) / 100
    if said[0] == "<":
        assert chance < number
    elif said[0] == ">":
        assert chance > number
    else:
        assert abs(chance - number) <= step / 200 + 1e-9


@given(chances, chances, steps)
def test_a_range_is_never_certain_either(low: float, high: float, step: int) -> None:
    assert not CERTAIN.search(wording.percent_range(min(low, high), max(low, high), step))


def test_digits_are_as_fine_as_the_error_and_the_worlds_allow() -> None:
    assert rounding.step_for(0.004, 12_000) == rounding.FINE
    assert rounding.step_for(0.02, 12_000) == rounding.COARSE
    assert rounding.step_for(0.004, 90) == rounding.COARSE


def test_confidence_has_a_sentence_of_its_own_without_a_likelihood() -> None:
    said = wording.confidence("moderate", ["the evidence has 3 independent origins", "one source is graded A"])
    assert said == "Confidence is moderate: the evidence has 3 independent origins; one source is graded A."


def test_dates_do_not_hang_on_the_language_of_the_machine() -> None:
    assert [wording.day(date(2022, month, 1)) for month in (1, 3, 12)] == [
        "1 January 2022",
        "1 March 2022",
        "1 December 2022",
    ]


@pytest.mark.parametrize(("value", "said"), [(0.618, "0.62 for"), (-0.618, "0.62 against"), (0.004, "0.00")])
def test_bits_say_their_side(value: float, said: str) -> None:
    assert wording.bits(value) == said


@pytest.mark.parametrize(("value", "said"), [(0.0421, "42 ms"), (1.26, "1.3 s"), (83.2, "83 s")])
def test_times_have_the_digits_that_mean_something(value: float, said: str) -> None:
    assert wording.seconds(value) == said


def test_one_is_no_plural() -> None:
    assert wording.counted(1, "world") == "1 world"
    assert wording.counted(20_000, "world") == "20,000 worlds"
    assert wording.points(0.012) == "1 point"


def test_lists_read_as_people_say_them() -> None:
    assert [wording.listed(list(letters)) for letters in ("", "a", "ab", "abc")] == ["", "a", "a and b", "a, b and c"]


def said_of(event: str) -> str:
    states = "{states: [a, b, c], chances: {a: 0.3}}"
    text = f"melian: 1\ncase: x\nquestion: {{event: {event}}}\nfactors: {{one: {states}, two: {states}}}\n"
    case, _ = examine_source(Source("case.yaml", text))
    assert case is not None
    return wording.condition(case, case.question.event)


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ("{one: a}", 'one: "a"'),
        ("{one: [a, b]}", 'one: anything but "c"'),
        ("{one: a, two: c}", 'one: "a"; and two: "c"'),
        ("{any: [{one: a}, {one: b, two: c}]}", 'one: "a"; or (one: "b"; and two: "c")'),
        ("{two: a, any: [{one: a}, {one: b}]}", 'two: "a"; and (one: "a"; or one: "b")'),
    ],
)
def test_conditions_are_said_in_the_labels_of_the_case(event: str, said: str) -> None:
    assert said_of(event) == said


def test_a_sum_that_rounding_has_left_above_one_is_almost_certain_still() -> None:
    assert wording.likelihood(1.0 + 1e-12, PHIA) == ">99 % [>95 %], almost certain"
