"""Which files are games, by their names; costs nothing to import."""

import os
from typing import Final

TREE: Final = ".efg"
TABLE: Final = ".nfg"
SUFFIXES: Final = (TREE, TABLE)


def is_game_file(path: str | os.PathLike[str]) -> bool:
    """Whether a file's name is that of a game in one of Gambit's formats."""
    return os.fspath(path).casefold().endswith(SUFFIXES)
