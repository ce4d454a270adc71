"""That the cheat sheet leaves nothing of the language out, says nothing wrong, and still fits on its page."""

import json
import re
from typing import get_args

import pytest

from melian.case.judgement import Judgement, parse_judgement
from melian.case.language import PROVENANCE, RECORDS, RULE
from melian.case.quantity import Kind
from melian.case.words import SCALES
from scripts import overview
from scripts.pages import DOCS

SHEET = (DOCS / "reference" / "cheat-sheet.yaml").read_text("utf-8")
KEYS = sorted({key.name for record in (*RECORDS.values(), RULE, PROVENANCE) for key in record})
# What an A4 page takes in two columns at the size that docs/_static/print.css gives it.
MOST_LINES, WIDEST = 150, 72
WRITTEN = [(kind, form) for kind, row in overview.KINDS.items() for form in re.findall(r"`([^`]+)`", row[1])]


@pytest.mark.parametrize("key", KEYS)
def test_the_sheet_has_every_key(key: str) -> None:
    assert re.search(rf"(?:^|[\s{{]){key}:", SHEET, re.MULTILINE)


def test_the_sheet_fits_on_a_page() -> None:
    lines = SHEET.splitlines()
    assert len(lines) <= MOST_LINES
    assert max(map(len, lines)) <= WIDEST


@pytest.mark.parametrize(("kind", "form"), WRITTEN)
def test_a_form_that_the_sheet_shows_is_one(kind: Kind, form: str) -> None:
    assert isinstance(parse_judgement(form, kind, SCALES["icd203"]), Judgement)


def test_the_sheet_has_every_kind_of_quantity() -> None:
    assert set(overview.KINDS) == set(get_args(Kind))


def test_what_was_measured_is_told_to_two_digits() -> None:
    tree = json.loads(overview.RESULTS.read_text("utf-8"))["tree"]
    row = next(line for line in overview.measured().splitlines() if "game tree" in line)
    ours, theirs, times = (float(number.replace(",", "")) for number in re.findall(r"([\d,.]+)(?: µs| \|)", row)[:3])
    assert ours == pytest.approx(1e6 * tree["seconds_one_core"] / tree["worlds"], rel=0.05)
    assert theirs == pytest.approx(1e6 * tree["gambit_seconds_a_game"], rel=0.05)
    assert times == pytest.approx(tree["times_faster_than_gambit_one_core"], rel=0.05)
