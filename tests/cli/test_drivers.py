"""`melian drivers` as a user meets it."""

import json
from itertools import pairwise

import pytest

from tests.cli.conftest import STRAIT, Run

FEW = ("--worlds", "2048")


def test_drivers_says_where_the_spread_comes_from_and_what_it_hangs_on(run: Run) -> None:
    outcome = run("drivers", STRAIT, *FEW)
    assert outcome.code == 0, outcome.err
    for said in ("Where the spread comes from", "by itself", "highest tenth", "What would have to be otherwise"):
        assert said in outcome.out
    assert "melian evidence" in outcome.out
    assert "-1 %" not in outcome.out


def test_drivers_as_a_document(run: Run) -> None:
    document = json.loads(run("drivers", STRAIT, *FEW, "--json").out)
    totals = [driver["total"]["value"] for driver in document["drivers"]]
    assert totals
    assert all(one >= other for one, other in pairwise(totals))
    assert len(document["screened"]) >= len(totals)
    assert document["cruxes"]["line"] == 0.5
    for driver in document["drivers"]:
        for share in (driver["first"], driver["total"]):
            assert 0 <= share["low"] <= share["value"] <= share["high"] <= 1


def test_the_same_seed_gives_the_same_drivers(run: Run) -> None:
    def answer(*more: str) -> object:
        document = json.loads(run("drivers", STRAIT, *FEW, "--json", *more).out)
        return document["drivers"], document["groups"], document["cruxes"]

    assert answer() == answer("--threads", "1")
    assert answer() != answer("--seed", "1")


@pytest.mark.parametrize("line", ["0.3", "30%", " 30 % "])
def test_a_line_is_written_as_a_chance_or_in_per_cent(run: Run, line: str) -> None:
    document = json.loads(run("drivers", STRAIT, *FEW, "--json", "--line", line).out)
    assert document["cruxes"]["line"] == pytest.approx(0.3)


@pytest.mark.parametrize("line", ["0", "100%", "30", "half", "nan", "-5%"])
def test_another_line_is_a_wrong_use(run: Run, line: str) -> None:
    outcome = run("drivers", STRAIT, "--line", line)
    assert outcome.code == 2
    assert "50%" in outcome.err
