"""`melian why`: every number can be asked."""

import json

import pytest

from tests.cli.conftest import STRAIT, Run


def test_the_event_is_asked_about_where_nothing_is_said(run: Run) -> None:
    told = " ".join(run("why", STRAIT, "--worlds", "1024").out.split())
    assert 'The passage: "is blockaded by ships" or "is mined"' in told
    assert 'how consistently The northern navy picks what is best for it: "8" (strait.yaml, line' in told
    assert 'what The northern navy weighs: "trade > pride"' in told
    assert "What it depends on most: The relief convoy" in told


def test_a_judgement_is_told_with_its_line(run: Run) -> None:
    told = " ".join(run("why", STRAIT, "convoy=waits", "--worlds", "512").out.split())
    assert '"waits: 0.7..0.9" (strait.yaml, line 23)' in told


def test_reasons_as_a_document(run: Run) -> None:
    found = json.loads(run("why", STRAIT, "convoy=waits", "--worlds", "512", "--json").out)
    nodes = json.loads(run("run", STRAIT, "--worlds", "512", "--json").out)["nodes"]
    assert found["why"][0]["node"] == "convoy"
    assert found["why"][0]["chance"] == pytest.approx(nodes["convoy"]["waits"])
    assert {one["line"] for one in found["why"][0]["judgements"]} == {23, 24}


def test_what_is_not_there_is_told_kindly(run: Run) -> None:
    outcome = run("why", STRAIT, "convoi=waits")
    assert outcome.code == 2 or outcome.code == 1
    assert "did you mean `convoy`?" in outcome.err
