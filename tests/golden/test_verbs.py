"""Observe, reveal and do on one small case, every number worked out by hand."""

from pathlib import Path

import pytest

import melian
from tests.golden.digits import EXACT, SIX
from tests.solving import solve

# A captain hears a forecast and sails or stays. Storm: 0.4. The forecast is bad with 0.8 before a storm, else with 0.2.
# To sail is worth 1 in a calm and 0 in a storm, to stay is worth 0.5; precision 10. A ship that sails into a storm is
# wrecked with 0.5.
#
#   P(bad) = 0.4 * 0.8 + 0.6 * 0.2 = 0.44    P(storm | bad) = 0.32 / 0.44 = 8/11    P(storm | good) = 0.08 / 0.56 = 1/7
#   P(go | bad)  = 1 / (1 + exp(10 * (1/2 - 3/11))) = 1 / (1 + exp(2.272727)) = 0.093407
#   P(go | good) = 1 / (1 + exp(10 * (1/2 - 6/7)))  = 1 / (1 + exp(-3.571429)) = 0.972653
CASE = """
melian: 1
case: ship
question: {event: {ship: wrecked}}
actors: {captain: {precision: 10}}
factors:
  weather: {states: [calm, storm], chances: {calm: 0.6, storm: 0.4}}
  forecast:
    states: [good, bad]
    given: [weather]
    chances:
      - {when: {weather: storm}, bad: 0.8}
      - {else: true, bad: 0.2}
  ship:
    states: [safe, wrecked]
    given: [weather, sail]
    chances:
      - {when: {weather: storm, sail: go}, wrecked: 0.5}
      - {else: true, wrecked: 0}
choices:
  sail: {actor: captain, options: [go, stay], sees: [SEES]}
stakes:
  captain:
    comfort:
      given: [weather, sail]
      values:
        - {when: {sail: stay}, is: 50}
        - {when: {weather: calm}, is: 100}
        - {else: true, is: 0}
"""
HEARS = CASE.replace("SEES", "forecast")
KNOWS_ALL = CASE.replace("SEES", "forecast, weather")


def test_rules_answer_what_is_known() -> None:
    found = solve(HEARS)
    assert found.rule("sail", "go", forecast="bad") == pytest.approx(0.093407, abs=SIX)
    assert found.rule("sail", "go", forecast="good") == pytest.approx(0.972653, abs=SIX)
    # 0.44 * 0.093407 + 0.56 * 0.972653
    assert found.chance("sail", "go") == pytest.approx(0.585785, abs=SIX)
    # 0.5 * (0.32 * 0.093407 + 0.08 * 0.972653)
    assert found.event == pytest.approx(0.053851, abs=SIX)
    assert found.before == pytest.approx(found.event, abs=EXACT)


def test_to_observe_a_move_tells_of_what_its_actor_knew() -> None:
    found = solve(HEARS, observe={"sail": "go"})
    # (0.32 * 0.093407 + 0.08 * 0.972653) / 0.585785
    assert found.chance("weather", "storm") == pytest.approx(0.183860, abs=SIX)
    assert found.event == pytest.approx(0.091930, abs=SIX)
    assert found.evidence == pytest.approx(0.585785, abs=SIX)
    assert found.before == pytest.approx(0.053851, abs=SIX)


@pytest.mark.parametrize("announced", [True, False], ids=["announced", "unannounced"])
def test_to_bring_a_move_about_tells_nothing_of_it(announced: bool) -> None:
    found = solve(HEARS, do={"sail": "go"}, announced=announced)
    assert found.chance("weather", "storm") == pytest.approx(0.4, abs=SIX)
    assert found.event == pytest.approx(0.2, abs=SIX)  # 0.4 * 0.5
    assert found.evidence == pytest.approx(1, abs=EXACT)


def test_to_observe_a_cause_leaves_every_rule_as_it_is() -> None:
    found = solve(HEARS, observe={"weather": "storm"})
    assert found.rule("sail", "go", forecast="bad") == pytest.approx(0.093407, abs=SIX)
    # 0.5 * (0.8 * 0.093407 + 0.2 * 0.972653)
    assert found.event == pytest.approx(0.134628, abs=SIX)


def test_to_reveal_a_cause_changes_the_rule_and_learns_nothing() -> None:
    found = solve(KNOWS_ALL)
    for forecast in ("good", "bad"):
        # 1 / (1 + exp(-10 * 0.5)) in a calm, 1 / (1 + exp(10 * 0.5)) in a storm
        assert found.rule("sail", "go", forecast=forecast, weather="calm") == pytest.approx(0.993307, abs=SIX)
        assert found.rule("sail", "go", forecast=forecast, weather="storm") == pytest.approx(0.006693, abs=SIX)
    assert found.chance("weather", "storm") == pytest.approx(0.4, abs=SIX)
    assert found.event == pytest.approx(0.001339, abs=SIX)  # 0.4 * 0.006693 * 0.5


def test_to_reveal_and_to_observe_are_two_things() -> None:
    observed = solve(HEARS, observe={"weather": "storm"}).event
    both = solve(KNOWS_ALL, observe={"weather": "storm"}).event
    assert observed == pytest.approx(0.134628, abs=SIX)
    assert both == pytest.approx(0.003346, abs=SIX)  # 0.006693 * 0.5


def test_an_announced_storm_is_answered_and_an_unannounced_one_is_not() -> None:
    announced = solve(HEARS, do={"weather": "storm"})
    unannounced = solve(HEARS, do={"weather": "storm"}, announced=False)
    assert announced.event == pytest.approx(0.003346, abs=SIX)  # the captain knows: 0.5 / (1 + exp(5))
    assert unannounced.event == pytest.approx(
        0.134628, abs=SIX
    )  # only the forecast speaks, as where a storm is observed


def test_a_forecast_brought_about_is_believed_only_where_it_is_not_announced() -> None:
    observed = solve(HEARS, observe={"forecast": "bad"})
    unannounced = solve(HEARS, do={"forecast": "bad"}, announced=False)
    announced = solve(HEARS, do={"forecast": "bad"})
    # observed: 8/11 * 0.093407 * 0.5
    assert observed.event == pytest.approx(0.033966, abs=SIX)
    # unannounced: it scares the captain and says nothing of the weather: 0.4 * 0.093407 * 0.5
    assert unannounced.event == pytest.approx(0.018681, abs=SIX)
    assert unannounced.chance("weather", "storm") == pytest.approx(0.4, abs=SIX)
    # announced: the captain knows that it means nothing: 0.4 * 0.5 / (1 + exp(-10 * (0.6 - 0.5)))
    assert announced.rule("sail", "go", forecast="bad") == pytest.approx(0.731059, abs=SIX)
    assert announced.event == pytest.approx(0.146212, abs=SIX)


def test_a_belief_moves_the_actor_and_not_the_analyst() -> None:
    believing = CASE.replace("SEES", "") + "beliefs: {captain: {weather: {storm: 0.1}}}\n"
    found = solve(believing)
    # 1 / (1 + exp(-10 * (0.9 - 0.5))), and the analyst's 0.4 of storm
    assert found.rule("sail", "go") == pytest.approx(0.982014, abs=SIX)
    assert found.event == pytest.approx(0.196403, abs=SIX)


def test_the_public_face_has_the_three_verbs(tmp_path: Path) -> None:
    path = tmp_path / "ship.yaml"
    path.write_text(HEARS, encoding="utf-8")
    case = melian.read(path)

    def mean(solution: melian.Solution) -> float:
        return solution.likelihood().mean

    storm = {"weather": "storm"}
    assert mean(case.solve(worlds=1)) == pytest.approx(0.053851, abs=SIX)
    assert mean(case.solve(worlds=1, observe=storm)) == pytest.approx(0.134628, abs=SIX)
    assert mean(case.solve(worlds=1, do=storm)) == pytest.approx(0.003346, abs=SIX)
    assert mean(case.solve(worlds=1, do=storm, announced=False)) == pytest.approx(0.134628, abs=SIX)
    assert mean(case.reveal("sail", "weather").solve(worlds=1)) == pytest.approx(0.001339, abs=SIX)
    assert mean(case.solve(worlds=1)) == pytest.approx(0.053851, abs=SIX)  # and the case is what it was
