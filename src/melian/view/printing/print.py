"""A report's page as PDF, a figure as PDF or PNG."""

import struct
from math import ceil
from pathlib import Path
from typing import Final

from melian.errors import PrintError
from melian.view.figures.drawing import Drawing
from melian.view.figures.svg import outer_size, standalone
from melian.view.page.blocks import said
from melian.view.page.page import POLICY
from melian.view.printing.run import printed

# The outline has the report's headings, and a reader aloud finds headings and tables.
PAPER: Final = ("--no-pdf-header-footer", "--generate-pdf-document-outline", "--print-to-pdf={out}")
# Where the numbers stand in the header of a PNG: its first chunk begins with width and height.
SIZE_AT: Final = 16


def page_as_pdf(page: str, *, beside: Path) -> bytes:
    """A page on paper, as PDF with its text, links and outline; see `melian.view.printing.run.printed`."""
    return printed(page, PAPER, ".pdf", beside=beside)


def figure_as_pdf(drawing: Drawing, *, beside: Path) -> bytes:
    """A figure as PDF, on one sheet of its own size, in lines and text that stay sharp at any size."""
    return printed(_sheet(drawing), PAPER, ".pdf", beside=beside)


def figure_as_png(drawing: Drawing, scale: int, *, beside: Path) -> bytes:
    """A figure as PNG, on white.

    Parameters
    ----------
    scale : pixels for each of the figure's own.

    Raises
    ------
    PrintError
        Also if the browser drew another size than it was asked for.
    """
    width, height = map(ceil, outer_size(drawing))
    size = (f"--window-size={width},{height}", f"--force-device-scale-factor={scale}", "--screenshot={out}")
    picture = printed(_sheet(drawing), size, ".png", beside=beside)
    if png_size(picture) != (width * scale, height * scale):
        raise PrintError(
            f"the browser drew {png_size(picture)} pixels instead of {(width * scale, height * scale)}",
            ["take a smaller --scale", "or take .svg or .pdf, which have no pixels"],
        )
    return picture


def png_size(picture: bytes) -> tuple[int, int]:
    """Width and height of a PNG in pixels, from its header."""
    width, height = struct.unpack_from(">II", picture, SIZE_AT)
    return width, height


def _sheet(drawing: Drawing) -> str:
    """A page that is the figure and nothing else."""
    width, height = map(ceil, outer_size(drawing))
    size = f"{width}px {height}px"
    style = f"@page {{ size: {size}; margin: 0 }} html, body {{ margin: 0 }} svg {{ display: block }}"
    policy = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    head = f'<meta charset="utf-8">{policy}<title>{said(drawing.title)}</title><style>{style}</style>'
    return f'<!DOCTYPE html>\n<html lang="en"><head>{head}</head><body>{standalone(drawing)}</body></html>\n'
