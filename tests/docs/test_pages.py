"""That the pages say what melian does: what it made is fresh, and every case shown is what it is said to be."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from melian.api import examine
from melian.case.language import PROVENANCE, RECORDS, RULE
from scripts import pages, tables

DOCS = pages.DOCS
PAGES = {str(page.relative_to(pages.ROOT)): page for page in pages.pages()}
EXAMPLES = {str(path.relative_to(DOCS)): path for path in sorted(DOCS.rglob("*.yaml")) if "_build" not in path.parts}
# Blocks that show no case or output of melian's, and so may stand outside the comments.
SHELL = {"$ make run", "$ make test", "$ source .venv/bin/activate", f"$ git clone {pages.CLONED}", "$ cd melian"}


def without_blocks(text: str) -> str:
    return pages.BLOCK.sub("", text)


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_what_a_page_shows_of_melian_is_fresh(page: Path) -> None:
    text = page.read_text("utf-8")
    assert pages.filled(text) == text, "run `make readme`"


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_every_block_of_a_page_is_closed(page: Path) -> None:
    text = page.read_text("utf-8")
    assert len(pages.BLOCK.findall(text)) == len(re.findall("^<!-- end -->$", text, re.MULTILINE))


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_no_case_is_shown_that_is_not_checked(page: Path) -> None:
    assert "```yaml" not in without_blocks(page.read_text("utf-8"))


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_no_output_is_shown_that_is_not_made(page: Path) -> None:
    shown = re.findall(r"```console\n(.*?)```", without_blocks(page.read_text("utf-8")), re.DOTALL)
    assert {line for block in shown for line in block.splitlines()} <= SHELL


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_an_example_has_the_faults_it_says_and_no_others(example: Path) -> None:
    _, diagnostics = examine(example)
    first = example.read_text("utf-8").splitlines()[0]
    expected = first.removeprefix("# expect:").split() if first.startswith("# expect:") else []
    assert [diagnostic.code for diagnostic in diagnostics] == expected


def test_the_reference_has_every_record_of_the_language() -> None:
    page = PAGES["docs/reference/language.md"].read_text("utf-8")
    shown = {what.removeprefix("keys ") for _, kind, what, _ in pages.BLOCK.findall(page) if kind == "table"}
    assert {*RECORDS, "rule", "provenance"} <= shown


def test_the_reference_can_say_what_every_key_takes() -> None:
    forms = {key.form for record in (*RECORDS.values(), RULE, PROVENANCE) for key in record}
    assert forms == set(tables.TAKES)


@pytest.mark.parametrize("path", pages.PICTURES, ids=lambda path: path.stem)
def test_a_picture_is_what_melian_draws(path: Path) -> None:
    assert path.read_text("utf-8") == pages.PICTURES[path](), "run `make readme`"


@pytest.mark.parametrize("path", pages.PICTURES, ids=lambda path: path.stem)
def test_a_picture_can_be_read_aloud_and_fetches_nothing(path: Path) -> None:
    root = ET.parse(path).getroot()
    assert root.get("role") == "img"
    title = root.findtext("{http://www.w3.org/2000/svg}title")
    named = title if root.get("aria-labelledby") else root.get("aria-label")
    assert named is not None
    assert len(named) > 10
    # The face that a picture carries is all that it may ask for.
    assert not re.search(r'<script|<image|@import|url\((?!"data:font/woff2;base64,)|href', path.read_text("utf-8"))


def test_no_picture_is_drawn_for_nobody() -> None:
    shown = {
        (page.parent / path).resolve()
        for page in PAGES.values()
        for path in re.findall(r"!\[[^\]]+\]\(([^)]+\.svg)\)", page.read_text("utf-8"))
    }
    assert shown == set(pages.PICTURES) == set((DOCS / "pictures").iterdir())


def test_the_size_of_the_worked_case_is_as_the_readme_says() -> None:
    case, _ = examine("belarus-2022")
    assert case is not None
    sizes = (len(case.actors), len(case.choices), len(case.factors), len(case.evidence))
    said = "{} actors, {} choices, {} factors and {} reports".format(*sizes)
    assert said in PAGES["README.md"].read_text("utf-8")
