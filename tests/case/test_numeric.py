"""States that are values or bands of a quantity: comparisons, what is refused, and the quantity itself."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import melian
from melian.answer.quantity import Level, quantity_of
from melian.case.numeric import Numeric
from melian.errors import AskError
from melian.source.text import Source, Span
from tests.reading import errors, notes, points_at_the_mark

NOWHERE = Span(Source("case.yaml", ""), 0, 0)


def oil(event: str, numeric: str = "{unit: dollars, edges: [40, 60, 80, 120, open]}") -> str:
    return f"""melian: 1
case: oil
question: {{event: {{oil: {event}}}, by: 2031-12-31}}
factors:
  oil: {{states: [a, b, c, d], numeric: {numeric}, chances: {{a: 0.1, b: 0.4, c: 0.3, d: 0.2}}}}
"""


EVENTS = [
    ("above 80", 0.5), ("at least 80", 0.5), ("below 80", 0.5), ("at most 60", 0.1), ("above 60", 0.9),
    ("between 60 and 120", 0.7), ("Between 40 and 60", 0.1), ("above 120", 0.2),
]  # fmt: skip


@pytest.mark.parametrize(("event", "chance"), EVENTS)
def test_an_event_may_be_a_comparison(event: str, chance: float) -> None:
    case = melian.read_text(oil(event))
    assert case.solve(worlds=1).likelihood().mean == pytest.approx(chance)
    assert melian.read_text(case.to_yaml()).judged == case.judged
    assert event in case.to_yaml()


@pytest.mark.parametrize(
    ("event", "chance"), [("above 2", 0.5), ("at least 2", 0.9), ("below 2", 0.1), ("at most 2", 0.5)]
)
def test_values_are_compared_as_they_are(event: str, chance: float) -> None:
    case = melian.read_text(oil(event, "{values: [1, 2, 3, 4.5]}"))
    assert case.solve(worlds=1).likelihood().mean == pytest.approx(chance)


def test_a_comparison_is_a_condition_wherever_there_is_one() -> None:
    text = oil("above 80").replace("event: {oil: above 80}", "event: {f: yes}")
    text += "  f: {states: [no, yes], chances: [{when: {oil: below 60}, yes: 1}, {else: true, yes: 0}]}\n"
    assert melian.read_text(text).solve(worlds=1).likelihood().mean == pytest.approx(0.1)


REFUSED = {
    "inside a band": (oil("«above 70»"), "60 or 80"),
    "inside an open band": (oil("«above 130»"), "120"),
    "never": (oil("«below 40»"), "reach"),
    "not numeric": (
        oil("«above 80»").replace("numeric: {unit: dollars, edges: [40, 60, 80, 120, open]}, ", ""),
        "numeric",
    ),
    "falling": (oil("a", "{«edges»: [40, 60, 50, 120, open]}"), "least to the most"),
    "too few": (oil("a", "{«edges»: [40, 60, 80, open]}"), "one more"),
    "open inside": (oil("a", "{«edges»: [40, 60, open, 80, 120]}"), "outer ends"),
    "no number": (oil("a", "{edges: [40, «much», 80, 100, 120]}"), "edges"),
    "both": (oil("a", "{edges: [1, 2, 3, 4, 5], values: [1, 2, 3, 4]}").replace("numeric:", "«numeric»:"), "edges"),
}


@pytest.mark.parametrize(("text", "cure"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_compared_is_shown_with_a_cure(text: str, cure: str) -> None:
    (note,) = notes(points_at_the_mark(text, "wrong-numeric"))
    assert cure in note


def test_a_quantity_that_cannot_be_read_says_so_once() -> None:
    assert errors(oil("above 80", "{edges: [40, 60]}")) == ["wrong-numeric"]


def test_the_quantity_has_a_middle_and_a_range() -> None:
    found = melian.read_text(oil("above 80")).solve(worlds=1).quantities()["oil"]
    assert (found.q05, found.median) == (Level(50.0, "at"), Level(80.0, "at"))
    assert found.q95 == Level(120.0, "above")  # of a band without an end only its beginning is known
    assert [band.chance for band in found.bands] == pytest.approx([0.1, 0.4, 0.3, 0.2])


@settings(max_examples=30)
@given(st.lists(st.tuples(st.floats(0.1, 10), st.floats(0.01, 1)), min_size=2, max_size=6))
def test_levels_are_those_of_a_histogram(parts: list[tuple[float, float]]) -> None:
    edges = np.concatenate([[0.0], np.cumsum([width for width, _ in parts])])
    chances = np.array([mass for _, mass in parts]) / sum(mass for _, mass in parts)
    said = {f"s{i}": float(chance) for i, chance in enumerate(chances)}
    found = quantity_of("x", Numeric("", (), tuple(map(float, edges)), NOWHERE), said)
    cumulative = np.concatenate([[0.0], np.cumsum(chances)])
    expected = np.interp([0.05, 0.5, 0.95], cumulative, edges)
    assert [level.value for level in (found.q05, found.median, found.q95)] == pytest.approx(expected)


def test_what_is_observed_may_be_a_comparison() -> None:
    case = melian.read_text(oil("a"))
    found = case.solve(worlds=1, observe={"oil": "below 80"})
    assert found.likelihood().mean == pytest.approx(0.2)
    assert found.supposed.observe == {"oil": "a|b"}
    with pytest.raises(AskError, match="below 70"):
        case.solve(worlds=1, observe={"oil": "below 70"})
