"""Plain SVG for the pages: shapes, texts and one style for light and dark, told apart by lightness and not by colour.

No scripts, and nothing from elsewhere: each has its face in it, so that a code host shows it and paper takes it. Places
are rounded to a tenth of a pixel: a picture changes only when what it shows does.
"""

from collections.abc import Iterable, Sequence
from typing import Final
from xml.sax.saxutils import escape

import numpy as np
from numpy.typing import NDArray

from melian.view.lettering.faces import faces

Floats = NDArray[np.float64]

WIDTH: Final = 760
STYLE: Final = """<style>
text { font-family: Melian, system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif; font-size: 13px; fill: #1f2933 }
.code { font-family: ui-monospace, 'DejaVu Sans Mono', monospace; font-size: 12.5px }
.quiet { font-size: 12px; fill: #52606d }
.paper { fill: #fbfaf8 }
.grid { fill: none; stroke: #d5dae0; stroke-width: 1 }
.axis { fill: none; stroke: #52606d; stroke-width: 1.2 }
.band { fill: #e2e6ea }
.body { fill: #8ba0b5; stroke: #2f4a63; stroke-width: 1.2; stroke-linejoin: round }
.pale { fill: #dbe2e9 }
.deep { fill: #a3b5c6 }
.edge { fill: none; stroke: #1f2933; stroke-width: 1.6 }
.dash { fill: none; stroke: #1f2933; stroke-width: 1.2; stroke-dasharray: 4 3 }
.dot { fill: #2f4a63; fill-opacity: 0.65 }
.mark { fill: #1f2933 }
@media (prefers-color-scheme: dark) {
text { fill: #e8ebee }
.quiet { fill: #aeb8c2 }
.paper { fill: #171b20 }
.grid { stroke: #343c45 }
.axis { stroke: #aeb8c2 }
.band { fill: #2c343d }
.body { fill: #5d7590; stroke: #c3d0dd }
.pale { fill: #29323b }
.deep { fill: #4a5f75 }
.edge, .dash { stroke: #e8ebee }
.dot { fill: #c3d0dd }
.mark { fill: #e8ebee }
}
</style>"""


def drawing(label: str, height: int, parts: Iterable[str]) -> str:
    """Whole picture; `label` is what is read aloud in its place."""
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img"'
        f' aria-label="{escape(label, {chr(34): "&quot;"})}">'
    )
    paper = f'<rect class="paper" width="{WIDTH}" height="{height}" rx="8"/>'
    marks = "\n".join(parts)
    return "\n".join([opening, f"<style>\n{faces(marks)}</style>", STYLE, paper, marks, "</svg>"]) + "\n"


def text(at: tuple[float, float], words: str, *, kind: str = "", anchor: str = "start") -> str:
    """A line of text that starts, ends or is centred at a place, by its `anchor`."""
    chosen = f' class="{kind}"' if kind else ""
    placed = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text x="{place(at[0])}" y="{place(at[1])}"{chosen}{placed}>{escape(words)}</text>'


def box(corner: tuple[float, float], wide: float, tall: float, kind: str) -> str:
    """A rectangle by its upper left corner."""
    x, y = place(corner[0]), place(corner[1])
    return f'<rect class="{kind}" x="{x}" y="{y}" width="{place(wide)}" height="{place(tall)}"/>'


def line(start: tuple[float, float], end: tuple[float, float], kind: str) -> str:
    """A straight line."""
    return f'<path class="{kind}" d="M{place(start[0])} {place(start[1])}L{place(end[0])} {place(end[1])}"/>'


def path(x: Floats, y: Floats, kind: str, *, closed: bool = False) -> str:
    """A line through points [K]; closed, it is a shape."""
    points = "L".join(f"{place(float(a))} {place(float(b))}" for a, b in zip(x, y, strict=True))
    return f'<path class="{kind}" d="M{points}{"Z" if closed else ""}"/>'


def dots(x: Floats, y: Floats, radius: float, kind: str = "dot") -> str:
    """A dot at each of some points [K]."""
    each = (
        f'<circle cx="{place(float(a))}" cy="{place(float(b))}" r="{radius:g}"/>' for a, b in zip(x, y, strict=True)
    )
    return f'<g class="{kind}">{"".join(each)}</g>'


def share_axis(ends: tuple[float, float], rows: tuple[float, float], name: str, ticks: Sequence[int]) -> list[str]:
    """Axis from 0 to 100 % below some rows, with its name and a faint line at each tick.

    Parameters
    ----------
    ends : left and right end in pixels.
    rows : upper and lower end of what stands above it.
    ticks : in percent.
    """
    left, right = ends
    top, floor = rows
    parts = []
    for tick in ticks:
        x = left + (right - left) * tick / 100
        parts.append(line((x, top), (x, floor), "grid"))
        parts.append(text((x, floor + 17), f"{tick} %", kind="quiet", anchor="middle"))
    parts.append(line((left, floor), (right, floor), "axis"))
    parts.append(text(((left + right) / 2, floor + 36), name, kind="quiet", anchor="middle"))
    return parts


def place(number: float) -> str:
    """A coordinate, to a tenth of a pixel."""
    return f"{number:.1f}".removesuffix(".0")
