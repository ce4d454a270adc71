"""Sums of products of rows: the numbers of the plain sum, in its order."""

import numba
import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from melian.solve.kernel.rows import LANES, sum_of_products
from tests.solving import Floats

N_CELLS = 12
OUT = N_CELLS - 1


@numba.njit
def summed(file: Floats, left: NDArray[np.int32], right: NDArray[np.int32], place: int, n_members: int) -> None:
    sum_of_products(file, left, right, place, n_members, OUT)


@given(
    st.lists(st.tuples(st.integers(0, OUT - 1), st.integers(0, OUT - 1)), min_size=1, max_size=20),
    st.data(),
)
def test_a_sum_of_products_is_taken_in_order_and_touches_nothing_else(
    pairs: list[tuple[int, int]], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(pairs) - 1))
    n_members = data.draw(st.integers(1, len(pairs) - place))
    file = np.random.default_rng(len(pairs)).normal(size=(N_CELLS, LANES)) * 10.0 ** np.arange(N_CELLS)[:, None]
    left, right = np.array(pairs, dtype=np.int32).T.copy()
    expected = file.copy()
    total = file[left[place]] * file[right[place]]
    for at in range(place + 1, place + n_members):
        total = total + file[left[at]] * file[right[at]]
    expected[OUT] = total
    summed(file, left, right, place, n_members)
    np.testing.assert_array_equal(file, expected)
