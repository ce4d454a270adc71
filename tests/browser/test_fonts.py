"""Figures and pages are the same whatever fonts a machine has, and no text is cut or covered in any script."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from melian.view.figures.drawing import Drawing
from melian.view.figures.svg import SIZE, measured, standalone, text
from melian.view.lettering.widths import codes, tables
from melian.view.page.fragment import fragment
from melian.view.printing.print import figure_as_png, page_as_pdf
from melian.view.sheet import Picture
from tests.browser.built import SCRIPTS, page_text, solved
from tests.browser.checks import PAPER, PHONE, WIDE, Visit, layout_faults, paper_faults, visited
from tests.browser.machines import MACHINES, machine_with
from tests.browser.test_figures import drawings
from tests.browsers import asked

pytestmark = pytest.mark.parametrize("browser", MACHINES, indirect=True)
CASES = ("strait", "scripts")
TIMES = 10  # that a character stands in a row, so that its width is seen without the rounding of texts
NEAR = 0.2  # pixels
ROW = 20.0
COLLAPSED = "\u2000\u2001\u205f\u037e "  # blanks that are drawn as others are, and a mark that stands for another


def written(folder: Path, words: str) -> Path:
    path = folder / "page.html"
    path.write_text(f'<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>T</title>{words}</html>', "utf-8")
    return path


@pytest.fixture(params=CASES)
def visit(request: pytest.FixtureRequest, browser: Browser, tmp_path: Path) -> Iterator[Visit]:
    """A report, opened from the disk."""
    path = tmp_path / "report.html"
    path.write_text(page_text(request.param), "utf-8")
    with visited(browser, path) as opened:
        yield opened


def test_no_text_of_a_page_is_cut_or_covered(visit: Visit, tmp_path: Path) -> None:
    assert (visit.asked, visit.complaints) == ([], [])
    with visit.unfolded():
        for width in (WIDE, PHONE):
            visit.seen_as(width, "light")
            assert layout_faults(visit) == [], width
    visit.seen_as(PAPER, "light", "print")
    assert layout_faults(visit, on_paper=True) == []
    pdf = tmp_path / "report.pdf"
    pdf.write_bytes(page_as_pdf(visit.path.read_text("utf-8"), beside=tmp_path))
    assert paper_faults(asked("pdftotext", "-bbox", str(pdf), "-")) == []


@pytest.mark.parametrize("name", ["flagship", "scripts"])
def test_no_text_of_a_figure_is_cut_or_covered(browser: Browser, tmp_path: Path, name: str) -> None:
    figures = drawings(solved(name))
    alone = "".join(standalone(drawing, kind) for kind, drawing in figures.items())
    with visited(browser, written(tmp_path, alone)) as visit:
        assert [fault for fault in layout_faults(visit) if not fault.startswith("scrolls")] == []
    cards = "".join(fragment((Picture(drawing),)) for drawing in figures.values())
    with visited(browser, written(tmp_path, cards)) as visit:
        assert layout_faults(visit) == []


@pytest.mark.parametrize("is_bold", [False, True], ids=["regular", "bold"])
def test_what_is_measured_is_what_is_drawn(browser: Browser, tmp_path: Path, is_bold: bool) -> None:
    own = sorted({chr(code) for ranges in tables()["pieces"].values() for code in codes(ranges)} - set(COLLAPSED))
    said = [f"x{character * TIMES}x" for character in own] + [*SCRIPTS.values(), "🌪️👩‍👩‍👧‍👦"]
    marks = "".join(text(0, ROW * at, line, "strong" * is_bold) for at, line in enumerate(said, start=1))
    page = written(tmp_path, standalone(Drawing(100.0, ROW * len(said), marks, "T", "D")))
    with visited(browser, page) as visit:
        lengths = "() => [...document.querySelectorAll('svg text')].map(one => one.getComputedTextLength())"
        drawn: list[float] = visit.page.evaluate(lengths)
    expected = [measured(line, SIZE, is_bold=is_bold) for line in said]
    assert drawn[: len(own)] == pytest.approx(expected[: len(own)], abs=NEAR)
    assert all(0 < one <= most + NEAR for one, most in zip(drawn[len(own) :], expected[len(own) :], strict=True))


def test_a_picture_is_the_same_as_where_there_are_other_fonts(browser: Browser, tmp_path: Path) -> None:
    drawing = drawings(solved("flagship"))["drivers"]
    here = figure_as_png(drawing, 1, beside=tmp_path)
    with machine_with("none", tmp_path):
        assert figure_as_png(drawing, 1, beside=tmp_path) == here
