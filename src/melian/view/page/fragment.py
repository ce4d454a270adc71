"""A sheet as part of somebody else's page, such as a notebook: it brings all it needs, and changes nothing around it.

It stands on a card with a ground of its own, so that it can be read on any page. The card is light; it is dark only
where the page around it says that it is dark. What a browser's reader prefers says nothing of that: a notebook has a
theme of its own.
"""

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from itertools import count
from typing import Final
from zlib import crc32

from melian.view.figures.drawing import style
from melian.view.lettering.faces import faces
from melian.view.page.blocks import Writer, said
from melian.view.sheet import Block, Sheet

CARD: Final = "melian"
# What says that a page is dark: JupyterLab, Notebook 7 and what is exported from them; VS Code; Colab; the docs' theme.
DARK: Final = (
    '[data-jp-theme-light="false"]',
    ".vscode-dark",
    ".vscode-high-contrast:not(.vscode-high-contrast-light)",
    'html[theme="dark"]',
    '[data-theme="dark"]',
)
DARK_IF_PREFERRED: Final = '[data-theme="auto"]'
TITLE, BELOW = 3, 4  # levels of headings: above them stand those of the notebook itself
_COLOURS: Final = re.compile(r":root \{(.*?)\}", re.DOTALL)
_DARK_RULE: Final = re.compile(r"@media screen and \(prefers-color-scheme: dark\) \{\s*:root \{.*?\}\s*\}", re.DOTALL)

_shown = count(1)


def fragment_of(sheet: Sheet) -> str:
    """Sheet as an element of HTML."""
    return fragment(sheet.blocks, sheet.title)


def fragment(blocks: Iterable[Block], title: str = "") -> str:
    """Blocks as an element of HTML, its names unique in any page."""
    blocks = tuple(blocks)
    writer = Writer(fresh_name(repr(blocks)), is_cut=False)
    heading = f"<h{TITLE}>{said(title)}</h{TITLE}>\n" if title else ""
    words = heading + writer.blocks(blocks, BELOW)
    inside = f"<style>\n{faces(words)}{card_style()}</style>\n{words}"
    return f'<div class="{CARD}" lang="en">\n{inside}\n</div>'


def fresh_name(about: str) -> str:
    """Name that is given once.

    What it is about goes into it, since the outputs of an earlier session, which counted from one as well, may still
    stand on the page.
    """
    return f"{CARD}-{crc32(about.encode('utf-8', 'surrogatepass')):08x}-{next(_shown)}"


@cache
def card_style() -> str:
    """Styles of the page and of figures, which reach no further than the card.

    The card's name is said twice, so that what a notebook says of tables and paragraphs weighs less.
    """
    light, dark = (colours.strip() for colours in _COLOURS.findall(style()))
    shapes = _COLOURS.sub("", _DARK_RULE.sub("", style()))
    static = files("melian.view.page") / "static"
    rules = shapes + "".join((static / name).read_text("utf-8") for name in ("page.css", "card.css"))
    dark = f"color-scheme: dark; {dark}"
    return (
        f".{CARD} {{ color-scheme: light; {light} }}\n"
        f":is({', '.join(DARK)}) .{CARD} {{ {dark} }}\n"
        f"@media (prefers-color-scheme: dark) {{ {DARK_IF_PREFERRED} .{CARD} {{ {dark} }} }}\n"
        f".{CARD}.{CARD} {{\n{rules}}}\n"
    )
