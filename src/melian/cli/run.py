"""`melian run`: how likely, with the few things that matter most; of several cases, how likely each is."""

import shlex
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from melian.cli import options
from melian.cli.guard import guarded
from melian.cli.load import load, solve
from melian.cli.options import Settings, parse_states
from melian.cli.output import write_json, write_note, write_sheet
from melian.cli.several import Failure, attempted
from melian.source.diagnostic import Diagnostic

if TYPE_CHECKING:
    from melian.answer.solution import Solution
    from melian.api import Case
    from melian.view.documents.document import Document
    from melian.view.sheets.several import Line

T = TypeVar("T")

Cases = Annotated[
    list[str], typer.Argument(metavar="CASE...", help="Case files, or names of gallery cases; of several, a table.")
]


@guarded
def run(  # noqa: PLR0913 - one parameter for each option
    cases: Cases,
    json: options.Json = False,
    worlds: options.Worlds = options.DEFAULT_WORLDS,
    seed: options.Seed = options.DEFAULT_SEED,
    as_of: options.AsOf = None,
    do: options.Do = None,
    observe: options.Observe = None,
    unannounced: options.Unannounced = False,
    threads: options.Threads = None,
    debug: options.Debug = False,
) -> None:
    """How likely: the headline, and what matters most.

    Of several cases one line each, and with --json one list. What is wrong with one keeps the others from nothing.
    """
    done, learned = parse_states(do, "--set"), parse_states(observe, "--observe")
    settings = Settings(cases[0], json, worlds, seed, as_of, done, learned, unannounced, threads)
    if len(cases) == 1:
        answer(settings)
    else:
        answer_each([replace(settings, case=case) for case in cases])


def answer(settings: Settings) -> None:
    """Solve the case and write the answer."""
    case, solution = _solved(settings)
    if settings.as_json:
        from melian.view.documents.run import run_document

        write_json(run_document(solution, case.diagnostics))
    else:
        from melian.view.sheets.run import run_sheet

        write_sheet(run_sheet(solution))
        for note in warnings_note(shlex.quote(settings.case), case.diagnostics):
            write_note(note)


def answer_each(asked: Sequence[Settings]) -> None:
    """Solve each case and write the answers together; end as the worst of them would have."""
    if asked[0].as_json:
        documents, worst = _each(asked, _document, _failed_document)
        write_json(documents)
    else:
        from melian.view.sheets.several import several_sheet

        lines, worst = _each(asked, _line, _failed_line)
        write_sheet(several_sheet(lines))
    if worst:
        raise typer.Exit(worst)


def _each(
    asked: Sequence[Settings], work: Callable[[Settings], T], failed: Callable[[Settings, Failure], T]
) -> tuple[list[T], int]:
    """What is to be shown of each case, and the worst exit code."""
    tried = [(settings, attempted(partial(work, settings))) for settings in asked]
    shown = [failed(settings, one) if isinstance(one, Failure) else one for settings, one in tried]
    return shown, max(one.code if isinstance(one, Failure) else 0 for _, one in tried)


def _failed_document(settings: Settings, failure: Failure) -> "Document":
    from melian.source.render import as_json

    return {"file": settings.case, "error": failure.message, "diagnostics": as_json(failure.diagnostics)}


def _failed_line(settings: Settings, failure: Failure) -> "Line":
    from melian.view.sheets.several import Line

    return Line(settings.case, problem=failure.message)


def _document(settings: Settings) -> "Document":
    from melian.view.documents.run import run_document

    case, solution = _solved(settings)
    return {"file": settings.case, **run_document(solution, case.diagnostics)}


def _line(settings: Settings) -> "Line":
    from melian.view.sheets.several import Line

    _, solution = _solved(settings)
    return Line(settings.case, solution.case, solution.likelihood(), solution.step)


def _solved(settings: Settings) -> "tuple[Case, Solution]":
    case = load(settings.case, settings.as_of)
    return case, solve(case, settings)


def warnings_note(name: str, diagnostics: Iterable[Diagnostic]) -> tuple[str, ...]:
    """Where to read the warnings, if there are any."""
    from melian.view.wording import counted

    number = sum(diagnostic.severity == "warning" for diagnostic in diagnostics)
    return (f"{counted(number, 'warning')}: melian check {name}",) if number else ()
