"""`melian drivers`: which judgements the spread of the answer comes from."""

import sys
from typing import Annotated

import typer

from melian.cli import options
from melian.cli.guard import guarded
from melian.cli.load import load, solve
from melian.cli.options import Settings, parse_states
from melian.cli.output import write_json, write_sheet
from melian.cli.progress import Meter


def parse_line(text: str) -> float:
    """Chance written as 0.5 or as 50%."""
    number = text.strip()
    try:
        chance = float(number.removesuffix("%")) / 100 if number.endswith("%") else float(number)
    except ValueError:
        chance = -1.0
    if not 0.0 < chance < 1.0:
        raise typer.BadParameter(f"'{text}' should be a chance above 0 and below 1, such as 0.5 or 50%")
    return chance


Line = Annotated[
    float,
    typer.Option("--line", parser=parse_line, metavar="CHANCE", help="What the answer is to cross: 0.5 or 50%."),
]


@guarded
def drivers(  # noqa: PLR0913 - one parameter for each option
    case: options.CaseName,
    json: options.Json = False,
    line: Line = "50%",  # type: ignore[assignment]  # parsed as what is written on the command line is
    worlds: options.Worlds = options.DEFAULT_WORLDS,
    seed: options.Seed = options.DEFAULT_SEED,
    as_of: options.AsOf = None,
    do: options.Do = None,
    observe: options.Observe = None,
    unannounced: options.Unannounced = False,
    threads: options.Threads = None,
    debug: options.Debug = False,
) -> None:
    """Which judgements the spread of the answer comes from.

    By judgement, and by node, actor and source. What cannot be told from nothing says so. Also the fewest judgements
    that would have to be otherwise for the answer to cross a line.
    """
    done, learned = parse_states(do, "--set"), parse_states(observe, "--observe")
    settings = Settings(case, json, worlds, seed, as_of, done, learned, unannounced, threads)
    read = load(settings.case, settings.as_of)
    solution = solve(read, settings)
    with Meter(sys.stderr) as meter:
        found = solution.drivers(line=line, threads=threads, told=meter.tell if meter.is_wanted else None)
    if settings.as_json:
        from melian.view.documents.drivers import drivers_document

        write_json(drivers_document(solution, found, read.diagnostics))
    else:
        from melian.view.sheets.drivers import drivers_sheet

        write_sheet(drivers_sheet(solution, found))
