"""`melian diff`: what two versions of a case say differently, and what each change does to the answer."""

import sys
from typing import Annotated

import typer

from melian.cli import options
from melian.cli.guard import guarded
from melian.cli.load import load
from melian.cli.output import write_json, write_sheet
from melian.cli.progress import Meter

One = Annotated[str, typer.Argument(metavar="ONE", help="A case file, or the name of a gallery case.")]
Other = Annotated[str, typer.Argument(metavar="OTHER", help="Its later version, or another analyst's.")]
Worlds = Annotated[
    int, typer.Option("--worlds", min=1, max=options.MAX_WORLDS, metavar="N", help="Worlds of each version solved.")
]
DEFAULT: int = 8_192


@guarded
def diff(  # noqa: PLR0913 - one parameter for each option
    one: One,
    other: Other,
    json: options.Json = False,
    worlds: Worlds = DEFAULT,
    seed: options.Seed = options.DEFAULT_SEED,
    as_of: options.AsOf = None,
    debug: options.Debug = False,
) -> None:
    """What two versions say, and what each change does."""
    from melian.api import diff as difference

    cases = load(one, as_of), load(other, as_of)
    with Meter(sys.stderr) as meter:
        found = difference(*cases, worlds=worlds, seed=seed, told=meter.tell if meter.is_wanted else None)
    if json:
        from melian.view.documents.diff import diff_document

        write_json(diff_document(found, (one, other)))
    else:
        from melian.view.sheets.diff import diff_sheet

        write_sheet(diff_sheet(cases[0].judged, cases[1].judged, found, (one, other)))
