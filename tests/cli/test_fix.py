"""`melian check --fix`: what is safe to mend is mended in the file, and the rest is said."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

SLIPS = """\
melian: 1
case: slips
title: Strait: will it close?
question: {event: {strait: closd}}  # asked here
factors:
  strait: {states: [open, closed], chances: {closed: 0.4..0.2, opne: 0.6..0.8}}
"""
RIGHT = """\
melian: 1
case: slips
title: "Strait: will it close?"
question: {event: {strait: closed}}  # asked here
factors:
  strait: {states: [open, closed], chances: {closed: 0.2..0.4, open: 0.6..0.8}}
"""


@pytest.fixture
def slips(tmp_path: Path) -> Path:
    path = tmp_path / "slips.yaml"
    path.write_text(SLIPS)
    return path


def test_slips_are_mended_and_the_case_is_checked_again(run: Run, slips: Path) -> None:
    outcome = run("check", "--fix", str(slips))
    assert slips.read_text() == RIGHT
    assert (outcome.code, outcome.err) == (0, "")
    assert f"mended {slips}:3:14: yaml-syntax: put the value in quotes\n" in outcome.out
    assert f"mended {slips}:4:28: unknown-name: write `closed`\n" in outcome.out
    assert f"mended {slips}:6:54: reversed-range: write `0.2..0.4`\n" in outcome.out
    assert "\nno errors\n" in outcome.out
    assert run("check", "--fix", str(slips)).out.startswith("no errors\n")


def test_what_remains_is_said_and_ends_with_1(run: Run, slips: Path) -> None:
    slips.write_text(SLIPS.replace("0.4..0.2", "mostly"))
    outcome = run("check", "--fix", str(slips))
    assert outcome.code == 1
    assert outcome.err.startswith("error[bad-judgement]")
    assert outcome.err.endswith(f"1 error in {slips}\n")
    assert slips.read_text() == RIGHT.replace("0.2..0.4", "mostly")


def test_diff_shows_what_would_change_and_writes_nothing(run: Run, slips: Path) -> None:
    outcome = run("check", "--fix", "--diff", str(slips))
    assert outcome.code == 0
    assert "-title: Strait: will it close?\n" in outcome.out
    assert "+question: {event: {strait: closed}}  # asked here\n" in outcome.out
    assert slips.read_text() == SLIPS
    assert run("check", "--diff", str(slips)).out == outcome.out


def test_nothing_to_mend_is_said(run: Run, slips: Path) -> None:
    slips.write_text(RIGHT)
    assert run("check", "--diff", str(slips)).out == "nothing can be mended safely\n"


def test_a_check_offers_the_fixes(run: Run, slips: Path) -> None:
    outcome = run("check", str(slips))
    assert outcome.err.endswith(f"1 error in {slips}\nit can be mended by: melian check --fix {slips}\n")
    assert slips.read_text() == SLIPS


def test_json_has_the_fixes_with_their_places(run: Run, slips: Path) -> None:
    slips.write_text(RIGHT.replace("0.2..0.4", "0.4..0.2").replace("closed}}", "shut}}"))
    range_, name = sorted(
        json.loads(run("check", "--json", str(slips)).out)["diagnostics"], key=lambda one: one["code"]
    )
    assert range_["fix"] == {
        "what": "write `0.2..0.4`",
        "applicability": "safe",
        "edits": [
            {
                "path": str(slips),
                "start": {"line": 6, "column": 54},
                "end": {"line": 6, "column": 62},
                "text": "0.2..0.4",
            }
        ],
    }
    assert name["fix"] is None
    done = json.loads(run("check", "--fix", "--json", str(slips)).out)
    assert [one["code"] for one in done["mended"]] == ["reversed-range"]
    assert [one["code"] for one in done["diagnostics"]] == ["unknown-name"]


def test_the_files_of_a_case_are_mended_where_they_are(run: Run, tmp_path: Path) -> None:
    main, part = tmp_path / "main.yaml", tmp_path / "part.yaml"
    main.write_text(RIGHT.split("factors", maxsplit=1)[0].replace("case: slips", "case: slips\ninclude: part.yaml"))
    part.write_text("factors:" + SLIPS.split("factors:")[1])
    outcome = run("check", "--fix", str(main))
    assert part.read_text() == "factors:" + RIGHT.split("factors:")[1]
    assert outcome.code == 0


def test_line_ends_and_a_byte_order_mark_stay_as_they_are(run: Run, slips: Path) -> None:
    slips.write_bytes(("\ufeff" + SLIPS.replace("\n", "\r\n")).encode())
    assert run("check", "--fix", str(slips)).code == 0
    assert slips.read_bytes() == ("\ufeff" + RIGHT.replace("\n", "\r\n")).encode()


def test_the_gallery_stays_as_it_is(run: Run) -> None:
    outcome = run("check", "--fix", "belarus-2022")
    assert outcome.code == 2
    assert "stays as it is" in outcome.err
