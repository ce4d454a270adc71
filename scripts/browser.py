"""Sees to it that the tests find a browser, fonts and a reader of PDF on this machine: `make browser`.

Debian's packages are installed where one may do so without a password; elsewhere it is said what to install. It never
fails: without a browser its tests are skipped, and in CI they say themselves that they must not be.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from melian.errors import PrintError
from melian.view.printing.browser import find_browser

# The sandbox lets those who are not root run it.
BROWSER: Final = ("chromium", "chromium-sandbox")
# Figures and pages bring their own face; with these, each alone, the tests see that they look the same.
FONTS: Final = {"DejaVuSans.ttf": "fonts-dejavu-core", "LiberationSans-Regular.ttf": "fonts-liberation"}
PLACES: Final = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
READER: Final = ("poppler-utils",)
READERS: Final = ("pdftotext", "pdfinfo")


def missing() -> list[str]:
    """Debian's packages for what is not there."""
    try:
        find_browser()
        found = []
    except PrintError:
        found = [*BROWSER]
    found += [package for name, package in FONTS.items() if font(name) is None]
    return found + ([] if all(map(shutil.which, READERS)) else [*READER])


def font(name: str) -> Path | None:
    """Where the file of a font is on this machine."""
    return next((path for place in PLACES for path in place.rglob(name)), None)


def installer() -> list[str] | None:
    """Command by which packages can be installed without a password; None where there is none."""
    if shutil.which("apt-get") is None:
        return None
    if os.name == "posix" and os.geteuid() == 0:
        return ["apt-get"]
    if shutil.which("sudo") and _runs(["sudo", "-n", "true"]):
        return ["sudo", "-n", "apt-get"]
    return None


def install(packages: list[str]) -> bool:
    """Install packages, or fail."""
    command = installer()
    if command is None:
        return False
    _say(f"Installing {', '.join(packages)}")
    wanted = ["install", "--yes", "--no-install-recommends", *packages]
    return _runs([*command, "-qq", "update"]) and _runs([*command, "-qq", *wanted])


def _runs(command: list[str]) -> bool:
    """Whether a command ends well; it asks nobody anything."""
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, check=False, env=quiet, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)  # noqa: S603
    return done.returncode == 0


def _say(text: str) -> None:
    print(text, file=sys.stderr)  # noqa: T201


def main() -> None:
    """Install what is missing, or say how."""
    packages = missing()
    if not packages or (install(packages) and not missing()):
        return
    _say(f"The tests in a browser need what Debian calls {', '.join(packages)}; without it they are skipped.")
    _say("Install it, or a Chromium, Chrome or Edge of your own; MELIAN_BROWSER=/path/to/browser says where it is.")


if __name__ == "__main__":
    main()
