"""Every code about a file of another program is explained, and its examples are true."""

import re

import pytest

from melian.exchange.codes import EXCHANGE_CODES
from melian.exchange.read import parse_game
from melian.source.codes import CODES, Code
from melian.source.text import Source


def codes_of(text: str | None) -> set[str]:
    assert text is not None
    return {diagnostic.code for diagnostic in parse_game(Source("game", text))[1]}


@pytest.mark.parametrize("code", EXCHANGE_CODES, ids=lambda code: code.code)
def test_the_bad_example_shows_it_and_the_good_one_is_sound(code: Code) -> None:
    assert codes_of(code.bad) == {code.code}
    assert codes_of(code.good) == set()


@pytest.mark.parametrize("code", EXCHANGE_CODES, ids=lambda code: code.code)
def test_the_severity_is_the_one_explained(code: Code) -> None:
    found = parse_game(Source("game", code.bad or ""))[1]
    assert {diagnostic.severity for diagnostic in found} == {code.severity}


def test_codes_are_unique_and_well_formed() -> None:
    names = [code.code for code in EXCHANGE_CODES]
    assert len(set(names)) == len(names)
    assert not set(names) & set(CODES)
    for code in EXCHANGE_CODES:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code.code)
        assert code.title[0].islower()
        assert not code.title.endswith(".")
        assert code.why.endswith(".")
