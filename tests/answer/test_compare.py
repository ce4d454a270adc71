"""Two versions of a case: laws of the parts that differ, of mixes, and of shares."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

import melian
from melian.answer.compare import MOST_EXACT, RUNS, _over_all, _over_some
from melian.case.difference import differing, mixed
from melian.source.diagnostic import has_errors
from tests.solving import sound
from tests.strategies import case_texts

SAME = 1e-12
ODDS = "melian: 1\ncase: odds\nquestion: {event: {f0: a}}\nfactors:\n"


def of_parts(values: list[float]) -> str:
    """Case in which each of several factors shifts the first one's odds."""
    others = range(1, len(values))
    shifts = ", ".join(f"{{when: {{f{i}: a}}, a: {1 + i / 4:g}}}" for i in others)
    first = f"  f0: {{states: [a, b], base: {{a: {values[0]}}}, influences: [{shifts}]}}\n"
    return ODDS + first + "".join(f"  f{i}: {{states: [a, b], chances: {{a: {values[i]}}}}}\n" for i in others)


@given(case_texts())
def test_a_case_does_not_differ_from_itself_however_it_is_written(text: str) -> None:
    again = text.replace("case: random", "case: another") + "x-note: mine\n"
    assert differing(sound(text).case, sound(again).case) == ()


@given(case_texts(), case_texts())
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
def test_a_case_with_every_part_of_another_is_that_other(text: str, other_text: str) -> None:
    one, other = sound(text).case, sound(other_text).case
    parts = differing(one, other)
    whole, diagnostics = mixed(one, other, parts)
    assert not has_errors(diagnostics)
    assert differing(whole, other) == ()
    none, _ = mixed(one, other, [])
    assert differing(none, one) == ()


def test_shares_add_up_whatever_the_number_of_changes() -> None:
    few = [0.3, 0.2, 0.6, 0.5]
    many = [0.3, 0.2, 0.6, 0.5, 0.1, 0.9, 0.4, 0.7]
    for values in (few, many):
        one = melian.read_text(of_parts(values))
        other = melian.read_text(of_parts([1 - value * 0.9 for value in values]))
        found = melian.diff(one, other, worlds=8)
        assert len(found.shares) == len(values)
        assert found.is_exact == (len(values) <= MOST_EXACT)
        assert sum(share.moved for share in found.shares) == pytest.approx(found.difference, abs=SAME)
        back = melian.diff(other, one, worlds=8)
        assert back.difference == pytest.approx(-found.difference, abs=SAME)
        if found.is_exact:
            forth = {share.parts[0].names: share.moved for share in found.shares}
            assert {s.parts[0].names: -s.moved for s in back.shares} == pytest.approx(forth, abs=SAME)


def test_no_difference_is_none() -> None:
    case = melian.read_text(of_parts([0.3, 0.2]))
    found = melian.diff(case, case, worlds=8)
    assert (found.shares, found.difference) == ((), 0)


def game(taken: frozenset[int]) -> np.ndarray:
    """Worth of a set that no sum of single worths is."""
    return np.full(RUNS, sum(taken) + 3.0 * ({0, 2} <= taken) - 2.0 * ({1, 3, 4} <= taken) + len(taken) ** 1.5)


def test_shapley_values_are_means_over_all_orders() -> None:
    n = 5
    expected = np.zeros(n)
    orders = list(permutations(range(n)))
    for order in orders:
        for place, group in enumerate(order):
            before = frozenset(order[:place])
            expected[group] += (game(before | {group}) - game(before))[0] / len(orders)
    assert _over_all(game, n)[:, 0] == pytest.approx(expected, abs=1e-9)
    drawn, spread = _over_some(game, n, seed=3)
    assert drawn.sum(axis=0) == pytest.approx(game(frozenset(range(n))) - game(frozenset()), abs=1e-9)
    assert np.all(np.abs(drawn[:, 0] - expected) <= 5 * spread + 1e-9)
    assert spread.max() > 0


def test_the_error_is_that_of_other_seeds() -> None:
    text = of_parts([0.3, 0.2]).replace("0.2", "0.1..0.6")
    one, other = melian.read_text(text), melian.read_text(text.replace("0.1..0.6", "unlikely"))
    found = [melian.diff(one, other, worlds=512, seed=100 * seed) for seed in range(12)]
    spread = np.std([each.shares[0].moved for each in found])
    error = np.median([each.shares[0].error for each in found])
    assert spread < 3 * error
    assert error < 3 * spread
