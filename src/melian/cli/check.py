"""`melian check`: is the case sound, and everything there is to say about it."""

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from melian.cli import options
from melian.cli.game import check_game
from melian.cli.guard import WRONG_CASE, colours, guarded
from melian.cli.load import look_over
from melian.cli.output import write_json, write_sheet
from melian.exchange.kinds import is_game_file
from melian.source.diagnostic import Diagnostic, has_errors

if TYPE_CHECKING:
    from melian.answer.expense import Expense
    from melian.case.case import Case

Cost = Annotated[bool, typer.Option("--cost", help="What solving takes: tables, order, memory, time.")]
Concise = Annotated[bool, typer.Option("--concise", help="One line for each thing there is to say.")]


@guarded
def check(
    case: options.CaseName,
    json: options.Json = False,
    concise: Concise = False,
    cost: Cost = False,
    as_of: options.AsOf = None,
    debug: options.Debug = False,
) -> None:
    """Is the case, or the game, sound: all that is wrong or doubtful.

    Every place is shown, with how to mend it. With errors all of it goes to standard error, else to standard output.
    """
    if is_game_file(case):
        check_game(case, as_json=json, concise=concise)
        return
    judged, diagnostics = look_over(case, as_of)
    is_wrong = has_errors(diagnostics)
    if json:
        from melian.source.render import as_json

        said: dict[str, Any] = {"diagnostics": as_json(diagnostics)}
        if cost and judged is not None and not is_wrong:
            from melian.view.documents.cost import expense_document

            said["cost"] = expense_document(_expense(judged))
        write_json(said)
    else:
        write_diagnostics(diagnostics, concise, is_wrong)
        if judged is not None and not (is_wrong or concise):
            sys.stdout.write("\n")
            _write_inventory(judged, with_cost=cost)
    if is_wrong:
        raise typer.Exit(WRONG_CASE)


def write_diagnostics(diagnostics: list[Diagnostic], concise: bool, is_wrong: bool) -> None:
    """Show diagnostics, with errors on standard error, else on standard output."""
    from melian.source import render

    stream = sys.stderr if is_wrong else sys.stdout
    if concise:
        stream.write(render.concise(diagnostics))
        return
    colour = colours(stream.isatty())
    stream.write(render.full(diagnostics, colour=colour, limit=len(diagnostics), summary=is_wrong))
    if not is_wrong:
        gap = "\n" if diagnostics else ""
        stream.write(f"{gap}{_verdict(diagnostics)}\n")


def _verdict(diagnostics: list[Diagnostic]) -> str:
    """Say that nothing is wrong, and how much is doubtful."""
    from melian.view.wording import counted

    parts = [("warning", "warning"), ("info", "remark")]
    counts = [(sum(one.severity == severity for one in diagnostics), noun) for severity, noun in parts]
    return ", ".join(["no errors", *(counted(number, noun) for number, noun in counts if number)])


def _write_inventory(case: "Case", *, with_cost: bool) -> None:
    from melian.answer.inventory import inventory_of
    from melian.model.build import build_model
    from melian.plan.make import make_plan
    from melian.view.sheets.check import check_sheet

    model = build_model(case)
    expense = _expense(case) if with_cost else None
    write_sheet(check_sheet(case, inventory_of(case, model, make_plan(model)), expense))


def _expense(case: "Case") -> "Expense":
    from melian.answer.expense import expense_of
    from melian.model.build import build_model
    from melian.plan.make import make_plan

    model = build_model(case)
    return expense_of(model, make_plan(model))
