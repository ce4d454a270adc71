"""How the actors choose: the chance of each option, and how far it differs from situation to situation."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from melian.answer.behaviour import Behaviour, SolvedChoice
from melian.case.case import Case
from melian.view.figures.bands import (
    About,
    Band,
    Column,
    Meaning,
    Scale,
    banded,
    beside,
    headed,
    lines_height,
    words,
)
from melian.view.figures.drawing import Drawing, colours_of
from melian.view.figures.svg import broken, line, rectangle
from melian.view.naming import choice_label

Seen = Mapping[str, Mapping[str, Sequence[float]]]

LABEL: Final = 290.0
SCALE: Final = Scale(310.0, 340.0)
LINES: Final = 6
TICKS: Final = 400  # situations that are marked, of one option; more would be a blur


def behaviour_drawing(case: Case, found: Behaviour, after: Seen, step: float) -> Drawing:
    """The options of every choice.

    Parameters
    ----------
    after : by choice and option, its chance after the evidence in each situation.
    step : points to which chances are rounded.
    """
    colours = colours_of(case)
    bands = [
        band
        for choice in found.choices
        for band in _bands(case, choice, after[choice.name], colours[choice.actor], step)
    ]
    return banded(About("How the actors choose", DESCRIBED), _SIGNS, (Column("", SCALE.left, scale=SCALE),), bands)


DESCRIBED: Final = (
    "Bar: chance of each option after the evidence, over all situations, in the colour of who chooses. Strokes: its"
    " chance, after the same evidence, in each situation that the actor may find itself in; the bar is their average."
    " The further apart they stand, the more the choice hangs on what is seen."
)
_SIGNS: Final[tuple[Meaning, ...]] = (
    (lambda x, y: rectangle(x - 7, y - 4, 14, 8, "fill-chance"), "chance over all situations"),
    (lambda x, y: line(x, y - 6, x, y + 6, "tick"), "chance in one situation"),
)


def _bands(
    case: Case, choice: SolvedChoice, after: Mapping[str, Sequence[float]], colour: int, step: float
) -> Iterator[Band]:
    yield headed(choice_label(case, choice.name), colour)
    labels = {state.name: state.label for state in case.nodes[choice.name].states}
    for at, option in enumerate(choice.options):
        lines = broken(labels[option], LABEL, LINES)
        chances = choice.overall[option], after[option]
        yield _option(lines, *chances, colour, step, is_head=at + 1 < len(choice.options))


def _option(
    lines: list[str], chance: float, after: Sequence[float], colour: int, step: float, *, is_head: bool
) -> Band:
    height = lines_height(len(lines)) - 4
    places = sorted({round(SCALE.at(each), 1) for each in after})

    def drawn(y: float) -> str:
        middle = y + height / 2
        bar = rectangle(SCALE.left, middle - 5, SCALE.at(chance) - SCALE.left, 10, f"fill-{colour}")
        ticks = "".join(line(x, middle - 8, x, middle + 8, "tick") for x in places[:TICKS])
        return words(0, middle, lines) + bar + ticks + beside(SCALE.left + SCALE.width + 12, middle, chance, step)

    return Band(height, drawn, is_head)
