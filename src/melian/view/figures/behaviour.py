"""How the actors choose: the chance of each option, and how far it differs from situation to situation."""

from collections.abc import Iterator
from typing import Final

from melian.answer.behaviour import Behaviour, SolvedChoice
from melian.case.case import Case
from melian.view.figures.bands import (
    WIDTH,
    Band,
    Meaning,
    Scale,
    beside,
    chances_grid,
    headed,
    key,
    lines_height,
    stacked,
    words,
)
from melian.view.figures.drawing import COLOURS, Drawing
from melian.view.figures.svg import broken, line, rectangle

LABEL: Final = 290.0
SCALE: Final = Scale(310.0, 340.0)
TICKS: Final = 400  # situations that are marked, of one option; more would be a blur


def behaviour_drawing(case: Case, found: Behaviour, step: int) -> Drawing:
    """The options of every choice.

    Parameters
    ----------
    step : points to which chances are rounded.
    """
    colours = {actor.name: at % COLOURS for at, actor in enumerate(case.actors)}
    signs, deep = key(_SIGNS)
    top = deep + 26
    bands = [band for choice in found.choices for band in _bands(case, choice, colours[choice.actor], step)]
    marks, bottom, cuts = stacked(bands, top)
    whole = signs + chances_grid(SCALE, top, bottom) + marks
    return Drawing(WIDTH, bottom + 8, whole, "How the actors choose", DESCRIBED, cuts)


DESCRIBED: Final = (
    "Bar: chance of each option given the evidence, over all situations, in the colour of who chooses. Strokes: its"
    " chance in each situation that the actor may find itself in, before any report; the further apart they stand, the"
    " more the choice hangs on what is seen."
)
_SIGNS: Final[tuple[Meaning, ...]] = (
    (lambda x, y: rectangle(x - 7, y - 4, 14, 8, "fill-chance"), "chance over all situations"),
    (lambda x, y: line(x, y - 6, x, y + 6, "tick"), "chance in one situation"),
)


def _bands(case: Case, choice: SolvedChoice, colour: int, step: int) -> Iterator[Band]:
    actor, node = case.actor(choice.actor).label, case.nodes[choice.name].label
    title = node if actor.casefold() in node.casefold() else f"{node} ({actor})"
    yield headed(title, colour)
    labels = {state.name: state.label for state in case.nodes[choice.name].states}
    for at, option in enumerate(choice.options):
        lines = broken(labels[option], LABEL, 2)
        yield _option(lines, choice, option, colour, step, is_head=at + 1 < len(choice.options))


def _option(lines: list[str], choice: SolvedChoice, option: str, colour: int, step: int, *, is_head: bool) -> Band:
    height = lines_height(len(lines)) - 4
    possible = (situation for situation in choice.rule if situation.is_possible and option in situation.options)
    places = sorted({round(SCALE.at(each.options[option].mean), 1) for each in possible})

    def drawn(y: float) -> str:
        middle, chance = y + height / 2, choice.overall[option]
        bar = rectangle(SCALE.left, middle - 5, SCALE.at(chance) - SCALE.left, 10, f"fill-{colour}")
        ticks = "".join(line(x, middle - 8, x, middle + 8, "tick") for x in places[:TICKS])
        return words(0, middle, lines) + bar + ticks + beside(SCALE.left + SCALE.width + 12, middle, chance, step)

    return Band(height, drawn, is_head)
