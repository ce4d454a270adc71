"""The tornado of an answer: what of its spread comes from each judgement, and where it goes from end to end of it."""

from collections.abc import Sequence
from typing import Final

from melian.answer import rounding
from melian.answer.drivers import Driver, Drivers
from melian.case.case import Case
from melian.view import wording
from melian.view.figures.bands import (
    About,
    Band,
    Column,
    Meaning,
    Scale,
    banded,
    beside,
    chances_scale,
    clear_of,
    lines_height,
    whisker,
    words,
)
from melian.view.figures.drawing import Drawing
from melian.view.figures.svg import broken, circle, line, text
from melian.view.naming import whole_name

MOST: Final = 10
LEAST: Final = 0.01  # a share below this is not worth a row
LABEL: Final = 296.0
SHARES: Final = Scale(312.0, 92.0)
NUMBER: Final = 48.0
ENDS: Final = 47.0  # room for a number at either end of the tornado
ANSWER, PLOT = 312.0 + 92.0 + NUMBER + 10.0 + ENDS, 164.0
LINES: Final = 8
SURE: Final = 1.96  # standard errors within which a number lies in 95 of 100 runs


def drivers_drawing(case: Case, found: Drivers, answer: float, step: float) -> Drawing:
    """The judgements that matter most, from the one that matters most.

    Parameters
    ----------
    answer : chance of the event.
    step : points to which chances are rounded.
    """
    shown = [one for one in found.drivers if one.total.value >= LEAST][:MOST] or list(found.drivers[:1])
    scale = chances_scale(ANSWER, PLOT, [answer, *_ends(shown)])
    columns = (
        Column("share of the spread, %", SHARES.left, scale=SHARES),
        Column("the answer then, %", ANSWER, scale=scale, now=answer),
    )
    about = About("What the spread comes from", _described(found, shown))
    return banded(about, _signs(answer, step), columns, [_band(case, driver, scale, answer, step) for driver in shown])


def _ends(shown: Sequence[Driver]) -> list[float]:
    told = [driver.tenths for driver in shown if driver.tenths.is_told]
    return [end for tenths in told for end in (tenths.low, tenths.high)]


def _signs(answer: float, step: float) -> list[Meaning]:
    return [
        (lambda x, y: circle(x, y, 4, "dot"), "share of the spread in all, with its interval"),
        (lambda x, y: line(x, y - 6, x, y + 6, "notch"), "by itself"),
        (lambda x, y: circle(x, y, 4, "hollow"), "answer where the number is in its lowest tenth"),
        (lambda x, y: circle(x, y, 4, "dot"), "in its highest tenth"),
        (lambda x, y: line(x, y - 7, x, y + 7, "middle"), f"the answer, {wording.percent(answer, step)}"),
    ]


def _band(case: Case, driver: Driver, scale: Scale, answer: float, step: float) -> Band:
    lines = broken(whole_name(case, driver.judged, driver.tenths.member), LABEL, LINES)
    height = lines_height(max(len(lines), 2))

    def drawn(y: float) -> str:
        middle = y + height / 2
        return words(0, middle, lines) + _shares(driver, middle) + _tenths(driver, scale, middle, answer, step)

    return Band(height, drawn)


def _shares(driver: Driver, y: float) -> str:
    total, first = driver.total, driver.first
    if not total.is_told:
        return text(SHARES.left, y + 4, "none to tell", "quiet small")
    itself = line(SHARES.at(first.value), y - 8, SHARES.at(first.value), y + 8, "notch") if first.is_told else ""
    drawn = whisker(SHARES, total.low, total.high, y) + itself + circle(SHARES.at(total.value), y, 4.5, "dot")
    return drawn + beside(SHARES.left + SHARES.width + 8, y, total.value)


def _tenths(driver: Driver, scale: Scale, y: float, now: float, step: float) -> str:
    tenths = driver.tenths
    if not tenths.is_told:
        return text(scale.left, y + 4, "no difference to tell", "quiet small over")
    low, high = scale.at(tenths.low), scale.at(tenths.high)
    marks = line(low, y, high, y, "bar-line")
    marks += _end(scale, tenths.low, tenths.low_error, y, now, step, kind="hollow", is_left=low < high)
    return marks + _end(scale, tenths.high, tenths.high_error, y, now, step, kind="dot", is_left=high <= low)


def _end(  # noqa: PLR0913 -- what is drawn, and where
    scale: Scale, chance: float, error: float, y: float, now: float, step: float, *, kind: str, is_left: bool
) -> str:
    """One end of the tornado: the answer there with its interval, its number on the outer side."""
    low, high = chance - SURE * error, chance + SURE * error
    said = wording.percent(chance, rounding.COARSE if error > rounding.FINE_ERROR else step)
    left, right = min(scale.at(chance) - 8, scale.at(low) - 4), max(scale.at(chance) + 8, scale.at(high) + 4)
    anchor = "end" if is_left else "start"
    beside = clear_of(scale.at(now), left if is_left else right, said, anchor)
    number = text(beside, y + 4, said, "small over", anchor)
    return whisker(scale, low, high, y) + circle(scale.at(chance), y, 5, kind) + number


def _described(found: Drivers, shown: Sequence[Driver]) -> str:
    most = shown[0].total
    left = len(found.screened) - len(shown)
    rest = f" {wording.counted(left, 'other judgement')} left out, each with a smaller share." if left > 0 else ""
    return (
        "Each line is one judgement. At the left, what of the spread of the answer it accounts for together with others"
        f" (dot, with the interval that holds it in 95 of 100 runs; {wording.percent(most.value)} for the first) and by"
        " itself (stroke). At the right, the answer where its number is in the lowest tenth (ring) and in the highest"
        f" (dot), each with such an interval.{rest}"
    )
