"""Every code is explained, and its examples are true."""

import re

import pytest

from melian.source.codes import CODES, SOURCE_CODES, Code
from melian.source.text import Source
from melian.source.tree import parse

WITH_EXAMPLES = [pytest.param(code, id=code.code) for code in SOURCE_CODES if code.bad is not None]
WITHOUT = {
    "and-more",
    "file-missing",
    "foreign-file",
    "file-unreadable",
    "file-unwritable",
    "not-tidied",
    "not-utf8",
    "too-large",
    "too-many-nodes",
}


def codes_of(text: str | None) -> set[str]:
    assert text is not None
    return {diagnostic.code for diagnostic in parse(Source("case.yaml", text))[1]}


@pytest.mark.parametrize("code", WITH_EXAMPLES)
def test_the_bad_example_shows_it_and_the_good_one_is_sound(code: Code) -> None:
    assert code.code in codes_of(code.bad)
    assert codes_of(code.good) == set()


def test_only_codes_about_whole_files_have_no_example() -> None:
    assert {code.code for code in SOURCE_CODES if code.bad is None or code.good is None} == WITHOUT


def test_codes_are_unique_and_well_formed() -> None:
    assert len(CODES) == len(SOURCE_CODES)
    for name, code in CODES.items():
        assert name == code.code
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
        assert code.title[0].islower() or code.title.startswith("YAML")
        assert not code.title.endswith(".")
        assert code.why.endswith(".")
