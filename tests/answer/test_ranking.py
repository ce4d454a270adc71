"""Orders: what is as good as equal stands as it came, whatever the last bits say."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from melian.answer.ranking import greatest, ranked

# What another machine's rounding may do to a number.
NOISE = 1e-13
numbers = st.sampled_from([-1.0, -0.25, 0.0, 1e-6, 0.1, 0.125, 0.3, 0.3 + 1e-6, 0.5, 1.0, 41.0, np.inf])


@st.composite
def rounded_twice(draw: st.DrawFn) -> tuple[list[float], list[float]]:
    """The same numbers as two machines have them, with many that are equal."""
    values = draw(st.lists(numbers, min_size=1, max_size=12))
    noise = st.floats(-NOISE, NOISE)
    return [[v if np.isinf(v) else v * (1 + draw(noise)) + draw(noise) for v in values] for _ in range(2)]


@given(rounded_twice(), st.booleans())
def test_an_order_does_not_hang_on_the_last_bits(twice, least_first):
    one, other = (ranked(range(len(v)), v.__getitem__, least_first=least_first) for v in twice)
    assert one == other


@given(rounded_twice())
def test_the_greatest_does_not_hang_on_the_last_bits(twice):
    one, other = (greatest(np.array(values)) for values in twice)
    assert one == other
    assert ranked(range(len(twice[0])), twice[0].__getitem__)[0] == one[0]


@given(st.lists(numbers))
def test_what_differs_stands_by_its_number_and_what_is_equal_as_it_came(values):
    found = ranked(list(enumerate(values)), lambda pair: pair[1])
    assert found == sorted(enumerate(values), key=lambda pair: (-pair[1], pair[0]))


@pytest.mark.parametrize("values", [[0.3, 0.1 + 0.2], [0.1 + 0.2, 0.3]], ids=["less first", "more first"])
def test_a_sum_that_rounding_left_apart_is_a_tie(values):
    assert ranked(values, float) == values
    assert greatest(np.array(values)) == (0,)


def test_places_in_a_table_are_found_by_row_and_column():
    assert greatest(np.array([[0.1, 0.3], [0.3 + 1e-16, 0.3]])) == (0, 1)
