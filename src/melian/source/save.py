"""The one place that writes files: whole or not at all, so that a full disk or a pulled plug loses nothing.

What is written goes into a draft that has no name where the system has such (O_TMPFILE), else a hidden one beside the
file. It takes the file's name once all of it is on the disk. A draft with a name that a killed process left behind is
taken away by the next one that writes in that folder.
"""

import os
import secrets
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import Final

from melian.errors import CaseError
from melian.source.diagnostic import error
from melian.source.text import nowhere

if sys.platform != "win32":
    import fcntl

DRAFT: Final = (".melian-", ".part")
STALE_AFTER: Final = (
    86_400.0 if sys.platform == "win32" else 60.0
)  # seconds; a lock tells a slow writer from a dead one
MAX_ENTRIES: Final = 10_000  # of a folder, looked through for drafts
_UNNAMED: Final = getattr(os, "O_TMPFILE", 0)


def save_text(path: str | os.PathLike[str], text: str, *, is_new: bool = False) -> None:
    """Put a text in the place of a file, or make the file: see `save_bytes`.

    Raises
    ------
    CaseError
        If it cannot be written; the file is then what it was.
    """
    shown = os.fspath(path)
    try:
        save_bytes(path, text.encode(), is_new=is_new)
    except OSError as problem:
        reason = (problem.strerror or str(problem)).lower()
        raise CaseError([error("file-unwritable", f"`{shown}` cannot be written: {reason}", nowhere(shown))]) from None


def save_bytes(path: str | os.PathLike[str], content: bytes, *, is_new: bool = False) -> None:
    """Put something in the place of a file, or make the file; a link stays a link, and what may be done with it stays.

    Parameters
    ----------
    is_new : whether to refuse a name that something has already, even if it came to be a moment ago.

    Raises
    ------
    OSError
        If it cannot be written; the file is then what it was.
    """
    target = Path(os.path.abspath(path) if is_new else os.path.realpath(path))
    before = None if is_new else _replaced(target)
    _sweep(target.parent)
    with _draft(target.parent) as (handle, name):
        _fill(handle, content)
        if before is not None:
            _keep(handle, before)
        os.fsync(handle)
        _name(handle, name, target, is_new=is_new)
    _sync_folder(target.parent)


def _replaced(target: Path) -> os.stat_result | None:
    """What is there so far; None where nothing is.

    Raises
    ------
    OSError
        If it is not an ordinary file, or one that may not be written.
    """
    try:
        status = target.stat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(21, "it is a folder", os.fspath(target))
    if not stat.S_ISREG(status.st_mode):
        raise OSError(22, "it is a pipe or a device, not a file", os.fspath(target))
    if not os.access(target, os.W_OK):
        raise PermissionError(13, "permission denied", os.fspath(target))
    return status


@contextmanager
def _draft(folder: Path) -> Iterator[tuple[int, Path | None]]:
    """Open a file to write into, and its path if it has one; nothing of it is left where the block fails."""
    handle, name = _unnamed(folder), None
    if handle is None:
        name = folder / secrets.token_hex(8).join(DRAFT)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
        handle = os.open(name, flags, 0o666)
        _is_locked(handle)
    try:
        yield handle, name
    finally:
        os.close(handle)
        if name is not None:
            with suppress(FileNotFoundError):
                os.unlink(name)


def _unnamed(folder: Path) -> int | None:
    """Open a file without a name; None where the system, or what the folder is kept on, has none."""
    if not _UNNAMED or not os.path.exists("/proc/self/fd"):
        return None
    with suppress(OSError):
        return os.open(folder, os.O_WRONLY | _UNNAMED | os.O_CLOEXEC, 0o666)
    return None


def _fill(handle: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _keep(handle: int, before: os.stat_result) -> None:
    """Keep what may be done with a file and, where that is allowed, whose it is."""
    if hasattr(os, "fchown"):
        with suppress(OSError):
            os.fchown(handle, before.st_uid, before.st_gid)
        os.fchmod(handle, stat.S_IMODE(before.st_mode))


def _name(handle: int, draft: Path | None, target: Path, *, is_new: bool) -> None:
    """Give a draft the name of the file; an unnamed one that replaces a file has one of its own in between."""
    if draft is None and is_new:
        _link(handle, target)
    elif draft is None:
        draft = target.parent / secrets.token_hex(8).join(DRAFT)
        _is_locked(handle)
        _link(handle, draft)
        try:
            os.replace(draft, target)
        except BaseException:
            os.unlink(draft)
            raise
    elif not is_new:
        os.replace(draft, target)
    elif hasattr(os, "link"):
        os.link(draft, target)
    else:
        os.rename(draft, target)  # where nothing can be linked, this refuses a name that is taken


def _link(handle: int, path: Path) -> None:
    """Give a file without a name one that nothing has; with a handle of the folder, links are followed to the file."""
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.link(f"/proc/self/fd/{handle}", path.name, dst_dir_fd=folder, follow_symlinks=True)
    finally:
        os.close(folder)


def _sync_folder(folder: Path) -> None:
    """Put a folder's names on the disk; some systems cannot, and do so by themselves."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _is_locked(handle: int) -> bool:
    """Take a file for this process; whether another has it. The lock ends with the handle, or with the process."""
    if sys.platform == "win32":
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:  # kept where nothing can be locked
        return False
    return False


def _sweep(folder: Path) -> None:
    """Take away drafts that nobody writes any more."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in islice(entries, MAX_ENTRIES):
            if entry.name.startswith(DRAFT[0]) and entry.name.endswith(DRAFT[1]):
                with suppress(OSError):
                    _sweep_one(entry.path)


def _sweep_one(path: str) -> None:
    """Take a draft away if it is old, an ordinary file, and no process has it."""
    status = os.lstat(path)
    if not stat.S_ISREG(status.st_mode) or time.time() - status.st_mtime < STALE_AFTER:
        return
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0))
    try:
        is_dead = not _is_locked(handle)
    finally:
        os.close(handle)
    if is_dead:
        os.unlink(path)
