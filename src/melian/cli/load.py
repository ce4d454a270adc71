"""Reading and solving a case for a command."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from melian.cli.game import not_a_case
from melian.cli.options import Settings
from melian.errors import CaseError
from melian.exchange.kinds import is_game_file
from melian.source.diagnostic import Diagnostic, Note

if TYPE_CHECKING:
    from melian.answer.sampling import Told
    from melian.answer.solution import Solution
    from melian.api import Case
    from melian.case.case import Case as JudgedCase


def load(name: str, as_of: date | None = None) -> "Case":
    """Read a sound case by path or gallery name.

    Raises
    ------
    CaseError
        With every diagnostic, if the case has errors.
    AskError
        If it is the name of a game.
    """
    if is_game_file(name):
        raise not_a_case(name)
    from melian.api import read

    with _hinting(name):
        return read(name, as_of=as_of)


def look_over(name: str, as_of: date | None = None) -> "tuple[JudgedCase | None, list[Diagnostic]]":
    """Everything there is to say about a case by path or gallery name."""
    from melian.api import examine

    try:
        with _hinting(name):
            return examine(name, as_of=as_of)
    except CaseError as problem:
        return None, list(problem.diagnostics)


@contextmanager
def _hinting(name: str) -> Iterator[None]:
    """Say what the gallery has where a file is not there."""
    try:
        yield
    except CaseError as problem:
        raise CaseError(_hinted(name, one) for one in problem.diagnostics) from None


def _hinted(name: str, diagnostic: Diagnostic) -> Diagnostic:
    from melian.catalog import case_names
    from melian.source.suggest import nearest

    if diagnostic.code != "file-missing":
        return diagnostic
    near, names = nearest(name, case_names()), ", ".join(case_names())
    hint = f"did you mean the gallery case `{near}`?" if near else f"a file's path, or a case of the gallery: {names}"
    return replace(diagnostic, notes=(*diagnostic.notes, Note("help", hint)))


def solve(case: "Case", settings: Settings) -> "Solution":
    """Solve a case, with a bar on a terminal where it takes long."""
    from melian.cli.progress import Meter

    with Meter(sys.stderr) as meter:
        return solve_telling(case, settings, meter.tell if meter.is_wanted else None)


def solve_telling(case: "Case", settings: Settings, told: "Told | None") -> "Solution":
    """Solve a case as a part of longer work, which has a bar of its own."""
    return case.solve(
        worlds=settings.worlds,
        seed=settings.seed,
        observe=settings.observe,
        do=settings.do,
        announced=not settings.unannounced,
        threads=settings.threads,
        told=told,
    )
