"""Where a browser of the Chromium family is on this machine.

Only these print a page from a command, and nothing that Python could bring along lays out our pages as they do. Most
machines have one. MELIAN_BROWSER names another, or one in an unusual place.
"""

import os
import platform
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from melian.errors import PrintError

VARIABLE: Final = "MELIAN_BROWSER"
COMMANDS: Final = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
    "brave-browser",
    "brave",
)
MAC_APPLICATIONS: Final = ("Google Chrome", "Chromium", "Microsoft Edge", "Brave Browser")
WINDOWS_FOLDERS: Final = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
WINDOWS_PROGRAMS: Final = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
    "BraveSoftware/Brave-Browser/Application/brave.exe",
)
CURES: Final = (
    "install Chromium, Google Chrome, Microsoft Edge or Brave (Debian and Ubuntu: apt install chromium)",
    f"if one is in an unusual place, say where: {VARIABLE}=/path/to/browser",
    "or do without: .html and .md for a report and .svg for a figure need no browser, and any browser prints .html",
)


def find_browser() -> str:
    """Path of a browser that can print.

    Raises
    ------
    PrintError
        If there is none.
    """
    named = os.environ.get(VARIABLE)
    if named:
        return _named(named)
    found = next(_known(), None)
    if found is None:
        raise PrintError("no browser was found that can print", CURES)
    return found


def _named(name: str) -> str:
    """Browser that the user names, by path or command: never another instead of it."""
    found = shutil.which(os.path.expanduser(name))
    if found is None:
        raise PrintError(f"{VARIABLE} names `{name}`, and there is no such program", CURES)
    return found


def _known() -> Iterator[str]:
    """Browsers in the usual places, the likeliest first."""
    yield from filter(None, map(shutil.which, COMMANDS))
    yield from (str(place) for place in _applications() if place.is_file())


def _applications() -> Iterator[Path]:
    """Where they are on systems that keep applications apart from commands."""
    if platform.system() == "Darwin":
        for folder in (Path("/Applications"), Path.home() / "Applications"):
            yield from (folder / f"{name}.app" / "Contents" / "MacOS" / name for name in MAC_APPLICATIONS)
    if platform.system() == "Windows":
        folders = [Path(os.environ[name]) for name in WINDOWS_FOLDERS if os.environ.get(name)]
        yield from (folder / program for program in WINDOWS_PROGRAMS for folder in folders)
