"""What a program is told of a game's behaviour."""

import json

import pytest

from melian.answer.game import game_behaviour
from tests.exchange.games import parsed
from tests.solve.games.game_texts import BEER, CENTIPEDE, HORSE, SEXES


def test_each_information_set_is_a_choice_in_the_shape_of_a_case() -> None:
    told = json.loads(json.dumps(game_behaviour(parsed(HORSE), 1.0), allow_nan=False))
    assert list(told["choices"]) == ["1:1", "2:1", "3:1"]
    choice = told["choices"]["3:1"]
    assert choice["actor"] == "Three"
    assert choice["options"] == ["L", "R"]
    (situation,) = choice["rule"]
    assert situation["sees"] == {}
    assert list(situation["options"]) == ["L", "R"]
    chances = [situation["options"][option] for option in choice["options"]]
    assert all(chance["q05"] == chance["mean"] == chance["q95"] for chance in chances)
    assert sum(chance["mean"] for chance in chances) == pytest.approx(1)


def test_beside_the_choices_stands_how_they_were_found() -> None:
    told = game_behaviour(parsed(HORSE), [1.0, 2.0, 0.5])
    assert (told["status"], told["method"], told["reached"]) == ("solved", "principal branch", 1.0)
    assert told["precision"] == {"One": 1.0, "Two": 2.0, "Three": 0.5}
    assert told["certificate"]["residual"] < 1e-12
    assert set(told["payoffs"]) == {"One", "Two", "Three"}
    assert "others" not in told


def test_equal_and_empty_labels_are_told_apart() -> None:
    text = 'EFG 2 R "" { "A" "A" } p "" 1 1 "" { "x" "x" "" } 0 t "" 0 t "" 0 t "" 0'
    choice = game_behaviour(parsed(text), 1.0)["choices"]["1:1"]
    assert choice["actor"] == "A_1"
    assert choice["options"] == ["x_1", "x_2", "_1"]
    assert list(choice["rule"][0]["options"]) == ["x_1", "x_2", "_1"]


def test_other_solutions_are_told_when_asked_for() -> None:
    told = game_behaviour(parsed(SEXES), 4.0, others=True)
    assert len(told["others"]) == 2
    assert set(told["others"][0]) == {"choices", "payoffs", "certificate"}


def test_no_precision_is_backward_induction() -> None:
    told = json.loads(json.dumps(game_behaviour(parsed(CENTIPEDE), None), allow_nan=False))
    assert told["method"] == "backward induction"
    assert told["precision"] == {"Red": None, "Blue": None}
    assert told["choices"]["1:1"]["rule"][0]["options"]["take"]["mean"] == 1.0


def test_what_a_reader_has_to_know_is_said_in_sentences() -> None:
    assert game_behaviour(parsed(HORSE), 1.0)["notes"] == []
    crossed = game_behaviour(parsed('NFG 1 R "" { "A" "B" } { 2 2 } 1 1 0 0 0 0 1 1'), 5.0)["notes"]
    told = "Another branch crosses at 40 % of the precision; the answer is where the branch leads straight on, "
    assert crossed == [told + "and others exist."]
    never = BEER.replace('"surly" 9/10 "wimp" 1/10', '"surly" 1 "wimp" 0')
    assert game_behaviour(parsed(never), 5.0)["notes"] == [
        "Only branches of chance 0 lead to 1:2: beliefs there are uniform."
    ]


def test_a_branch_that_is_not_followed_to_its_goal_says_how_far_it_came(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("melian.solve.games.branch.MAX_TRIALS", 12)
    told = game_behaviour(parsed(HORSE), 50.0)
    assert told["status"] == "out of steps"
    assert told["notes"][0].startswith("The branch was followed to ")
    assert told["notes"][0].endswith(" of the precision, since it takes too many steps; what is shown holds there.")
