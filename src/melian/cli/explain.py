"""`melian explain`: what a code of a diagnostic means."""

from dataclasses import asdict
from typing import Annotated

import typer

from melian.cli import options
from melian.cli.guard import guarded
from melian.cli.output import write_json, write_sheet

CodeName = Annotated[str | None, typer.Argument(metavar="CODE", help="As in error[CODE]; without it, all are listed.")]


@guarded
def explain(code: CodeName = None, json: options.Json = False, debug: options.Debug = False) -> None:
    """What a code such as unknown-name means, with an example."""
    from melian.case.codes import ALL_CODES

    if code is not None and code not in ALL_CODES:
        from melian.source.suggest import nearest

        near = nearest(code, ALL_CODES)
        hint = f"did you mean '{near}'?" if near else "'melian explain' lists all codes"
        raise typer.BadParameter(f"there is no code '{code}'; {hint}", param_hint="CODE")
    if json:
        listed = [asdict(each) for each in ALL_CODES.values()]
        write_json(asdict(ALL_CODES[code]) if code else {"codes": listed})
        return
    from melian.view.explain_sheet import codes_sheet, explain_sheet

    write_sheet(explain_sheet(ALL_CODES[code]) if code else codes_sheet(ALL_CODES.values()))
