"""What every figure says at its foot, so that it can stand by itself: the question, as of when, and the answer."""

from dataclasses import replace
from datetime import date
from typing import Final

from melian.view import wording
from melian.view.figures.drawing import Drawing
from melian.view.figures.svg import LINE, SMALL, broken, texts

LINES: Final = 4
ABOVE: Final = 8.0


def signed(drawing: Drawing, title: str, as_of: date | None, answer: str) -> Drawing:
    """Figure with a line or more at its foot.

    Parameters
    ----------
    title : of the case, which is its question.
    answer : in words; empty where there is none yet.
    """
    said = f"{title.removesuffix('.')}{'' if title.endswith(('?', '!')) else '.'}"
    known = f"as known on {wording.day(as_of)}" if as_of else ""
    about = ": ".join(part for part in (known, answer) if part)
    lines = broken(f"{said} {wording.sentence(about)}" if about else said, drawing.width, LINES, SMALL)
    foot = texts(0, drawing.height + ABOVE + 8, lines, "small quiet")
    return replace(drawing, height=drawing.height + ABOVE + LINE * len(lines), marks=drawing.marks + foot)
