"""That each check finds what it looks for: a small bad page for every fault, and a good one."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from melian.view.lettering.faces import faces
from melian.view.printing.print import page_as_pdf
from tests.browser.checks import PAPER, WIDE, access_faults, layout_faults, lost_on_paper, paper_faults, visited
from tests.browsers import asked, browser_or_skip

Written = Callable[[str], Path]
TEXT = "A text that runs on"
FACE = f"<style>{faces(TEXT)}</style>"
ON_PAPER = '<p style="position: absolute; top: {}mm; font-size: 20mm">{}</p>'
SVG = '<svg viewBox="0 0 100 40" width="100" height="40">'
SLICES = (
    '<figure><svg viewBox="0 0 100 40" width="100" height="40"><g id="marks"><text x="0" y="15">Above</text>'
    '<text x="0" y="{}">Below</text></g></svg>'
    '<svg viewBox="0 40 100 40" width="100" height="40" aria-hidden="true"><use href="#marks"/></svg></figure>'
)

BAD = {
    "scrolls sideways": '<div style="width: 2000px; height: 1px"></div>',
    "cut: A text": f'<div style="width: 40px; overflow: hidden; white-space: nowrap">{TEXT}</div>',
    "cut: A": f'<div style="width: 90px; height: 12px; line-height: 20px; overflow: clip">{TEXT}</div>',
    "leaves its box": f'<div style="width: 40px; white-space: nowrap">{TEXT}</div>',
    "leaves the page": f'<div style="position: absolute; left: -20px">{TEXT}</div>',
    "over each other: A text that runs on | Another": (
        f'<p style="margin: 0">{TEXT}</p><p style="margin: -16px 0 0">Another</p>'
    ),
    "over each other: Another | figure": f'<p style="margin: 0 0 -10px">Another</p>{SVG}</svg>',
    "leaves its figure: A text": f'{SVG}<text x="40" y="20">{TEXT}</text></svg>',
    "leaves its figure: A": f'{SVG}<g transform="rotate(90)"><text x="10" y="-50">{TEXT}</text></g></svg>',
    "leaves its figure: Below": SLICES.format(45),
    "over each other: One": f'{SVG}<text x="5" y="20">One</text><text x="20" y="24">Other</text></svg>',
}
GOOD = {
    "texts": f"<h1>Title</h1><p>{TEXT} <b>20 %</b> <span>in bold</span></p><p style='line-height: 1.1'>{TEXT * 40}</p>",
    "what scrolls by itself": f'<div style="width: 90px; overflow-x: auto; white-space: nowrap">{TEXT * 9}</div>',
    "a figure": f'{SVG}<text x="2" y="14">One</text><text x="2" y="30">Other</text></svg><p>{TEXT}</p>',
    "a figure in slices": SLICES.format(60),
    "what nobody sees": f'<div style="display: none; width: 9px">{TEXT}</div><p style="visibility: hidden">{TEXT}</p>',
}


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Write a page around some marks."""

    def write(marks: str) -> Path:
        path = tmp_path / "page.html"
        head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>T</title>'
        style = "<style>body { margin: 10px; font: 16px/1.3 Melian } svg { font: 12px Melian }</style>"
        path.write_text(
            f'<!DOCTYPE html><html lang="en"><head>{head}{FACE}{style}</head><body>{marks}</body></html>', "utf-8"
        )
        return path

    return write


@pytest.mark.parametrize("fault", BAD)
def test_a_fault_of_layout_is_found(browser: Browser, written: Written, fault: str) -> None:
    with visited(browser, written(BAD[fault])) as visit:
        assert any(said.startswith(fault) for said in layout_faults(visit)), layout_faults(visit)


@pytest.mark.parametrize("name", GOOD)
def test_what_is_well_laid_out_is_left_alone(browser: Browser, written: Written, name: str) -> None:
    with visited(browser, written(GOOD[name])) as visit:
        assert layout_faults(visit) == []


def test_paper_does_not_scroll(browser: Browser, written: Written) -> None:
    with visited(browser, written(GOOD["what scrolls by itself"].replace("90px", "auto"))) as visit:
        visit.seen_as(PAPER, "light", "print")
        assert layout_faults(visit) == []
        assert layout_faults(visit, on_paper=True) != []


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/x.png", "https://evil.example/x.png", "other.png"])
def test_a_request_is_seen(browser: Browser, written: Written, address: str) -> None:
    with visited(browser, written(f'<img src="{address}" alt="">')) as visit:
        assert len(visit.asked) == 1
        assert visit.asked[0].endswith(address)


@pytest.mark.parametrize(
    "marks",
    [
        "<script>console.warn('mind')</script>",
        "<script>nothing.there()</script>",
        "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'\"><p style='color: red'>x</p>",
    ],
    ids=["a warning", "an error", "what a policy blocks"],
)
def test_a_complaint_is_heard(browser: Browser, written: Written, marks: str) -> None:
    with visited(browser, written(marks)) as visit:
        assert visit.complaints != []


def test_what_keeps_people_out_is_found_in_the_scheme_that_has_it(browser: Browser, written: Written) -> None:
    dark = "@media (prefers-color-scheme: dark) { body { background: #222; color: #444 } }"
    marks = f"<style>{dark}</style><main><h1>Title</h1><p>{TEXT}</p></main>"
    with visited(browser, written(marks)) as visit:
        visit.seen_as(WIDE, "light")
        assert access_faults(visit) == []
        visit.seen_as(WIDE, "dark")
        assert [fault for fault in access_faults(visit) if fault.startswith("color-contrast (serious)")] != []


def test_what_has_no_name_is_found(browser: Browser, written: Written) -> None:
    with visited(browser, written('<main><h1>Title</h1><a href="#x"></a></main>')) as visit:
        assert [fault for fault in access_faults(visit) if fault.startswith("link-name")] != []


FAINT = '<text x="5" y="20" fill="#888">One</text>'


@pytest.mark.parametrize(
    ("marks", "is_faint"),
    [
        (FAINT, True),
        (FAINT.replace("#888", "#555"), False),
        (f'<rect width="100" height="40" fill="#111"/>{FAINT}', False),
        (f'<rect width="100" height="40" fill="#444"/>{FAINT}', True),
        (f'{FAINT.replace("#888", "#555")}<rect width="100" height="40" fill="none"/>', False),
        (FAINT.replace('fill="#888"', 'opacity="0.4"'), True),
    ],
    ids=["on the page", "dark enough", "on a dark box", "on a grey box", "in a frame", "half transparent"],
)
def test_a_faint_text_in_a_figure_is_found(browser: Browser, written: Written, marks: str, is_faint: bool) -> None:
    with visited(browser, written(f"<main><h1>Title</h1>{SVG}{marks}</svg></main>")) as visit:
        assert bool([fault for fault in access_faults(visit) if fault.startswith("too faint")]) == is_faint


def test_a_bad_figure_is_found_as_a_file_of_its_own(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "bad.svg"
    opening = SVG.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" font-family="Melian" ')
    path.write_text(f'{opening}{FACE}<text x="80" y="20">{TEXT}</text>{FAINT}</svg>', "utf-8")
    with visited(browser, path) as visit:
        assert [fault for fault in layout_faults(visit) if fault.startswith("leaves its figure")] != []
        assert [fault for fault in access_faults(visit) if fault.startswith("too faint")] != []


@pytest.mark.parametrize(
    ("fault", "marks"),
    [
        ("beyond the margin: ", '<p style="margin-left: -5mm; font-size: 20mm">M</p>'),
        ("over each other: AAA | BBB", ON_PAPER.format(20, "AAA") + ON_PAPER.format(28, "BBB")),
    ],
    ids=["beyond the margin", "over each other"],
)
def test_a_fault_on_paper_is_found(written: Written, tmp_path: Path, fault: str, marks: str) -> None:
    said = paper_faults(_printed(written(SHEET + marks), tmp_path, "-bbox"))
    assert any(fault in one for one in said), said


def test_what_is_cut_off_at_an_edge_of_a_sheet_is_found(browser: Browser, written: Written, tmp_path: Path) -> None:
    page = written(f'{SHEET}<p>{TEXT}</p><p style="margin-left: 900mm">zzz</p>')
    with visited(browser, page) as visit:
        assert lost_on_paper(visit, _printed(page, tmp_path, "-layout")) == "zzz"


def test_a_sound_sheet_is_left_alone(browser: Browser, written: Written, tmp_path: Path) -> None:
    page = written(f"{SHEET}<p>{TEXT * 400}</p>{GOOD['a figure']}")
    assert paper_faults(_printed(page, tmp_path, "-bbox")) == []
    with visited(browser, page) as visit:
        assert lost_on_paper(visit, _printed(page, tmp_path, "-layout")) == ""


SHEET = "<style>@page { size: A4; margin: 15mm } body { margin: 0 }</style>"


def _printed(page: Path, folder: Path, form: str) -> str:
    """What poppler reads from a page that is printed."""
    browser_or_skip()
    pdf = folder / "page.pdf"
    pdf.write_bytes(page_as_pdf(page.read_text("utf-8"), beside=folder))
    return asked("pdftotext", form, str(pdf), "-")
