"""0 done, 1 the case has errors, 2 wrong usage, 3 a fault of melian itself, 130 interrupted; and what is said where."""

import shlex
import sys
from pathlib import Path

import pytest

import melian
from tests.cli.conftest import STRAIT, Run

FEW = ("--worlds", "256")


@pytest.mark.parametrize("command", ["run", "behaviour"])
def test_an_answer_is_0_and_leaves_standard_error_empty(run: Run, command: str) -> None:
    outcome = run(command, STRAIT, *FEW)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out


@pytest.mark.parametrize("command", ["run", "behaviour", "check"])
def test_a_case_with_errors_is_1_and_says_where_on_standard_error(run: Run, bad: str, command: str) -> None:
    outcome = run(command, bad)
    assert (outcome.code, outcome.out) == (1, "")
    assert f"--> {bad}:5:" in outcome.err
    assert "^^^^^ `likly` is not understood here" in outcome.err
    assert "did you mean `likely`?" in outcome.err
    assert "2 errors in" in outcome.err


@pytest.mark.parametrize("command", ["run", "behaviour"])
def test_errors_leave_standard_output_empty_also_where_json_is_wanted(run: Run, bad: str, command: str) -> None:
    outcome = run(command, bad, "--json")
    assert (outcome.code, outcome.out) == (1, "")
    assert "error[bad-judgement]" in outcome.err


@pytest.mark.parametrize("command", ["run", "behaviour", "check"])
def test_a_missing_file_is_1_and_names_the_gallery(run: Run, command: str) -> None:
    outcome = run(command, "belarus-202")
    assert outcome.code == 1
    assert "did you mean the gallery case `belarus-2022`?" in outcome.err
    assert "a case of the gallery: belarus-2022" in run(command, "no-such-thing.yaml").err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Usage: "),
        (("rum",), "run"),
        (("run",), "CASE"),
        (("run", STRAIT, "--worlds", "0"), "--worlds"),
        (("run", STRAIT, "--worlds", "many"), "--worlds"),
        (("run", STRAIT, "--worlds", "100000001"), "--worlds"),
        (("run", STRAIT, "--seed", "-1"), "--seed"),
        (("run", STRAIT, "--threads", "0"), "--threads"),
        (("run", STRAIT, "--as-of", "24/03/2022"), "write it as 2022-03-24"),
        (("run", STRAIT, "--as-of", "20220324"), "write it as 2022-03-24"),
        (("run", STRAIT, "--set", "convoy"), "NODE=STATE"),
        (("run", STRAIT, "--observe", "=waits"), "NODE=STATE"),
        (("run", STRAIT, "--set", "convoy=sails", "--set", "convoy=waits"), "cannot be both sails and waits"),
        (("run", STRAIT, "--no-such-option"), "--no-such-option"),
        (("run", STRAIT, "--set", "convoi=waits"), "`convoi` is no factor or choice of this case"),
        (("run", STRAIT, "--set", "convoy=wait"), "`wait` is no state of `convoy`"),
        (("run", STRAIT, "--set", "convoy=waits", "--observe", "convoy=waits"), "both observed and brought about"),
        (("explain", "dead-rul"), "did you mean"),
        (("levels", STRAIT), "levels"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_2_and_says_what_is_wrong(run: Run, arguments: tuple[str, ...], said: str) -> None:
    outcome = run(*arguments)
    assert outcome.code == 2
    assert said in " ".join((outcome.err + outcome.out).split())
    assert "Traceback" not in outcome.err


def fail(problem: BaseException) -> object:
    def raising(*_: object, **__: object) -> None:
        raise problem

    return raising


def test_a_fault_of_melian_is_3_and_asks_for_a_report(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("melian.api.read", fail(ZeroDivisionError("division by zero")))
    monkeypatch.setattr(sys, "argv", ["melian", "run", "my case.yaml"])
    outcome = run("run", "my case.yaml")
    assert (outcome.code, outcome.out) == (3, "")
    assert "fault of melian itself: ZeroDivisionError: division by zero" in outcome.err
    assert "please report it" in outcome.err
    assert f"melian {melian.__version__}" in outcome.err
    assert "melian run 'my case.yaml'" in outcome.err
    assert "Traceback" not in outcome.err


def test_where_a_fault_happened_is_shown_on_request(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("melian.api.read", fail(ZeroDivisionError()))
    assert "Traceback" in run("run", "x.yaml", "--debug").err
    monkeypatch.setenv("MELIAN_DEBUG", "1")
    assert "Traceback" in run("run", "x.yaml").err
    monkeypatch.setenv("MELIAN_DEBUG", "0")
    assert "Traceback" not in run("run", "x.yaml").err


def test_an_interrupt_is_130_and_quiet(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("melian.api.read", fail(KeyboardInterrupt()))
    outcome = run("run", STRAIT)
    assert (outcome.code, outcome.out, outcome.err) == (130, "", "")


def test_what_makes_a_case_unsolvable_once_something_is_set_is_1(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    trouble = melian.PlanError(
        "solving one world would take too much", ["leave out a parent"], code="too-costly", nodes=["strait"]
    )
    monkeypatch.setattr("melian.api.Case.solve", fail(trouble))
    outcome = run("run", STRAIT)
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err == "error: solving one world would take too much\n  = help: leave out a parent\n"


def test_the_case_may_be_any_file(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / ("a folder of a long name " * 5)
    folder.mkdir()
    odd = folder / "[bold] é 封.yaml"
    odd.write_text(Path(STRAIT).read_text("utf-8"), encoding="utf-8")
    outcome = run("run", str(odd), *FEW)
    assert outcome.code == 0
    assert f"melian check {shlex.quote(str(odd))}\n" in outcome.out  # on one line, ready to be copied
