"""`melian diff`: changes in the user's own words."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import STRAIT, Run


@pytest.fixture
def later(tmp_path: Path) -> str:
    """Path of a later version of the strait, with fiercer storms."""
    text = Path(STRAIT).read_text("utf-8")
    changed = text.replace("chances: {fierce: 0.25}", "chances: {fierce: 0.9}")
    assert changed != text
    path = tmp_path / "later.yaml"
    path.write_text(changed, "utf-8")
    return str(path)


def test_changes_are_told_with_what_they_do(run: Run, later: str) -> None:
    outcome = run("diff", STRAIT, later, "--worlds", "2048")
    assert outcome.code == 0, outcome.err
    told = " ".join(outcome.out.split())
    assert 'The spring storms. (chances, fierce: "0.25", now "0.9", line 18)' in told


def test_changes_as_a_document(run: Run, later: str) -> None:
    found = json.loads(run("diff", STRAIT, later, "--worlds", "2048", "--json").out)
    (change,) = found["changes"]
    assert change["parts"][0]["names"] == ["storm"]
    assert change["moved"] == pytest.approx(found["after"] - found["before"])
    assert change["parts"][0]["edits"][0]["file"] == later


def test_one_case_twice_says_that_there_is_no_difference(run: Run) -> None:
    assert "Both say the same" in run("diff", STRAIT, STRAIT, "--worlds", "512").out


def test_a_mistake_in_either_is_told_as_ever(run: Run, bad: str) -> None:
    assert run("diff", STRAIT, bad).code == 1
