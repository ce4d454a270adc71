"""Commands that are given a game file: those that take one, and what the others say."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import STRAIT, Run
from tests.exchange.test_recall import ACTION
from tests.solve.games.game_texts import BEER, CENTIPEDE, HORSE, SEXES
from tests.solve.games.test_equilibrium import DRIVER

TEXTS = {"beer.efg": BEER, "sexes.nfg": SEXES, "forgets.efg": ACTION, "driver.efg": DRIVER, "horse.efg": HORSE}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The games in the folder in which the commands run."""
    monkeypatch.chdir(tmp_path)
    for name, text in {**TEXTS, "centipede.EFG": CENTIPEDE, "wrong.efg": BEER.replace("9/10", "8/10")}.items():
        Path(name).write_text(text, encoding="utf-8")


def test_check_says_what_a_game_holds_and_what_solving_takes(run: Run) -> None:
    outcome = run("check", "beer.efg")
    assert outcome.code == 0
    said = " ".join(outcome.out.split())
    assert "2 players, 4 information sets, 1 event of chance and 8 ends; the longest path has 3 moves." in said
    assert "4 free chances, which bear on each other in 4 ways" in said
    assert "no errors" in said
    assert "one pass from the ends to the root solves it" in run("check", "centipede.EFG").out


def test_check_as_a_document(run: Run) -> None:
    document = json.loads(run("check", "forgets.efg", "--json").out)
    assert [one["code"] for one in document["diagnostics"]] == ["game-imperfect-recall"]
    one, two = document["game"]["players"]
    assert (one["perfect_recall"], one["forgets_at"]) == (False, ["1:2"])
    assert two["perfect_recall"]
    assert document["game"]["solvable"]
    assert document["game"]["free_chances"] == 2


def test_check_names_who_forgets_what(run: Run) -> None:
    outcome = run("check", "forgets.efg")
    assert outcome.code == 0
    assert "`One` has forgotten at 1:2 `second` what it did at 1:1 `first`" in outcome.out
    assert "forgets at 1:2" in outcome.out
    assert "`Driver` is absent-minded: a path meets 1:1 `crossroads` twice" in run("check", "driver.efg").out


def test_check_of_a_game_that_cannot_be_read_ends_with_1(run: Run) -> None:
    outcome = run("check", "wrong.efg")
    assert outcome.code == 1
    assert "error[efg-chance-sum]" in outcome.err
    document = json.loads(run("check", "wrong.efg", "--json").out)
    assert document["game"] is None


def test_check_concise_is_one_line_each(run: Run) -> None:
    assert run("check", "forgets.efg", "--concise").out.count("\n") == 1


@pytest.mark.parametrize("command", ["run", "evidence", "timeline", "levers", "fmt"])
def test_other_commands_say_which_ones_take_a_game(run: Run, command: str) -> None:
    outcome = run(command, "beer.efg")
    assert outcome.code == 2
    assert "`beer.efg` is a game, and this command takes a case" in outcome.err
    assert "melian behaviour beer.efg --precision 1 solves it" in outcome.err


def test_behaviour_takes_one_precision_for_all_or_one_for_each(run: Run) -> None:
    both = json.loads(run("behaviour", "beer.efg", "--precision", "2,5", "--json").out)
    assert both["precision"] == {"Sender": 2.0, "Receiver": 5.0}
    outcome = run("behaviour", "beer.efg", "--precision", "1,2,3")
    assert outcome.code == 2
    assert "one for each of the 2 players" in " ".join(outcome.err.split())


@pytest.mark.parametrize("precision", ["-1", "nan", "inf", "much", "", "1,,2"])
def test_a_precision_is_a_number_of_at_least_0(run: Run, precision: str) -> None:
    outcome = run("behaviour", "beer.efg", f"--precision={precision}")
    assert outcome.code == 2
    assert "should be a number of at least 0" in " ".join(outcome.err.split())


def test_a_precision_beyond_all_numbers_is_no_fault_of_melian(run: Run) -> None:
    outcome = run("behaviour", "beer.efg", "--precision", "1e308")
    assert outcome.code == 1
    assert "error: " in outcome.err


def test_behaviour_offers_other_stories_where_branches_cross(run: Run) -> None:
    said = " ".join(run("behaviour", "sexes.nfg", "--precision", "3").out.split())
    assert "Another branch crosses" in said
    assert "Other self-consistent stories" in said
    document = json.loads(run("behaviour", "sexes.nfg", "--precision", "3", "--json").out)
    assert len(document["others"]) == 2
    assert "others" not in json.loads(run("behaviour", "beer.efg", "--precision", "1", "--json").out)


def test_behaviour_says_who_forgets_and_who_is_absent_minded(run: Run) -> None:
    assert "Without perfect recall (One)" in " ".join(run("behaviour", "forgets.efg", "--precision", "1").out.split())
    assert "A path meets 1:1 twice" in " ".join(run("behaviour", "driver.efg", "--precision", "1").out.split())


def test_behaviour_without_a_precision_is_backward_induction_or_says_why_not(run: Run) -> None:
    assert "by backward induction" in run("behaviour", "centipede.EFG").out
    outcome = run("behaviour", "beer.efg")
    assert outcome.code == 1
    assert "`Receiver` does not know where it is" in outcome.err


@pytest.mark.parametrize(
    "option", [("--as-of", "2031-01-01"), ("--set", "a=b"), ("--observe", "a=b"), ("--unannounced",)]
)
def test_what_is_for_cases_is_refused_for_games(run: Run, option: tuple[str, ...]) -> None:
    outcome = run("behaviour", "beer.efg", "--precision", "1", *option)
    assert outcome.code == 2
    assert "it is for cases" in outcome.err


def test_a_precision_is_for_games_only(run: Run) -> None:
    assert run("behaviour", STRAIT, "--precision", "1").code == 2


def test_behaviour_of_a_case_says_who_no_longer_knows_what(run: Run) -> None:
    from melian.case.codes import ALL_CODES

    Path("twice.yaml").write_text(ALL_CODES["imperfect-recall"].bad or "", encoding="utf-8")
    said = " ".join(run("behaviour", "twice.yaml", "--worlds", "256").out.split())
    assert "navy no longer knows watch when it comes to strait" in said.lower().replace("`", "")
