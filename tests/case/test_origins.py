"""What a report goes back to means one thing: in the answer, in the confidence and in every count."""

import pytest

import melian
from melian.answer.inventory import inventory_of
from melian.model.build import build_model
from melian.plan.make import make_plan

CASE = """melian: 1
case: origin
question: {event: {f: a}, by: 2031-01-01}
grades: {B: 0.7}
factors:
  f: {states: [a, b], chances: {a: 0.5}}
sources:
  s: {grade: B, anyway: 0.2}
  t: {grade: B, anyway: 0.2}
evidence:
"""
REPORT = "  - {{id: {0}, date: 2030-01-01, claim: {0}, source: {1}, bears_on: f, likelihood: {{a: .8, b: .3}}{2}}}\n"


def _case(**origins: str) -> melian.Case:
    lines = (
        REPORT.format(name, "st"[at % 2], f", origin: {origin}" if origin else "")
        for at, (name, origin) in enumerate(origins.items())
    )
    return melian.read_text(CASE + "".join(lines))


ONCE = 0.62 / (0.62 + 0.27)  # .7 times .8 or .3, and .3 times .2: what either report alone makes of one half


@pytest.mark.parametrize(
    "origins",
    [
        {"r1": "", "r2": "r1"},
        {"r2": "r1", "r1": ""},
        {"r1": "wire", "r2": "wire"},
        {"r1": "wire", "r2": "r1"},
        {"r1": "r1", "r2": "r1"},
        {"r1": "r2", "r2": "r1"},
        {"r1": "", "r2": "r1", "r3": "r2"},
        {"r3": "r2", "r2": "r1", "r1": "wire", "r4": "wire"},
    ],
)
def test_reports_that_go_back_to_one_count_once_everywhere(origins: dict[str, str]) -> None:
    case = _case(**origins)
    solution = case.solve(worlds=1)
    model = build_model(case.judged)
    assert solution.likelihood().mean == pytest.approx(ONCE, abs=1e-9)
    assert inventory_of(case.judged, model, make_plan(model)).origins == 1
    assert "1 independent origin," in " ".join(solution.likelihood().confidence.reasons)
    assert "like-reports" not in {one.code for one in case.diagnostics}


@pytest.mark.parametrize("origins", [{"r1": "", "r2": ""}, {"r1": "", "r2": "r3"}, {"r1": "wire", "r2": "post"}])
def test_reports_that_go_back_to_different_things_count_apart(origins: dict[str, str]) -> None:
    odds = (ONCE / (1 - ONCE)) ** 2
    assert _case(**origins).solve(worlds=1).likelihood().mean == pytest.approx(odds / (1 + odds), abs=1e-9)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["", ""], "2 independent origins, and no report names a source"),
        (["source: s, ", ""], "2 independent origins, from 1 source and 1 report that names none"),
    ],
)
def test_a_report_without_a_source_is_counted_as_none(lines: list[str], said: str) -> None:
    reports = [
        f"  - {{id: r{at}, {line}date: 2030-01-01, claim: C{at}, bears_on: f, likelihood: {{a: .8, b: .3}}}}\n"
        for at, line in enumerate(lines)
    ]
    solution = melian.read_text(CASE + "".join(reports)).solve(worlds=1)
    assert said in " ".join(solution.likelihood().confidence.reasons)
