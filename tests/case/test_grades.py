"""Source grades: Admiralty letters and digits, and the reliability that a letter stands for."""

import pytest

from melian.case.grades import DIGITS, LETTERS, RELIABILITY, UNGRADED, Grade, parse_grade


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("B2", Grade("B", "2")),
        ("b2", Grade("B", "2")),
        (" A 1 ", Grade("A", "1")),
        ("F6", Grade("F", "6")),
        ("C", Grade("C")),
    ],
)
def test_a_grade_is_a_letter_and_perhaps_a_digit(text: str, grade: Grade) -> None:
    assert parse_grade(text) == grade


@pytest.mark.parametrize(
    "text", ["", "2B", "G1", "A0", "A7", "AB", "B22", "B2.", "good", "Β2"]
)  # the last is a Greek beta
def test_anything_else_is_none(text: str) -> None:
    assert parse_grade(text) is None


def test_a_grade_reads_as_it_is_written() -> None:
    assert str(Grade("B", "2")) == "B2"
    assert str(Grade("B")) == "B"
    assert Grade("B", "2").meaning == "usually reliable, probably true"
    assert Grade("F").meaning == "reliability cannot be judged"


def test_every_letter_has_a_meaning_and_a_reliability() -> None:
    assert list(LETTERS) == list(RELIABILITY) == list("ABCDEF")
    assert list(DIGITS) == list("123456")


def test_reliability_falls_from_a_to_e_and_f_says_nothing() -> None:
    means = {letter: a / (a + b) for letter, (a, b) in RELIABILITY.items()}
    assert [means[letter] for letter in "ABCDE"] == sorted((means[letter] for letter in "ABCDE"), reverse=True)
    assert RELIABILITY[UNGRADED] == (1.0, 1.0)
