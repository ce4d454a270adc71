"""Rational play with moves that were certainly seen: every question has an answer, though little is left to ask."""

import warnings
from pathlib import Path

import numpy as np
import pytest

import melian
from melian.answer.shares import first_order, varies
from melian.answer.solution import Solution
from melian.view.sheets.report import report_of

# Borea would threaten only if that opened the pass, which is what Tarn would answer; the threat was seen. Whatever Tarn
# does openly, Borea has nothing to gain by a threat any more.
THREAT = """
melian: 1
case: threat
behaviour: rational
question: {event: {pass: opened}}
actors: {borea: {}, tarn: {}}
choices:
  demand: {actor: borea, options: [silent, threatens]}
  pass: {actor: tarn, options: [shut, opened], sees: [demand]}
stakes:
  borea:
    order: [passage, calm]
    passage: {given: [pass], values: {opened: 100, shut: 0}}
    calm: {given: [demand], values: {silent: 100, threatens: 0}}
  tarn:
    ease: {values: [{when: {demand: threatens, pass: opened}, is: 100}, {when: {demand: silent, pass: shut}, is: 100}, {else: true, is: 0}]}
evidence:
  - {id: note, claim: It threatened., bears_on: demand, shows: threatens, certain: true}
"""  # noqa: E501 -- as somebody wrote it
# In half of the worlds nothing was seen; the others agree.
AGREED = """
melian: 1
case: agreed
behaviour: rational
question: {event: {x: open_}}
actors: {a: {}, b: {}}
choices:
  y: {actor: b, options: [shut, open_]}
  x: {actor: a, options: [shut, open_], sees: [y]}
stakes:
  a: {s: {values: [{when: {x: open_, y: open_}, is: 100}, {when: {x: shut, y: shut}, is: 100}, {else: true, is: 0}]}}
  b: {s: {given: [y], values: {open_: 0..100, shut: 50}}}
evidence:
  - {id: e, date: 2020-01-01, claim: It was on., bears_on: y, shows: open_, certain: true}
"""


def solved(folder: Path, text: str) -> Solution:
    path = folder / "case.yaml"
    path.write_text(text, "utf-8")
    return melian.read(path).solve(worlds=256)


def test_options_that_all_contradict_what_was_seen_are_not_compared(tmp_path: Path) -> None:
    levers = solved(tmp_path, THREAT).levers("tarn")
    assert levers.contests == ()
    assert levers.contradicted == (("pass",),)
    assert "nothing to compare" in str(levers)


def test_worlds_that_agree_have_no_spread_to_explain(tmp_path: Path) -> None:
    drivers = solved(tmp_path, AGREED).drivers()
    assert (drivers.deviation, drivers.drivers) == (0, ())
    assert drivers.mean == 1


@pytest.mark.parametrize("text", [THREAT, AGREED])
def test_there_is_a_report_all_the_same(text: str, tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert report_of(solved(tmp_path, text)).parts


def test_what_differs_only_where_nothing_weighs_does_not_vary() -> None:
    value, weight = np.array([1.0, 0.0, 1.0]), np.array([1.0, 0.0, 2.0])
    assert not varies(value, weight)
    assert varies(value, np.ones(3))


def test_shares_are_told_where_all_that_varies_is_in_one_block() -> None:
    """Left out of the jackknife, that block leaves nothing to explain."""
    value, weight = np.zeros(64), np.ones(64)
    value[0] = 1.0
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        (share,) = first_order([np.arange(64.0)[np.newaxis]], value, weight)
    assert np.isfinite([share.value, share.low, share.high]).all()
