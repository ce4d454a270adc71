"""Reports in a browser: they ask for nothing, fit every screen in light and dark, and A4, and keep nobody out."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from melian.view.printing.print import page_as_pdf
from tests.browser.built import NAMES, page_text
from tests.browser.checks import (
    NARROW,
    PAPER,
    PHONE,
    WIDE,
    Scheme,
    Visit,
    access_faults,
    layout_faults,
    lost_on_paper,
    paper_faults,
    visited,
)
from tests.browsers import asked


@pytest.fixture(scope="module", params=NAMES)
def visit(
    request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Visit]:
    """A report, opened from the disk."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(page_text(request.param), "utf-8")
    with visited(browser, path) as opened:
        yield opened


def test_it_asks_for_nothing_and_has_nothing_to_complain_about(visit: Visit) -> None:
    assert (visit.asked, visit.complaints) == ([], [])


@pytest.mark.parametrize("width", [WIDE, PHONE, NARROW])
def test_no_text_is_cut_or_covered_on_a_screen(visit: Visit, width: int) -> None:
    for scheme in ("light", "dark"):
        visit.seen_as(width, scheme)
        assert layout_faults(visit) == [], scheme
    with visit.unfolded():
        assert layout_faults(visit) == []


def test_no_text_is_cut_or_covered_between_the_margins_of_a_sheet(visit: Visit) -> None:
    visit.seen_as(PAPER, "light", "print")
    assert layout_faults(visit, on_paper=True) == []


@pytest.mark.parametrize(("width", "scheme"), [(WIDE, "light"), (WIDE, "dark"), (PHONE, "dark")])
def test_nobody_is_kept_out(visit: Visit, width: int, scheme: Scheme) -> None:
    visit.seen_as(width, scheme)
    with visit.unfolded():
        assert access_faults(visit) == []


def test_all_of_it_is_on_the_sheets_of_its_pdf_within_their_margins(visit: Visit, tmp_path: Path) -> None:
    pdf = tmp_path / "report.pdf"
    pdf.write_bytes(page_as_pdf(visit.path.read_text("utf-8"), beside=tmp_path))
    assert "(A4)" in asked("pdfinfo", str(pdf))
    assert paper_faults(asked("pdftotext", "-bbox", str(pdf), "-")) == []
    assert lost_on_paper(visit, asked("pdftotext", "-layout", str(pdf), "-")) == ""
