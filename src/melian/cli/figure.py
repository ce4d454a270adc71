"""`melian figure`: one picture of a case or its answer, as a file of its own."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from melian.cli import options
from melian.cli.guard import guarded
from melian.cli.load import load, solve
from melian.cli.options import Settings, parse_states
from melian.cli.output import write_json
from melian.cli.printed import refuse_unprintable
from melian.cli.progress import Meter
from melian.cli.save import refuse_existing, save

if TYPE_CHECKING:
    from melian.answer.solution import Solution
    from melian.view.figures.drawing import Drawing

SUFFIXES: Final = (".svg", ".pdf", ".png")
# As in `melian.view.printing.print`, which takes too long to load for a help text; a test holds the two together.
DEFAULT_SCALE: Final = 2
MOST_SCALE: Final = 8

Kind = Literal["case", "timeline", "worlds"]
Kinds = Annotated[
    Kind,
    typer.Option("--kind", help="The case as a diagram, the answer after each report, or the answer over all worlds."),
]
Output = Annotated[Path, typer.Option("-o", "--out", metavar="FILE", help="The file to write: .svg, .pdf or .png.")]
Scale = Annotated[
    int,
    typer.Option("--scale", min=1, max=MOST_SCALE, metavar="N", help="Of a .png: pixels for each of the figure's own."),
]
Force = Annotated[bool, typer.Option("--force", help="Write over a file that is there.")]


@guarded
def figure(  # noqa: PLR0913 - one parameter for each option
    case: options.CaseName,
    out: Output,
    kind: Kinds = "case",
    scale: Scale = DEFAULT_SCALE,
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
    """One figure of the report, as SVG, PDF or PNG."""
    if out.suffix.casefold() not in SUFFIXES:
        raise typer.BadParameter(f"'{out}' should end in .svg, .pdf or .png", param_hint="-o")
    refuse_existing(out, force=force)
    refuse_unprintable(out)
    done, learned = parse_states(do, "--set"), parse_states(observe, "--observe")
    settings = Settings(case, json, worlds, seed, as_of, done, learned, unannounced, threads)
    drawing = _drawn(solve(load(settings.case, settings.as_of), settings), kind)
    save(_written(drawing, out, scale), out, force=force)
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


def _written(drawing: "Drawing", out: Path, scale: int) -> str | bytes:
    """Figure in the form that the file's name asks for."""
    if out.suffix.casefold() == ".svg":
        from melian.view.figures.svg import standalone

        return standalone(drawing)
    from melian.view.printing.print import figure_as_pdf, figure_as_png

    folder = out.absolute().parent
    if out.suffix.casefold() == ".pdf":
        return figure_as_pdf(drawing, beside=folder)
    return figure_as_png(drawing, scale, beside=folder)
