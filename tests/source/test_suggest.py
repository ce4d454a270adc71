"""`did you mean`."""

import time

import pytest

from melian.source.suggest import nearest

NAMES = ["stays_out", "joins_north", "joins_west", "unlikely", "likely", "lukashenko", "putin", "iran", "survival"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("irn", "iran"),
        ("lukashenka", "lukashenko"),
        ("stay_out", "stays_out"),
        ("staysout", "stays_out"),
        ("Stays-Out", "stays_out"),
        ("stays out", "stays_out"),
        ("PUTIN", "putin"),
        ("join_west", "joins_west"),
        ("likley", "likely"),
        ("unlikley", "unlikely"),
        ("survivla", "survival"),
        ("biden", None),
        ("x", None),
        ("", None),
        ("---", None),
        ("north", "joins_north"),
    ],
)
def test_the_nearest_name_is_found_or_none(name: str, expected: str | None) -> None:
    assert nearest(name, NAMES) == expected
    assert nearest(name, reversed(NAMES)) == expected


def test_the_name_itself_is_never_suggested() -> None:
    assert nearest("iran", ["iran"]) is None
    assert nearest("iran", ["iran", "Iran"]) == "Iran"


def test_a_difference_of_case_wins_over_a_shorter_way() -> None:
    assert nearest("IRAN", ["IRAK", "iran"]) == "iran"


def test_of_equally_near_names_the_first_in_the_alphabet_is_taken() -> None:
    assert nearest("road", ["roadx", "roada", "roadb"]) == "roada"


def test_no_candidates_give_none() -> None:
    assert nearest("iran", []) is None


def test_long_names_and_many_candidates_take_no_time() -> None:
    start = time.perf_counter()
    assert nearest("x" * 100_000, ["y" * 100_000, "x" * 99_999]) is None
    nearest("name_77", [f"actor_{i}" for i in range(10_000)])
    assert time.perf_counter() - start < 2  # a loose bound: 0.1 s on a slow machine
