"""`melian figure`: one picture of a case or its answer, as a file of its own."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from melian.cli import options
from melian.cli.guard import guarded
from melian.cli.load import load, solve
from melian.cli.options import Settings, parse_states
from melian.cli.output import write_json
from melian.cli.progress import Meter
from melian.cli.save import refuse_existing, save

if TYPE_CHECKING:
    from melian.answer.solution import Solution
    from melian.view.figures.drawing import Drawing

Kind = Literal["case", "timeline", "worlds"]
Kinds = Annotated[
    Kind,
    typer.Option("--kind", help="The case as a diagram, the answer after each report, or the answer over all worlds."),
]
Output = Annotated[Path, typer.Option("-o", "--out", metavar="FILE", help="The file to write: .svg.")]
Force = Annotated[bool, typer.Option("--force", help="Write over a file that is there.")]


@guarded
def figure(  # noqa: PLR0913 - one parameter for each option
    case: options.CaseName,
    out: Output,
    kind: Kinds = "case",
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
    """One figure of the report, as SVG."""
    if out.suffix.casefold() != ".svg":
        raise typer.BadParameter(f"'{out}' should end in .svg", param_hint="-o")
    refuse_existing(out, force=force)
    done, learned = parse_states(do, "--set"), parse_states(observe, "--observe")
    settings = Settings(case, json, worlds, seed, as_of, done, learned, unannounced, threads)
    drawing = _drawn(solve(load(settings.case, settings.as_of), settings), kind)

    from melian.view.figures.svg import standalone

    save(standalone(drawing), out, force=force)
    if json:
        write_json({"file": str(out), "kind": kind, "title": drawing.title, "description": drawing.description})
    else:
        typer.echo(f"{out}: {drawing.title}")


def _drawn(solution: "Solution", kind: Kind) -> "Drawing":
    from melian.view.sheets import pictures

    if kind == "case":
        return pictures.case_picture(solution)
    if kind == "worlds":
        return pictures.worlds_picture(solution)
    with Meter(sys.stderr) as meter:
        found = solution.timeline(told=meter.tell if meter.is_wanted else None)
    return pictures.timeline_picture(solution, found)
