"""The folder of a case and the files in it that hold parts of the case; nothing outside it is ever read.

A path is written with `/` on every system, so that a case that works in one place works in all. What it may not be is
told from its letters first (no absolute path, no `..`, no name that means a device on Windows), and then from where it
leads once all links are followed.
"""

import fnmatch
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MAX_ENTRIES: Final = 10_000
ENDINGS: Final = (".yaml", ".yml")
LONGEST_PATH: Final = 500
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_ROOTED: Final = re.compile(r"[/~]|[A-Za-z]:")
_DEVICE: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_WILD: Final = re.compile(r"[*?]")
_AS_FOLDER: Final = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a path is not read: a diagnostic's code, what is wrong, and how to mend it."""

    code: str
    headline: str
    help: str


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder in which a case's file is named.

    Attributes
    ----------
    shown : as the user gave it, "" for the one in which the command runs.
    root : the same with every link followed.
    own : name of the case's file in it.
    """

    shown: str
    root: str
    own: str

    def find(self, path: str, beside: str = "") -> "list[str] | Refused":
        """Files that a path or a pattern stands for, as paths from this folder; at least one.

        Parameters
        ----------
        path : as written: a path, or one whose last part has `*` (any letters) or `?` (one letter) in it.
        beside : folder of the file that it is written in, as a path from this folder.
        """
        pieces = checked(path)
        if isinstance(pieces, Refused):
            return pieces
        *folders, last = pieces
        inside = "/".join([*([beside] if beside else []), *folders])
        if not self._holds(inside):
            return _outside(path, "leads out of the case's folder through a link")
        if not _WILD.search(last):
            found = [last] if os.path.lexists(os.path.join(self.root, inside, last)) else []
        else:
            found = _matching(os.path.join(self.root, inside), last)
        names = [f"{inside}/{name}" if inside else name for name in found]
        if not names:
            cure = "paths start from the folder of the file that they are written in"
            return Refused("include-missing", f"no file is there for `{path}`", cure)
        if out := next((name for name in names if not self._holds(name)), None):
            return _outside(out, "leads out of the case's folder through a link")
        return names

    def path(self, name: str) -> str:
        """Path of a file of this folder, as it is shown to people and opened."""
        return os.path.join(self.shown, *name.split("/"))

    def open(self, name: str, flags: int) -> int:
        """Open a file of this folder, whatever happens to its links meanwhile: what was checked is what is opened.

        The way is walked folder by folder without following a link, after all that there were have been followed.

        Raises
        ------
        OSError
            If it cannot be opened, is no longer in this folder, or a link has come to stand on its way.
        """
        real = os.path.realpath(os.path.join(self.root, name))
        if not Path(real).is_relative_to(self.root):
            raise PermissionError(1, "it leads out of the case's folder", name)
        if os.open not in os.supports_dir_fd:
            return os.open(real, flags)
        *folders, last = Path(real).relative_to(self.root).parts
        handle = os.open(self.root, _AS_FOLDER)
        try:
            for folder in folders:
                outer, handle = handle, os.open(folder, _AS_FOLDER | os.O_NOFOLLOW, dir_fd=handle)
                os.close(outer)
            return os.open(last, flags | os.O_NOFOLLOW, dir_fd=handle)
        finally:
            os.close(handle)

    def identity(self, name: str) -> str:
        """Path of a file that is the same for every way to write it."""
        return os.path.normcase(os.path.realpath(os.path.join(self.root, name)))

    def _holds(self, name: str) -> bool:
        """Whether a path stays in this folder once links are followed."""
        return Path(os.path.realpath(os.path.join(self.root, name))).is_relative_to(self.root)


def folder_of(path: str | os.PathLike[str]) -> Folder:
    """Folder in which a file is named; where the name is a link, it is the link's folder that counts."""
    shown, own = os.path.split(os.fspath(path))
    return Folder(shown, os.path.realpath(shown or os.curdir), own)


def checked(path: str) -> "list[str] | Refused":
    """Parts of a path that can be read from any folder on any system, or why it cannot."""
    shown = path[:80]
    if "\\" in path:
        return _bad(f"`{shown}` has a backslash", "write `/` between folders on every system")
    if _ROOTED.match(path):
        return _outside(shown, "is an absolute path")
    pieces = [piece for piece in path.split("/") if piece not in ("", ".")]
    if ".." in pieces:
        return _outside(shown, "leads out of its folder")
    if not pieces or len(path) > LONGEST_PATH or _CONTROL.search(path):
        return _bad(f"`{shown}` is no path of a file", "write a path such as `evidence/march.yaml`")
    if odd := next((piece for piece in pieces if ":" in piece or piece[-1] in ". " or _DEVICE.match(piece)), None):
        return _bad(f"`{odd[:80]}` means something else than a file on some systems", "rename the file")
    if any(_WILD.search(piece) for piece in pieces[:-1]):
        return _bad(f"`{shown}` has `*` or `?` in the name of a folder", "use them in the last part only")
    if not pieces[-1].lower().endswith(ENDINGS):
        return _bad(f"`{shown}` does not end in `.yaml`", "parts of a case are `.yaml` files")
    return pieces


def _bad(headline: str, cure: str) -> Refused:
    return Refused("bad-path", headline, cure)


def _outside(path: str, how: str) -> Refused:
    cure = "a case reads only files of its own folder and the folders in it: put the file there"
    return Refused("outside-folder", f"`{path}` {how}", cure)


def _matching(folder: str, pattern: str) -> list[str]:
    """Names in a folder that a pattern fits, sorted; hidden ones are passed over, and of a huge folder the rest."""
    literal = pattern.replace("[", "[[]")
    names: list[str] = []
    try:
        with os.scandir(folder) as entries:
            for _, entry in zip(range(MAX_ENTRIES), entries, strict=False):
                if (
                    not entry.name.startswith(".")
                    and fnmatch.fnmatchcase(entry.name, literal)
                    and not _is_folder(entry)
                ):
                    names.append(entry.name)
    except OSError:
        return []
    return sorted(names)


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    """Whether an entry is a folder, or a link to one; a link that leads nowhere is told when it is read."""
    try:
        return entry.is_dir()
    except OSError:
        return False
