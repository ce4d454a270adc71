"""Whatever case there is, it can be looked at: every figure keeps its laws, and the report holds together."""

from hypothesis import given, settings

from melian.answer.solution import Solution
from melian.answer.solve import solve_model
from melian.answer.supposed import Supposed
from melian.errors import AskError
from melian.view.figures.drawing import Drawing
from melian.view.kinds import KINDS, Kind
from melian.view.markdown import markdown_of
from melian.view.page.page import page_of
from melian.view.sheets.pictures import picture_of
from melian.view.sheets.report import report_of
from tests.solving import solvable
from tests.strategies import Shape, case_texts
from tests.view.pages import Page
from tests.view.test_figures import covered, outside
from tests.view.test_sheets import CERTAIN

WORLDS = 256
ANY = Shape(available=True, together=True)
ALWAYS: set[Kind] = {"case", "worlds"}


def figures(solution: Solution) -> dict[Kind, Drawing]:
    """Figures of every kind that the case has something to show for."""
    choices = solution.case.choices
    found: dict[Kind, Drawing] = {}
    for kind in KINDS:
        try:
            found[kind] = picture_of(solution, kind, actor=choices[0].actor.text if choices else "nobody")
        except AskError:
            assert kind not in ALWAYS
    return found


@given(case_texts(ANY))
@settings(max_examples=15, deadline=None)
def test_every_figure_of_any_case_keeps_its_laws(text: str) -> None:
    solution = solve_model(solvable(text), Supposed(), worlds=WORLDS)
    for kind, drawing in figures(solution).items():
        assert (kind, covered(drawing), outside(drawing)) == (kind, [], [])
        assert not CERTAIN.search(drawing.description), kind


@given(case_texts(ANY))
@settings(max_examples=15, deadline=None)
def test_the_report_of_any_case_holds_together(text: str) -> None:
    report = report_of(solve_model(solvable(text), Supposed(), worlds=WORLDS))
    page = Page(page_of(report))
    leads = {attributes["href"] for tag, attributes in page.tags if tag == "a"}
    assert leads == {f"#{part.anchor}" for part in report.parts}
    assert {f"#{name}" for name in page.ids} >= leads
    assert not CERTAIN.search(page.words)
    assert all(f"## {part.title}" in markdown_of(report).replace("\\", "") for part in report.parts)
