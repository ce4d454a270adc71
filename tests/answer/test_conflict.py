"""Pairs of reports are compared within bounds, and what is left out is said."""

import pytest

import melian
from melian.answer import conflict
from melian.view.sheets.evidence import conflicts_sheet

HEAD = (
    "melian: 1\ncase: pairs\nquestion: {event: {f: hi}}\n"
    "factors:\n  f: {states: [lo, hi], chances: {hi: 0.5}}\nevidence:\n"
)


def told(n_reports: int) -> str:
    row = "  - {{id: r{0}, date: 2020-01-01, claim: c{0}, bears_on: f, likelihood: {{hi: 0.9, lo: 0.1}}}}\n"
    return HEAD + "".join(row.format(n) for n in range(n_reports))


def test_origins_beyond_the_bound_are_counted_and_said() -> None:
    solution = melian.read_text(told(45)).solve(worlds=256)
    found = solution.conflicts()
    assert (found.compared, found.left_out, found.pairs) == (40, 5, ())
    assert "5 origins not compared" in str(conflicts_sheet(solution.case, found))


def test_pairs_that_would_take_too_long_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conflict, "MAX_OPERATIONS", 1000)
    found = melian.read_text(told(5)).solve(worlds=256).conflicts()
    assert (found.compared, found.left_out, found.pairs) == (0, 5, ())
