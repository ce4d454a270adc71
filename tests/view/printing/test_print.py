"""What comes out of the printer: sheets of A4 with real text, pictures of exactly the size that was asked for."""

import re
import struct
import tempfile
import zlib
from functools import cache
from math import ceil
from pathlib import Path

import pytest

from melian.answer.solution import Solution
from melian.errors import PrintError
from melian.source.cells import safe
from melian.view.figures.drawing import Drawing
from melian.view.figures.svg import MARGIN, outer_size
from melian.view.page.page import page_of
from melian.view.printing import print as printing
from melian.view.printing import run
from melian.view.printing.print import figure_as_pdf, figure_as_png, page_as_pdf, png_size
from melian.view.sheets.pictures import case_picture, worlds_picture
from tests.browsers import asked, browser_or_skip
from tests.view.test_report import HOSTILE, reported

SMALL = Drawing(
    width=40.5,
    height=30,
    marks='<rect class="ground" width="41" height="30"/><rect y="28" width="41" height="2" fill="#ff0000"/>',
    title="A strip",
    description="Red at the bottom.",
)


@pytest.fixture(autouse=True)
def browser() -> str:
    return browser_or_skip()


@cache
def printed_report(name: str) -> bytes:
    return page_as_pdf(page_of(reported(name)[1]), beside=Path(tempfile.gettempdir()))


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """The flagship's report, printed."""
    path = tmp_path / "report.pdf"
    path.write_bytes(printed_report("flagship"))
    return path


def test_a_report_is_sheets_of_a4_with_its_title(pdf: Path) -> None:
    facts = dict(re.findall(r"^([^:]+): +(.*)$", asked("pdfinfo", str(pdf)), re.MULTILINE))
    assert facts["Title"] == "Will Belarus enter the war against Ukraine on Russia's side?"
    assert facts["Page size"].endswith("(A4)")
    assert facts["Tagged"] == "yes"
    assert b"/Outlines" in pdf.read_bytes()


def test_every_sheet_has_its_number_and_all_but_the_first_the_title(pdf: Path) -> None:
    sheets = asked("pdftotext", "-layout", str(pdf), "-").rstrip("\f").split("\f")
    for at, sheet in enumerate(sheets, start=1):
        last = sheet.rstrip().splitlines()[-1].strip()
        title = "" if at == 1 else r"Will Belarus enter the war against Ukraine on Russia's side\? +"
        assert re.fullmatch(rf"{title}page {at} of {len(sheets)}", last), last


def test_what_the_page_says_can_be_read_and_searched_for(pdf: Path) -> None:
    text = " ".join(asked("pdftotext", str(pdf), "-").split())
    for part in reported("flagship")[1].parts:
        assert part.title in text


def test_a_hostile_title_stays_a_title_in_the_margin(tmp_path: Path) -> None:
    path = tmp_path / "hostile.pdf"
    path.write_bytes(printed_report("hostile"))
    sheets = asked("pdftotext", "-layout", str(path), "-").rstrip("\f").split("\f")
    assert len(sheets) > 1
    for sheet in sheets[1:]:
        said, _, number = sheet.rstrip().splitlines()[-1].strip().rpartition("page ")
        assert number.endswith(f" of {len(sheets)}")
        assert said.strip().endswith("…")
        assert safe(HOSTILE).startswith(said.strip().removesuffix("…"))


@pytest.mark.parametrize("scale", [1, 2, 3])
def test_a_picture_has_the_size_of_the_figure_times_the_scale(strait: Solution, tmp_path: Path, scale: int) -> None:
    drawing = case_picture(strait)
    picture = figure_as_png(drawing, scale, beside=tmp_path)
    assert png_size(picture) == tuple(ceil(each) * scale for each in outer_size(drawing))


def test_a_tall_picture_is_whole(belarus: Solution, tmp_path: Path) -> None:
    drawing = case_picture(belarus)
    assert drawing.height > 2 * 1080
    assert png_size(figure_as_png(drawing, 2, beside=tmp_path)) == tuple(2 * ceil(each) for each in outer_size(drawing))


@pytest.mark.parametrize("system", [(), ("--force-dark-mode",)], ids=["light", "dark"])
def test_a_picture_is_on_white_down_to_its_last_line_also_where_all_is_dark(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: tuple[str, ...]
) -> None:
    monkeypatch.setattr(run, "QUIET", (*run.QUIET, *system))
    edge = round(2 * MARGIN)
    rows = [row[3 * edge : 3 * (edge + 81)] for row in pixels(figure_as_png(SMALL, 2, beside=tmp_path))]
    assert len(rows) == 108
    assert {rows[0], rows[edge + 55], rows[-1]} == {bytes((255, 255, 255)) * 81}
    assert {rows[edge + 56], rows[edge + 58]} == {bytes((255, 0, 0)) * 81}


def test_a_dark_system_would_be_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "QUIET", (*run.QUIET, "--force-dark-mode"))
    monkeypatch.setattr(run, "LIGHT", "--mute-audio")
    assert pixels(figure_as_png(SMALL, 2, beside=tmp_path))[0][:3] != bytes((255, 255, 255))


def test_a_picture_of_another_size_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 130, 107)
    monkeypatch.setattr(printing, "printed", lambda *_, **__: wrong)
    with pytest.raises(PrintError, match=r"drew .130, 107. pixels instead of .130, 108."):
        figure_as_png(SMALL, 2, beside=tmp_path)


def test_a_figure_on_paper_is_one_sheet_of_its_own_size(belarus: Solution, tmp_path: Path) -> None:
    for drawing in (SMALL, worlds_picture(belarus), case_picture(belarus)):
        path = tmp_path / "figure.pdf"
        path.write_bytes(figure_as_pdf(drawing, beside=tmp_path))
        facts = dict(re.findall(r"^([^:]+): +(.*)$", asked("pdfinfo", str(path)), re.MULTILINE))
        assert facts["Pages"] == "1"
        assert facts["Title"] == drawing.title
        size = [float(number) * 96 / 72 for number in re.findall(r"[\d.]+", facts["Page size"])[:2]]
        assert size == pytest.approx(list(outer_size(drawing)), abs=1.0)


def pixels(picture: bytes) -> list[bytes]:
    """Rows of a PNG with three bytes a pixel, undone as its standard says (W3C 2003, section 9)."""
    width, height = png_size(picture)
    assert picture[24:29] == bytes((8, 2, 0, 0, 0)), "8 bits a channel, RGB, not interlaced"
    packed, at = b"", 8
    while at < len(picture):
        length, kind = struct.unpack_from(">I4s", picture, at)
        packed += picture[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += length + 12
    raw, rows, above = zlib.decompress(packed), [], bytes(3 * width)
    for start in range(0, len(raw), 3 * width + 1):
        above = _row(raw[start], raw[start + 1 : start + 1 + 3 * width], above)
        rows.append(above)
    assert len(rows) == height
    return rows


def _row(kind: int, raw: bytes, above: bytes) -> bytes:
    row = bytearray(3) + raw
    over = bytes(3) + above
    for at in range(3, len(row)):
        left, up, corner = row[at - 3], over[at], over[at - 3]
        row[at] = (row[at] + (0, left, up, (left + up) // 2, _nearest(left, up, corner))[kind]) % 256
    return bytes(row[3:])


def _nearest(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((left, up, corner), key=lambda one: abs(guess - one))
