"""`melian check`: everything there is to say about a case."""

import json
from pathlib import Path

from tests.cli.conftest import STRAIT, Run

ISLAND = str(Path(__file__).parents[2] / "docs" / "how-to" / "at-once.yaml")


def test_a_sound_case_gets_its_warnings_a_verdict_and_an_inventory(run: Run) -> None:
    outcome = run("check", STRAIT)
    assert (outcome.code, outcome.err) == (0, "")
    assert "warning[unused-source]" in outcome.out
    assert "info[late-evidence]" in outcome.out
    assert "no errors, 1 warning, 1 remark\n" in outcome.out
    assert "1 actor, 1 choice, 2 factors and 2 stakes." in outcome.out
    assert "2 reports from 2 origins; 1 left out, because dated after 24 March 2022." in outcome.out
    assert "The largest table has 12 cells; one world takes about" in outcome.out


def test_a_case_without_a_flaw_says_so(run: Run) -> None:
    assert run("check", "belarus-2022").out.startswith("no errors\n")


def test_concise_is_one_line_each(run: Run, bad: str) -> None:
    sound, wrong = run("check", STRAIT, "--concise"), run("check", bad, "--concise")
    lines = sound.out.splitlines()
    assert lines[0] == f"{STRAIT}:13:3: warning[unused-source]: no report cites the source `gossip`: not cited"
    assert len(lines) == 2
    assert (wrong.code, len(wrong.err.splitlines())) == (1, 2)


def test_json_is_on_standard_output_whether_sound_or_not(run: Run, bad: str) -> None:
    sound, wrong = run("check", STRAIT, "--json"), run("check", bad, "--json")
    assert (sound.code, wrong.code, sound.err, wrong.err) == (0, 1, "", "")
    assert [one["code"] for one in json.loads(sound.out)["diagnostics"]] == ["unused-source", "late-evidence"]
    found = json.loads(wrong.out)["diagnostics"]
    assert [one["code"] for one in found] == ["bad-judgement", "reversed-range"]
    assert found[0]["start"] == {"line": 5, "column": 53}


def test_the_day_decides_what_is_too_late(run: Run) -> None:
    assert "late-evidence" not in run("check", STRAIT, "--as-of", "2022-06-01").out


def test_a_file_that_cannot_be_read_is_a_diagnostic_too(run: Run) -> None:
    (missing,) = json.loads(run("check", "nowhere.yaml", "--json").out)["diagnostics"]
    assert missing["code"] == "file-missing"


def test_cost_says_what_solving_takes_and_in_which_order(run: Run) -> None:
    outcome = run("check", "belarus-2022", "--cost")
    said = " ".join(outcome.out.split())
    assert (outcome.code, outcome.err) == (0, "")
    assert "the choice `entry`, over entry, manpower, offensive, policy, hedge, demand and pretext 864" in said
    assert "pretext entry demand pretext and entry" in said
    assert "20,000 worlds take" in said


def test_cost_as_a_document(run: Run) -> None:
    assert "cost" not in json.loads(run("check", "belarus-2022", "--json").out)
    cost = json.loads(run("check", "belarus-2022", "--cost", "--json").out)["cost"]
    assert cost["order"][0] == {"choices": ["entry"], "after": [], "unknown": 0}
    assert [step["choices"] for step in cost["order"]] == [["entry"], ["pretext"], ["demand"], ["hedge"], ["policy"]]
    assert cost["tables"][0]["cells"] == 4 * 3 * 2 * 3 * 2 * 3 * 2
    assert cost["bytes"] == 8 * cost["cells"]
    assert 0 < cost["time"]["least"] < cost["time"]["most"]
    assert cost["time"]["worlds"] == 20_000


def test_choices_that_answer_each_other_are_said_to_go_together(run: Run) -> None:
    assert "Solved together, because they answer each other: north and south." in run("check", ISLAND).out
    cost = json.loads(run("check", ISLAND, "--cost", "--json").out)["cost"]
    assert cost["order"] == [{"choices": ["north", "south"], "after": [], "unknown": 4}]
    assert 0 < cost["settling"] < cost["operations"]


def test_a_case_with_errors_has_no_cost(run: Run, bad: str) -> None:
    outcome = run("check", bad, "--cost", "--json")
    assert outcome.code == 1
    assert "cost" not in json.loads(outcome.out)


def test_reports_that_disagree_are_named_where_that_is_asked(run: Run, tmp_path: Path) -> None:
    text = (
        "melian: 1\ncase: c\nquestion: {event: {w: a}}\nfactors: {w: {states: [a, b], chances: {a: 0.5}}}\nevidence:\n"
        "  - {id: one, claim: It is so., date: 2022-01-01, bears_on: w, likelihood: {a: 0.9, b: 0.05}}\n"
        "  - {id: two, claim: It is not so., date: 2022-01-01, bears_on: w, likelihood: {a: 0.05, b: 0.9}}\n"
    )
    path = tmp_path / "c.yaml"
    path.write_text(text, "utf-8")
    assert "It is so. / It is not so. (together a fifth as often" in run("check", str(path), "--conflicts").out
    found = json.loads(run("check", str(path), "--conflicts", "--json").out)
    assert found["conflicts"]["pairs"][0]["origins"] == ["one", "two"]
    assert "conflicts" not in json.loads(run("check", str(path), "--json").out)
