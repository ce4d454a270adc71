"""Judgements that are stated once and stand in several places, worked out by hand."""

import numpy as np
import pytest

from melian.solve.draws.draw import Sampler
from tests.golden.digits import FOUR_BY_SAMPLING
from tests.solving import Answer, solve

MANY = 65_536

CASE = """\
melian: 1
case: shared
question: {event: {x: yes, y: yes}}
JUDGEMENTS
factors:
  x: {states: [no, yes], chances: {yes: FIRST}}
  y: {states: [no, maybe, yes], chances: {yes: SECOND}}
"""


def both(said: str, first: str, second: str) -> Answer:
    text = CASE.replace("JUDGEMENTS", f"judgements: {{p: {said}}}").replace("FIRST", first).replace("SECOND", second)
    return solve(text, n_worlds=MANY)


def test_what_is_stated_once_is_drawn_once() -> None:
    # p even on 0..1: E[p^2] = 1/3, and of two draws E[p] E[q] = 1/4
    assert both("0..1", "the p", "the p").before == pytest.approx(1 / 3, abs=FOUR_BY_SAMPLING)
    assert both("0..1", "the p", "0.5").before == pytest.approx(1 / 4, abs=FOUR_BY_SAMPLING)


def test_it_stands_in_a_row_as_by_itself_where_the_rest_is_open() -> None:
    # y has a third state, so an even range in its row would have mean 1/3: the volume of what is left shrinks
    found = both("0..1", "0.5", "the p")
    assert found.chance("y", "yes") == pytest.approx(1 / 2, abs=FOUR_BY_SAMPLING)
    assert found.chance("y", "no") == pytest.approx(1 / 4, abs=FOUR_BY_SAMPLING)


def test_what_a_row_leaves_it_cuts_it_everywhere() -> None:
    # y leaves at most 0.4, so p is even on 0..0.4 in x too: E[p^2] = 0.16 / 3
    found = both("0..1", "the p", "the p, no: 0.6..0.7")
    assert found.chance("x", "yes") == pytest.approx(0.2, abs=FOUR_BY_SAMPLING)
    assert found.before == pytest.approx(0.16 / 3, abs=FOUR_BY_SAMPLING)


def test_for_others_it_is_the_same_for_each_of_them() -> None:
    # p for `no` and `maybe`, at most one half each; `yes` takes 1 - 2p: E[p (1 - 2p)] = 1/4 - 2/12
    found = both("0..1", "the p", "0..1, others: the p")
    assert found.before == pytest.approx(1 / 4 - 1 / 6, abs=FOUR_BY_SAMPLING)


def test_a_number_by_name_is_that_number() -> None:
    found = both("0.3", "the p", "the p, no: likely")
    assert found.chance("x", "yes") == pytest.approx(0.3, abs=1e-12)
    assert [one.name for one in found.model.parameters] == ["factor x 0", "factor y 0"]


def test_in_one_world_it_is_one_number_wherever_it_stands() -> None:
    text = """\
melian: 1
case: everywhere
question: {event: {act: yes}}
judgements: {p: unlikely, push: more, worth: 40..60, care: ordinary, share: 0.3..0.5}
actors: {one: {precision: the care}, two: {precision: the care}}
grades: {B: the p}
factors:
  x: {states: [no, maybe, yes], chances: {yes: the p, no: 0.1..0.2}}
  y: {states: [no, yes], base: {yes: the p}, influences: [{when: {x: yes}, yes: the push, otherwise: {no: the push}}]}
choices:
  act: {actor: one, options: [no, yes], sees: [y]}
  bet: {actor: two, options: [no, yes], sees: [act]}
stakes:
  one:
    weights: {a: the share}
    a: {given: [act], values: {yes: the worth, no: 0}}
    b:
      values:
        - {when: {act: yes, y: yes}, is: the worth}
        - {when: {act: yes}, is: 0}
        - {else: true, is: 100}
  two:
    weights: {c: the share}
    c: {given: [bet], values: {yes: the worth, no: 100}}
    d: {given: [bet], values: {yes: 100, no: 0}}
beliefs: {two: {y: {yes: the p}}}
sources: {radio: {grade: B2, anyway: the p}}
evidence:
  - {id: r, claim: said, source: radio, bears_on: x, likelihood: {yes: likely, others: the p}, deceptive: the p}
"""
    found = solve(text, n_worlds=256)
    drawn = Sampler(found.model.parameters, 0)
    theta = drawn.block(0, 256)

    def of(name: str) -> np.ndarray:
        return theta[drawn.slots_of(name)]

    p, model = of("judgement p")[0], found.model
    assert np.array_equal(of("factor x 0")[2], p)
    assert np.array_equal(of("factor y base")[1], p)
    assert np.array_equal(of("belief two y 0")[1], p)
    [testimony] = model.evidence[0].reports
    for slot in (testimony.reliability, testimony.anyway, testimony.deception, testimony.likelihood[0]):
        assert np.array_equal(theta[slot], p)
    assert len(set(model.precision)) == 1
    weights = [of(f"weights {actor}")[0] for actor in ("one", "two")]
    assert np.array_equal(*weights)
    assert sum("worth" in one.name for one in model.parameters) == 1
    assert sum("push" in one.name for one in model.parameters) == 1
    assert theta[drawn.slots_of("factor x 0")].sum(axis=0) == pytest.approx(1, abs=1e-12)
    assert ((of("factor x 0")[0] >= 0.1) & (of("factor x 0")[0] <= 0.2)).all()
