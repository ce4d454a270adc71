"""`melian explain`: what a code of a diagnostic, or a word of the field, means."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from melian.cli import options
from melian.cli.guard import guarded
from melian.cli.output import write_json, write_sheet

if TYPE_CHECKING:
    from melian.source.codes import Code

Asked = Annotated[
    list[str] | None,
    typer.Argument(metavar="CODE|TERM", help="As in error[CODE], or a word such as bits; without it, all are listed."),
]


@guarded
def explain(asked: Asked = None, json: options.Json = False, debug: options.Debug = False) -> None:
    """What a code such as unknown-name means, or a word such as bits."""
    from melian.view import glossary
    from melian.view.sheets.explain import all_sheet, explain_sheet, term_sheet

    codes, said = all_codes(), " ".join(asked or ())
    code, term = codes.get(said), glossary.term_of(said)
    if code is not None:
        document, sheet = asdict(code), explain_sheet(code)
    elif term is not None:
        document, sheet = asdict(term), term_sheet(term)
    elif said:
        raise typer.BadParameter(_unknown(said, (*codes, *glossary.names())), param_hint="CODE|TERM")
    else:
        document = {"codes": [asdict(one) for one in codes.values()], "terms": [asdict(one) for one in glossary.TERMS]}
        sheet = all_sheet(codes.values(), glossary.TERMS)
    if json:
        write_json(document)
    else:
        write_sheet(sheet)


def _unknown(said: str, known: tuple[str, ...]) -> str:
    from melian.source.suggest import nearest

    near = nearest(said, known)
    hint = f"did you mean '{near}'?" if near else "'melian explain' lists all"
    return f"there is no code or term '{said}'; {hint}"


def all_codes() -> "dict[str, Code]":
    """Every code that melian can give, by name: of texts, of cases, and of other programs' files."""
    from melian.case.codes import ALL_CODES
    from melian.exchange.game_codes import ALL_GAME_CODES

    return ALL_CODES | ALL_GAME_CODES
