"""What looks like an ordinary character and is none is named, with its place, and what is sure is mended."""

import pytest

from melian.api import examine_source
from melian.source.fixes import applied, without_conflict
from melian.source.text import Source

CASE = """melian: 1
case: c
question: {event: {x: ja}}
factors:
  x: {states: [nein, ja], chances: {CHANCES}}
"""
SOUND = CASE.replace("CHANCES", "ja: 0.3")


@pytest.mark.parametrize(
    ("chances", "named", "column"),
    [
        ("ja:\xa00.3", "U+00A0, no-break space", 40),
        ("ja:\u200b0.3", "U+200B, zero width space", 40),
        ("ja\uff1a0.3", "U+FF1A, fullwidth colon", 39),
        ("ja\uff1a 0.3", "U+FF1A, fullwidth colon", 39),
        ("ja: 0,3", "it ends an entry", 42),
    ],
)
def test_the_character_is_named_and_mended(chances: str, named: str, column: int) -> None:
    source = Source("case.yaml", CASE.replace("CHANCES", chances))
    (found,) = examine_source(source)[1]
    assert (found.code, found.primary.text) == ("look-alike", named)
    assert (found.primary.span.line, found.primary.span.column) == (5, column)
    assert applied(source, without_conflict([found])) == SOUND


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("\u201cja\u201d", "U+201C, left double quotation mark"),
        ("j\u200ba", "U+200B, zero width space"),
        ("j\ufeffa", "U+FEFF, zero width no-break space"),
    ],
)
def test_in_a_name_it_is_named_too(name: str, named: str) -> None:
    source = Source("case.yaml", SOUND.replace("[nein, ja]", f"[nein, {name}]"))
    found = [one for one in examine_source(source)[1] if one.code == "bad-name"]
    assert [one.primary.text for one in found] == [named]
    assert applied(source, without_conflict(found)) == SOUND


@pytest.mark.parametrize("chances", ["nein: 0, ja: 1", "nein: 1,ja: 0"])
def test_commas_between_entries_are_left_alone(chances: str) -> None:
    found = examine_source(Source("case.yaml", CASE.replace("CHANCES", chances)))[1]
    assert "look-alike" not in {one.code for one in found}
