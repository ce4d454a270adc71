"""`melian whatif`: before and after something is supposed."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from melian.cli import options
from melian.cli.guard import guarded
from melian.cli.load import load, solve
from melian.cli.options import Settings, parse_states
from melian.cli.output import write_json, write_sheet

Patch = Annotated[
    str | None,
    typer.Option("--patch", metavar="FILE", help="Replace what this file defines: a table, a stake, a report."),
]


@guarded
def whatif(  # noqa: PLR0913 - one parameter for each option
    case: options.CaseName,
    do: options.Do = None,
    observe: options.Observe = None,
    unannounced: options.Unannounced = False,
    patch: Patch = None,
    json: options.Json = False,
    worlds: options.Worlds = options.DEFAULT_WORLDS,
    seed: options.Seed = options.DEFAULT_SEED,
    as_of: options.AsOf = None,
    threads: options.Threads = None,
    debug: options.Debug = False,
) -> None:
    """Before and after: what is done, learned or judged otherwise.

    What is done with --set the actors answer, unless it is --unannounced; what is learned with --observe changes your
    view alone. The worlds are the same before and after, so that a difference is an effect.
    """
    done, learned = parse_states(do, "--set"), parse_states(observe, "--observe")
    if not (done or learned or patch):
        raise typer.BadParameter("suppose something: --set NODE=STATE, --observe NODE=STATE or --patch FILE")
    settings = Settings(case, json, worlds, seed, as_of, {}, {}, False, threads)
    if patch is not None:
        _answer_patch(replace(settings, do=done, observe=learned, unannounced=unannounced), patch)
        return
    from melian.answer.supposed import Supposed

    read = load(settings.case, settings.as_of)
    solution = solve(read, settings)
    supposed = Supposed(learned, done, not unannounced)
    found = solution.whatif(done, observe=learned, announced=not unannounced)
    if json:
        from melian.view.documents.whatif import whatif_document

        write_json(whatif_document(solution, supposed, found, read.diagnostics))
    else:
        from melian.view.sheets.whatif import whatif_sheet

        write_sheet(whatif_sheet(solution, supposed, found))


def _answer_patch(settings: Settings, patch: str) -> None:
    """Solve the case as it is and with parts of it replaced."""
    read = load(settings.case, settings.as_of)
    changed = read.patched(patch)
    before = solve(read, replace(settings, do={}, observe={}, unannounced=False))
    after = solve(changed, settings)
    if settings.as_json:
        from melian.view.documents.whatif import patched_document

        write_json(patched_document(before, after, Path(patch).name, changed.diagnostics))
    else:
        from melian.view.sheets.whatif import patched_sheet

        write_sheet(patched_sheet(before, after, Path(patch).name))
