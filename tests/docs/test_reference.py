"""The references leave nothing out: every command with every option, every public name, every word."""

import re

import pytest
from typer.testing import CliRunner

import melian
from melian.cli.app import GROUPS, app
from melian.view.glossary import TERMS
from scripts.pages import DOCS
from scripts.reference import answer_kinds, members_of

COMMANDS = {command.__name__: command for group in GROUPS.values() for command in group}


def page(name: str) -> str:
    return (DOCS / "reference" / name).read_text("utf-8")


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_there_with_every_option_that_its_help_has(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    shown = CliRunner().invoke(app, [name, "--help"]).output
    options = set(re.findall(r"^ +(?:-\w, )?(--[\w-]+)", shown, re.MULTILINE)) - {"--help"}
    assert options, shown
    (part,) = re.findall(rf"^### {name}\n(.*?)(?=^##|\Z|<!-- end)", page("commands.md"), re.MULTILINE | re.DOTALL)
    assert set(re.findall(r"`(--[\w-]+)`", part)) == options


def test_every_public_name_is_there() -> None:
    headings = set(re.findall(r"^#{3,4} (\S+)$", page("python.md"), re.MULTILINE))
    assert {f"melian.{name}" for name in melian.__all__ if name != "__version__"} <= headings
    for kind in (melian.Case, melian.Solution, melian.CaseBuilder):
        assert {f"{kind.__name__}.{member}" for member in members_of(kind)} <= headings
    assert {kind.__name__ for kind in answer_kinds()} <= headings


def test_no_public_name_is_there_without_a_word_on_it() -> None:
    for heading, text in re.findall(
        r"^#{3,4} (\S+)\n(.*?)(?=^#|<!-- end)", page("python.md"), re.MULTILINE | re.DOTALL
    ):
        said = re.sub(r"```.*?```", "", text, flags=re.DOTALL).strip()
        assert len(said) > 10, heading


def test_every_word_is_there() -> None:
    assert set(re.findall(r"^\*\*(.+)\*\*$", page("glossary.md"), re.MULTILINE)) == {term.name for term in TERMS}
