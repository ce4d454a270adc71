"""Pages that are looked at: reports of cases of every kind, built once for all tests of a worker."""

from functools import cache

import melian
from melian.answer.solution import Solution
from melian.catalog import template_names, template_text
from melian.view.page.page import page_of
from melian.view.sheets.report import report_of
from tests.view.test_report import CASES

WORLDS = 512
OF_TESTS = ("flagship", "strait", "supposed", "hostile", "no evidence")
NAMES = (*OF_TESTS, *template_names())


@cache
def solved(name: str) -> Solution:
    """Solve a case of the tests for reports, or a template."""
    return CASES[name]() if name in OF_TESTS else melian.read_text(template_text(name)).solve(worlds=WORLDS)


@cache
def page_text(name: str) -> str:
    """Page of a report with the case's text; of the flagship it says of one actor only what it can do, to be quick."""
    return page_of(report_of(solved(name), actors=["west"] if name == "flagship" else None, with_case=True))
