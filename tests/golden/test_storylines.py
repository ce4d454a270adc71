"""Courses of events by hand: their chances, what goes along with them, what would signal them first."""

import math

import pytest

import melian
from tests.golden.digits import EXACT

# Rain has chance 0.3, a flood 0.8 in rain and 0.1 without; the road is cut by a flood in 0.5, else in 0.05.
# A barge sinks in 0.6 of floods, else never; the radio says nothing of any of it.
ROAD = """
melian: 1
case: road
question: {event: {road: cut}}
factors:
  rain: {states: [dry, wet], chances: {wet: 0.3}}
  flood: {states: [low, high], chances: [{when: {rain: wet}, high: 0.8}, {else: true, high: 0.1}]}
  road: {states: [open, cut], chances: [{when: {flood: high}, cut: 0.5}, {else: true, cut: 0.05}]}
  prices: {states: [same, up], chances: [{when: {road: cut}, up: 0.9}, {else: true, up: 0.2}]}
  radio: {states: [music, talk], chances: {talk: 0.6}}
"""
FLOOD = 0.3 * 0.8 + 0.7 * 0.1
CUT = FLOOD * 0.5 + (1 - FLOOD) * 0.05


def test_courses_by_hand() -> None:
    """Given the flood, rain tells nothing more of the road, so that courses are told over flood and road alone."""
    found = melian.read_text(ROAD).solve(worlds=512).storylines()
    assert found.nodes == ("flood", "road")
    assert found.courses == 4
    assert found.event == pytest.approx(CUT, abs=EXACT)
    assert [dict(story.states) for story in found.told] == [
        {"flood": "low", "road": "open"},
        {"flood": "high", "road": "open"},
        {"flood": "high", "road": "cut"},
        {"flood": "low", "road": "cut"},
    ]
    chances = [(1 - FLOOD) * 0.95, FLOOD * 0.5, FLOOD * 0.5, (1 - FLOOD) * 0.05]
    assert [story.chance for story in found.told] == pytest.approx(chances, abs=EXACT)
    assert [story.happens for story in found.told] == [False, False, True, True]
    assert found.chance == pytest.approx(1, abs=EXACT)
    assert found.event_told == pytest.approx(CUT, abs=EXACT)


def test_what_goes_along_and_what_comes_after_by_hand() -> None:
    found = melian.read_text(ROAD).solve(worlds=512).storylines()
    flooded = next(s for s in found.told if s.states == {"flood": "high", "road": "cut"})
    along = {(one.node, one.state): one for one in flooded.along}
    assert set(along) == {("rain", "wet"), ("prices", "up")}  # not the radio
    assert not along["rain", "wet"].is_after
    assert along["rain", "wet"].chance == pytest.approx(0.24 / FLOOD, abs=EXACT)
    assert along["rain", "wet"].overall == pytest.approx(0.3, abs=EXACT)
    assert along["prices", "up"].is_after
    assert along["prices", "up"].chance == pytest.approx(0.9, abs=EXACT)
    assert along["prices", "up"].overall == pytest.approx(CUT * 0.9 + (1 - CUT) * 0.2, abs=EXACT)


def test_the_first_sign_is_the_first_that_speaks_loudly() -> None:
    """Rain comes before the flood, and doubles the odds of the course against the other two that are told."""
    found = melian.read_text(ROAD).solve(worlds=512).storylines(most=3)
    assert len(found.told) == 3
    sign = next(s for s in found.told if s.states == {"flood": "high", "road": "cut"}).sign
    assert sign is not None
    assert (sign.node, sign.state) == ("rain", "wet")
    assert sign.chance == pytest.approx(0.8 * 0.5, abs=EXACT)
    low, high = (1 - FLOOD) * 0.95, FLOOD * 0.5
    wet_elsewhere = (0.3 * 0.2 * 0.95 + 0.3 * 0.8 * 0.5) / (low + high)
    assert sign.bits == pytest.approx(math.log2(0.24 / FLOOD / wet_elsewhere), abs=EXACT)


def test_reports_count_and_what_is_observed_is_no_part_of_a_course() -> None:
    said = (
        ROAD
        + "evidence: [{id: gauge, date: 2030-01-01, claim: c, bears_on: flood, likelihood: {high: 0.8, low: 0.2}}]\n"
    )
    solution = melian.read_text(said).solve(worlds=512)
    high, low = FLOOD * 0.8, (1 - FLOOD) * 0.2
    chances = {(s.states["flood"], s.states["road"]): s.chance for s in solution.storylines().told}
    assert chances["high", "cut"] == pytest.approx(high * 0.5 / (high + low), abs=EXACT)
    assert chances["low", "open"] == pytest.approx(low * 0.95 / (high + low), abs=EXACT)
    seen = melian.read_text(ROAD).solve(worlds=512, observe={"flood": "high"}).storylines()
    assert seen.nodes == ("road",)
    assert [story.chance for story in seen.told] == pytest.approx([0.5, 0.5], abs=EXACT)
