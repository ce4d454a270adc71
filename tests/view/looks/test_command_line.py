"""What Python gives is what the command line gives."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from typer.testing import CliRunner

import melian
from melian.answer.shown import Shown
from melian.answer.solution import Solution
from melian.cli.app import app
from tests.view.answers import first, solved, state
from tests.view.conftest import STRAIT

COMMANDS: dict[str, tuple[tuple[str, ...], Callable[[Solution], Shown]]] = {
    "run": ((), lambda solution: solution),
    "why": ((), lambda solution: solution.why()),
    "why of a choice": (("strait=mines",), lambda solution: solution.why("strait", "mines")),
    "indicators": ((), lambda solution: solution.indicators()),
    "storylines": (("--most", "2"), lambda solution: solution.storylines(most=2)),
    "whatif": (("--set", "storm=fierce"), lambda solution: solution.whatif({first(solution): state(solution)})),
    "whatif unseen": (
        ("--set", "storm=fierce", "--unannounced"),
        lambda solution: solution.whatif({first(solution): state(solution)}, announced=False),
    ),
    "levers": (("--actor", "navy"), lambda solution: solution.levers("navy")),
    "behaviour": ((), lambda solution: solution.behaviour()),
    "incentives": ((), lambda solution: solution.incentives()),
    "drivers": ((), lambda solution: solution.drivers()),
    "evidence": ((), lambda solution: solution.evidence()),
    "timeline": ((), lambda solution: solution.timeline()),
}


def ran(*arguments: str) -> str:
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def untimed(value: Any) -> Any:
    """The same, but for how long it took."""
    if isinstance(value, dict):
        return {key: untimed(item) for key, item in value.items() if key != "seconds"}
    return [untimed(item) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("name", COMMANDS)
def test_an_answer_is_what_its_command_says(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    options, ask = COMMANDS[name]
    command = (name.split(maxsplit=1)[0], str(STRAIT), *options, "--worlds", "512")
    answer = ask(solved("strait"))
    assert untimed(json.loads(ran(*command, "--json"))) == untimed(answer.to_dict())
    told, said = ran(*command).splitlines(), str(answer).splitlines()
    if name == "run":
        assert told.pop().startswith("1 warning: ")
        assert said.pop().startswith("1 warning: ")
    assert re.sub(r"; seed 0; .*", "", told[-1]) == re.sub(r"; seed 0; .*", "", said[-1])
    assert told[:-1] == said[:-1]


def test_a_difference_is_what_its_command_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.chdir(tmp_path)
    text = STRAIT.read_text("utf-8")
    (tmp_path / "one.yaml").write_text(text, "utf-8")
    (tmp_path / "two.yaml").write_text(
        text.replace("likelihood: {open: 0.3, others: 0.8}", "likelihood: {open: 0.2, others: 0.8}"), "utf-8"
    )
    found = melian.diff(melian.read("one.yaml"), melian.read("two.yaml"), worlds=512)
    command = ("diff", "one.yaml", "two.yaml", "--worlds", "512")
    assert json.loads(ran(*command, "--json")) == found.to_dict()
    assert ran(*command).splitlines() == str(found).splitlines()


def test_a_case_has_the_diagnostics_of_a_check() -> None:
    found = melian.read(str(STRAIT)).to_dict()
    assert found["diagnostics"] == json.loads(ran("check", str(STRAIT), "--json"))["diagnostics"]
    assert found["holds"]["actors"] == 1


def test_the_command_line_loads_nothing_that_only_a_notebook_needs() -> None:
    script = (
        "import sys; from melian.cli.app import app\n"
        f"try: app(['run', {str(STRAIT)!r}, '--worlds', '64'])\nexcept SystemExit: pass\n"
        "print([name for name in sys.modules if name.startswith(('pandas', 'IPython', 'melian.view.looks'))])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
