"""The worlds: how many of them, weighted by the evidence, give the event which chance."""

from typing import Final

from melian.answer.likelihood import Likelihood
from melian.answer.spread import SpreadOfWorlds
from melian.case.case import Case
from melian.view import wording
from melian.view.figures.drawing import Drawing
from melian.view.figures.svg import line, measured, path, rectangle, text
from melian.view.headline import headline, shortly

LEFT, TOP, PLOT, TALL, RIGHT = 44.0, 48.0, 296.0, 130.0, 16.0
TICKS: Final = (0, 20, 40, 60, 80, 100)
LEVELS: Final = (0.05, 0.1, 0.2, 0.25, 0.5)


def worlds_drawing(case: Case, answer: Likelihood, spread: SpreadOfWorlds, step: float) -> Drawing:
    """Histogram of the chance of the event over worlds, with the answer and the outline before any report."""
    top = max(*spread.after, *spread.before)
    marks = [_grid(top), _bars(spread.after, top), _outline(spread.before, top), _answer(answer, step)]
    height = TOP + TALL + 50
    marks.append(text(LEFT + PLOT / 2, height - 8, "chance of the event in a world, %", "quiet", "middle"))
    return Drawing(
        LEFT + PLOT + RIGHT, height, "".join(marks), "The answer over all worlds", _described(case, answer, step)
    )


def _described(case: Case, answer: Likelihood, step: float) -> str:
    low, high = wording.percent(answer.q05, step), wording.percent(answer.q95, step)
    within = f"In 90 of 100 worlds that fit the judgements it lies between {low} and {high}"
    mean = headline(answer, case.scale, step, dated=False)
    return (
        f"Bars: share of the worlds, after the evidence, in which the event has each chance. {within}. Vertical line:"
        f" their mean, which is the answer: {mean}. Thin outline: the same before any report. The spread shows what"
        " nobody knows; it is no error bar."
    )


def _across(chance: float) -> float:
    return LEFT + PLOT * chance


def _up(share: float, top: float) -> float:
    return TOP + TALL * (1 - share / top)


def _grid(top: float) -> str:
    level = next((each for each in LEVELS if top / each <= 4), LEVELS[-1])
    marks = []
    for at in range(int(top / level) + 1):
        y = _up(at * level, top)
        marks.append(line(LEFT, y, LEFT + PLOT, y, "axis" if at == 0 else "rule"))
        if at:
            marks.append(text(LEFT - 6, y + 4, str(round(100 * at * level)), "quiet", "end"))
    for tick in TICKS:
        x = _across(tick / 100)
        marks.append(line(x, TOP + TALL, x, TOP + TALL + 4, "axis"))
        marks.append(text(x, TOP + TALL + 18, str(tick), "quiet", "middle"))
    marks.append(text(0, 12, "share of worlds, %", "quiet"))
    return "".join(marks)


def _bars(shares: tuple[float, ...], top: float) -> str:
    wide = PLOT / len(shares)
    return "".join(
        rectangle(LEFT + at * wide + 1, _up(share, top), wide - 2, TALL * share / top, "bar")
        for at, share in enumerate(shares)
    )


def _outline(shares: tuple[float, ...], top: float) -> str:
    wide = PLOT / len(shares)
    steps = [f"M{LEFT:.1f} {_up(0, top):.1f}"]
    for at, share in enumerate(shares):
        steps.append(f"V{_up(share, top):.1f}H{LEFT + (at + 1) * wide:.1f}")
    return path("".join(steps) + f"V{_up(0, top):.1f}", "axis")


def _answer(answer: Likelihood, step: float) -> str:
    """Line at the mean, its number above the plot, on the side where there is room."""
    x, said = _across(answer.mean), f"answer {shortly(answer, step)}"
    half = measured(said, is_bold=True) / 2
    at = min(max(x, half), LEFT + PLOT + RIGHT - half)
    return line(x, TOP - 14, x, TOP + TALL, "middle") + text(at, TOP - 19, said, "strong", "middle")
