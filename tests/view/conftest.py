"""Solved cases that views are shown with."""

from functools import cache
from pathlib import Path

import pytest

import melian
from melian.answer.solution import Solution

STRAIT = Path(__file__).parents[1] / "cli" / "strait.yaml"


@cache
def solved(path: str, worlds: int) -> Solution:
    return melian.read(path).solve(worlds=worlds)


@pytest.fixture
def strait() -> Solution:
    """A small case with evidence, some of it too late."""
    return solved(str(STRAIT), 2_048)


@pytest.fixture
def belarus() -> Solution:
    """The flagship case, in few worlds."""
    return solved("belarus-2022", 2_048)
