"""What is printed by a browser, and that there is one: asked before anything is solved."""

from pathlib import Path

from melian.view.kinds import PRINTED


def is_printed(out: Path) -> bool:
    """Whether a browser is needed to write such a file."""
    return out.suffix.casefold() in PRINTED


def refuse_unprintable(out: Path) -> None:
    """Refuse early what could not be printed after the work is done.

    Raises
    ------
    PrintError
        If the file is to be printed, and no browser is there.
    """
    if is_printed(out):
        from melian.view.printing.browser import find_browser

        find_browser()
