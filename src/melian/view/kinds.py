"""Which figures there are, and in which formats figures and reports are written.

The command line offers them before anything else is loaded, so nothing is imported here.
"""

from typing import Final, Literal, get_args

Kind = Literal[
    "case", "worlds", "choices", "drivers", "weights", "incentives", "storylines", "evidence", "timeline", "indicators",
    "levers",
]  # fmt: skip
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

FIGURE_FORMATS: Final = (".svg", ".pdf", ".png")
REPORT_FORMATS: Final = (".html", ".htm", ".pdf", ".md")
PRINTED: Final = (".pdf", ".png")
"""Of them, those that a browser prints."""

DEFAULT_SCALE: Final = 2
"""Pixels of a picture for each of the figure's own: sharp on today's screens and in slides."""
MOST_SCALE: Final = 8
