"""What each actor weighs: the share that every stake has in its aims, before and after the evidence."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from melian.answer.learned import Learned
from melian.answer.ranking import ranked
from melian.case.case import Case
from melian.view.figures.bands import (
    About,
    Band,
    Column,
    Meaning,
    Scale,
    banded,
    beside,
    chances_scale,
    headed,
    whisker,
    words,
)
from melian.view.figures.drawing import Drawing, colours_of
from melian.view.figures.svg import LINE, broken, circle
from melian.view.naming import stake_labels

LABEL: Final = 300.0
LEFT, PLOT = 320.0, 330.0
LINES: Final = 6


def weights_drawing(case: Case, learned: Sequence[Learned]) -> Drawing:
    """Weights that were not fixed, actor by actor, the heaviest first."""
    held = [one for one in learned if one.stake is not None]
    colours = colours_of(case)
    scale = chances_scale(LEFT, PLOT, [0.0, *(one.after.q95 for one in held), *(one.before.mean for one in held)])
    bands = [
        band
        for actor, own in groupby(held, key=lambda one: one.actor)
        for band in _bands(case, actor, list(own), scale, colours[actor])
    ]
    columns = (Column("weight, % of all that it weighs", LEFT, scale=scale),)
    return banded(About("What each actor weighs", DESCRIBED), _SIGNS, columns, bands)


DESCRIBED: Final = (
    "How much each stake weighs with each actor: what it would rather see move from its worst to its best. Dot: mean"
    " over worlds after the evidence, with the range of 90 in 100 worlds; ring: mean before the evidence. Weights of"
    " one actor add up to 100. Weights that the case fixes are left out."
)
_SIGNS: Final[tuple[Meaning, ...]] = (
    (lambda x, y: circle(x, y, 4.5, "dot"), "weight after the evidence, with its range in 90 of 100 worlds"),
    (lambda x, y: circle(x, y, 4, "hollow"), "before it"),
)


def _bands(case: Case, actor: str, own: list[Learned], scale: Scale, colour: int) -> Iterator[Band]:
    yield headed(case.actor(actor).label, colour)
    own = ranked(own, key=lambda one: one.after.mean)
    names = stake_labels(case, actor)
    for at, one in enumerate(own):
        assert one.stake is not None
        yield _stake(names[one.stake], one, scale, is_head=at + 1 < len(own))


def _stake(name: str, one: Learned, scale: Scale, *, is_head: bool) -> Band:
    lines = broken(name, LABEL, LINES)
    height = LINE * len(lines) + 7

    def drawn(y: float) -> str:
        middle = y + height / 2
        marks = words(0, middle, lines) + whisker(scale, one.after.q05, one.after.q95, middle)
        marks += circle(scale.at(one.before.mean), middle, 4.5, "hollow")
        marks += circle(scale.at(one.after.mean), middle, 4.0, "dot")
        return marks + beside(LEFT + PLOT + 10, middle, one.after.mean)

    return Band(height, drawn, is_head)
