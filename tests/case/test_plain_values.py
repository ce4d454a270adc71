"""Plain words and numbers mean what they say: nothing turns into a truth value, a time, a date or another number."""

import pytest

from melian.source.text import Source
from melian.source.tree import Mapping, Scalar, parse
from tests.reading import codes, errors, examined, notes, read, the_one

CASE = (
    "melian: 1\ncase: strait\nquestion: {event: {strait: STATE}}\n"
    "factors:\n  strait: {states: [open, STATE], chances: {STATE: CHANCE}}\n"
)
WORDS = [
    "no",
    "NO",
    "No",
    "yes",
    "ON",
    "off",
    "y",
    "n",
    "true",
    "False",
    "nan",
    "1_000",
    "0o7",
    "0x1F",
    "1e3",
    "007",
    "2022-03-24",
]


def case(state: str = "closed", chance: str = "unlikely") -> str:
    return CASE.replace("STATE", state).replace("CHANCE", chance)


@pytest.mark.parametrize("word", WORDS)
def test_a_plain_word_is_a_name_letter_for_letter(word: str) -> None:
    assert [state.name for state in read(case(word)).factors[0].states] == ["open", word]


@pytest.mark.parametrize("word", ["12:30", ".5", "+1", "-1", ".inf", "1,000", "=", "@home", "*", "a b"])
def test_what_is_no_name_is_told_or_is_no_yaml(word: str) -> None:
    assert set(errors(case(word))) & {"bad-name", "yaml-syntax", "yaml-alias", "wrong-shape", "repeated-name"}


@pytest.mark.parametrize(
    ("written", "meant"),
    [("1e-1", 0.1), (".5", 0.5), ("0.30", 0.3), ("+0.2", 0.2), ("5e-1", 0.5), ("٠.٥", 0.5)],
)
def test_numbers_are_read_as_decimal(written: str, meant: float) -> None:
    factor = read(case(chance=written)).factors[0]
    ((_, judgement),) = factor.table.rules[0].outcome.entries  # type: ignore[union-attr]
    assert judgement.arguments == (meant,)


@pytest.mark.parametrize("written", ["0o1", "0x1", "1_0", "1:30", "0b1", ".inf", ".nan", "1,5e-1", "1e", "½"])
def test_other_notations_are_no_judgements(written: str) -> None:
    assert "bad-judgement" in codes(case(chance=f"'{written}'"))


@pytest.mark.parametrize("nothing", ["~", "null", "Null", "NULL", ""])
def test_nothing_is_nothing(nothing: str) -> None:
    tree, _ = parse(Source("case.yaml", f"a: {nothing}\n"))
    assert isinstance(tree, Mapping)
    assert tree.entries[0].value == Scalar("", tree.span)
    assert errors(case().replace("factors:", f"actors: {nothing}\nfactors:")) == []
    one = the_one(case() + f"title: {nothing}\n", "wrong-shape")
    assert one.primary.text == "this is nothing"
    assert the_one(case() + f"by: {nothing}\n", "wrong-shape").primary.span.text == nothing


def test_quotes_make_a_text_of_what_would_be_nothing() -> None:
    assert read(case('"NULL"')).factors[0].states[1].name == "NULL"
    assert "reserved-name" in errors(case('"null"'))
    assert read(case() + 'title: "~"\n').title == "~"


def test_a_nothing_among_names_or_keys_is_told() -> None:
    assert "wrong-shape" in codes(case("null"))
    assert "key-not-plain" in codes(case() + "~: 1\n")


@pytest.mark.parametrize("outcome", ["no", '"no"', "'no'"])
def test_the_outcome_no_is_no(outcome: str) -> None:
    assert read(case().replace("}}\nfac", "}, outcome: OUT}\nfac").replace("OUT", outcome)).question.outcome is False


@pytest.mark.parametrize("outcome", ["NO", "false", "0", "off", "~"])
def test_what_is_neither_yes_nor_no_is_told(outcome: str) -> None:
    assert errors(case().replace("}}\nfac", "}, outcome: OUT}\nfac").replace("OUT", outcome)) != []


@pytest.mark.parametrize("day", ["2022-3-24", "24-03-2022", "2022-03-24T00:00", "20220324", "2022-02-30", "٢٠٢٢-٠٣-٢٤"])
def test_a_date_is_a_day_of_the_calendar_in_one_form(day: str) -> None:
    one = the_one(case() + f"as_of: {day}\n", "bad-date")
    assert notes(one) == ["write it as `2022-03-24`"]


def test_text_with_nothing_but_odd_characters_ends_in_diagnostics() -> None:
    for text in (
        "\0",
        "\ud800",
        "\ufeff",
        "\ufeff\ufeff",
        "\r",
        "\u2028",
        "\x1b[2J",
        "﻿melian: 1",
        "\x85" * 9,
        "\u202e",
    ):
        found = examined(text)
        assert found
        assert all("\x1b" not in str(one) for one in found)


def test_a_byte_order_mark_and_windows_line_ends_change_nothing() -> None:
    windows = "\ufeff" + case().replace("\n", "\r\n")
    assert examined(windows) == []
    assert read(windows) == read(case())
