"""The three streams of a process, so that a full disk, a closed pipe or a missing stream is no fault of melian.

What is said on standard error is lost in silence where it cannot be written: there is nobody to tell. An answer that
cannot be written is told on standard error, and by an exit code of its own.
"""

import errno
import io
import os
import sys
from contextlib import suppress

LOST = 4


class LostOutputError(OSError):
    """The answer could not be written to standard output."""


class _Answer(io.FileIO):
    """Standard output; what cannot be written there is told apart from every other file."""

    def write(self, content: object) -> int:
        """Write some bytes."""
        try:
            return super().write(content)  # type: ignore[arg-type]
        except BrokenPipeError:
            raise
        except OSError as problem:
            raise LostOutputError(problem.errno, problem.strerror) from None


class _Said(io.FileIO):
    """Standard error; what cannot be written there is lost."""

    def write(self, content: object) -> int:
        """Write some bytes, or act as if."""
        try:
            return super().write(content)  # type: ignore[arg-type]
        except OSError:
            return memoryview(content).nbytes  # type: ignore[arg-type]


def settle_streams() -> None:
    """Open on nothing what is closed, write through streams that tell what went wrong, and believe no width of 0."""
    columns = os.environ.get("COLUMNS", "1")
    if not columns.isdecimal() or int(columns) == 0:
        del os.environ["COLUMNS"]  # no width at all; that of the terminal counts then
    if sys.platform == "win32":  # a console there is no file
        return
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            with suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_RDWR), number)  # else the next file that is opened is taken for it
    if sys.stdin is None:
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - for the rest of the process
    sys.stdout = _text(_Answer(1, "w", closefd=False), sys.stdout)
    sys.stderr = _text(_Said(2, "w", closefd=False), sys.stderr, is_prompt=True)


def _text(raw: io.FileIO, before: "io.TextIOWrapper | object", *, is_prompt: bool = False) -> io.TextIOWrapper:
    """Text over bytes, in the encoding that the stream had."""
    encoding = getattr(before, "encoding", None) or "utf-8"
    by_line = is_prompt or raw.isatty()
    return io.TextIOWrapper(io.BufferedWriter(raw), encoding, "backslashreplace", line_buffering=by_line)


def leave(stream_number: int = 1) -> None:
    """Let what is still buffered go nowhere: nobody reads any more."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream_number)


def finished(code: int) -> int:
    """Write what is still buffered; the exit code, which says so where that fails."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        leave()
    except (LostOutputError, ValueError) as problem:
        return lost(problem)
    return code


def lost(problem: Exception) -> int:
    """Say that the answer could not be written."""
    leave()
    number = getattr(problem, "errno", None) or errno.EIO
    sys.stderr.write(f"error: the answer cannot be written: {os.strerror(number).lower()}\n")
    sys.stderr.flush()
    return LOST
