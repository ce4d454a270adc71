"""How it may go: the likeliest courses of events, step by step."""

from typing import Final

from melian.answer.storylines import Storyline, Storylines
from melian.case.case import Case
from melian.view import wording
from melian.view.figures.bands import WIDTH, Band, Meaning, Scale, key, stacked
from melian.view.figures.drawing import Drawing
from melian.view.figures.svg import LINE, broken, line, path, rectangle, text, texts

CHANCE: Final = Scale(0.0, 64.0)
LEFT: Final = 112.0
GAP: Final = 16.0
LINES: Final = 8
INSIDE: Final = 8.0
LEAST: Final = 96.0  # width of a step that words fit into


def storylines_drawing(case: Case, found: Storylines, step: float) -> Drawing:
    """The courses that are told, the likeliest first; steps beyond those that fit beside each other are left out.

    Parameters
    ----------
    step : points to which chances are rounded.
    """
    nodes = found.nodes[-max(int((WIDTH - LEFT + GAP) / (LEAST + GAP)), 1) :]
    wide = (WIDTH - LEFT - 1 + GAP) / len(nodes) - GAP
    signs, deep = key(_SIGNS)
    heads = [broken(case.nodes[node].label, wide, LINES) for node in nodes]
    top = deep + 14 + LINE * max(map(len, heads))
    named = "".join(texts(LEFT + at * (wide + GAP), deep + 12, lines, "quiet") for at, lines in enumerate(heads))
    most = max(story.chance for story in found.told)
    bands = [_story(case, story, nodes, wide, most, step) for story in found.told]
    marks, bottom, cuts = stacked(bands, top)
    return Drawing(WIDTH, bottom + 8, signs + named + marks, "How it may go", _described(found, step), cuts)


_SIGNS: Final[tuple[Meaning, ...]] = (
    (lambda x, y: rectangle(x - 7, y - 5, 14, 10, "yes"), "the event happens"),
    (lambda x, y: rectangle(x - 7, y - 5, 14, 10, "no"), "it does not"),
)


def _story(case: Case, story: Storyline, nodes: tuple[str, ...], wide: float, most: float, step: float) -> Band:
    labels = [_label(case, node, story.states[node]) for node in nodes]
    steps = [broken(label, wide - 2 * INSIDE, LINES) for label in labels]
    tall = LINE * max(map(len, steps)) + 2 * INSIDE

    def drawn(y: float) -> str:
        kind = "yes" if story.happens else "no"
        middle = y + tall / 2 + 8
        bar = rectangle(0, middle + 2, CHANCE.width * story.chance / most, 9, kind)
        number = text(0, middle - 4, wording.percent(story.chance, step), "strong")
        side = text(54, middle - 4, "Yes" if story.happens else "No", "quiet")
        return number + side + bar + "".join(_step(at, lines, y + 8, wide, tall) for at, lines in enumerate(steps))

    return Band(tall + 16, drawn)


def _label(case: Case, node: str, state: str) -> str:
    return {each.name: each.label for each in case.nodes[node].states}[state]


def _step(at: int, lines: list[str], y: float, wide: float, tall: float) -> str:
    x = LEFT + at * (wide + GAP)
    arrow = ""
    if at:
        middle = y + tall / 2
        arrow = line(x - GAP + 1, middle, x - 5, middle, "axis")
        arrow += path(
            f"M{x - 7:.1f} {middle - 3.5:.1f}L{x - 1:.1f} {middle:.1f}L{x - 7:.1f} {middle + 3.5:.1f}Z", "tip"
        )
    said = texts(x + INSIDE, y + tall / 2 - LINE * len(lines) / 2 + 11, lines)
    return arrow + rectangle(x, y, wide, tall, "chip", 5.0) + said


def _described(found: Storylines, step: float) -> str:
    return (
        "The likeliest courses of events, each from left to right, causes before what they bear on, with its chance"
        " given the evidence and whether the event happens in it. Together they make up"
        f" {wording.percent(found.chance, step)} of what may happen."
    )
