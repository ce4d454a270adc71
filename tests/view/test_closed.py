"""Closed options in reports: said to be closed, never 0 %."""

from pathlib import Path

import pytest

import melian
from melian.errors import AskError
from melian.view.documents.behaviour import behaviour_document
from melian.view.sheet import Paragraph, Table
from melian.view.sheets.behaviour import behaviour_sheet
from melian.view.sheets.run import run_sheet

CONVOY = Path(__file__).parents[2] / "docs" / "how-to" / "convoy.yaml"
WORLDS = 512


def test_the_table_says_closed_and_leaves_out_what_cannot_come_about() -> None:
    sheet = behaviour_sheet(melian.read(CONVOY).solve(worlds=WORLDS))
    rows = {
        row[0].text: [cell.text for cell in row[1:]] for b in sheet.blocks if isinstance(b, Table) for row in b.rows
    }
    assert rows["ice: frozen"][2] == "closed"
    assert rows["ice: frozen, blockade: stays_away"] == ["only option", "closed", "closed"]
    assert "ice: frozen, blockade: mines" not in rows
    assert "ice: open_water, blockade: mines" in rows


def test_the_document_lists_closed_options_apart() -> None:
    document = behaviour_document(melian.read(CONVOY).solve(worlds=WORLDS))
    places = {tuple(place["sees"].values()): place for place in document["choices"]["convoy"]["rule"]}
    alone = places["frozen", "stays_away"]
    assert (list(alone["options"]), alone["closed"]) == (["waits"], ["sails", "overland"])
    assert alone["options"]["waits"]["mean"] == 1
    assert not places["frozen", "mines"]["possible"]
    assert places["open_water", "mines"]["possible"]


def test_what_is_brought_about_where_it_is_closed_is_said_and_can_come_about() -> None:
    solution = melian.read(CONVOY).solve(worlds=WORLDS, do={"blockade": "mines"}, observe={"ice": "frozen"})
    said = " ".join(block.text for block in run_sheet(solution).blocks if isinstance(block, Paragraph))
    assert "It happens even where that option is closed." in said
    assert all(place.is_possible for place in solution.behaviour().choices[-1].rule)


def test_to_observe_a_closed_option_is_refused_by_its_name() -> None:
    with pytest.raises(AskError) as refused:
        melian.read(CONVOY).solve(worlds=WORLDS, observe={"convoy": "sails", "ice": "frozen"})
    assert any("`sails` of `convoy` is open only in some situations" in note for note in refused.value.notes)


def never_sails(folder: Path) -> Path:
    """The convoy where it may sail in no situation."""
    text = CONVOY.read_text("utf-8").replace(
        "{when: {ice: open_water}}", "{when: {all: [{ice: frozen}, {ice: open_water}]}}"
    )
    path = folder / "case.yaml"
    path.write_text(text.replace("event: {convoy: sails}", "event: {convoy: overland}"), "utf-8")
    return path


def test_what_is_never_open_cannot_have_been_seen(tmp_path: Path) -> None:
    with pytest.raises(AskError, match="never open"):
        melian.read(never_sails(tmp_path)).solve(worlds=WORLDS, observe={"convoy": "sails"})


def test_what_is_never_open_can_be_brought_about_all_the_same(tmp_path: Path) -> None:
    solution = melian.read(never_sails(tmp_path)).solve(worlds=WORLDS, do={"convoy": "sails"})
    assert solution.nodes()["convoy"]["sails"] == pytest.approx(1)
    said = " ".join(str(solution).split())
    assert 'What Tarn does: "sends a convoy"' in said
    assert "It happens even where that option is closed." in said
    assert "sends a convoy" in solution.diagram().svg()


def test_a_case_with_closed_options_is_written_as_it_is_read() -> None:
    case = melian.read(CONVOY)
    assert melian.read_text(case.to_yaml()).judged == case.judged
