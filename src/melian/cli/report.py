"""`melian report`: everything that there is to say of a case, in one file to hand over."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from melian.cli import options
from melian.cli.actors import refuse_idle_actors
from melian.cli.guard import guarded
from melian.cli.load import load, solve_telling
from melian.cli.options import Settings, parse_states
from melian.cli.output import write_json, write_line
from melian.cli.printed import refuse_unprintable
from melian.cli.progress import Flow, Meter
from melian.cli.run import warnings_note
from melian.cli.save import refuse_existing, save
from melian.view.kinds import REPORT_FORMATS

if TYPE_CHECKING:
    from melian.answer.sampling import Told
    from melian.api import Case

# What takes long, in order, and how many seconds it took in the flagship case: the bar moves as evenly as it can.
LEVERS: Final = "Trying levers"
STAGES: Final = {
    "Solving worlds": 1.5,
    "Taking in the evidence": 1.5,
    "Following the reports": 1.0,
    "Finding what drives the answer": 8.0,
    "Weighing what actors gain": 3.0,
    "Looking at what to watch": 7.5,
    LEVERS: 9.0,  # for each actor
    "Comparing the reports": 5.0,
    "Printing": 2.0,
}

Output = Annotated[Path, typer.Option("-o", "--out", metavar="FILE", help="The file to write: .html, .pdf or .md.")]
Actors = Annotated[
    list[str] | None,
    typer.Option(
        "--actor", metavar="ACTOR", help="Say only what this actor can do, not every one; may be given again."
    ),
]
WithCase = Annotated[
    bool,
    typer.Option("--with-case", help="Put in the case's own text too, with its comments and the numbers of its lines."),
]
Force = Annotated[bool, typer.Option("--force", help="Write over a file that is there.")]


@dataclass(frozen=True, slots=True)
class Extent:
    """How much a report is to say: of which actors, and whether with the case's own text."""

    actors: tuple[str, ...] | None
    with_case: bool


@guarded
def report(  # noqa: PLR0913 - one parameter for each option
    case: options.CaseName,
    out: Output,
    actor: Actors = None,
    with_case: WithCase = False,
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
    if out.suffix.casefold() not in REPORT_FORMATS:
        raise typer.BadParameter(f"'{out}' should end in .html, .pdf or .md", param_hint="-o")
    refuse_existing(out, force=force)
    refuse_unprintable(out)
    done, learned = parse_states(do, "--set"), parse_states(observe, "--observe")
    settings = Settings(case, json, worlds, seed, as_of, done, learned, unannounced, threads)
    read = load(settings.case, settings.as_of)
    actors = tuple(dict.fromkeys(actor)) if actor else None
    refuse_idle_actors(read.judged, actors or (), settings)
    asked_about = len(actors) if actors else len({choice.actor.text for choice in read.judged.choices})
    with Meter(sys.stderr) as meter:
        flow = Flow(meter.tell, {**STAGES, LEVERS: STAGES[LEVERS] * asked_about})
        content = _content(read, settings, Extent(actors, with_case), out, flow.tell if meter.is_wanted else None)
    size = save(content, out, force=force)
    if json:
        write_json({"case": read.judged.name, "file": str(out), "bytes": size})
    else:
        write_line(f"{out}: {size // 1024:,} kB")


def _content(read: "Case", settings: Settings, extent: Extent, out: Path, told: "Told | None") -> str | bytes:
    """Solve the case, answer everything, and write it in the form that the file's name asks for."""
    solution = solve_telling(read, settings, told)

    from melian.view.sheets.report import report_of

    made = report_of(
        solution,
        actors=extent.actors,
        with_case=extent.with_case,
        told=told,
        notes=warnings_note(Path(settings.case).name, read.diagnostics),  # folders are nobody else's business
    )
    if told is not None:
        told("Printing", 0.0)
    from melian.view.written import written

    return written(made, out.suffix, beside=out.absolute().parent)
