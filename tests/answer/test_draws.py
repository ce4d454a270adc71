"""The worlds as a table: what each weighs, and what each judgement came to in it."""

import numpy as np
import pytest

import melian
from melian.errors import AskError
from tests.cli.conftest import STRAIT


@pytest.fixture(scope="module")
def solution() -> melian.Solution:
    return melian.read(STRAIT).solve(worlds=2_048)


def test_each_row_is_a_world_and_their_weighted_mean_is_the_answer(solution: melian.Solution) -> None:
    table = solution.draws().to_frame()
    assert len(table) == 2_048
    assert table["weight"].sum() == pytest.approx(1)
    assert (table["event"] * table["weight"]).sum() == pytest.approx(solution.likelihood().mean)
    assert table.columns[:2].tolist() == ["weight", "event"]
    assert table.columns.is_unique


def test_a_judgement_is_drawn_within_what_was_said() -> None:
    case = melian.read(STRAIT).with_({"factors": {"storm": {"chances": {"fierce": (0.2, 0.3)}}}})
    draws = case.solve(worlds=1_024).draws()
    (place,) = [at for at, one in enumerate(draws.numbers) if one.judged.group.name == "storm"]
    assert draws.values[place].min() >= 0.2
    assert draws.values[place].max() <= 0.3
    drawn = draws.numbers[place]
    assert drawn.before == pytest.approx(0.25, abs=1e-3)
    assert draws.values[place] @ draws.weight == pytest.approx(drawn.mean)
    assert 0.2 <= drawn.q05 < drawn.q95 <= 0.3


def test_drivers_name_the_columns(solution: melian.Solution) -> None:
    columns = solution.draws().to_frame().columns
    for name in solution.drivers().to_frame()["judgement"]:
        assert any(column == name or column.startswith(f"{name} ") for column in columns)


def test_more_numbers_than_a_table_should_hold_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("melian.answer.draws.MOST_NUMBERS", 1_000)
    with pytest.raises(AskError, match="solve at most"):
        melian.read(STRAIT).solve(worlds=1_024).draws()


def test_printed_they_say_what_each_judgement_comes_to(solution: melian.Solution) -> None:
    draws = solution.draws()
    assert "mean before" in str(draws)
    assert len(draws.to_dict()["numbers"]) == len(draws.numbers)
    assert np.isfinite(draws.values).all()
