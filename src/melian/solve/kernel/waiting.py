"""Who is told that the solver is being compiled, which takes long enough to look like a fault.

It stands apart from what compiles, so that the command line can say who is told without loading a compiler.
"""

import sys
import threading
from typing import Final, Protocol

__all__ = ["KEPT", "NOT_KEPT", "Announcer", "Line", "announce_to", "enter", "leave"]

KEPT: Final = "Compiling the solver, once: ten seconds, or a minute for choices that answer each other."
NOT_KEPT: Final = (
    "Compiling the solver, for this run alone, since no folder for compiled code can be written: ten seconds, or a\n"
    "minute for choices that answer each other. With NUMBA_CACHE_DIR set to one that can be, later runs do not wait."
)


class Announcer(Protocol):
    """Who is told that code is compiled."""

    def starts(self, is_kept: bool) -> None:
        """Compilation begins.

        Parameters
        ----------
        is_kept : whether the outcome can be kept, so that the next process does not have to wait.
        """

    def ends(self) -> None:
        """Compilation is over, for now."""


class Line:
    """One line on standard error, once a process."""

    def __init__(self) -> None:
        self._is_said = False

    def starts(self, is_kept: bool) -> None:
        """Say what takes so long."""
        if not self._is_said and sys.stderr is not None:
            print(KEPT if is_kept else NOT_KEPT, file=sys.stderr, flush=True)  # noqa: T201 - there is nobody else to say it
        self._is_said = True

    def ends(self) -> None:
        """Nothing more to say."""


_announcer: Announcer = Line()
_depth = 0
_lock = threading.Lock()


def announce_to(announcer: Announcer) -> None:
    """Let somebody know, from now on, when code has to be compiled."""
    global _announcer  # noqa: PLW0603 - compilation is a matter of the whole process
    _announcer = announcer


def enter(is_kept: bool) -> None:
    """Note that a function begins to be compiled, by itself or within another one; only the outermost is announced."""
    global _depth  # noqa: PLW0603
    with _lock:
        _depth += 1
        if _depth == 1:
            _announcer.starts(is_kept)


def leave() -> None:
    """Note that a function is compiled."""
    global _depth  # noqa: PLW0603
    with _lock:
        _depth -= 1
        if _depth == 0:
            _announcer.ends()
