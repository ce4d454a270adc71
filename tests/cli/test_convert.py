"""`melian convert`: what it writes, what it says, and that it never writes over anything unasked."""

import json
from pathlib import Path

import pytest

from melian.exchange.game import Table
from melian.exchange.read import parse_game, read_form
from melian.source.text import Source
from tests.cli.conftest import STRAIT, Run
from tests.solve.games.game_texts import BEER, SEXES

Out = Path


@pytest.fixture
def beer(tmp_path: Path) -> str:
    path = tmp_path / "beer.efg"
    path.write_text(BEER, encoding="utf-8")
    return str(path)


def test_a_world_of_a_case_is_written_and_read_back(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "strait.efg"
    outcome = run("convert", STRAIT, str(out), "--world", "3")
    assert outcome.code == 0
    assert "1 player, 4 information sets" in outcome.out
    assert "Evidence is left out" in outcome.out
    game, found = parse_game(Source("strait.efg", out.read_text("utf-8")))
    assert found == []
    assert game is not None
    assert game.players == ("The northern navy",)


def test_the_document_says_how_the_file_came_about(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "strait.efg"
    document = json.loads(run("convert", STRAIT, str(out), "--json", "--scale", "precision", "--seed", "4").out)
    assert document["world"] == "mean"
    assert document["seed"] == 4
    assert document["payoffs"] == "utility times precision"
    assert document["precision"] == {"navy": 8.0}
    assert document["players"] == ["The northern navy"]
    assert document["actors"] == ["navy"]
    assert document["size"]["information_sets"] == 4
    assert document["reports_left_out"] == 3
    assert document["renamed"] == []


def test_worlds_differ_and_are_the_same_each_time(run: Run, tmp_path: Path) -> None:
    texts = []
    for name, world in (("a", "0"), ("b", "0"), ("c", "1"), ("d", "mean")):
        out = tmp_path / f"{name}.efg"
        assert run("convert", STRAIT, str(out), "--world", world).code == 0
        texts.append(out.read_text("utf-8"))
    assert texts[0] == texts[1]
    assert len(set(texts)) == 3


def test_a_tree_becomes_a_table_and_a_table_a_tree(run: Run, tmp_path: Path, beer: str) -> None:
    table, tree = tmp_path / "beer.nfg", tmp_path / "again.efg"
    assert run("convert", beer, str(table)).code == 0
    form, _ = read_form(table)
    assert isinstance(form, Table)
    assert [len(labels) for labels in form.strategies] == [4, 4]
    assert "2 players, 2 information sets" in run("convert", str(table), str(tree)).out


def test_a_file_in_its_own_format_is_put_in_order_and_stays_so(run: Run, tmp_path: Path, beer: str) -> None:
    first, second = tmp_path / "first.efg", tmp_path / "second.efg"
    assert run("convert", beer, str(first)).code == 0
    assert run("convert", str(first), str(second)).code == 0
    assert first.read_text("utf-8") == second.read_text("utf-8")


def test_nothing_is_written_over_unless_that_is_asked_for(run: Run, tmp_path: Path, beer: str) -> None:
    out = tmp_path / "kept.efg"
    out.write_text("mine", encoding="utf-8")
    outcome = run("convert", beer, str(out))
    assert outcome.code == 2
    assert "is there already; --force writes over it" in outcome.err
    assert out.read_text("utf-8") == "mine"
    assert run("convert", beer, str(out), "--force").code == 0
    assert out.read_text("utf-8").startswith("EFG 2 R")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["beer.efg", "kept.efg"]


def test_a_link_that_leads_nowhere_is_something_too(run: Run, tmp_path: Path, beer: str) -> None:
    out = tmp_path / "link.efg"
    out.symlink_to(tmp_path / "elsewhere.efg")
    assert run("convert", beer, str(out)).code == 2
    assert not (tmp_path / "elsewhere.efg").exists()


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("out.txt", "should end in .efg or .nfg"),
        ("nowhere/out.efg", "there is no folder"),
        ("folder.efg", "is a folder"),
    ],
)
def test_a_name_that_cannot_be_written_is_wrong_usage(
    run: Run, tmp_path: Path, beer: str, name: str, told: str
) -> None:
    (tmp_path / "folder.efg").mkdir()
    outcome = run("convert", beer, str(tmp_path / name))
    assert outcome.code == 2
    assert told in " ".join(outcome.err.split())


@pytest.mark.parametrize("world", ["first", "-1", "1.5", "", "999999999999", "\u0663"])
def test_a_world_is_the_mean_or_a_number(run: Run, tmp_path: Path, world: str) -> None:
    outcome = run("convert", STRAIT, str(tmp_path / "out.efg"), f"--world={world}")
    assert outcome.code == 2
    assert "neither 'mean' nor the number of a world" in " ".join(outcome.err.split())


@pytest.mark.parametrize("option", [("--world", "2"), ("--scale", "precision"), ("--common-prior",), ("--fold",)])
def test_what_is_for_cases_is_refused_for_games(run: Run, tmp_path: Path, beer: str, option: tuple[str, ...]) -> None:
    outcome = run("convert", beer, str(tmp_path / "out.efg"), *option)
    assert outcome.code == 2
    assert "are for cases" in outcome.err


def test_beliefs_of_the_actors_own_are_told_by_name(run: Run, tmp_path: Path) -> None:
    outcome = run("convert", "belarus-2022", str(tmp_path / "out.efg"))
    assert outcome.code == 1
    assert "`lukashenko` sees `army_mood` otherwise than the analyst" in outcome.err
    assert "--common-prior" in outcome.err
    assert not (tmp_path / "out.efg").exists()


def test_the_gallery_case_is_written_once_what_nobody_sees_is_summed_out(run: Run, tmp_path: Path) -> None:
    out = str(tmp_path / "out.efg")
    outcome = run("convert", "belarus-2022", out, "--common-prior")
    assert outcome.code == 1
    assert "more than 100,000" in outcome.err
    assert "--fold" in outcome.err
    document = json.loads(run("convert", "belarus-2022", out, "--common-prior", "--fold", "--world", "0", "--json").out)
    assert document["size"]["ends"] == 864
    assert {"actor": "kremlin", "factor": "resistance"} in document["beliefs_replaced"]


def test_a_game_that_cannot_be_read_is_told_with_its_place(run: Run, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.efg"
    wrong.write_text(SEXES.replace("NFG 1", "NFG 7"), encoding="utf-8")
    outcome = run("convert", str(wrong), str(tmp_path / "out.efg"))
    assert outcome.code == 1
    assert "wrong.efg:1:5" in outcome.err
