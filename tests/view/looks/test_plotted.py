"""Answers in axes of matplotlib: real bars, lines and points, with the numbers of the answer."""

from collections.abc import Iterator
from typing import Any

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure

from melian.errors import AskError
from melian.view.looks.plotted import PLOTS
from tests.view.answers import asked, kinds

NAMES = ["solution", "diff", *kinds()]


@pytest.fixture
def ax() -> Iterator[Any]:
    with mpl.rc_context({"text.usetex": False}):
        yield Figure(figsize=(9, 12), layout="constrained").subplots()


@pytest.mark.parametrize("name", NAMES)
def test_an_answer_is_drawn_into_axes_or_says_that_it_cannot_be(name: str, ax: Any) -> None:
    answer = asked("strait")[name]
    if type(answer) not in PLOTS:
        with pytest.raises(AskError, match="cannot be drawn into axes"):
            answer.plot(ax=ax)
        return
    assert answer.plot(ax=ax) is ax
    assert ax.get_title()
    assert ax.get_xlabel()
    assert ax.lines or ax.patches or ax.collections
    ax.figure.canvas.draw()  # nothing that it would take for a formula, no glyph that is missing


def test_the_answer_stands_where_it_is(ax: Any) -> None:
    solution = asked("strait")["solution"]
    solution.plot(ax=ax)
    answer = solution.likelihood()
    assert [100 * answer.mean] * 2 in [list(line.get_xdata()) for line in ax.lines]
    heights = [bar.get_height() for bar in ax.patches]
    assert sum(heights) == pytest.approx(100)


def test_before_and_after_of_a_supposition_are_both_there(ax: Any) -> None:
    found = asked("strait")["whatif"]
    found.plot(ax=ax)
    drawn = {round(x, 6) for line in ax.lines for x in line.get_xdata()}
    assert {round(100 * found.event.before, 6), round(100 * found.event.after, 6)} <= drawn
