"""The statements that are said to clash do clash, and no fewer of them do."""

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from melian.model.clash import clashing
from melian.model.distribution import Distribution, logit_normal_from_band, point, uniform
from melian.model.parameter import Row, infeasibility

ENDS = st.tuples(st.integers(0, 20), st.integers(0, 20)).map(sorted).filter(lambda ends: ends[0] < ends[1])
PARTS: st.SearchStrategy[Distribution | None] = st.one_of(
    st.none(),
    st.integers(0, 20).map(lambda share: point(share / 20)),
    ENDS.map(lambda ends: uniform(ends[0] / 20, ends[1] / 20)),
    st.sampled_from([(0.05, 0.2), (0.55, 0.8), (0.8, 0.95), (0.95, 0.99)]).map(
        lambda band: logit_normal_from_band(*band)
    ),
)


def without(row: Row, gone: set[int]) -> Row:
    return replace(row, parts=tuple(None if place in gone else part for place, part in enumerate(row.parts)))


@given(st.lists(PARTS, min_size=2, max_size=6))
def test_the_clash_is_one_and_is_minimal(parts: list[Distribution | None]) -> None:
    row = Row("row", tuple(parts))
    assume(infeasibility(row) is not None)
    found = clashing(row)
    others = set(range(len(parts))) - set(found)
    assert infeasibility(without(row, others)) is not None
    assert all(infeasibility(without(row, others | {place})) is None for place in found)


def test_what_does_not_take_part_is_left_out() -> None:
    row = Row("row", (uniform(0.6, 0.7), uniform(0.0, 0.1), uniform(0.5, 0.6), None))
    assert clashing(row) == (0, 2)
