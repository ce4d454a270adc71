"""`melian new`: a case to begin with."""

import json
import os
import re
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml
from typer.testing import CliRunner

from melian.case.schema import make_schema
from melian.catalog import template_names
from melian.cli.app import app
from tests.cli.conftest import Run


@pytest.mark.parametrize("template", [*template_names(), "blank", "quick"])
def test_what_is_written_is_sound_and_fits_the_schema_beside_it(run: Run, tmp_path: Path, template: str) -> None:
    outcome = run("new", "My question", "--template", template, "--dir", str(tmp_path))
    assert (outcome.code, outcome.err) == (0, "")
    path = tmp_path / "my-question.yaml"
    assert f"wrote {path}\n" in outcome.out
    assert f"  melian run {path}\n" in outcome.out
    checked = run("check", str(path))
    assert checked.code == 0
    warned = re.findall(r"^warning\[(.*?)\]", checked.out, re.MULTILINE)
    assert warned == ["placeholder-left"] * path.read_text("utf-8").replace("`TODO`", "").count("TODO")
    assert run("fmt", "--check", str(path)).code == 0
    first = path.read_text("utf-8").splitlines()[0]
    schema = json.loads((tmp_path / first.partition("$schema=")[2]).read_text("utf-8"))
    assert schema == make_schema()
    jsonschema.validate(yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader) and _as_yaml_1_2(path), schema)


def _as_yaml_1_2(path: Path) -> object:
    """What an editor reads: numbers and truth values, but dates as texts."""

    class Loader(yaml.SafeLoader):
        pass

    Loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in found if not tag.endswith("timestamp")]
        for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return yaml.load(path.read_text("utf-8"), Loader=Loader)


def test_a_file_that_is_there_is_left_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("mine")
    outcome = run("new", "mine", "--dir", str(tmp_path))
    assert outcome.code == 2
    assert "--force" in outcome.err
    assert (tmp_path / "mine.yaml").read_text() == "mine"
    assert run("new", "mine", "--dir", str(tmp_path), "--force").code == 0
    assert (tmp_path / "mine.yaml").read_text() != "mine"


def test_another_file_of_the_schemas_name_is_left_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "melian.schema.json").write_text("{}")
    assert "left another file alone" in run("new", "mine", "--dir", str(tmp_path)).out
    assert (tmp_path / "melian.schema.json").read_text() == "{}"


def test_an_older_schema_is_brought_up_to_date(run: Run, tmp_path: Path) -> None:
    (tmp_path / "melian.schema.json").write_text('{"title": "A case of melian"}')
    run("new", "mine", "--dir", str(tmp_path))
    assert json.loads((tmp_path / "melian.schema.json").read_text("utf-8")) == make_schema()


def test_names_in_any_script_and_titles_become_names(run: Run, tmp_path: Path) -> None:
    document = json.loads(run("new", "Kommt der Übergang?", "--dir", str(tmp_path), "--json").out)
    assert document["case"] == "kommt-der-übergang"
    assert "title: Kommt der Übergang?\n" in Path(document["path"]).read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["a/b"], "--dir"),
        (["?!"], "no letter"),
        (["a", "--template", "deterence"], "did you mean 'deterrence'?"),
        (["a", "--as-of", "soon"], "is not a date"),
    ],
)
def test_what_cannot_be_is_said(run: Run, tmp_path: Path, arguments: list[str], said: str) -> None:
    outcome = run("new", *arguments, "--dir", str(tmp_path))
    assert outcome.code == 2
    assert said in " ".join(outcome.err.split())
    assert list(tmp_path.iterdir()) == []


def test_where_nobody_can_be_asked_the_blank_one_is_taken_and_the_others_are_named(run: Run, tmp_path: Path) -> None:
    outcome = run("new", "mine", "--dir", str(tmp_path), "--as-of", "2026-03-01")
    assert "--template quick|bargaining|deterrence|" in outcome.out
    assert "as_of: 2026-03-01" in (tmp_path / "mine.yaml").read_text("utf-8")


def test_on_a_terminal_the_answers_make_the_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal:
        """Says of a stream that somebody sits there."""

        def __init__(self, stream: object) -> None:
            self.stream = stream

        def __getattr__(self, name: str) -> object:
            return (lambda: True) if name == "isatty" else getattr(self.stream, name)

    class Streams:
        stdin = property(lambda _: Terminal(sys.stdin))
        stdout = property(lambda _: Terminal(sys.stdout))

    monkeypatch.setattr("melian.cli.new.sys", Streams())
    said = ["Will it pass?", "soon", "2026-06-01", ",", "Party A, Party B", "the vote", "passes", "passes, fails"]
    said += ["Turnout, Weather", "high, low", ""]
    done = CliRunner().invoke(
        app, ["new", "Vote", "--dir", str(tmp_path), "--as-of", "2026-03-01"], input="\n".join(said) + "\n"
    )
    assert done.exit_code == 0
    assert "'soon' is not a date" in done.output
    assert "At least 1, please" in done.output
    assert "At least 2, please" in done.output
    text = (tmp_path / "vote.yaml").read_text("utf-8")
    assert "title: Will it pass?\n" in text
    assert "event: {the_vote: passes}" in text
    assert "  by: 2026-06-01\n" in text
    assert "party_b: {name: Party B, precision: TODO ordinary}" in text
    assert "- {high: high}" in text
    assert os.listdir(tmp_path) == ["vote.yaml", "melian.schema.json"] or len(os.listdir(tmp_path)) == 2


COMMANDS = (
    ["run"],
    ["why"],
    ["indicators"],
    ["storylines"],
    ["whatif", "--set", "decision=waits"],
    ["levers", "--actor", "first_actor"],
    ["behaviour"],
    ["incentives"],
    ["drivers"],
    ["evidence"],
    ["timeline"],
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_every_answer_of_a_draft_says_that_it_is_one(run: Run, tmp_path: Path, command: list[str]) -> None:
    run("new", "mine", "--dir", str(tmp_path))
    name, *rest = command
    arguments = [name, str(tmp_path / "mine.yaml"), "--worlds", "512", *rest]
    shown = run(*arguments)
    assert shown.code == 0, shown.err
    assert shown.out.startswith("DRAFT: ")
    assert " values are still placeholders" in " ".join(shown.out.split())
    document = json.loads(run(*arguments, "--json").out)
    assert document["title"].startswith("DRAFT: ")
    assert document["placeholders"] > 30


def test_the_report_and_the_figures_of_a_draft_say_that_they_are_one(run: Run, tmp_path: Path) -> None:
    run("new", "quick", "--dir", str(tmp_path))
    path, page = tmp_path / "quick.yaml", tmp_path / "page.html"
    assert run("report", str(path), "-o", str(page), "--worlds", "256").code == 0
    assert "<h1>DRAFT: " in page.read_text("utf-8")
    drawn = tmp_path / "figure.svg"
    assert run("figure", str(path), "-o", str(drawn), "--worlds", "256").code == 0
    assert "DRAFT: " in drawn.read_text("utf-8")


def test_a_draft_stops_being_one_when_the_last_mark_is_gone(run: Run, tmp_path: Path) -> None:
    run("new", "quick", "--dir", str(tmp_path))
    path = tmp_path / "quick.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("TODO ", ""), "utf-8")
    assert run("check", str(path)).out.startswith("no errors\n")
    assert "DRAFT" not in run("run", str(path), "--worlds", "256").out
    assert json.loads(run("run", str(path), "--worlds", "256", "--json").out)["placeholders"] == 0


def test_a_file_may_be_named_and_gives_the_case_its_name(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "oil.yaml"
    assert run("new", "quick", "--yes", "-o", str(out)).code == 0
    assert "case: oil\n" in out.read_text("utf-8")
