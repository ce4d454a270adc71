"""Reading a game file of either kind: what a command that is given one calls."""

import os
import re
from typing import Final

from melian.errors import CaseError
from melian.exchange.efg import read_efg
from melian.exchange.game import Game, Table
from melian.exchange.nfg import as_extensive, read_nfg
from melian.source.diagnostic import Diagnostic, error
from melian.source.text import Source, Span, read_source

_FIRST_WORD: Final = re.compile(r'[ \t\r\n\f\v]*([^\s"{},]{1,40})')


def read_game(path: str | os.PathLike[str]) -> tuple[Game, tuple[Diagnostic, ...]]:
    """Game in a `.efg` or `.nfg` file, and warnings about it.

    A strategic game becomes a tree in which nobody sees what the others did: each player has one information set.

    Raises
    ------
    CaseError
        With every diagnostic, for a file that cannot be read as a game.
    """
    game, found = parse_game(read_source(path, games=True))
    if game is None:
        raise CaseError(found)
    return game, tuple(found)


def read_form(path: str | os.PathLike[str]) -> tuple[Game | Table, tuple[Diagnostic, ...]]:
    """Game in a file in the form that it has there, a tree or a table, and warnings about it.

    Raises
    ------
    CaseError
        With every diagnostic, for a file that cannot be read as a game.
    """
    source = read_source(path, games=True)
    game, found = read_nfg(source) if first_word(source)[0] == "NFG" else parse_game(source)
    if game is None:
        raise CaseError(found)
    return game, tuple(found)


def parse_game(source: Source) -> tuple[Game | None, list[Diagnostic]]:
    """Game in a text that begins with `EFG` or `NFG`, or None where an error stands in the way; and diagnostics."""
    word, span = first_word(source)
    if word == "EFG":
        return read_efg(source)
    if word == "NFG":
        table, found = read_nfg(source)
        return (as_extensive(table) if table else None), found
    label = "it begins with neither `EFG` nor `NFG`"
    return None, [error("game-format", "the file is no game in one of Gambit's formats", span, label)]


def first_word(source: Source) -> tuple[str, Span]:
    """Word that a text begins with, and where; empty where it begins with something else."""
    match = _FIRST_WORD.match(source.text)
    word, start = (match[1], match.start(1)) if match else ("", 0)
    return word, Span(source, start, start + len(word))
