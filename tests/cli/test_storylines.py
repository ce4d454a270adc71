"""`melian storylines`: sentences in the words of the case, and the same in numbers."""

import json
from math import fsum

import pytest

from tests.cli.conftest import STRAIT, Run


def test_courses_are_told_in_the_words_of_the_case(run: Run) -> None:
    told = " ".join(run("storylines", STRAIT, "--worlds", "1024").out.split())
    assert 'No: The relief convoy: "sails". The passage: "stays open".' in told
    assert "With it goes: The spring storms stay mild" in told
    assert "First sign: The spring storms turn fierce; seen, it would raise this course from" in told
    assert "make up 95 % of what may happen; the rest is spread over two others." in told


def test_a_choice_that_is_called_after_its_actor_is_told_as_what_it_does(run: Run) -> None:
    told = " ".join(run("storylines", "belarus-2022", "--worlds", "512").out.split())
    assert "The Kremlin asks for no Belarusian troops. Lukashenko stays out of the fighting." in told


def test_courses_as_a_document(run: Run) -> None:
    found = json.loads(run("storylines", STRAIT, "--worlds", "512", "--most", "6", "--json").out)
    assert found["nodes"] == ["convoy", "strait"]
    assert found["courses"] == len(found["storylines"]) == 6
    assert fsum(story["chance"] for story in found["storylines"]) == pytest.approx(1)
    happens = fsum(story["chance"] for story in found["storylines"] if story["happens"])
    assert happens == pytest.approx(found["likelihood"]["mean"])
    assert {"node", "state", "chance", "bits"} == set(found["storylines"][0]["first_sign"])


def test_what_is_supposed_is_no_part_of_a_course(run: Run) -> None:
    told = run("storylines", STRAIT, "--worlds", "512", "--set", "convoy=waits").out
    assert "Supposed, announced" in told
    found = json.loads(run("storylines", STRAIT, "--worlds", "512", "--set", "convoy=waits", "--json").out)
    assert "convoy" not in found["nodes"]
