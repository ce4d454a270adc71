"""Parameters: their slots and dimensions, and rows that cannot be met."""

import re

import pytest

from melian.model.distribution import (
    Distribution,
    beta,
    logit_normal_from_band,
    normal,
    point,
    triangular,
    uniform,
)
from melian.model.parameter import Order, Row, Scalar, infeasibility

REMOTE = logit_normal_from_band(0.002, 0.05)
VERY_UNLIKELY = logit_normal_from_band(0.05, 0.2)
UNLIKELY = logit_normal_from_band(0.2, 0.45)
LIKELY = logit_normal_from_band(0.55, 0.8)
VERY_LIKELY = logit_normal_from_band(0.8, 0.95)
ALMOST_CERTAIN = logit_normal_from_band(0.95, 0.998)

Parts = tuple[Distribution | None, ...]


@pytest.mark.parametrize(
    ("parts", "n_dimensions"),
    [
        ((point(0.3), point(0.7)), 0),
        ((point(0.3), None), 0),
        ((point(0.3), LIKELY), 0),
        ((LIKELY, None), 1),
        ((None, None, None), 2),
        ((point(0.1), uniform(0.2, 0.4), LIKELY, None), 2),
    ],
)
def test_a_row_takes_one_dimension_less_than_its_uncertain_states(parts: Parts, n_dimensions: int) -> None:
    row = Row("row", parts)
    assert row.n_dimensions == n_dimensions
    assert row.n_slots == len(parts)


def test_scalars_and_orders_count_their_slots_and_dimensions() -> None:
    assert (Scalar("x", LIKELY).n_slots, Scalar("x", LIKELY).n_dimensions) == (1, 1)
    assert Scalar("x", point(1)).n_dimensions == 0
    order = Order("weights", ((2,), (0, 1)))
    assert (order.n_slots, order.n_dimensions) == (3, 1)
    assert Order("tied", ((0, 1, 2),)).n_dimensions == 0


@pytest.mark.parametrize("groups", [(), ((),), ((0,), ()), ((0,), (0,)), ((1,),), ((0,), (2,))])
def test_an_order_names_each_member_once(groups: tuple[tuple[int, ...], ...]) -> None:
    with pytest.raises(ValueError, match="order weights: groups must hold each"):
        Order("weights", groups)


def test_where_a_parameter_comes_from_is_not_compared() -> None:
    assert Scalar("x", LIKELY, origin="here") == Scalar("x", LIKELY, origin="there")
    assert hash(Row("x", (LIKELY, None), origin=[])) == hash(Row("x", (LIKELY, None)))


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ((point(0.7), point(0.6), None), "the numbers sum to 1.3, above 1"),
        ((point(0.3), point(0.6)), "the numbers sum to 0.9, not to 1, and no state is left for the rest"),
        ((point(0.5), uniform(0.3, 0.4), uniform(0.3, 0.4)), "the least that the states can be sums to 1.1, above 1"),
        ((uniform(0.1, 0.2), uniform(0.3, 0.4)), "the most that the states can be sums to 0.6, below 1"),
        ((ALMOST_CERTAIN, ALMOST_CERTAIN, None), "the 2 states .* almost surely more than the 1 that the others leave"),
        ((VERY_LIKELY, VERY_LIKELY), "the 2 states .* almost surely more than the 1 that the others leave"),
        ((REMOTE, REMOTE), "the 2 states .* almost surely less than the 1 that the others leave, and no state"),
        ((REMOTE, point(0.1)), "the state .* is almost surely less than the 0.9 that the others leave"),
        ((point(0.5), point(0.5), LIKELY, None), "the state .* is almost surely more than the 0 that the others leave"),
        ((normal(0.3, 0.001, 0, 1), normal(0.69, 0.001, 0, 1)), "almost surely less than the 1"),
        ((beta(400, 600), beta(300, 700)), "almost surely less than the 1"),
        ((triangular(0.5, 0.6, 0.7), UNLIKELY, uniform(0.5, 0.6), None), "the 2 states .* more than the 0.5 that"),
        ((beta(1, 0.5), beta(0.5, 1)), r"beta\(1, 0.5\) and the densities beside it heap all mass"),
        ((beta(0.5, 0.2), beta(0.3, 2), beta(0.4, 2)), r"beta\(0.5, 0.2\) and the densities beside it"),
        ((UNLIKELY,) * 12, "the 12 states .* almost surely more than the 1"),
    ],
)
def test_a_row_that_cannot_be_met_says_why_with_numbers(parts: Parts, says: str) -> None:
    why = infeasibility(Row("row", parts))
    assert why is not None
    assert re.search(says, why)


@pytest.mark.parametrize(
    "parts",
    [
        (point(0.3), point(0.7)),
        (point(1 / 3),) * 3,
        (point(0.1),) * 10,
        (point(0.5), point(0.5), None),
        (None,),
        (point(1),),
        (uniform(0, 1), uniform(0, 1)),
        (uniform(0.2, 0.4), uniform(0.6, 0.8)),
        (LIKELY, None),
        (LIKELY, UNLIKELY),
        (LIKELY, VERY_UNLIKELY, REMOTE),
        (VERY_LIKELY, LIKELY, None),
        (ALMOST_CERTAIN, uniform(0.2, 0.4)),
        (normal(0.3, 0.001, 0, 1), normal(0.4, 0.001, 0, 1), normal(0.3, 0.002, 0, 1)),
        (REMOTE,) * 11 + (LIKELY,),
        (VERY_UNLIKELY,) * 12,
        (beta(1, 0.5), beta(0.6, 1)),
        (beta(1, 0.5), beta(0.5, 1), None),
        (beta(0.5, 0.2), uniform(0, 1)),
        (beta(0.5, 0.5), LIKELY),
    ],
)
def test_a_row_that_can_be_met_is_let_through(parts: Parts) -> None:
    assert infeasibility(Row("row", parts)) is None
