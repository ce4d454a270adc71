"""`melian report`."""

import json
from pathlib import Path

import pytest

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
    assert ".html or .md" in done.err


def test_the_same_run_gives_the_same_report(run: Run, tmp_path: Path) -> None:
    pages = []
    for name in ("one.md", "other.md"):
        run("report", STRAIT, "-o", str(tmp_path / name), "--worlds", "256")
        lines = (tmp_path / name).read_text("utf-8").splitlines()
        pages.append([line for line in lines if not line.startswith("| time |")])
    assert pages[0] == pages[1]
