"""Writing a text back: whole or not at all, so that nothing is lost when a disk is full or a plug is pulled."""

import os
import stat
import tempfile
from pathlib import Path

from melian.errors import CaseError
from melian.source.diagnostic import error
from melian.source.text import nowhere


def save_text(path: str | os.PathLike[str], text: str) -> None:
    """Put a text in the place of a file, or make the file: see `save_bytes`.

    Raises
    ------
    CaseError
        If it cannot be written; the file is then what it was.
    """
    shown = os.fspath(path)
    try:
        save_bytes(path, text.encode())
    except OSError as problem:
        reason = (problem.strerror or str(problem)).lower()
        raise CaseError([error("file-unwritable", f"`{shown}` cannot be written: {reason}", nowhere(shown))]) from None


def save_bytes(path: str | os.PathLike[str], content: bytes) -> None:
    """Put something in the place of a file, or make the file; a link stays a link, and what may be done with it stays.

    Raises
    ------
    OSError
        If it cannot be written; the file is then what it was.
    """
    target = Path(os.path.realpath(path))
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else None
    if mode is not None and not os.access(target, os.W_OK):
        raise PermissionError(13, "permission denied", os.fspath(path))
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, _usual_mode() if mode is None else mode)
        os.replace(name, target)
    except BaseException:
        os.unlink(name)
        raise


def _usual_mode() -> int:
    """Permissions that a new file gets where it is made in the ordinary way."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
