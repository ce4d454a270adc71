"""`melian incentives`: the screen and the document."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

STANDOFF = str(Path(__file__).parents[2] / "docs" / "how-to" / "standoff.yaml")
FEW = ("--worlds", "1024")


def test_the_document_has_every_choice_and_its_parts_add_up(run: Run) -> None:
    document = json.loads(run("incentives", STANDOFF, *FEW, "--json").out)
    assert [one["choice"] for one in document["incentives"]] == ["policy", "sound"]
    for incentive in document["incentives"]:
        assert sum(option["chosen"] for option in incentive["options"]) == pytest.approx(1)
        worth = {option["option"]: option["worth"] for option in incentive["options"]}
        for option in incentive["options"]:
            assert sum(option["by_stake"].values()) == pytest.approx(option["worth"])
        for preference in incentive["preferences"]:
            lead = worth[preference["favourite"]] - worth[preference["other"]]
            assert preference["lead"]["value"] == pytest.approx(lead)
            assert sum(stake["points"] for stake in preference["stakes"]) == pytest.approx(lead)


def test_the_screen_has_the_choices_of_the_actor_who_is_asked_about(run: Run) -> None:
    screen = run("incentives", STANDOFF, *FEW, "--actor", "borea").out.replace("\n", " ")
    assert "What Borea does" in screen
    assert "What Tarn does first" in screen  # as what Borea sees
    assert "Borea has" in screen
    assert "Tarn has" not in screen
    assert run("incentives", STANDOFF, *FEW, "--actor", "boera").code == 2
