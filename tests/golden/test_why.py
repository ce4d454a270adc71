"""What carries a chance, by hand."""

import pytest

import melian
from melian.errors import AskError
from tests.golden.digits import EXACT
from tests.golden.test_storylines import CUT, FLOOD, ROAD

GAUGE = (
    "evidence: [{id: gauge, date: 2030-01-01, claim: It rose., bears_on: flood, likelihood: {high: 0.8, low: 0.2}}]\n"
)


def test_the_event_is_carried_by_the_road_the_flood_and_the_rain() -> None:
    found = melian.read_text(ROAD).solve(worlds=512).why()
    assert [(reason.level, reason.node, reason.states) for reason in found.reasons] == [
        (0, "road", ("cut",)),
        (1, "flood", ("high",)),
        (2, "rain", ("wet",)),
    ]
    road, flood, rain = found.reasons
    assert [reason.chance for reason in found.reasons] == pytest.approx([CUT, FLOOD, 0.3], abs=EXACT)
    assert road.pulls[0].chances == pytest.approx({"low": 0.05, "high": 0.5}, abs=EXACT)
    assert road.pulls[0].weights == pytest.approx({"low": 1 - FLOOD, "high": FLOOD}, abs=EXACT)
    assert road.pulls[0].span == pytest.approx(0.45, abs=EXACT)
    assert [dict(one.states) for one in road.situations] == [{"flood": "low"}, {"flood": "high"}]
    assert [one.weight for one in road.situations] == pytest.approx([1 - FLOOD, FLOOD], abs=EXACT)
    assert [one.chance for one in road.situations] == pytest.approx([0.05, 0.5], abs=EXACT)
    assert flood.pulls[0].chances == pytest.approx({"dry": 0.1, "wet": 0.8}, abs=EXACT)
    assert rain.pulls == rain.situations == ()


def test_statements_count_by_the_situations_they_bear_on() -> None:
    road, flood, rain = melian.read_text(ROAD).solve(worlds=512).why().reasons
    assert [(one.ground.text, one.ground.span.line) for one in road.statements if one.ground.span] == [  # type: ignore[attr-defined]
        ("cut: 0.05", 8),
        ("cut: 0.5", 8),
    ]
    assert [one.weight for one in road.statements] == pytest.approx([1 - FLOOD, FLOOD], abs=EXACT)
    assert [one.weight for one in flood.statements] == pytest.approx([0.7, 0.3], abs=EXACT)
    assert [one.weight for one in rain.statements] == pytest.approx([1.0], abs=EXACT)


def test_reports_move_every_level_by_hand() -> None:
    solution = melian.read_text(ROAD + GAUGE).solve(worlds=512)
    road, flood, rain = solution.why().reasons
    high = FLOOD * 0.8 / (FLOOD * 0.8 + (1 - FLOOD) * 0.2)
    assert flood.chance == pytest.approx(high, abs=EXACT)
    assert [reason.reports[0].origin for reason in (road, flood, rain)] == ["gauge"] * 3
    without = [reason.reports[0].without_it for reason in (road, flood, rain)]
    assert without == pytest.approx([CUT, FLOOD, 0.3], abs=EXACT)


def test_any_state_of_any_node_can_be_asked_about() -> None:
    solution = melian.read_text(ROAD + GAUGE).solve(worlds=512)
    nodes = solution.nodes()
    for node, states in nodes.items():
        for state, chance in states.items():
            top = solution.why(node, state).reasons[0]
            assert (top.node, top.states) == (node, (state,))
            assert top.chance == pytest.approx(chance, abs=EXACT)
    with pytest.raises(AskError, match="no factor or choice"):
        solution.why("raod", "cut")
    with pytest.raises(AskError, match="was supposed"):
        melian.read_text(ROAD).solve(worlds=256, do={"road": "cut"}).why()
