"""`melian check`: is the case sound, and everything there is to say about it."""

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from melian.cli import options
from melian.cli.game import check_game
from melian.cli.guard import WRONG_CASE, colours, guarded
from melian.cli.load import look_over
from melian.cli.mend import mended_case, show_patches, write_mended
from melian.cli.output import write_json, write_sheet
from melian.exchange.kinds import is_game_file
from melian.source.cells import safe
from melian.source.diagnostic import Diagnostic, has_errors

if TYPE_CHECKING:
    from melian.answer.conflict import Conflicts
    from melian.answer.expense import Expense
    from melian.case.case import Case

Cost = Annotated[bool, typer.Option("--cost", help="What solving takes: tables, order, memory, time.")]
Disagree = Annotated[
    bool, typer.Option("--conflicts", help="Also which reports disagree more than chance would have it.")
]
FixOption = Annotated[bool, typer.Option("--fix", help="Mend in the file what can be mended safely, and check again.")]
Diff = Annotated[bool, typer.Option("--diff", help="Show what --fix would change, and write nothing.")]
Concise = Annotated[bool, typer.Option("--concise", help="One line for each thing there is to say.")]


@guarded
def check(  # noqa: PLR0913 - one parameter for each option
    case: options.CaseName,
    json: options.Json = False,
    concise: Concise = False,
    cost: Cost = False,
    conflicts: Disagree = False,
    fix: FixOption = False,
    diff: Diff = False,
    as_of: options.AsOf = None,
    debug: options.Debug = False,
) -> None:
    """Is a case, or a game, sound: all that is wrong or doubtful.

    Every place is shown, with how to mend it. With errors all of it goes to standard error, else to standard output.
    """
    if is_game_file(case):
        check_game(case, as_json=json, concise=concise)
        return
    mended = None
    if fix or diff:
        mended = mended_case(case, as_of)
        if diff:
            show_patches(mended, as_json=json)
            return
        write_mended(mended, quiet=json)
    judged, diagnostics = look_over(case, as_of)
    is_wrong = has_errors(diagnostics)
    if json:
        from melian.source.render import as_json

        said: dict[str, Any] = {"diagnostics": as_json(diagnostics)}
        if mended is not None:
            said["mended"] = as_json(mended.done)
        if cost and judged is not None and not is_wrong:
            from melian.view.documents.cost import expense_document

            said["cost"] = expense_document(_expense(judged))
        if conflicts and judged is not None and not is_wrong:
            from melian.view.documents.evidence import conflicts_document

            said["conflicts"] = conflicts_document(_conflicts(judged))
        write_json(said)
    else:
        write_diagnostics(diagnostics, concise, is_wrong)
        if not (concise or fix):
            _offer_fixes(case, diagnostics, is_wrong)
        if judged is not None and not (is_wrong or concise):
            sys.stdout.write("\n")
            _write_inventory(judged, with_cost=cost)
            if conflicts:
                _write_conflicts(judged)
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


def _offer_fixes(name: str, diagnostics: list[Diagnostic], is_wrong: bool) -> None:
    """Say how many of them need nobody's hand."""
    number = sum(one.fix is not None and one.fix.is_safe for one in diagnostics)
    if number:
        them = "it" if len(diagnostics) == 1 else f"{number} of them"
        stream = sys.stderr if is_wrong else sys.stdout
        stream.write(safe(f"{them} can be mended by: melian check --fix {name}") + "\n")


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


def _write_conflicts(case: "Case") -> None:
    from melian.view.sheets.evidence import conflicts_sheet

    write_sheet(conflicts_sheet(case, _conflicts(case)))


def _conflicts(case: "Case") -> "Conflicts":
    from melian.answer.conflict import conflicts_of
    from melian.model.build import build_model
    from melian.plan.plan import Enquiry
    from melian.solve.draws.draw import Sampler
    from melian.solve.population import Population

    model = build_model(case)
    population = Population(Sampler(model.parameters, options.DEFAULT_SEED), options.DEFAULT_WORLDS)
    return conflicts_of(model, Enquiry(), population)


def _expense(case: "Case") -> "Expense":
    from melian.answer.expense import expense_of
    from melian.model.build import build_model
    from melian.plan.make import make_plan

    model = build_model(case)
    return expense_of(model, make_plan(model))
