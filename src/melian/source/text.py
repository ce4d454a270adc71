"""The user's text and places in it.

A `Source` keeps the text as it was read, so that every later stage can quote the user's own lines. Offsets count code
points from 0; lines and columns count from 1. A line ends at LF, CRLF or CR, as editors count them: YAML 1.1 also
breaks lines at NEL, LS and PS, but a line number that no editor shows would help nobody.

Reading is guarded: a regular file, at most `MAX_BYTES`, in UTF-8. Anything else is a `CaseError` and never hangs.
"""

import os
import re
import stat
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from melian.errors import CaseError
from melian.source.diagnostic import Diagnostic, error
from melian.source.foreign import foreign

MAX_BYTES: Final = 1_000_000
GAMES: Final = (".efg", ".nfg")  # read like cases, and then by another parser
BYTE_ORDER_MARK: Final = "\ufeff"
Opening = Callable[[str, int], int]
_LINE_END: Final = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Source:
    """A text and where it came from.

    Attributes
    ----------
    path : as the user gave it; only ever shown.
    text : as read, without a leading byte order mark; line ends are kept as they are.
    """

    path: str
    text: str = field(repr=False)
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", (0, *(match.end() for match in _LINE_END.finditer(self.text))))

    @property
    def n_lines(self) -> int:
        """Lines, counting an empty one after a final line end."""
        return len(self._starts)

    def line(self, number: int) -> str:
        """Text of a line, counted from 1, without its line end."""
        start, end = self.bounds(number)
        return self.text[start:end]

    def bounds(self, number: int) -> tuple[int, int]:
        """Offsets of the start and the end of a line, without its line end."""
        if not 1 <= number <= len(self._starts):
            raise ValueError(f"line(): number must be 1 to {len(self._starts)}, got {number}")
        start = self._starts[number - 1]
        stop = self._starts[number] if number < len(self._starts) else len(self.text)
        return start, start + len(self.text[start:stop].rstrip("\r\n"))

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1; offsets past the text count as its end."""
        offset = min(max(offset, 0), len(self.text))
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a source: code point offsets from 0, half open; zero width where something is missing."""

    source: Source
    start: int
    end: int

    @property
    def line(self) -> int:
        """Line of the start, from 1."""
        return self.source.position(self.start)[0]

    @property
    def column(self) -> int:
        """Column of the start in code points, from 1."""
        return self.source.position(self.start)[1]

    @property
    def text(self) -> str:
        """The user's own text between start and end."""
        return self.source.text[self.start : self.end]


def nowhere(path: str) -> Span:
    """Place for a diagnostic about a whole file that has no text to point into."""
    return Span(Source(path, ""), 0, 0)


def read_source(path: str | os.PathLike[str], opening: Opening = os.open, *, games: bool = False) -> Source:
    """Text of a case file.

    Parameters
    ----------
    opening : opens the path for reading, with flags of the system; gives a handle.
    games : whether it may be a game, whatever it is called.

    Raises
    ------
    CaseError
        For a file that is missing, not a regular file, not readable, too large, or not UTF-8.
    """
    shown = os.fspath(path)
    data = _read_bytes(shown, opening)
    if not games and (kind := foreign(data)) and not shown.lower().endswith(GAMES):
        what, cure = kind
        raise CaseError([error("foreign-file", f"`{shown}` is {what}, not a case", nowhere(shown), help=cure)])
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise CaseError([_not_utf8(shown, data, problem)]) from None
    return Source(shown, text.removeprefix(BYTE_ORDER_MARK))


def mark_of(path: str | os.PathLike[str]) -> str:
    """Byte order mark of a file that begins with one, else nothing."""
    return BYTE_ORDER_MARK if _read_bytes(os.fspath(path)).startswith(BYTE_ORDER_MARK.encode()) else ""


def _read_bytes(path: str, opening: Opening = os.open) -> bytes:
    """Read at most `MAX_BYTES` of a regular file; opening never waits for a writer."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    try:
        _require_regular(path, os.stat(path))  # before opening: to open a device can already do something
        with open(opening(path, flags), "rb") as file:
            _require_regular(path, os.fstat(file.fileno()))  # and after: the name may have changed hands
            data = file.read(MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise CaseError([error("file-missing", f"there is no file `{path}`", nowhere(path))]) from None
    except (OSError, ValueError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) and problem.strerror else str(problem)
        raise CaseError([_unreadable(path, reason.lower())]) from None
    if len(data) > MAX_BYTES:
        raise CaseError([_too_large(path)])
    return data


def _require_regular(path: str, status: os.stat_result) -> None:
    """Refuse folders, pipes, sockets and devices: some of them never end or never answer."""
    if stat.S_ISDIR(status.st_mode):
        raise CaseError([_unreadable(path, "it is a folder")])
    if not stat.S_ISREG(status.st_mode):
        raise CaseError([_unreadable(path, "it is a pipe or a device, not a file")])


def _unreadable(path: str, reason: str) -> Diagnostic:
    return error("file-unreadable", f"`{path}` cannot be read: {reason}", nowhere(path))


def _too_large(path: str) -> Diagnostic:
    return error(
        "too-large",
        f"the file has more than {MAX_BYTES:,} bytes",
        nowhere(path),
        help="keep data and long quotations outside the case and cite them under `sources`",
    )


def _not_utf8(path: str, data: bytes, problem: UnicodeDecodeError) -> Diagnostic:
    """Point at the first byte that is not UTF-8 and guess what it was meant to be."""
    before = len(data[: problem.start].decode("utf-8").removeprefix(BYTE_ORDER_MARK))
    source = Source(path, data.decode("utf-8", "replace").removeprefix(BYTE_ORDER_MARK))
    byte = data[problem.start]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        guess = "the file looks like UTF-16"
    else:
        guess = f"in Windows-1252 this byte is `{bytes([byte]).decode('cp1252', 'replace')}`"
    return error(
        "not-utf8",
        "the file is not in UTF-8",
        Span(source, before, before + 1),
        f"the byte 0x{byte:02X} is no UTF-8 character",
        help="save the file again as UTF-8",
        info=guess,
    )
