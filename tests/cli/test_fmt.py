"""`melian fmt`: cases in good order, and a word on what was done."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from melian.catalog import case_path
from melian.cli.app import app
from tests.cli.conftest import STRAIT, Run

UNTIDY = "melian: 1\ncase: c\nactors:\n    navy: {name: 'Navy' }   # who\n"
TIDY = "melian: 1\ncase: c\n\nactors:\n  navy: {name: Navy}  # who\n"


@pytest.fixture
def untidy(tmp_path: Path) -> Path:
    path = tmp_path / "case.yaml"
    path.write_text(UNTIDY)
    return path


def test_a_file_is_put_in_order_once(run: Run, untidy: Path) -> None:
    first, second = run("fmt", str(untidy)), run("fmt", str(untidy))
    assert (first.code, first.out, first.err) == (0, f"tidied: {untidy}\n", "")
    assert untidy.read_text() == TIDY
    assert (second.code, second.out) == (0, "1 file in good order already\n")


def test_check_writes_nothing_and_ends_with_1(run: Run, untidy: Path) -> None:
    outcome = run("fmt", "--check", str(untidy))
    assert (outcome.code, outcome.out) == (1, f"would be tidied: {untidy}\n")
    assert untidy.read_text() == UNTIDY
    assert run("fmt", "--check", "belarus-2022").code == 0


def test_diff_shows_a_patch_and_writes_nothing(run: Run, untidy: Path) -> None:
    outcome = run("fmt", "--diff", str(untidy))
    assert outcome.code == 0
    assert "-    navy: {name: 'Navy' }   # who\n+  navy: {name: Navy}  # who\n" in outcome.out
    assert untidy.read_text() == UNTIDY


def test_stdout_gives_the_text_and_nothing_else(run: Run, untidy: Path) -> None:
    assert run("fmt", "--stdout", str(untidy)).out == TIDY
    assert untidy.read_text() == UNTIDY


def test_an_editor_can_pipe_a_text_through() -> None:
    assert CliRunner().invoke(app, ["fmt", "-"], input=UNTIDY).stdout == TIDY


def test_a_byte_order_mark_and_windows_line_ends_go(run: Run, untidy: Path) -> None:
    untidy.write_bytes(("\ufeff" + TIDY.replace("\n", "\r\n")).encode())
    assert run("fmt", "--check", str(untidy)).code == 1
    run("fmt", str(untidy))
    assert untidy.read_bytes() == TIDY.encode()
    untidy.write_text("\ufeff" + TIDY)
    assert run("fmt", "--check", str(untidy)).code == 1


def test_a_file_that_is_no_yaml_is_left_and_the_others_are_done(run: Run, untidy: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("a: [1\n")
    outcome = run("fmt", str(broken), str(untidy))
    assert outcome.code == 1
    assert "error[yaml-syntax]" in outcome.err
    assert untidy.read_text() == TIDY
    assert broken.read_text() == "a: [1\n"


def test_the_gallery_stays_as_it_is(run: Run) -> None:
    outcome = run("fmt", "belarus-2022")
    assert outcome.code == 2
    assert "--stdout" in outcome.err
    path = case_path("belarus-2022")
    assert path is not None
    assert run("fmt", "--stdout", "belarus-2022").out == path.read_text("utf-8")


def test_json_says_what_changed_in_each_file(run: Run, untidy: Path, tmp_path: Path) -> None:
    tidy = tmp_path / "tidy.yaml"
    shutil.copy(STRAIT, tidy)
    run("fmt", str(tidy))
    document = json.loads(run("fmt", "--json", str(tidy), str(untidy)).out)
    assert [(one["path"], one["changed"]) for one in document["files"]] == [(str(tidy), False), (str(untidy), True)]
    assert untidy.read_text() == TIDY
    (shown,) = json.loads(run("fmt", "--json", "--stdout", str(untidy)).out)["files"]
    assert (shown["changed"], shown["text"]) == (False, TIDY)
