"""What the sheet and the document of what to watch say."""

import json

import pytest

import melian
from melian.answer.solution import Solution
from melian.view.documents.document import dumps
from melian.view.documents.indicators import indicators_document
from melian.view.sheet import Heading, Paragraph, Table
from melian.view.sheets.indicators import indicators_sheet
from melian.view.sheets.run import run_sheet
from tests.golden.test_indicators import ONE_RISK, TOLD, WATCHED
from tests.view.test_sheets import CERTAIN, WORD, generated, texts

SIGNS = "Signs, not warnings: known only after what the question asks about"


@pytest.fixture(scope="module")
def told() -> Solution:
    return melian.read_text(TOLD).solve(worlds=512)


def said(solution: Solution) -> list[str]:
    return list(texts(indicators_sheet(solution, solution.indicators())))


def test_the_first_to_watch_is_named_with_where_the_answer_would_go() -> None:
    solution = melian.read_text(WATCHED).solve(worlds=512)
    first = next(text for text in said(solution) if text.startswith("Watch first"))
    assert first == (
        "Watch first: buildup; seeing it would move the answer by 29.4 points on average:"
        ' to 80.0 % if "large" and 10.0 % if "none".'
    )
    assert 'Watch first: buildup (80.0 % if "large").' in texts(run_sheet(solution))


def test_signs_stand_apart_and_what_tells_nothing_is_only_named(told: Solution) -> None:
    sheet = indicators_sheet(told, told.indicators())
    headings = [block.text for block in sheet.blocks if isinstance(block, Heading)]
    assert headings == ["What to watch", "Where the answer would go", SIGNS]
    watched, _, signs = (block for block in sheet.blocks if isinstance(block, Table))
    assert [row[0].text for row in signs.rows] == ["sirens"]
    assert "sirens" not in [row[0].text for row in watched.rows]
    quiet = [block.text for block in sheet.blocks if isinstance(block, Paragraph)]
    assert 'No detectable information: moon and "It is said".' in quiet


def test_where_nothing_can_be_seen_that_is_said() -> None:
    alone = "melian: 1\ncase: alone\nquestion: {event: {war: comes}}\n"
    alone += "factors: {war: {states: [stays_away, comes], chances: {comes: 0.2..0.4}}}\n"
    solution = melian.read_text(alone).solve(worlds=512)
    assert "Nothing that could still be seen would move the answer by as much as half a point." in said(solution)
    assert not [text for text in texts(run_sheet(solution)) if text.startswith("Watch")]


@pytest.mark.parametrize("text", [WATCHED, TOLD, ONE_RISK])
def test_nothing_is_certain_and_no_word_of_likelihood_stands_bare(text: str) -> None:
    solution = melian.read_text(text).solve(worlds=512)
    for sentence in generated(solution, indicators_sheet(solution, solution.indicators())):
        assert not CERTAIN.search(sentence), sentence
        assert all("[" in sentence for _ in WORD.finditer(sentence)), sentence


def test_the_document_has_every_number_that_the_answer_has(told: Solution) -> None:
    found = told.indicators()
    document = json.loads(dumps(indicators_document(told, found)))
    assert [one["name"] for one in document["indicators"]] == [one.name for one in found.indicators]
    first = document["indicators"][0]
    assert first["bits"] == found.indicators[0].information.bits
    assert set(first["results"]) == set(found.indicators[0].results)
    assert [one["name"] for one in document["watch"]] == [one.name for one in found.watch]
    (rumour,) = (one for one in document["indicators"] if one["name"] == "rumour")
    assert (rumour["kind"], rumour["node"], rumour["is_detectable"]) == ("report", "moon", False)
