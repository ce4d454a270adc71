"""`melian report`."""

import json
import sys
from pathlib import Path

import pytest

import melian
from melian.cli.report import STAGES
from melian.view.sheets.report import report_of
from tests.browsers import browser_or_skip
from tests.cli.conftest import STRAIT, Run


@pytest.mark.parametrize(
    ("name", "opening"), [("r.html", "<!DOCTYPE html>"), ("R.HTM", "<!DOCTYPE html>"), ("r.md", "# ")]
)
def test_a_report_is_written_in_the_form_its_name_asks_for(run: Run, tmp_path: Path, name: str, opening: str) -> None:
    out = tmp_path / name
    done = run("report", STRAIT, "-o", str(out), "--worlds", "512")
    assert (done.code, done.err) == (0, "")
    assert out.read_text("utf-8").startswith(opening)
    assert done.out == f"{out}: {out.stat().st_size // 1024} kB\n"


def test_json_says_what_was_written(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "r.html"
    done = run("report", STRAIT, "-o", str(out), "--worlds", "512", "--json")
    assert json.loads(done.out) == {"case": "strait", "file": str(out), "bytes": out.stat().st_size}


def test_a_file_that_is_there_is_kept(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "r.html"
    out.write_text("mine", "utf-8")
    assert run("report", STRAIT, "-o", str(out), "--worlds", "256").code == 2
    assert out.read_text("utf-8") == "mine"
    assert run("report", STRAIT, "-o", str(out), "--worlds", "256", "--force").code == 0
    assert out.read_text("utf-8") != "mine"


def test_another_ending_is_refused_before_anything_is_solved(run: Run, tmp_path: Path) -> None:
    done = run("report", "no-such-case", "-o", str(tmp_path / "r.docx"))
    assert done.code == 2
    assert ".html, .pdf or .md" in done.err


def test_the_same_run_gives_the_same_report(run: Run, tmp_path: Path) -> None:
    pages = []
    for name in ("one.md", "other.md"):
        run("report", STRAIT, "-o", str(tmp_path / name), "--worlds", "256")
        lines = (tmp_path / name).read_text("utf-8").splitlines()
        pages.append([line for line in lines if not line.startswith("| time |")])
    assert pages[0] == pages[1]


def test_a_report_is_printed_where_its_name_asks_for_it(run: Run, tmp_path: Path) -> None:
    browser_or_skip()
    out = tmp_path / "r.pdf"
    done = run("report", STRAIT, "-o", str(out), "--worlds", "512", "--json")
    assert (done.code, done.err) == (0, "")
    assert out.read_bytes().startswith(b"%PDF-")
    assert json.loads(done.out)["bytes"] == out.stat().st_size
    assert list(tmp_path.iterdir()) == [out]


def test_without_a_browser_it_is_said_before_anything_is_read(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MELIAN_BROWSER", "no-such-browser")
    done = run("report", "no-such-case", "-o", str(tmp_path / "r.pdf"))
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("error: MELIAN_BROWSER names `no-such-browser`, and there is no such program\n")
    assert "apt install chromium" in done.err


def test_a_browser_that_fails_leaves_no_file(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MELIAN_BROWSER", sys.executable)
    done = run("report", STRAIT, "-o", str(tmp_path / "r.pdf"), "--worlds", "256")
    assert done.code == 2
    assert "printed nothing" in done.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--actor", "nobody"), "`nobody` is no actor of this case"),
        (("--actor", "Navy_"), "did you mean `navy`?"),
        (("--actor", "navy", "--set", "strait=open"), "every choice of `navy` is supposed already"),
        (("--actor", "navy", "--set", "convoy=waits", "--unannounced"), "what is supposed is done unseen"),
    ],
    ids=["none", "nearly one", "nothing left", "unseen"],
)
def test_an_actor_that_cannot_be_asked_about_is_refused_before_anything_is_solved(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], said: str
) -> None:
    monkeypatch.setattr("melian.cli.report.solve_telling", None)
    done = run("report", STRAIT, "-o", str(tmp_path / "r.md"), *options)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_every_stage_of_a_report_has_its_place_on_the_bar() -> None:
    told: list[tuple[str, float]] = []
    solution = melian.read(STRAIT).solve(worlds=4_096, told=lambda doing, share: told.append((doing, share)))
    report_of(solution, actors=("navy",), told=lambda doing, share: told.append((doing, share)))
    assert {doing for doing, _ in told} <= set(STAGES)
    order = list(dict.fromkeys(doing for doing, _ in told))
    assert order == [stage for stage in STAGES if stage in order]


def test_the_case_goes_in_where_it_is_asked_for(run: Run, tmp_path: Path) -> None:
    done = run("report", STRAIT, "-o", str(tmp_path / "x.md"), "--worlds", "512", "--with-case")
    assert done.code == 0
    assert "## Appendix: the case as it was written" in (tmp_path / "x.md").read_text("utf-8")


def test_a_report_names_no_folder_of_the_user(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "x.html"
    assert run("report", STRAIT, "-o", str(out), "--worlds", "512").code == 0
    page = out.read_text("utf-8")
    assert "melian check strait.yaml" in page
    assert str(Path(STRAIT).parent) not in page
