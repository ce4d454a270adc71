"""Each actor's calculation: what speaks for its favourite option, and what for the next, stake by stake."""

from collections.abc import Iterator, Mapping
from typing import Final

from melian.answer.incentives import Incentive, Incentives, Motive, Preference
from melian.case.case import Case
from melian.view import wording
from melian.view.figures.bands import (
    PAD,
    WIDTH,
    About,
    Band,
    Meaning,
    Scale,
    banded,
    words,
)
from melian.view.figures.drawing import Drawing, colours_of
from melian.view.figures.svg import LINE, broken, line, rectangle, shortened, text
from melian.view.naming import choice_label, stake_labels

LABEL: Final = 290.0
LEFT, PLOT = 350.0, 320.0
BAR: Final = 12.0
LINES: Final = 6
SAID: Final = 0.05  # points below which a stake has no row


def incentives_drawing(case: Case, found: Incentives) -> Drawing:
    """The favourite of each choice against the option that comes closest to it."""
    shown = [(one, one.preferences[0]) for one in found.incentives if one.preferences]
    colours = colours_of(case)
    bands = [band for one, best in shown for band in _bands(case, one, best, colours[one.actor])]
    return banded(About("What each actor has to gain", DESCRIBED), _SIGNS, (), bands)


DESCRIBED: Final = (
    "For each choice, in the situation that comes about most, the option that its actor expects most of and the one"
    " that comes closest to it. Bars: how much each stake adds to the difference of the two, as the actor sees it: its"
    " weight times the difference of its expected value. Beside each, what the stake weighs with the actor. Bars are"
    " drawn to a scale of their own for each choice."
)
_SIGNS: Final[tuple[Meaning, ...]] = (
    (lambda x, y: rectangle(x, y - 5, 10, 10, "for"), "speaks for the favourite"),
    (lambda x, y: rectangle(x - 10, y - 5, 10, 10, "against"), "speaks for the other"),
    (lambda x, y: rectangle(x - 5, y - 5, 10, 10, "lead"), "in all: points of expected utility, of 100"),
)


def _bands(case: Case, one: Incentive, best: Preference, colour: int) -> Iterator[Band]:
    labels = {state.name: state.label for state in case.nodes[one.choice].states}
    yield _head(case, one, best, labels, colour)
    names = stake_labels(case, one.actor)
    motives = [each for each in best.motives if abs(each.points) >= SAID]
    most = max([SAID, abs(best.lead.value), *(abs(motive.points) for motive in motives)])
    scale = Scale(LEFT, PLOT, -most, most)
    for motive in motives:
        yield _motive(names[motive.stake], motive, scale)
    yield _row("in all", _reversed(best), best.lead.value, scale, "lead", is_head=False)


def _reversed(best: Preference) -> str:
    """In how many worlds it is the other way round."""
    if not best.lead.is_told:
        return "not told from none"
    share = wording.percent(best.reversed_in)
    return f"otherwise in {share} of worlds" if best.reversed_in > 0 else "in every world"


def _head(case: Case, one: Incentive, best: Preference, labels: Mapping[str, str], colour: int) -> Band:
    """Whose choice it is, and which two options are held against each other."""
    title = choice_label(case, one.choice)
    lines = broken(f'"{labels[best.favourite]}" rather than "{labels[best.other]}"', WIDTH, LINES)
    height = 2 * PAD + LINE * (1 + len(lines)) + 4

    def drawn(y: float) -> str:
        named = text(20, y + PAD + 15, shortened(title, WIDTH - 24, is_bold=True), "strong")
        square = rectangle(0, y + PAD + 5, 12, 12, f"fill-{colour}")
        return square + named + words(0, y + PAD + 8 + LINE + LINE * len(lines) / 2, lines, "quiet")

    return Band(height, drawn, is_head=True)


def _motive(name: str, motive: Motive, scale: Scale) -> Band:
    said = f"weighs {wording.percent(motive.weight)}"
    return _row(name, said, motive.points, scale, "for" if motive.points > 0 else "against", is_head=True)


def _row(name: str, said: str, points: float, scale: Scale, kind: str, *, is_head: bool) -> Band:
    bold = "strong" if kind == "lead" else ""
    lines = broken(name, LABEL - 56, LINES, is_bold=bool(bold))
    height = LINE * len(lines) + 5

    def drawn(y: float) -> str:
        middle, zero, end = y + height / 2, scale.at(0.0), scale.at(points)
        label = words(0, middle, lines, bold) + text(LABEL + 40, middle + 4, said, "quiet small", "end")
        bar = rectangle(min(zero, end), middle - BAR / 2, abs(end - zero), BAR, kind)
        number = text(WIDTH, middle + 4, f"{points:+.1f}".replace("-", "−"), bold or "small", "end")
        return label + bar + line(zero, y, zero, y + height, "axis") + number

    return Band(height + (0 if is_head else PAD), drawn, is_head)
