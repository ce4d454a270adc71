"""What an actor can do: the event under each of its options, and what each is worth to it."""

from collections.abc import Iterator
from typing import Final

from melian.answer.levers import Contest, Lever, Levers
from melian.case.case import Case
from melian.source.cells import safe
from melian.view import wording
from melian.view.figures.bands import (
    About,
    Band,
    Column,
    Meaning,
    Scale,
    banded,
    beside,
    lines_height,
    whisker,
    words,
)
from melian.view.figures.drawing import Drawing
from melian.view.figures.svg import broken, circle, line, rectangle, text
from melian.view.naming import taken

LABEL: Final = 226.0
EVENT: Final = Scale(242.0, 150.0)
WORTH: Final = Scale(462.0, 96.0)
POINTS: Final = 100.0  # of utility, from worst to best
BEST: Final = Scale(600.0, 62.0)
LINES: Final = 6


def levers_drawing(case: Case, found: Levers, step: float) -> Drawing:
    """The options of each of an actor's choices beside each other.

    Parameters
    ----------
    step : points to which chances are rounded.
    """
    columns = (
        Column("the event, %", EVENT.left, scale=EVENT, now=found.event),
        Column("worth to it, of 100", WORTH.left, scale=WORTH, now=found.worth / POINTS),
        Column("best in", BEST.left),
    )
    about = About(f"What {safe(case.actor(found.actor).label)} can do", _described(case, found))
    bands = [band for contest in found.contests for band in _bands(case, contest, step)]
    return banded(about, _signs(found, step), columns, bands)


def _signs(found: Levers, step: float) -> list[Meaning]:
    now = f"as things stand: {wording.percent(found.event, step)}, worth {found.worth:.0f}"
    return [
        (
            lambda x, y: circle(x, y, 4, "dot") + line(x - 9, y, x + 9, y, "span"),
            "chance then, with its range in 90 of 100 worlds",
        ),
        (lambda x, y: line(x, y - 7, x, y + 7, "middle"), now),
    ]


def _bands(case: Case, contest: Contest, step: float) -> Iterator[Band]:
    said = broken(" and ".join(case.nodes[choice].label for choice in contest.choices), LABEL, LINES, is_bold=True)
    height = lines_height(len(said)) - 2
    yield Band(height, lambda y: words(0, y + height / 2, said, "strong"), is_head=True)
    for lever in contest.levers:
        yield _lever(broken(taken(case, lever), LABEL - 10, LINES), lever, step)


def _lever(said: list[str], lever: Lever, step: float) -> Band:
    height = lines_height(max(len(said), 1)) + 4

    def drawn(y: float) -> str:
        middle = y + height / 2
        marks = words(10, middle, said) + whisker(EVENT, lever.q05, lever.q95, middle)
        marks += circle(EVENT.at(lever.event), middle, 4.5, "dot")
        marks += beside(EVENT.left + EVENT.width + 8, middle, lever.event, step)
        marks += circle(WORTH.at(lever.worth / POINTS), middle, 4.5, "dot")
        marks += text(WORTH.left + WORTH.width + 8, middle + 4, f"{lever.worth:.0f}", "strong")
        marks += rectangle(BEST.left, middle - 5, BEST.width, 10, "soft")
        marks += rectangle(BEST.left, middle - 5, BEST.at(lever.best) - BEST.left, 10, "bar")
        return marks + beside(BEST.left + BEST.width + 6, middle, lever.best)

    return Band(height, drawn)


def _described(case: Case, found: Levers) -> str:
    actor = case.actor(found.actor).label
    return (
        f"Each option of {actor} as if it took it openly, so that the others know it and answer it. From left to right:"
        f" the chance of the event then, with its range over worlds; the expected utility that {actor} has of it, of"
        " 100; and the share of worlds in which no other of its options is worth more. Vertical lines: as things stand."
    )
