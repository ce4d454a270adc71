"""`melian report`: everything that there is to say of a case, in one file to hand over."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from melian.cli import options
from melian.cli.guard import guarded
from melian.cli.load import load, solve
from melian.cli.options import Settings, parse_states
from melian.cli.output import write_json
from melian.cli.progress import Meter
from melian.cli.run import warnings_note
from melian.cli.save import refuse_existing, save

if TYPE_CHECKING:
    from melian.view.report import Report

SUFFIXES: Final = (".html", ".htm", ".md")

Output = Annotated[Path, typer.Option("-o", "--out", metavar="FILE", help="The file to write: .html or .md.")]
Actors = Annotated[
    list[str] | None,
    typer.Option("--actor", metavar="ACTOR", help="Also say what this actor can do; may be given several times."),
]
Force = Annotated[bool, typer.Option("--force", help="Write over a file that is there.")]


@guarded
def report(  # noqa: PLR0913 - one parameter for each option
    case: options.CaseName,
    out: Output,
    actor: Actors = None,
    json: options.Json = False,
    worlds: options.Worlds = options.DEFAULT_WORLDS,
    seed: options.Seed = options.DEFAULT_SEED,
    as_of: options.AsOf = None,
    do: options.Do = None,
    observe: options.Observe = None,
    unannounced: options.Unannounced = False,
    threads: options.Threads = None,
    force: Force = False,
    debug: options.Debug = False,
) -> None:
    """One self-contained page with every answer."""
    if out.suffix.casefold() not in SUFFIXES:
        raise typer.BadParameter(f"'{out}' should end in .html or .md", param_hint="-o")
    refuse_existing(out, force=force)
    done, learned = parse_states(do, "--set"), parse_states(observe, "--observe")
    settings = Settings(case, json, worlds, seed, as_of, done, learned, unannounced, threads)
    read = load(settings.case, settings.as_of)
    solution = solve(read, settings)

    from melian.view.sheets.report import report_of

    with Meter(sys.stderr) as meter:
        told = meter.tell if meter.is_wanted else None
        actors = tuple(dict.fromkeys(actor or ()))
        made = report_of(solution, actors=actors, told=told, notes=warnings_note(case, read.diagnostics))
    text = _written(made, out)
    save(text, out, force=force)
    if json:
        write_json({"case": solution.case.name, "file": str(out), "bytes": len(text.encode("utf-8"))})
    else:
        typer.echo(f"{out}: {len(text.encode('utf-8')) // 1024:,} kB")


def _written(report: "Report", out: Path) -> str:
    if out.suffix.casefold() == ".md":
        from melian.view.markdown import markdown_of

        return markdown_of(report)
    from melian.view.page.page import page_of

    return page_of(report)
