"""With `--json` there is one JSON document on standard output, and nothing else, whatever else is said."""

import json
from pathlib import Path

import pytest

from melian.cli.app import GROUPS
from tests.cli.conftest import STRAIT, Run

FEW = ("--worlds", "512")
DRAFT = "draft.yaml"  # has warnings
ARGUMENTS: dict[str, tuple[tuple[str, ...], ...]] = {
    "run": ((DRAFT, *FEW), (DRAFT, STRAIT, *FEW)),
    "why": ((DRAFT, *FEW),),
    "indicators": ((DRAFT, *FEW),),
    "storylines": ((DRAFT, *FEW),),
    "whatif": ((DRAFT, *FEW, "--set", "decision=waits"),),
    "diff": ((DRAFT, DRAFT, "--worlds", "256"),),
    "levers": ((DRAFT, *FEW), (DRAFT, *FEW, "--actor", "first_actor")),
    "behaviour": ((DRAFT, *FEW),),
    "incentives": ((DRAFT, *FEW),),
    "drivers": ((DRAFT, *FEW),),
    "evidence": ((DRAFT, *FEW),),
    "timeline": ((DRAFT, *FEW),),
    "report": ((DRAFT, *FEW, "-o", "page.md"),),
    "figure": ((DRAFT, *FEW, "-o", "figure.svg"),),
    "new": (("quick", "-o", "other.yaml"),),
    "check": ((DRAFT, "--cost", "--conflicts"), (DRAFT, "--diff"), (DRAFT, "--fix"), (STRAIT,)),
    "fmt": ((DRAFT, "--check"), (DRAFT, "--diff"), (DRAFT, "--stdout"), (DRAFT,)),
    "convert": ((DRAFT, "out.efg", "--world", "3"),),
    "explain": ((), ("bits",), ("unknown-name",)),
    "schema": ((),),
}
CALLS = [(name, *arguments) for name, many in ARGUMENTS.items() for arguments in many]


@pytest.fixture
def folder(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    run("new", "blank", "-o", DRAFT)
    return tmp_path


@pytest.mark.parametrize("call", CALLS, ids=" ".join)
@pytest.mark.usefixtures("folder")
def test_standard_output_is_one_document(run: Run, call: tuple[str, ...]) -> None:
    done = run(*call, "--json")
    assert done.code == 0, done.err
    json.loads(done.out)


def test_every_command_is_tried() -> None:
    assert set(ARGUMENTS) == {command.__name__ for group in GROUPS.values() for command in group}


def test_one_case_that_fails_does_not_lose_the_others(run: Run, folder: Path) -> None:
    (folder / "bad.yaml").write_text("melian: 1\n", "utf-8")
    shown = run("run", STRAIT, "bad.yaml", "gone.yaml", DRAFT, *FEW)
    assert shown.code == 1
    assert "bad.yaml" in shown.err
    assert shown.out.count("no answer: ") == 2
    assert shown.out.count(" %  ") >= 2
    listed = json.loads(run("run", STRAIT, "bad.yaml", DRAFT, *FEW, "--json").out)
    assert [one["file"] for one in listed] == [STRAIT, "bad.yaml", DRAFT]
    assert listed[1]["diagnostics"]
    alone = json.loads(run("run", STRAIT, *FEW, "--json").out)
    assert listed[0]["likelihood"] == alone["likelihood"]
