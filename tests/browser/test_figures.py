"""Figures as files of their own, in a browser."""

from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from melian.answer.solution import Solution
from melian.errors import AskError
from melian.view.figures.drawing import Drawing
from melian.view.figures.svg import standalone
from melian.view.kinds import KINDS
from melian.view.sheets.pictures import picture_of
from tests.browser.built import solved
from tests.browser.checks import Visit, access_faults, layout_faults, visited

# Figures of every case are looked at on its page; as files, those of some: the largest, the plainest, the oddest.
SOME = ("flagship", "strait", "hostile", "patron-client")
LEAST = 8  # kinds that each of them has something to draw for


def drawings(solution: Solution) -> dict[str, Drawing]:
    """Every figure that `melian figure` can draw of a case."""
    found = {}
    for kind in KINDS:
        with suppress(AskError):  # nothing to draw
            found[kind] = picture_of(solution, kind, actor=solution.case.choices[-1].actor.text)
    assert len(found) >= LEAST
    return found


@pytest.mark.parametrize("name", SOME)
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
