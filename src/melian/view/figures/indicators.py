"""What to watch: each thing that may be seen, and where the answer would go by what is seen."""

from collections.abc import Iterator, Sequence
from math import sqrt
from typing import Final

from melian.answer.indicators import MADE, Indicator
from melian.answer.information import Result
from melian.case.case import Case
from melian.view import wording
from melian.view.figures.bands import (
    PAD,
    About,
    Band,
    Column,
    Meaning,
    Scale,
    banded,
    chances_scale,
    clear_of,
    lines_height,
    words,
)
from melian.view.figures.drawing import Drawing
from melian.view.figures.svg import LINE, broken, circle, line, text
from melian.view.naming import thing_label

LABEL: Final = 330.0
CHANCE: Final = 384.0  # right end of the column of chances
LEFT, PLOT = 404.0, 260.0
LEAST, WIDEST = 2.5, 6.5  # radius of a dot
SHOWN: Final = 6
LINES: Final = 6


def indicators_drawing(case: Case, shown: Sequence[Indicator], answer: float, step: float) -> Drawing:
    """Where the answer would go.

    Parameters
    ----------
    shown : what is worth watching, what tells most for its effort first.
    answer : chance of the event.
    step : points to which chances are rounded.
    """
    drawn = shown[:SHOWN]
    ends = [one.answer for each in drawn for one in each.move.results if one.answer is not None]
    scale = chances_scale(LEFT, PLOT, [answer, *ends])
    columns = (
        Column("chance", CHANCE, "end"),
        Column("the answer then, %", LEFT, scale=scale, now=answer),
    )
    about = About("Where the answer would go", _described(len(shown) - len(drawn)))
    bands = [band for each in drawn for band in _bands(case, each, scale, answer, step)]
    return banded(about, _signs(answer, step), columns, bands)


def _signs(answer: float, step: float) -> list[Meaning]:
    return [
        (lambda x, y: circle(x, y, 5, "dot"), "the answer once it is seen: the larger, the likelier that it is seen"),
        (lambda x, y: line(x, y - 7, x, y + 7, "middle"), f"the answer now, {wording.percent(answer, step)}"),
    ]


def _bands(case: Case, one: Indicator, scale: Scale, now: float, step: float) -> Iterator[Band]:
    """What may be seen as a heading, its results below."""
    lines, how = broken(thing_label(case, one), LABEL + 40, LINES, is_bold=True), _how(one)
    yield Band(lines_height(len(lines) + len(how)) - 4, lambda y: _head(y, lines, how), is_head=True)
    results = [
        (name, result) for name, result in zip(one.results, one.move.results, strict=True) if result.answer is not None
    ]
    for at, (name, result) in enumerate(results):
        yield _result(_named(case, one, name), result, scale, now, step, is_head=at + 1 < len(results))


def _head(y: float, lines: Sequence[str], how: Sequence[str]) -> str:
    top = y + PAD + LINE * len(lines)
    return words(0, (y + PAD + top) / 2, lines, "strong") + words(0, top + LINE * len(how) / 2, how, "quiet small")


def _how(one: Indicator) -> list[str]:
    """When and how readily it can be seen."""
    seen = one.observable
    said = [part for part in (seen.how, seen.when) if part] if seen is not None else []
    return broken(f"to be seen {', '.join(said)}", LABEL + 40, LINES) if said else []


def _named(case: Case, one: Indicator, name: str) -> str:
    if one.kind == "report":
        return "it comes" if name == MADE[0] else "it does not come"
    labels = {state.name: state.label for state in case.nodes[one.node].states}
    return labels[name]


def _result(name: str, result: Result, scale: Scale, now: float, step: float, *, is_head: bool) -> Band:
    lines = broken(name, LABEL - 12, LINES)
    height = lines_height(len(lines)) - 7

    def drawn(y: float) -> str:
        assert result.answer is not None
        middle = y + height / 2 - 1
        x, radius = scale.at(result.answer), LEAST + (WIDEST - LEAST) * sqrt(min(max(result.chance, 0.0), 1.0))
        marks = words(12, middle, lines) + circle(x, middle, radius, "dot")
        marks += text(CHANCE, middle + 4, wording.percent(result.chance, step), "quiet small", "end")
        said = wording.percent(result.answer, step)
        beside = clear_of(scale.at(now), x + radius + 5, said, "start", is_bold=True)
        return marks + text(beside, middle + 4, said, "strong small over")

    return Band(height, drawn, is_head)


def _described(left: int) -> str:
    rest = f" {wording.counted(left, 'other thing')} worth watching left out." if left > 0 else ""
    return (
        "What can still be seen before the event, what tells most for its effort first. Below each, what may be seen,"
        f" how likely that is, and where the answer would then stand against where it stands now.{rest}"
    )
