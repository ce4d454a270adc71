"""The rule that an event is neither certain nor impossible."""

import pytest

from melian.case.read import read_case
from melian.case.rules import check_soundness
from melian.source.text import Source


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
