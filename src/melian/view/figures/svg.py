"""Marks of SVG: numbers written short, texts made safe, measured and broken into lines that fit.

A figure that is a file of its own carries the face that its texts are measured by; one in a page finds it there.
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import pairwise
from typing import Final

from melian.source.cells import safe
from melian.view.figures.drawing import Drawing, style
from melian.view.lettering.faces import faces
from melian.view.lettering.widths import BOLD, REGULAR, advance

SIZE: Final = 12.0
SMALL: Final = 11.0
LINE: Final = 15.0
UPRIGHT: Final = 16.0  # between small lines that are read from below
BLEED: Final = 2.0  # beside a figure in a page, for letters that reach out of their width, as a j does
MARGIN: Final = 12.0  # about a figure that is a file of its own
SHEET: Final = 1.25  # height of what a sheet holds beside a heading, in parts of its width
SCREEN: Final = 736.0  # figures beyond this width are made smaller where there is less room
HALF: Final = 600.0  # figures up to this width are shown as large as they are; beyond, as large as a page is wide
PHONE: Final = 360.0  # figures up to this width fit a telephone, and may be shown larger elsewhere
ELLIPSIS: Final = "…"


def number(value: float) -> str:
    """Coordinate with as many digits as can be seen."""
    return f"{value:.1f}".removesuffix(".0")


def measured(text: str, size: float = SIZE, *, is_bold: bool = False) -> float:
    """Width of a text in pixels; where its script has no letters in the face of figures, at most."""
    return size * sum(advance(character, _weight(is_bold)) for character in safe(text))


def _weight(is_bold: bool) -> str:
    return BOLD if is_bold else REGULAR


def shortened(text: str, room: float, size: float = SIZE, *, is_bold: bool = False) -> str:
    """Text cut to a width, with an ellipsis where something was cut."""
    said, weight = safe(text), _weight(is_bold)
    kept, wide, limit = 0, 0.0, room - advance(ELLIPSIS, weight) * size
    for at, character in enumerate(said, start=1):
        wide += advance(character, weight) * size
        if wide <= limit:
            kept = at
        elif wide > room:
            return said[:kept].rstrip() + ELLIPSIS
    return said


def broken(text: str, room: float, lines: int, size: float = SIZE, *, is_bold: bool = False) -> list[str]:
    """Text broken into at most some lines of a width; what does not fit is cut.

    It is broken between words, and within one that is wider than a line, as in scripts that have no blanks.
    """
    found: list[str] = []
    words = [part for word in safe(text).split() for part in _parts(word, room, size, is_bold=is_bold)]
    while words and len(found) < lines - 1:
        count = 1
        while count < len(words) and measured(" ".join(words[: count + 1]), size, is_bold=is_bold) <= room:
            count += 1
        found.append(" ".join(words[:count]))
        words = words[count:]
    return [*found, shortened(" ".join(words), room, size, is_bold=is_bold)] if words else found


def _parts(word: str, room: float, size: float, *, is_bold: bool) -> Iterator[str]:
    """A word in parts, each as long as fits on a line; no two of them ever fit on one."""
    while word:
        count = 1
        while count < len(word) and measured(word[: count + 1], size, is_bold=is_bold) <= room:
            count += 1
        yield word[:count]
        word = word[count:]


def text(x: float, y: float, said: str, kind: str = "", anchor: str = "start") -> str:
    """One line of text, `y` being its baseline; of the kind `over`, it covers what it stands on."""
    where = f' text-anchor="{anchor}"' if anchor != "start" else ""
    below = _cover(x, y, said, kind, anchor) if "over" in kind.split() else ""
    return f'{below}<text x="{number(x)}" y="{number(y)}"{_class(kind)}{where}>{escape(safe(said))}</text>'


def _cover(x: float, y: float, said: str, kind: str, anchor: str) -> str:
    """Ground of a text: a stroke around its letters would be a second text on paper, found and read aloud twice."""
    size = SMALL if "small" in kind.split() else SIZE
    wide = measured(said, size, is_bold="strong" in kind.split())
    left = x - wide * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
    return rectangle(left - 1.5, y - 0.8 * size, wide + 3.0, 1.1 * size, "ground")


def texts(x: float, y: float, lines: Iterable[str], kind: str = "", anchor: str = "start") -> str:
    """Return lines below each other, `y` being the first's baseline."""
    return "".join(text(x, y + at * LINE, line, kind, anchor) for at, line in enumerate(lines))


def upright(x: float, y: float, lines: Sequence[str], kind: str = "") -> str:
    """Lines read from below, beside each other about `x`, all of them beginning at `y`."""
    first = x - UPRIGHT * (len(lines) - 1) / 2 + 4
    places = (number(first + at * UPRIGHT) for at in range(len(lines)))
    return "".join(
        f'<text x="{place}" y="{number(y)}" transform="rotate(-90 {place} {number(y)})"{_class(kind)}>'
        f"{escape(safe(line))}</text>"
        for place, line in zip(places, lines, strict=True)
    )


def rectangle(x: float, y: float, width: float, height: float, kind: str, corner: float = 0.0) -> str:
    """A rectangle."""
    rounding = f' rx="{number(corner)}"' if corner else ""
    size = f'width="{number(max(width, 0.0))}" height="{number(max(height, 0.0))}"'
    return f'<rect x="{number(x)}" y="{number(y)}" {size}{rounding}{_class(kind)}/>'


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    """A straight line."""
    ends = f'x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}"'
    return f"<line {ends}{_class(kind)}/>"


def circle(x: float, y: float, radius: float, kind: str) -> str:
    """A circle."""
    return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"{_class(kind)}/>'


def diamond(x: float, y: float, radius: float, kind: str) -> str:
    """A square that stands on a corner."""
    ends = ((x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y))
    return path("M" + "L".join(f"{number(a)} {number(b)}" for a, b in ends) + "Z", kind)


def path(commands: str, kind: str) -> str:
    """A path, from commands of SVG."""
    return f'<path d="{commands}"{_class(kind)}/>'


def _class(kind: str) -> str:
    return f' class="{kind}"' if kind else ""


def inline(drawing: Drawing, name: str, *, is_cut: bool = True) -> str:
    """Figure as part of a page that has `style`; `name` is unique on the page.

    One that is taller than a sheet of paper comes in slices, between which a printer can turn the page, where it may be
    cut.
    """
    edges = [0.0, *(_slices(drawing) if is_cut else ()), drawing.height]
    kind = f"fig {_room(drawing.width)}-figure"
    labels = f'role="img" aria-labelledby="{name}-title {name}-desc"'
    # What is used again is styled without regard to what it stands in, so that it takes its class along.
    marks = drawing.marks if len(edges) == 2 else f'<g class="fig" id="{name}-marks">{drawing.marks}</g>'
    parts = [f"<svg {_box(drawing, edges[0], edges[1], kind)} {labels}>{_said(drawing, name)}{marks}</svg>"]
    for top, bottom in pairwise(edges[1:]):
        again = f'<use href="#{name}-marks"/>'
        parts.append(f'<svg {_box(drawing, top, bottom, kind)} aria-hidden="true">{again}</svg>')
    return "".join(parts)


def outer_size(drawing: Drawing) -> tuple[float, float]:
    """Width and height of a figure that is a file of its own."""
    return drawing.width + 2 * MARGIN, drawing.height + 2 * MARGIN


def standalone(drawing: Drawing, name: str = "figure") -> str:
    """Figure as a file of its own, which carries its colours, its face and a margin.

    Where it is put into a page it colours nothing else there; `name` is then unique on it.
    """
    wide, tall = outer_size(drawing)
    ground = rectangle(-MARGIN, -MARGIN, wide, tall, "ground")
    box = f'viewBox="{number(-MARGIN)} {number(-MARGIN)} {number(wide)} {number(tall)}"'
    size = f'class="fig alone" {box} width="{number(wide)}" height="{number(tall)}"'
    labels = f'xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{name}-title {name}-desc"'
    own_style = faces(drawing.marks) + style().replace(":root", ".alone")
    inside = f"{_said(drawing, name)}<style>{own_style}</style>{ground}{drawing.marks}"
    return f"<svg {size} {labels}>{inside}</svg>\n"


def _room(width: float) -> str:
    """How a page is to fit in a figure of some width."""
    if width <= PHONE:
        return "small"
    return "middle" if width <= HALF else "full" if width <= SCREEN else "wide"


def _box(drawing: Drawing, top: float, bottom: float, kind: str) -> str:
    width, tall = number(drawing.width + 2 * BLEED), number(bottom - top)
    return f'class="{kind}" viewBox="{number(-BLEED)} {number(top)} {width} {tall}" width="{width}" height="{tall}"'


def _said(drawing: Drawing, name: str) -> str:
    title = f'<title id="{name}-title">{escape(safe(drawing.title))}</title>'
    return f'{title}<desc id="{name}-desc">{escape(safe(drawing.description))}</desc>'


def _slices(drawing: Drawing) -> list[float]:
    """Cuts that leave slices that a sheet holds, as few as can be."""
    found: list[float] = []
    top = 0.0
    while drawing.height - top > SHEET * drawing.width:
        within = [cut for cut in drawing.cuts if top < cut <= top + SHEET * drawing.width]
        if not within:
            break
        top = within[-1]
        found.append(top)
    return found
