"""`melian run`: the screen and the document."""

import json
import re
from pathlib import Path

import pytest

from melian.cli.options import MAX_WORLDS
from melian.solve import run as engine
from tests.cli.conftest import STRAIT, Run

GOLDEN = Path(__file__).parent / "strait.txt"


def without_time(text: str) -> str:
    """Text in which what differs from run to run is left out."""
    timed = re.sub(r"; [\d.]+ m?s\.$", "; TIME.", text, flags=re.MULTILINE)
    return timed.replace(STRAIT, "strait.yaml")


def test_the_screen_of_a_small_case(run: Run) -> None:
    """Compare with a transcript; where a change is meant, read what is shown and write it down anew."""
    assert without_time(run("run", STRAIT).out) == GOLDEN.read_text("utf-8")


def test_the_document_is_all_there_is_on_standard_output(run: Run) -> None:
    outcome = run("run", STRAIT, "--worlds", "512", "--json")
    document = json.loads(outcome.out)
    assert (outcome.code, outcome.err) == (0, "")
    assert document["case"] == "strait"
    assert document["event"] == {"strait": ["blockade", "mines"]}
    assert document["worlds"] == 512
    assert [one["code"] for one in document["diagnostics"]] == ["unused-source", "late-evidence"]


def test_one_seed_gives_one_answer_whatever_the_threads(run: Run) -> None:
    answers = [
        json.loads(run("run", STRAIT, "--json", "--worlds", "3000", *more).out)["likelihood"]
        for more in ([], ["--threads", "1"], ["--seed", "0"], ["--seed", "1"])
    ]
    assert answers[0] == answers[1] == answers[2] != answers[3]


def test_set_observe_and_the_day_change_what_they_should(run: Run) -> None:
    few = ("--json", "--worlds", "1024")
    plain = json.loads(run("run", STRAIT, *few).out)
    brought = json.loads(run("run", STRAIT, *few, "--set", "convoy = waits").out)
    surprise = json.loads(run("run", STRAIT, *few, "--set", "convoy=waits", "--unannounced").out)
    learned = json.loads(run("run", STRAIT, *few, "--observe", "convoy=waits").out)
    early = json.loads(run("run", STRAIT, *few, "--as-of", "2022-03-21").out)
    assert brought["nodes"]["convoy"] == pytest.approx({"sails": 0, "waits": 1})
    assert brought["supposed"]["announced"]
    assert not surprise["supposed"]["announced"]
    assert learned["nodes"]["storm"]["fierce"] > plain["nodes"]["storm"]["fierce"]
    assert brought["nodes"]["storm"]["fierce"] < learned["nodes"]["storm"]["fierce"]
    assert early["left_out"] == ["buoys", "sirens"]
    assert early["as_of"] == "2022-03-21"


def test_more_worlds_than_the_engine_takes_are_refused_by_the_same_number() -> None:
    assert MAX_WORLDS == engine.MAX_WORLDS


def test_set_and_observe_say_in_one_sentence_how_they_differ(run: Run) -> None:
    said = " ".join(run("run", "--help").out.split())
    assert "Suppose that NODE is brought to STATE from outside: the actors know it, and answer it." in said
    said_so = "Suppose that you learn that NODE is in STATE, or in one of several (NODE=A|B): your view changes,"
    assert f"{said_so} the actors choose as before." in said
