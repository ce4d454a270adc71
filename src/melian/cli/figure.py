"""`melian figure`: one picture of a case or its answer, as a file of its own."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from melian.cli import options
from melian.cli.actors import refuse_idle_actors
from melian.cli.guard import guarded
from melian.cli.load import load, solve
from melian.cli.options import Settings, parse_states
from melian.cli.output import write_json, write_line
from melian.cli.printed import refuse_unprintable
from melian.cli.progress import Meter
from melian.cli.save import refuse_existing, save
from melian.view.kinds import DEFAULT_SCALE, FIGURE_FORMATS, MOST_SCALE, Kind

if TYPE_CHECKING:
    from melian.api import Case as ReadCase
    from melian.case.case import Case
    from melian.view.figures.drawing import Drawing

Kinds = Annotated[Kind, typer.Option("--kind", help="What to draw: the case itself, or one of its answers.")]
Actor = Annotated[str | None, typer.Option("--actor", metavar="ACTOR", help="Whose levers to draw (--kind levers).")]
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
    actor: Actor = None,
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
    if out.suffix.casefold() not in FIGURE_FORMATS:
        raise typer.BadParameter(f"'{out}' should end in .svg, .pdf or .png", param_hint="-o")
    refuse_existing(out, force=force)
    refuse_unprintable(out)
    done, learned = parse_states(do, "--set"), parse_states(observe, "--observe")
    settings = Settings(case, json, worlds, seed, as_of, done, learned, unannounced, threads)
    read = load(settings.case, settings.as_of)
    _check_actor(read.judged, kind, actor, settings)
    drawing = _drawn(read, settings, kind, actor)
    save(_written(drawing, out, scale), out, force=force)
    if json:
        write_json({"file": str(out), "kind": kind, "title": drawing.title, "description": drawing.description})
    else:
        write_line(f"{out}: {drawing.title}")


def _check_actor(case: "Case", kind: Kind, actor: str | None, settings: Settings) -> None:
    """Refuse early what could not be drawn after the work is done."""
    if actor is not None and kind != "levers":
        raise typer.BadParameter("only levers are drawn of one actor: --kind levers", param_hint="--actor")
    if kind == "levers" and actor is None:
        names = ", ".join(each.name for each in case.actors)
        raise typer.BadParameter(f"levers are somebody's: give one of {names}", param_hint="--actor")
    refuse_idle_actors(case, [actor] if actor else [], settings)


def _drawn(read: "ReadCase", settings: Settings, kind: Kind, actor: str | None) -> "Drawing":
    solution = solve(read, settings)

    from melian.view.sheets.pictures import picture_of

    with Meter(sys.stderr) as meter:
        return picture_of(solution, kind, actor=actor, told=meter.tell if meter.is_wanted else None)


def _written(drawing: "Drawing", out: Path, scale: int) -> bytes:
    """Figure in the form that the file's name asks for."""
    from melian.view.looks.figure import figure_bytes

    return figure_bytes(drawing, out.suffix, beside=out.absolute().parent, scale=scale)
