"""Tables for pandas: every row is there, and what has to sum up sums up."""

import sys
from datetime import date
from typing import Any

import pandas as pd
import pytest

from melian.answer.solution import Solution
from melian.answer.why import Why
from tests.view.answers import asked, kinds, solved

SAME = 1e-9  # sums of a few doubles


def frame(name: str) -> Any:
    return asked("strait")[name].to_frame()


@pytest.mark.parametrize("name", ["case", "solution", "diff", *kinds()])
def test_every_answer_has_a_table_with_named_columns(name: str) -> None:
    table = frame(name)
    assert isinstance(table, pd.DataFrame)
    assert len(set(table.columns)) == len(table.columns) > 0
    if name != "draws":  # whose columns are called as the case calls its judgements
        assert all(column.replace("_", "a").isalnum() for column in table.columns)


def test_chances_of_one_node_sum_to_one() -> None:
    table = frame("solution")
    assert table.groupby("node").chance.sum().to_dict() == pytest.approx(dict.fromkeys(solved("strait").nodes(), 1.0))
    assert table.set_index(["node", "state"]).chance["convoy", "waits"] == solved("strait").nodes()["convoy"]["waits"]


def test_a_case_has_every_state() -> None:
    assert list(frame("case").state) == ["mild", "fierce", "sails", "waits", "open", "blockade", "mines"]
    assert list(frame("case").actor.dropna().unique()) == ["navy"]


def test_the_answer_is_one_row() -> None:
    (row,) = frame("likelihood").to_dict("records")
    assert row["mean"] == solved("strait").likelihood().mean
    assert row["by"] == date(2022, 6, 30)


def test_shares_of_worlds_sum_to_one() -> None:
    table = frame("spread")
    assert (table.before.sum(), table.after.sum()) == pytest.approx((1.0, 1.0), abs=SAME)
    assert list(table["from"][1:]) == list(table["to"][:-1])


def test_each_origin_of_reports_has_a_row_and_each_hypothesis_one_for_each() -> None:
    solution: Solution = solved("strait")
    evidence, matrix = frame("evidence"), frame("matrix")
    assert list(evidence.origin) == [moved.origin for moved in solution.evidence().moved]
    assert list(evidence.bits) == [moved.bits for moved in solution.evidence().moved]
    assert len(matrix) == len(solution.matrix().hypotheses) * len(evidence)
    assert list(frame("timeline").report)[1:] == ["pilots", "buoys"]


def test_an_empty_table_keeps_its_columns() -> None:
    assert list(frame("conflicts").columns) == ["one", "other", "bits", "error"]
    assert len(frame("conflicts")) == 0


def test_options_in_one_situation_sum_to_one() -> None:
    sums = frame("behaviour").groupby(["choice", "sees"])["mean"].sum()
    assert list(sums) == pytest.approx([1.0] * 4, abs=SAME)


def test_what_is_supposed_leaves_chances_that_sum_to_one() -> None:
    table = frame("whatif")
    event, nodes = table[table.node.isna()], table[table.node.notna()]
    assert len(event) == 1
    assert list(nodes.groupby("node").after.sum()) == pytest.approx([1.0] * nodes.node.nunique(), abs=SAME)
    assert list(table.after - table.before) == pytest.approx(list(table.difference), abs=SAME)


def test_points_of_stakes_sum_to_what_an_option_is_worth() -> None:
    sums = frame("incentives").groupby(["choice", "option"]).points.sum()
    for incentive in solved("strait").incentives().incentives:
        for prospect in incentive.prospects:
            assert sums[incentive.choice, prospect.option] == pytest.approx(prospect.total, abs=SAME)


def test_shares_of_a_difference_sum_to_it() -> None:
    assert frame("diff").moved.sum() == pytest.approx(asked("strait")["diff"].difference, abs=SAME)  # type: ignore[attr-defined]


def test_situations_carry_the_chance_that_is_asked_about() -> None:
    why = asked("strait")["why"]
    assert isinstance(why, Why)
    assert len(frame("why")) == sum(len(reason.situations) for reason in why.reasons)


def test_storylines_have_a_column_for_each_node() -> None:
    found = solved("strait").storylines()
    table = frame("storylines")
    assert set(found.nodes) < set(table.columns)
    assert table.chance.sum() == pytest.approx(found.chance, abs=SAME)


def test_levers_name_what_is_taken() -> None:
    assert list(frame("levers").taken) == ["strait=open", "strait=blockade", "strait=mines"]


def test_without_pandas_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ImportError, match=r"pip install 'melian\[tables\]'"):
        frame("likelihood")
