"""The rule that an event is neither certain nor impossible."""

import pytest

from melian.case.read import read_case
from melian.case.rules import check_soundness
from melian.case.rules.settled_event import CODE
from melian.source.text import Source
from tests import reading
from tests.reading import the_one


def codes(event: str) -> list[str]:
    text = f"""
melian: 1
case: event
question: {{event: {event}}}
factors:
  cause: {{states: [no, yes], chances: {{yes: 0.25}}}}
  mood: {{states: [low, high], chances: {{high: 0.5}}}}
"""
    case, diagnostics = read_case(Source("case.yaml", text))
    assert case is not None
    return [diagnostic.code for diagnostic in (*diagnostics, *check_soundness(case)) if diagnostic.severity == "error"]


@pytest.mark.parametrize(
    "event",
    ["{cause: [no, yes]}", "{any: [{cause: no}, {cause: yes}]}", "{all: [{cause: no}, {cause: yes}]}"],
)
def test_an_event_that_is_settled_is_refused(event: str) -> None:
    assert codes(event) == ["settled-event"]


@pytest.mark.parametrize("event", ["{cause: yes}", "{cause: yes, mood: low}", "{any: [{cause: no}, {mood: low}]}"])
def test_an_open_event_is_not(event: str) -> None:
    assert codes(event) == []


@pytest.mark.parametrize("event", ["{any: [{cause: yes}, {mood: on}]}", "{all: [{cause: yes}, {any: [{mood: on}]}]}"])
def test_a_condition_that_could_not_be_read_is_reported_once_and_stops_nothing(event: str) -> None:
    assert "settled-event" not in codes(event)
    assert codes(event) != []


NEVER = """
melian: 1
case: event
question: {event: EVENT}
factors:
  cause: {states: [no, yes], chances: {CHANCES}}
  mood:
    states: [low, high]
    chances: [{when: {cause: yes}, high: 0}, {else: true, high: 0.1}]
"""


@pytest.mark.parametrize("chances", ["yes: 0", "no: 1", "yes: 0 %"])
def test_an_event_that_no_row_leaves_a_chance_is_refused(chances: str) -> None:
    text = NEVER.replace("CHANCES", chances)
    assert "impossible by construction" in the_one(text.replace("EVENT", "{cause: yes}"), CODE).headline
    assert "certain by construction" in the_one(text.replace("EVENT", "{cause: no}"), CODE).headline
    label = the_one(text.replace("EVENT", "{cause: yes, mood: low}"), CODE).primary.text
    assert label == "it holds in 0 of 2 combinations that can come about"


@pytest.mark.parametrize(
    ("event", "chances"), [("{cause: yes}", "yes: 0..0.1"), ("{mood: high}", "yes: 0.2"), ("{mood: high}", "yes: 0")]
)
def test_an_event_that_some_row_leaves_a_chance_is_not(event: str, chances: str) -> None:
    assert CODE not in reading.codes(NEVER.replace("EVENT", event).replace("CHANCES", chances))
