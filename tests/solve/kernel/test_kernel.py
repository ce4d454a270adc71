"""The arithmetic of rules in the kernel: exponentials, logit responses and best responses."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from melian.solve.kernel.encode import Cells
from melian.solve.kernel.rows import LANES
from melian.solve.kernel.steps import LEAST_EXPONENT, TIE, _best, _exp
from melian.solve.kernel.steps import logit as logit_of
from tests.solving import Floats

UNITS = 2  # in the last place, as the kernel promises
SUM = 4e-16  # of chances that were multiplied by a rounded reciprocal of their sum


def exponentials(numbers: list[float]) -> list[float]:
    """Exponentials by the kernel."""
    rows = np.zeros((-(-len(numbers) // LANES), LANES))
    rows.ravel()[: len(numbers)] = numbers
    power = np.empty(LANES, dtype=np.int64)
    for cell in range(len(rows)):
        _exp(rows, cell, power, power.view(np.float64))
    return rows.ravel()[: len(numbers)].tolist()


def logit(file: Floats, cells: Cells) -> None:
    """Logit responses by the kernel, with room to work in."""
    power = np.empty(LANES, dtype=np.int64)
    logit_of(file, cells, np.empty((2, LANES)), power, power.view(np.float64))


def responses(weighed: list[list[float]], respond: object) -> Floats:
    """Chances of options [O, W] by the kernel, from weighed utilities by option."""
    file = np.zeros((len(weighed) + 1, LANES))
    for option, row in enumerate(weighed):
        file[option + 1, : len(row)] = row
    assert callable(respond)
    respond(file, np.arange(1, len(weighed) + 1, dtype=np.int32))
    return file[1:, : len(weighed[0])]


@given(st.lists(st.floats(LEAST_EXPONENT, 0.0), min_size=1, max_size=LANES))
def test_exponentials_are_right_to_the_last_places(numbers: list[float]) -> None:
    for found, number in zip(exponentials(numbers), numbers, strict=True):
        assert abs(found - math.exp(number)) <= UNITS * math.ulp(math.exp(number))


def test_exponentials_are_right_between_powers_of_two_and_at_the_ends() -> None:
    ends = [0.0, -0.0, LEAST_EXPONENT, -1e-300, -5e-324, -1e-16]
    halves = [-(k + 0.5) * math.log(2) for k in range(20)]
    numbers = ends + halves + [math.nextafter(number, 0) for number in halves]
    for found, number in zip(exponentials(numbers), numbers, strict=True):
        assert abs(found - math.exp(number)) <= UNITS * math.ulp(math.exp(number))
    assert exponentials([0.0]) == [1.0]


@given(st.lists(st.lists(st.floats(-1000, 1000), min_size=3, max_size=3), min_size=2, max_size=6))
def test_logit_responses_are_shares_of_exponentials(weighed: list[list[float]]) -> None:
    found = responses(weighed, logit)
    array = np.array(weighed)
    expected = np.exp(array - array.max(axis=0))
    assert found == pytest.approx(expected / expected.sum(axis=0), abs=SUM)
    assert found.sum(axis=0) == pytest.approx(1, abs=len(weighed) * SUM)
    assert (found > 0).all()  # so that no situation becomes impossible by choice


def test_one_lane_does_not_disturb_another() -> None:
    wild = [[0.3, 1000.0, -1000.0, 0.0], [0.1, -1000.0, 1000.0, 0.0]]
    tame = [[0.3], [0.1]]
    assert responses(wild, logit)[:, 0].tolist() == responses(tame, logit)[:, 0].tolist()


@given(st.lists(st.floats(0, 1), min_size=2, max_size=6))
def test_the_best_share_all_chance(worth: list[float]) -> None:
    found = responses([[one] for one in worth], _best)[:, 0]
    best = [one >= max(worth) - TIE for one in worth]
    assert found.tolist() == [share / sum(best) for share in map(float, best)]
