"""`melian levers`: the screen and the document."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import STRAIT, Run

STANDOFF = str(Path(__file__).parents[2] / "docs" / "how-to" / "standoff.yaml")
FEW = ("--worlds", "1024")


def test_the_document_has_every_lever_as_the_screen_has_it(run: Run) -> None:
    document = json.loads(run("levers", STANDOFF, "--actor", "tarn", *FEW, "--json").out)
    screen = run("levers", STANDOFF, "--actor", "tarn", *FEW).out
    assert document["actor"] == "tarn"
    (choice,) = document["choices"]
    assert sum(lever["best"] for lever in choice["levers"]) == pytest.approx(1)
    for lever in choice["levers"]:
        assert f"{lever['worth']:.1f} (" in screen
    assert "Best for it on average" in screen


def test_what_is_supposed_moves_the_levers(run: Run) -> None:
    plain = json.loads(run("levers", STANDOFF, "--actor", "tarn", *FEW, "--json").out)
    supposed = json.loads(run("levers", STANDOFF, "--actor", "tarn", *FEW, "--json", "--set", "sound=closes").out)
    assert supposed["supposed"]["do"] == {"sound": "closes"}
    assert supposed["as_it_stands"] != plain["as_it_stands"]


def test_those_of_everybody_who_chooses_are_shown_where_nobody_is_named(run: Run) -> None:
    screen = run("levers", STANDOFF, *FEW).out
    assert [line.partition(" can do.")[0] for line in screen.splitlines() if " can do. It takes" in line] == [
        "What Tarn",
        "What Borea",
    ]
    both = json.loads(run("levers", STANDOFF, *FEW, "--json").out)
    assert [one["actor"] for one in both] == ["tarn", "borea"]
    alone = json.loads(run("levers", STANDOFF, "--actor", "borea", *FEW, "--json").out)
    assert alone["choices"] == both[1]["choices"]


def test_what_cannot_be_shown_is_refused_before_anything_is_solved(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("melian.cli.levers.solve", None)
    wrong = run("levers", STANDOFF, "--actor", "boera")
    assert wrong.code == 2
    assert "`boera` is no actor of this case" in wrong.err
    unnamed = run("levers", STANDOFF, "--with", "borea")
    assert unnamed.code == 2
    assert "name it with --actor" in " ".join(unnamed.err.split())
    supposed = run("levers", STANDOFF, "--set", "policy=warns", "--set", "sound=closes")
    assert supposed.code == 2


def test_the_only_one_who_chooses_need_not_be_named(run: Run) -> None:
    assert json.loads(run("levers", STRAIT, *FEW, "--json").out)["actor"] == "navy"


def test_pairs_are_with_those_of_another_where_that_is_asked(run: Run) -> None:
    document = json.loads(run("levers", STANDOFF, "--actor", "tarn", "--with", "borea", *FEW, "--json").out)
    assert [pair["choices"] for pair in document["pairs"]] == [["policy", "sound"]]
    assert "Options in pairs with those of Borea" in run("levers", STANDOFF, "--actor", "tarn", "--with", "borea").out
