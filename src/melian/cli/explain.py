"""`melian explain`: what a code of a diagnostic means."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from melian.cli import options
from melian.cli.guard import guarded
from melian.cli.output import write_json, write_sheet

if TYPE_CHECKING:
    from melian.source.codes import Code

CodeName = Annotated[str | None, typer.Argument(metavar="CODE", help="As in error[CODE]; without it, all are listed.")]


@guarded
def explain(code: CodeName = None, json: options.Json = False, debug: options.Debug = False) -> None:
    """What a code such as unknown-name means, with an example."""
    codes = all_codes()
    if code is not None and code not in codes:
        from melian.source.suggest import nearest

        near = nearest(code, codes)
        hint = f"did you mean '{near}'?" if near else "'melian explain' lists all codes"
        raise typer.BadParameter(f"there is no code '{code}'; {hint}", param_hint="CODE")
    if json:
        write_json(asdict(codes[code]) if code else {"codes": [asdict(each) for each in codes.values()]})
        return
    from melian.view.sheets.explain import codes_sheet, explain_sheet

    write_sheet(explain_sheet(codes[code]) if code else codes_sheet(codes.values()))


def all_codes() -> "dict[str, Code]":
    """Every code that melian can give, by name: of texts, of cases, and of other programs' files."""
    from melian.case.codes import ALL_CODES
    from melian.exchange.game_codes import ALL_GAME_CODES

    return ALL_CODES | ALL_GAME_CODES
