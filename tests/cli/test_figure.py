"""`melian figure`."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

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
    assert ".svg" in done.err
