"""`melian figure`."""

import json
from math import ceil
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from melian.view.printing.print import png_size
from tests.browsers import browser_or_skip
from tests.cli.conftest import STRAIT, Run


@pytest.mark.parametrize("kind", ["case", "timeline", "worlds"])
def test_a_figure_is_a_file_that_xml_readers_take(run: Run, tmp_path: Path, kind: str) -> None:
    out = tmp_path / "f.svg"
    done = run("figure", STRAIT, "--kind", kind, "-o", str(out), "--worlds", "512", "--json")
    assert (done.code, done.err) == (0, "")
    document = json.loads(done.out)
    assert document["kind"] == kind
    assert ET.fromstring(out.read_text("utf-8")).findtext("{http://www.w3.org/2000/svg}title") == document["title"]


def test_a_figure_in_another_form_is_refused(run: Run, tmp_path: Path) -> None:
    done = run("figure", STRAIT, "-o", str(tmp_path / "f.gif"))
    assert done.code == 2
    assert ".svg, .pdf or .png" in done.err


@pytest.mark.parametrize(("options", "times"), [((), 2), (("--scale", "3"), 3)], ids=["by default", "--scale 3"])
def test_a_picture_is_as_large_as_it_is_asked_to_be(
    run: Run, tmp_path: Path, options: tuple[str, ...], times: int
) -> None:
    browser_or_skip()
    drawn, picture = tmp_path / "f.svg", tmp_path / "f.png"
    common = ("--kind", "worlds", "--worlds", "512")
    assert run("figure", STRAIT, "-o", str(drawn), *common).code == 0
    done = run("figure", STRAIT, "-o", str(picture), *common, *options)
    assert (done.code, done.err) == (0, "")
    root = ET.fromstring(drawn.read_text("utf-8"))
    assert png_size(picture.read_bytes()) == tuple(
        times * ceil(float(root.attrib[side])) for side in ("width", "height")
    )


def test_a_figure_is_printed_where_its_name_asks_for_it(run: Run, tmp_path: Path) -> None:
    browser_or_skip()
    out = tmp_path / "f.PDF"
    assert run("figure", STRAIT, "-o", str(out), "--worlds", "512").code == 0
    assert out.read_bytes().startswith(b"%PDF-")
