"""Uniform draws from slices of boxes, against exact volumes in rational numbers."""

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from melian.solve.draws.slice import Range, slice_levels, slice_volume
from melian.solve.draws.sobol import unit_block

# How far a drawn number's exact cumulative chance may be from the u it was drawn by.
CLOSED = 1e-9  # closed forms; the root of a difference near an edge costs some digits
TABLE = 2e-6  # cubic cells of a 2,048th of the reach
SUM = 1e-12

FREE = Range(0, 1)
SHAPES = {
    "nothing said": [FREE] * 3,
    "twelve states of which nothing is said": [FREE] * 12,
    "one range": [Range(0.2, 0.4), FREE, FREE],
    "two ranges that bind": [Range(0.2, 0.4), Range(0.3, 0.6), Range(0.1, 0.5)],
    "ranges beside free states": [Range(0.2, 0.4), Range(0.3, 0.6), FREE, FREE],
    "highs that hardly suffice": [Range(0.1, 0.3), Range(0.2, 0.35), Range(0.3, 0.4)],
    "lows that nearly fill": [Range(0.3, 0.6), Range(0.3, 0.9), Range(0.35, 0.8), FREE],
    "equal ranges": [Range(0.1, 0.2)] * 7,
    "narrow beside wide": [Range(0.1, 0.101)] * 5 + [Range(0, 0.4), Range(0, 0.4)],
    "a free state that takes up the rest": [Range(0.1, 0.3), Range(0.05, 0.4), FREE],
    "a range wide enough to take up the rest": [Range(0.1, 0.15), Range(0.2, 0.3), Range(0.05, 0.1), Range(0.4, 0.7)],
    "very narrow beside free": [Range(0.01, 0.01 + 1e-6)] * 3 + [FREE] * 3,
    "twelve ranges": [Range(0, 0.1 + 0.01 * place) for place in range(12)],
    "twelve ranges that hardly suffice": [Range(0, 0.084 + 0.0005 * place) for place in range(12)],
}


def volume(widths: list[Fraction], r: Fraction) -> Fraction:
    """Volume of the slice times (m - 1)!, by inclusion and exclusion of the upper bounds."""
    total = Fraction(0)
    for size in range(len(widths) + 1):
        for chosen in combinations(widths, size):
            beyond = r - sum(chosen)
            if beyond > 0:
                total += (-1) ** size * beyond ** (len(widths) - 1)
    return total


def exact_chance(ranges: list[Range], x: float, total: float) -> float:
    """Chance that the first coordinate is at most `x`: volume of the slice with its range cut there, by the whole."""
    widths = [Fraction(part.high) - Fraction(part.low) for part in ranges]
    r = Fraction(total) - sum(Fraction(part.low) for part in ranges)
    y = min(max(Fraction(x) - Fraction(ranges[0].low), Fraction(0)), widths[0])
    return float(volume([y, *widths[1:]], r) / volume(widths, r))


def by_width(ranges: list[Range]) -> list[Range]:
    return sorted(ranges, key=lambda part: part.high - part.low)


def drawn(ranges: list[Range], n_worlds: int, total: float = 1.0) -> np.ndarray:
    """Coordinates [S, W]."""
    levels = slice_levels(ranges, total, total)
    unit = unit_block(len(levels), 3, 0, n_worlds)
    rest, coordinates = np.full((1, n_worlds), total), []
    for level, u in zip(levels, unit, strict=True):
        coordinates.append(level.draw(rest, u[None])[0])
        rest = rest - coordinates[-1]
    return np.array([*coordinates, rest[0]])


@pytest.mark.parametrize("ranges", SHAPES.values(), ids=SHAPES.keys())
def test_every_coordinate_follows_its_law_given_those_before_it(ranges: list[Range]) -> None:
    ranges = by_width(ranges)
    tolerance = CLOSED if len(ranges) <= 3 else TABLE
    coordinates = drawn(ranges, 256)
    u = np.array([0.001, 0.4, 0.99])
    for place, level in enumerate(slice_levels(ranges, 1, 1)):
        for world in (0, 1):
            rest = 1 - coordinates[:place, world].sum()
            x = level.draw(np.full((1, u.size), rest), u[None].copy())[0]
            found = [exact_chance(ranges[place:], value, rest) for value in x]
            # A narrow range next to the rest is known to the last digits of the rest only.
            width = ranges[place].high - ranges[place].low
            np.testing.assert_allclose(found, u, atol=tolerance + 1e-14 / width)


@pytest.mark.parametrize("ranges", SHAPES.values(), ids=SHAPES.keys())
def test_every_world_sums_to_one_within_its_bounds(ranges: list[Range]) -> None:
    ranges = by_width(ranges)
    coordinates = drawn(ranges, 4096)
    np.testing.assert_allclose(coordinates.sum(axis=0), 1, atol=SUM)
    for part, row in zip(ranges[:-1], coordinates[:-1], strict=True):
        assert part.low <= row.min()
        assert row.max() <= part.high
    # The last one takes what is left, and so the rounding of the others; rows clip it.
    assert ranges[-1].low - SUM <= coordinates[-1].min()
    assert coordinates[-1].max() <= ranges[-1].high + SUM


def test_alike_coordinates_have_alike_moments() -> None:
    """Ranges that do not bind give the Dirichlet's moments, whatever the order in which they are drawn."""
    n = 8
    coordinates = drawn([FREE] * n, 2**14)
    np.testing.assert_allclose(coordinates.mean(axis=1), 1 / n, atol=1e-4)
    np.testing.assert_allclose(coordinates.var(axis=1), (n - 1) / (n**2 * (n + 1)), rtol=0.02)


@st.composite
def feasible_ranges(draw: st.DrawFn) -> list[Range]:
    """Ranges on the unit interval around a point of the simplex, so that they can be met."""
    n = draw(st.integers(2, 7))
    weights = np.array(draw(st.lists(st.floats(0.02, 1), min_size=n, max_size=n)))
    below = np.array(draw(st.lists(st.floats(0, 1), min_size=n, max_size=n)))
    above = np.array(draw(st.lists(st.floats(0.01, 1), min_size=n, max_size=n)))
    middle = weights / weights.sum()
    lows, highs = middle * (1 - below), middle + (1 - middle) * above
    return [Range(float(low), float(high)) for low, high in zip(lows, highs, strict=True)]


@given(feasible_ranges())
def test_any_ranges_that_can_be_met_are_met_by_the_right_law(ranges: list[Range]) -> None:
    ranges = by_width(ranges)
    coordinates = drawn(ranges, 512)
    np.testing.assert_allclose(coordinates.sum(axis=0), 1, atol=SUM)
    for part, row in zip(ranges, coordinates, strict=True):
        assert part.low - SUM <= row.min()
        assert row.max() <= part.high + SUM
    assume(sum(part.low for part in ranges) < 1 - 1e-3 and sum(part.high for part in ranges) > 1 + 1e-3)
    u = np.array([0.01, 0.3, 0.8])
    first = slice_levels(ranges, 1, 1)[0].draw(np.ones((1, 3)), u[None].copy())[0]
    np.testing.assert_allclose([exact_chance(ranges, x, 1) for x in first], u, atol=TABLE)


@given(feasible_ranges(), st.floats(0.02, 0.98))
def test_the_volume_of_a_slice_is_exact_up_to_a_factor(ranges: list[Range], share: float) -> None:
    ranges = by_width(ranges)
    lows, highs = sum(part.low for part in ranges), sum(part.high for part in ranges)
    middle, other = (lows + highs) / 2, lows + share * (highs - lows)
    assume(highs - lows > 1e-3)
    found = slice_volume(ranges, lows, highs)(np.array([middle, other, lows - 0.01, highs + 0.01]))
    widths = [Fraction(part.high) - Fraction(part.low) for part in ranges]
    least = sum(Fraction(part.low) for part in ranges)
    exact = [float(volume(widths, Fraction(total) - least)) for total in (middle, other)]
    assert found[1] / found[0] == pytest.approx(exact[1] / exact[0], rel=1e-3, abs=1e-6)
    assert found[2:].tolist() == [0, 0]


def test_what_is_left_may_differ_between_worlds() -> None:
    ranges = [Range(0.05, 0.2), Range(0.1, 0.4), Range(0, 0.5), Range(0, 0.6)]
    rests = np.array([0.3, 0.6, 0.9, 1.2])
    levels = slice_levels(ranges, 0.3, 1.2)
    u = np.array([0.05, 0.4, 0.6, 0.95])
    x = levels[0].draw(rests[None], u[None].copy())[0]
    found = [exact_chance(ranges, value, rest) for value, rest in zip(x, rests, strict=True)]
    np.testing.assert_allclose(found, u, atol=TABLE)


def test_ranges_whose_rest_is_taken_up_do_not_bind_each_other() -> None:
    """Nothing else has to be drawn by such plain arithmetic, which most ranges around a known row come down to."""
    ranges = [Range(0.05, 0.1), Range(0.1, 0.2), Range(0.5, 0.9)]
    assert [level.key for level in slice_levels(ranges, 0.9, 1.0)] == ["box", "box"]
    assert "box" not in [level.key for level in slice_levels(ranges, 0.9, 1.06)]
    assert "box" not in [level.key for level in slice_levels(ranges, 0.79, 1.0)]
    u = np.array([0.0001, 0.4, 0.9999])
    first = slice_levels(ranges, 0.9, 1.0)[0].draw(np.full((1, 3), 0.9), u[None].copy())[0]
    np.testing.assert_allclose([exact_chance(ranges, x, 0.9) for x in first], u, atol=CLOSED)
