"""A finished figure: marks of SVG, with what it shows in words for those who cannot see it."""

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Final

from melian.case.case import Case

COLOURS: Final = 6  # actors that have a colour of their own; more share them


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure.

    Attributes
    ----------
    width, height : in pixels; texts are 12 pixels high.
    marks : elements of SVG, with classes that `style` gives their colours.
    title : what it is.
    description : what it shows, in a sentence or two.
    cuts : heights at which it may be cut, from the top, where it is too tall for a sheet of paper.
    """

    width: float
    height: float
    marks: str = field(repr=False)
    title: str
    description: str
    cuts: tuple[float, ...] = ()


def colours_of(case: Case) -> dict[str, int]:
    """Number of each actor's colour."""
    return {actor.name: at % COLOURS for at, actor in enumerate(case.actors)}


@cache
def style() -> str:
    """Colours and strokes of every figure, in a light and a dark theme."""
    return (files("melian.view.figures") / "static" / "figures.css").read_text("utf-8")
