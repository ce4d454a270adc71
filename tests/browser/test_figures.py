"""Figures as files of their own, in a browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from melian.answer.solution import Solution
from melian.view.figures.drawing import Drawing
from melian.view.figures.svg import standalone
from melian.view.sheets.pictures import case_picture, timeline_picture, worlds_picture
from tests.browser.built import NAMES, solved
from tests.browser.checks import Visit, access_faults, layout_faults, visited


def drawings(solution: Solution) -> dict[str, Drawing]:
    """Every figure that `melian figure` can draw."""
    found = {"case": case_picture(solution), "worlds": worlds_picture(solution)}
    return found | {"timeline": timeline_picture(solution, solution.timeline())}


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_asks_for_nothing_and_cuts_no_text_in_light_and_dark(
    browser: Browser, tmp_path: Path, name: str
) -> None:
    for kind, drawing in drawings(solved(name)).items():
        path = tmp_path / f"{kind}.svg"
        path.write_text(standalone(drawing), "utf-8")
        with visited(browser, path) as visit:
            assert (visit.asked, visit.complaints) == ([], []), kind
            for scheme in ("light", "dark"):
                visit.seen_as(int(drawing.width) + 40, scheme)
                assert figure_faults(visit) == [], (kind, scheme)


def figure_faults(visit: Visit) -> list[str]:
    """Faults of a figure that is a page of its own; it may be taller or wider than the window."""
    return [fault for fault in layout_faults(visit) + access_faults(visit) if not fault.startswith("scrolls")]
