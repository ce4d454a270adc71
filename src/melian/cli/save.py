"""Writing a file that a person asked for: whole or not at all, and never over another without being told to."""

import os
from pathlib import Path

import typer

from melian.source.save import save_bytes


def refuse_existing(path: Path, *, force: bool) -> None:
    """Refuse early what `save` would refuse after the work is done.

    Raises
    ------
    typer.BadParameter
        If something of that name is there, and writing over it was not asked for; or if there is no such folder.
    """
    if path.is_dir():
        raise typer.BadParameter(f"'{path}' is a folder", param_hint="OUT")
    if os.path.lexists(path) and not force:
        raise typer.BadParameter(f"'{path}' is there already; --force writes over it", param_hint="OUT")
    if not path.absolute().parent.is_dir():
        raise typer.BadParameter(f"there is no folder '{path.parent}'", param_hint="OUT")


def save(content: str | bytes, path: Path, *, force: bool) -> int:
    """Write a text, in UTF-8, or bytes as they are.

    Returns
    -------
    Bytes written.

    Raises
    ------
    typer.BadParameter
        If it cannot be written there.
    """
    refuse_existing(path, force=force)
    written = content.encode("utf-8") if isinstance(content, str) else content
    try:
        save_bytes(path, written, is_new=not force)
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise typer.BadParameter(f"'{path}' cannot be written: {reason}", param_hint="OUT") from None
    return len(written)
