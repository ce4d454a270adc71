"""Names: letters of any script, and everything that looks like one and is none."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from melian.case.language import RESERVED
from melian.case.reader import is_name
from tests.reading import codes, errors, notes, points_at_the_mark, read

CASE = """\
melian: 1
case: weather
question: {event: {NAME: b}}
factors: {NAME: {states: [a, b], chances: {a: likely}}}
"""


@pytest.mark.parametrize(
    "name",
    [
        "storm",
        "Storm",
        "storm-2",
        "_storm",
        "2022",
        "2nd_storm",
        "погода",
        "天気",
        "été",
        "العاصفة",
        "हिन्दी",
        "พายุ",
        "v1.2",
        "ё",
        "ﬁ",
    ],
)
def test_letters_of_any_script_make_names(name: str) -> None:
    assert errors(CASE.replace("NAME", name)) == []
    assert list(read(CASE.replace("NAME", name)).nodes) == [name]


@pytest.mark.parametrize(
    "name", ["a b", "a/b", "a+b", "é!", "😀", "-a", ".a", "a.", "x" * 81, "a\u200bb", "a\u202eb", "\u0301a"]
)
def test_anything_else_does_not(name: str) -> None:
    assert not is_name(name)
    assert set(errors(CASE.replace("NAME", f'"{name}"'))) == {"bad-name"}


@pytest.mark.parametrize("name", sorted(RESERVED - {"null"}))
def test_words_of_the_language_are_reserved(name: str) -> None:
    text = CASE.replace("[a, b]", f"[a, «{name}»]")
    one = points_at_the_mark(text, "reserved-name")
    assert notes(one) == [f"choose another name, such as `{name}_`"]


def test_accents_typed_apart_are_told_from_bad_letters() -> None:
    apart = unicodedata.normalize("NFD", "été")
    assert not is_name(apart)
    one = points_at_the_mark(CASE.replace("NAME", "summer").replace("[a, b]", f"[a, «{apart}»]"), "bad-name")
    assert notes(one) == ["its accents are characters of their own; type it anew as `été`"]


def test_names_that_differ_only_by_capitals_are_two() -> None:
    text = """\
melian: 1
case: weather
question: {event: {storm: b}}
factors:
  Storm: {states: [a, b], chances: {a: likely}}
  «storm»: {states: [a, b], chances: [{when: {Storm: a}, a: likely}, {else: true, a: unlikely}]}
"""
    one = points_at_the_mark(text, "similar-names")
    assert one.severity == "warning"
    assert one.headline == "the names `Storm` and `storm` differ only by capitals"
    assert [label.span.line for label in one.secondary] == [5]
    assert errors(text.replace("«", "").replace("»", "")) == []


def test_a_slip_in_capitals_is_suggested() -> None:
    one = points_at_the_mark(CASE.replace("{NAME: b}", "{«Storm»: b}").replace("NAME", "storm"), "unknown-name")
    assert notes(one) == ["did you mean `storm`?"]


def test_words_that_other_readers_of_yaml_turn_into_values_are_names() -> None:
    for name in ("no", "yes", "off", "true", "1e3", "12"):
        assert errors(CASE.replace("[a, b]", f"[a, {name}]").replace(": b}", f": {name}}}")) == []
    assert "wrong-shape" in codes(CASE.replace("[a, b]", "[a, ~]"))


@given(st.text(max_size=12))
def test_any_text_is_a_name_or_not_and_names_are_composed(text: str) -> None:
    if is_name(text):
        assert unicodedata.is_normalized("NFC", text)
        assert 0 < len(text) <= 80
        assert not any(letter.isspace() for letter in text)
