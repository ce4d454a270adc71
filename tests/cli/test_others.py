"""`melian behaviour`, `explain` and `schema`, and the command as a whole."""

import json

import pytest

import melian
from melian.cli.app import app
from melian.cli.explain import all_codes
from melian.cli.groups import Grouped
from tests.cli.conftest import STRAIT, Run

COMMANDS = tuple(name for names in Grouped.headings.values() for name in names)


def test_behaviour_shows_each_choice_and_its_rule(run: Run) -> None:
    outcome = run("behaviour", STRAIT, "--worlds", "512")
    assert "The passage (strait)" in outcome.out
    assert "is blockaded by ships (blockade)" in outcome.out
    assert "convoy: sails" in outcome.out


def test_behaviour_as_a_document(run: Run) -> None:
    document = json.loads(run("behaviour", STRAIT, "--worlds", "512", "--json").out)
    assert list(document["choices"]) == ["strait"]
    assert len(document["choices"]["strait"]["rule"]) == 4


@pytest.mark.parametrize("code", all_codes().values(), ids=lambda code: code.code)
def test_explain_says_all_there_is_of_a_code(run: Run, code: object) -> None:
    name, title, bad = (getattr(code, part) for part in ("code", "title", "bad"))
    outcome = run("explain", name)
    assert outcome.code == 0
    assert f"[{name}]" in outcome.out
    assert " ".join(title.split())[1:] in " ".join(outcome.out.split())
    if bad is not None and not set(bad) & {"\t", "\u00a0"}:
        assert bad.splitlines()[0] in outcome.out
    assert json.loads(run("explain", name, "--json").out)["code"] == name


def test_explain_without_a_code_lists_them_all(run: Run) -> None:
    outcome = run("explain")
    assert [code for code in all_codes() if code not in outcome.out] == []
    assert len(json.loads(run("explain", "--json").out)["codes"]) == len(all_codes())


def test_schema_is_a_document(run: Run) -> None:
    assert json.loads(run("schema").out)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_takes_json(run: Run, command: str) -> None:
    for option in ("--help", "-h"):
        outcome = run(command, option)
        assert outcome.code == 0
        assert "--json" in outcome.out


def test_the_help_names_every_command_in_a_line(run: Run) -> None:
    said = run("--help").out
    for command in COMMANDS:
        (line,) = [line for line in said.splitlines() if line.strip().startswith(f"{command} ")]
        assert line.rstrip().endswith(".")
        assert "..." not in line


def test_the_version(run: Run) -> None:
    assert run("--version").out == f"melian {melian.__version__}\n"


def test_the_help_groups_every_command_under_a_heading(run: Run) -> None:
    said = run("--help").out
    places = [said.index(f"\n{heading}:\n") for heading in Grouped.headings]
    assert places == sorted(places)
    assert sorted(COMMANDS) == sorted(
        command.callback.__name__ for command in app.registered_commands if command.callback
    )
    assert len(set(COMMANDS)) == len(COMMANDS)
