"""The picture of a case: who chooses what, on what it hangs, and what they weigh, with the chance of each state."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Final

from melian.case.case import Case, Choice
from melian.case.rules.scope import all_stakes, never_open, parents_of
from melian.source.cells import safe
from melian.view import wording
from melian.view.figures.drawing import COLOURS, Drawing, colours_of
from melian.view.figures.layered import Edge, Point, lay_out
from melian.view.figures.svg import LINE, SMALL, broken, line, measured, number, path, rectangle, shortened, text, texts

WIDE: Final = 240.0
LINES: Final = 5
INSIDE: Final = 9.0
BAR, PERCENT = 30.0, 40.0
APART: Final = 3.0  # between states
SQUARE: Final = 8.0
MARGIN: Final = 12.0
KEY: Final = 26.0
SEEN, FOLLOWED = "seen", "followed"

Chances = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class _Box:
    """A node as it is drawn.

    Attributes
    ----------
    colour : number of the actor that chooses; None of a factor.
    head : line above the label, which says who chooses.
    states : lines of the label and chance of each state; None where it is not known.
    weighed : colour of the actor and lines of the label of each stake that hangs on the node.
    """

    full: str
    head: str
    label: tuple[str, ...]
    states: tuple[tuple[tuple[str, ...], float | None], ...]
    weighed: tuple[tuple[int, tuple[str, ...]], ...]
    colour: int | None
    is_asked: bool

    @property
    def height(self) -> float:
        """Height in pixels."""
        said = [*(lines for lines, _ in self.states), *(lines for _, lines in self.weighed)]
        lines = len(self.label) + bool(self.head) + sum(map(len, said))
        return LINE * lines + APART * len(self.states) + 2 * INSIDE + 4.0 + 6.0 * bool(self.weighed)


def case_drawing(case: Case, chances: Chances | None, step: float) -> Drawing:
    """Diagram of a case.

    Parameters
    ----------
    chances : chance of each state of each factor and choice, given the evidence; None of a case that is not solved.
    step : points to which they are rounded.
    """
    colours = colours_of(case)
    boxes = _boxes(case, chances, colours)
    layout = lay_out({name: (WIDE, box.height) for name, box in boxes.items()}, _edges(case))
    marks = _lines(case, layout.ways)
    marks += [_drawn(box, layout.corners[name], step) for name, box in boxes.items()]
    key, deep = _key(case, layout.width)
    whole = f'<g transform="translate({number(MARGIN)} {number(MARGIN + deep)})">{"".join(marks)}</g>{key}'
    size = layout.width + 2 * MARGIN, layout.height + deep + 2 * MARGIN
    cuts = tuple(cut + deep + MARGIN for cut in layout.cuts)
    described = _described(case, has_chances=chances is not None)
    return Drawing(*size, whole, "The calculation as a picture", described, cuts)


def _described(case: Case, *, has_chances: bool) -> str:
    numbers = (len(case.choices), "choice"), (len(case.factors), "factor"), (sum(1 for _ in all_stakes(case)), "stake")
    counts = wording.listed([wording.counted(*each) for each in numbers])
    tested = dict.fromkeys(case.nodes[test.node.text].label for test in case.question.event.tests())
    chances = " Numbers are chances after the evidence." if has_chances else ""
    return (
        f"{counts}. Boxes with square corners are choices, in the colour of who chooses; boxes with round corners are"
        " factors, which nobody chooses. An arrow says what hangs on what; a dashed one, what is known when a choice is"
        " made. A small square marks a stake that hangs on the box, in the colour of who weighs it."
        f"{chances} The thick border marks what the question asks about: {wording.listed(list(tested))}."
    )


def _boxes(case: Case, chances: Chances | None, colours: Mapping[str, int]) -> dict[str, _Box]:
    asked = {test.node.text for test in case.question.event.tests()}
    weighed = _weighed(case, colours)
    room = WIDE - 2 * INSIDE - (0.0 if chances is None else PERCENT + BAR + 6)
    found = {}
    for name, node in case.nodes.items():
        closed = never_open(case, name)
        states = tuple(
            (tuple(broken(one.label, room, LINES, SMALL)), None if chances is None else chances[name][one.name])
            for one in node.states
            if one.name not in closed or (chances is not None and chances[name][one.name] > 0)
        )
        found[name] = _Box(
            full=node.label,
            head=case.actor(node.actor.text).label if isinstance(node, Choice) else "",
            label=tuple(broken(node.label, WIDE - 2 * INSIDE, LINES, is_bold=True)),
            states=states,
            weighed=tuple(weighed.get(name, ())),
            colour=colours[node.actor.text] if isinstance(node, Choice) else None,
            is_asked=name in asked,
        )
    return found


def _weighed(case: Case, colours: Mapping[str, int]) -> dict[str, list[tuple[int, tuple[str, ...]]]]:
    """By node, the stakes that hang on it."""
    found: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
    for stakes in case.stakes:
        for stake in stakes.stakes:
            lines = tuple(broken(stake.label, WIDE - 2 * INSIDE - 14, LINES, SMALL))
            for given in dict.fromkeys(name.text for name in stake.given):
                found.setdefault(given, []).append((colours[stakes.actor.text], lines))
    return found


def _edges(case: Case) -> dict[Edge, str]:
    """What hangs on what, and how: what a choice sees apart from what a factor's chances follow."""
    found: dict[Edge, str] = {}
    for name, node in case.nodes.items():
        kind = SEEN if isinstance(node, Choice) else FOLLOWED
        found |= dict.fromkeys(((parent.text, name) for parent in parents_of(node)), kind)
    return found


# Marks


def _drawn(box: _Box, corner: Point, step: float) -> str:
    x, y = corner
    colour = f" actor-{box.colour}" if box.colour is not None else ""
    kind = f"node{colour}{' asked' if box.is_asked else ''}"
    marks = [rectangle(x, y, WIDE, box.height, kind, 14.0 if box.colour is None else 0.0)]
    left, base = x + INSIDE, y + INSIDE + 11
    if box.head:
        marks.append(text(left, base, shortened(box.head, WIDE - 2 * INSIDE, SMALL), "small quiet"))
        base += LINE
    marks.append(texts(left, base, box.label, "strong"))
    base += LINE * len(box.label) + 4.0
    for said, chance in box.states:
        marks.append(_state(x, base, said, chance, step, box.colour))
        base += LINE * len(said) + APART
    if box.weighed:
        marks.append(line(x, base - 8, x + WIDE, base - 8, "rule"))
        base += 6.0
    for actor, stake in box.weighed:
        marks.append(rectangle(left, base - SQUARE, SQUARE, SQUARE, f"fill-{actor}"))
        marks.append(texts(left + 14, base, stake, "small quiet"))
        base += LINE * len(stake)
    return f"<g><title>{escape(safe(box.full))}</title>{''.join(marks)}</g>"


def _state(x: float, base: float, said: tuple[str, ...], chance: float | None, step: float, colour: int | None) -> str:
    """A state's label, and where its chance is known a bar, and its number at the right."""
    label = texts(x + INSIDE, base, said, "small")
    if chance is None:
        return label
    end = x + WIDE - INSIDE
    bar = end - PERCENT - BAR
    fill = "fill-chance" if colour is None else f"fill-{colour}"
    return (
        label
        + rectangle(bar, base - 8, BAR, 8, "panel")
        + rectangle(bar, base - 8, BAR * min(max(chance, 0.0), 1.0), 8, fill)
        + text(end, base, wording.percent(chance, step), "small", "end")
    )


def _lines(case: Case, ways: Mapping[Edge, tuple[Point, ...]]) -> list[str]:
    """Lines from each node, one for each kind of edge: what edges have in common is drawn once."""
    drawn: dict[tuple[str, str], dict[tuple[Point, Point], None]] = {}
    tips = []
    for (start, end), points in ways.items():
        kind = "edge edge-seen" if isinstance(case.nodes[end], Choice) else "edge"
        drawn.setdefault((start, kind), {}).update(dict.fromkeys(pairwise(points)))
        tips.append(_tip(*points[-1]))
    return [path("".join(_piece(*ends) for ends in pieces), kind) for (_, kind), pieces in drawn.items()] + tips


def _piece(start: Point, end: Point) -> str:
    """A piece of a line, upright at both its ends."""
    (x, y), (next_x, next_y) = start, end
    if x == next_x:
        return f"M{number(x)} {number(y)}V{number(next_y)}"
    middle = number((y + next_y) / 2)
    way = f"C{number(x)} {middle} {number(next_x)} {middle} {number(next_x)} {number(next_y)}"
    return f"M{number(x)} {number(y)}{way}"


def _tip(x: float, y: float) -> str:
    return path(f"M{number(x - 3.5)} {number(y - 7)}L{number(x + 3.5)} {number(y - 7)}L{number(x)} {number(y)}Z", "tip")


def _key(case: Case, width: float) -> tuple[str, float]:
    """Who has which colour, in as many lines as it takes, and how deep that is."""
    marks, x, y = [], MARGIN, 4.0
    for at, actor in enumerate(case.actors):
        said = shortened(actor.label, width - 24)
        if x > MARGIN and x + 18 + measured(said) > width + MARGIN:
            x, y = MARGIN, y + KEY
        marks.append(rectangle(x, y, 12, 12, f"fill-{at % COLOURS}"))
        marks.append(text(x + 18, y + 10, said))
        x += 18 + measured(said) + 24
    return "".join(marks), y + KEY if marks else 0.0
