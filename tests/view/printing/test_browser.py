"""Which browser is taken, and what is said where there is none."""

import os
from pathlib import Path

import pytest

from melian.errors import PrintError
from melian.view.printing import browser
from melian.view.printing.browser import COMMANDS, VARIABLE, find_browser


def program(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without any browser; the folder is all that commands are looked for in."""
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(browser.platform, "system", lambda: "Linux")
    return tmp_path


@pytest.mark.parametrize("name", COMMANDS)
def test_every_usual_command_is_found(nowhere: Path, name: str) -> None:
    found = program(nowhere / name)
    assert find_browser() == str(found)


def test_the_one_that_is_named_comes_first_and_may_be_a_path_or_a_command(
    nowhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(nowhere / "chromium")
    mine = program(nowhere / "mine")
    for named in ("mine", str(mine)):
        monkeypatch.setenv(VARIABLE, named)
        assert find_browser() == str(mine)
    monkeypatch.setenv(VARIABLE, "")
    assert find_browser() == str(nowhere / "chromium")


def test_no_other_is_taken_for_the_one_that_is_named(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(nowhere / "chromium")
    monkeypatch.setenv(VARIABLE, str(nowhere / "gone"))
    with pytest.raises(PrintError, match="there is no such program"):
        find_browser()


@pytest.mark.usefixtures("nowhere")
def test_where_there_is_none_it_says_what_to_install_and_what_needs_none() -> None:
    with pytest.raises(PrintError) as refused:
        find_browser()
    said = str(refused.value)
    assert said.startswith("no browser was found")
    for part in ("apt install chromium", VARIABLE, ".svg"):
        assert part in said


def test_applications_of_other_systems_are_found(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser.platform, "system", lambda: "Windows")
    monkeypatch.setenv("LOCALAPPDATA", str(nowhere))
    edge = program(nowhere / "Microsoft" / "Edge" / "Application" / "msedge.exe")
    assert Path(find_browser()) == edge
    monkeypatch.setattr(browser.platform, "system", lambda: "Darwin")
    monkeypatch.setattr(Path, "home", lambda: nowhere)
    chrome = program(nowhere / "Applications" / "Google Chrome.app" / "Contents" / "MacOS" / "Google Chrome")
    assert os.path.samefile(find_browser(), chrome)
