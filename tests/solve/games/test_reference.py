"""Logit play against answers kept elsewhere: a folder of them is named by the environment variable MELIAN_REFERENCE.

Each JSON file in it that has `games` is read: for each game a `file` beside it, `infosets`, and under `qre` by
precision the chances (`polished`) by information set, whether they are `valid`, and in `class` how robust they are.
"""

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from melian.answer.game import game_behaviour
from melian.exchange.read import read_game
from melian.solve.games.equilibrium import SolvedGame, solve_game
from tests.solve.games.game_texts import off_by

AGREED = 1e-6
CERTIFIED = 1e-7

FOLDER = os.environ.get("MELIAN_REFERENCE")


def entries() -> list[Any]:
    """Every game of every file."""
    found = []
    for path in sorted(Path(FOLDER).glob("*.json")) if FOLDER else []:
        kept = json.loads(path.read_text(encoding="utf-8"))
        games = kept.get("games") if isinstance(kept, dict) else None
        for game in games.values() if isinstance(games, dict) else []:
            if "qre" in game:
                found.append(pytest.param(path.parent, game, id=Path(game["file"]).stem))
    nothing = pytest.mark.skip(reason="MELIAN_REFERENCE names no folder of answers")
    return found or [pytest.param(None, None, marks=nothing)]


def distance(solved: SolvedGame, expected: dict[str, list[float]]) -> float:
    return max(float(np.abs(np.subtract(place.chances, expected[place.id])).max()) for place in solved.sets)


@pytest.mark.parametrize(("folder", "kept"), entries())
def test_kept_answers(folder: Path, kept: Any, record_property: Any) -> None:
    game, found = read_game(folder / kept["file"])
    assert found == ()
    labels = {place["id"]: place["actions"] for place in kept["infosets"]}
    told = Counter[str]()
    for text, entry in kept["qre"].items():
        precision = float(text)
        solved = solve_game(game, precision)
        shares = {place.id: place.chances for place in solved.sets}
        assert solved.status == "solved"
        assert {place.id: list(place.actions) for place in solved.sets} == labels
        assert off_by(game, shares, [precision] * len(game.players)) < CERTIFIED
        if not entry["valid"]:
            told["not valid"] += 1
            continue
        apart = distance(solved, entry["polished"])
        if entry["class"].startswith("robust"):
            assert apart < AGREED
        assert apart < AGREED or solved.crossings
        told[f"{entry['class'].split()[0]}: {'same' if apart < AGREED else 'another branch'}"] += 1
    choices = game_behaviour(game, 1.0)["choices"]
    assert {name: choice["options"] for name, choice in choices.items()} == labels
    record_property("answers", dict(told))
