"""Running a browser over one page: without a window, a network or a trace.

What is printed can hold a stranger's words. The page itself tells a browser to load nothing; here the browser is kept
from reaching anything as well, so that no fault of either alone lets a case call home.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from melian.errors import PrintError
from melian.view.printing.browser import VARIABLE, find_browser

PATIENCE: Final = 120.0  # seconds; the largest report took 3 on a slow machine
SHOWN: Final = 3  # lines of what a browser said that an error repeats
ATTEMPTS: Final = 20  # at removing a folder in which a browser's last process is still writing
BETWEEN: Final = 0.1  # seconds

QUIET: Final = (
    "--headless",
    "--disable-gpu",
    "--hide-scrollbars",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--disable-breakpad",
    "--use-mock-keychain",  # macOS would ask the user for a password
    "--password-store=basic",
)
# Every address is sent to a closed port, this machine's own too, and no name is ever looked up.
ALONE: Final = (
    "--disable-quic",
    "--proxy-server=127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
# What Chromium says where the system has no font at all, not even one for its own menus: then it draws no other either.
FONTLESS: Final = "Could not find any font"
FONTS: Final = ("install any font (Debian and Ubuntu: apt install fonts-dejavu-core)", ".html, .md and .svg need none")
# On paper it is always day, whatever the system likes.
LIGHT: Final = "--blink-settings=preferredColorScheme=1"


def printed(page: str, switches: Sequence[str], suffix: str, *, beside: Path) -> bytes:
    """What a browser makes of a page.

    Parameters
    ----------
    page : HTML.
    switches : what to make; `{out}` stands for the file to be made.
    suffix : of that file, such as `.pdf`.
    beside : folder that the browser can write to, should it not see the system's own for temporary files.

    Raises
    ------
    PrintError
        If there is no browser, it makes nothing, or it has no font to begin with.
    """
    browser = find_browser()
    said = ""
    # A browser from a snap or flatpak has temporary files of its own, and sees only the user's folders, unhidden.
    for place in (None, beside):
        with _folder(place) as folder:
            out = folder / f"out{suffix}"
            (folder / "page.html").write_text(page, "utf-8", newline="\n")
            said = _run([browser, *_switches(folder), *(one.replace("{out}", str(out)) for one in switches)], folder)
            if FONTLESS in said:
                raise PrintError("the browser found no font on this machine, and draws no text without one", FONTS)
            if out.is_file() and out.stat().st_size:
                return out.read_bytes()
    raise PrintError(f"the browser `{browser}` printed nothing", [*_complaints(said), *_cures()])


def _switches(folder: Path) -> Iterator[str]:
    yield from (*QUIET, *ALONE, LIGHT, f"--user-data-dir={folder / 'profile'}")
    # Chromium refuses to run as root unless it is told to leave out its sandbox. That is bearable only because the page
    # is melian's own, has no script, and reaches nothing.
    if sys.platform == "linux" and os.geteuid() == 0:
        yield "--no-sandbox"


def _run(command: Sequence[str], folder: Path) -> str:
    """Run a browser to its end; what it said, for an error."""
    log = folder / "said"
    page = (folder / "page.html").as_uri()
    try:
        with open(log, "wb") as said:
            process = subprocess.Popen(  # noqa: S603 - the program is the user's, and no shell reads the arguments
                [*command, page],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=said,
                start_new_session=os.name == "posix",
            )
            _wait(process)
    except OSError as problem:
        raise PrintError(f"the browser `{command[0]}` does not start: {problem.strerror}", _cures()) from None
    return log.read_text("utf-8", errors="replace")


def _wait(process: "subprocess.Popen[bytes]") -> None:
    """Wait for a browser; end it, with all that it started, where it takes too long or the user has had enough."""
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        _end(process)
        raise PrintError(f"the browser had not printed after {PATIENCE:.0f} seconds", _cures()) from None
    except BaseException:
        _end(process)
        raise


def _end(process: "subprocess.Popen[bytes]") -> None:
    with suppress(OSError):  # it may have ended by itself meanwhile
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def _folder(place: Path | None) -> Iterator[Path]:
    """A folder for one run, gone afterwards. Its name is no hidden one: see `printed`."""
    try:
        folder = Path(tempfile.mkdtemp(prefix="melian-print-", dir=place)).resolve()
    except OSError as problem:
        raise PrintError(f"no folder can be made to print in: {problem.strerror}") from None
    try:
        yield folder
    finally:
        _remove(folder)


def _remove(folder: Path) -> None:
    for _ in range(ATTEMPTS):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(BETWEEN)


def _complaints(said: str) -> Iterator[str]:
    """Last lines of what a browser said, without those on the desktop that a server does not have."""
    lines = [line.strip() for line in said.splitlines() if line.strip() and "dbus" not in line.casefold()]
    return (f"it said: {line}" for line in lines[-SHOWN:])


def _cures() -> tuple[str, ...]:
    return (f"try another browser: {VARIABLE}=/path/to/browser", ".html, .md and .svg need none")
