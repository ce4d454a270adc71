"""`melian run`: how likely, with the few things that matter most."""

from collections.abc import Iterable

from melian.cli import options
from melian.cli.guard import guarded
from melian.cli.load import load, solve
from melian.cli.options import Settings, parse_states
from melian.cli.output import write_json, write_sheet
from melian.source.diagnostic import Diagnostic


@guarded
def run(  # noqa: PLR0913 - one parameter for each option
    case: options.CaseName,
    json: options.Json = False,
    worlds: options.Worlds = options.DEFAULT_WORLDS,
    seed: options.Seed = options.DEFAULT_SEED,
    as_of: options.AsOf = None,
    do: options.Do = None,
    observe: options.Observe = None,
    unannounced: options.Unannounced = False,
    threads: options.Threads = None,
    debug: options.Debug = False,
) -> None:
    """How likely: the headline, and what matters most."""
    done, learned = parse_states(do, "--set"), parse_states(observe, "--observe")
    answer(Settings(case, json, worlds, seed, as_of, done, learned, unannounced, threads))


def answer(settings: Settings) -> None:
    """Solve the case and write the answer."""
    case = load(settings.case, settings.as_of)
    solution = solve(case, settings)
    if settings.as_json:
        from melian.view.documents.run import run_document

        write_json(run_document(solution, case.diagnostics))
    else:
        from melian.view.sheets.run import run_sheet

        write_sheet(run_sheet(solution, notes=warnings_note(settings.case, case.diagnostics)))


def warnings_note(name: str, diagnostics: Iterable[Diagnostic]) -> tuple[str, ...]:
    """Where to read the warnings, if there are any."""
    from melian.view.wording import counted

    number = sum(diagnostic.severity == "warning" for diagnostic in diagnostics)
    return (f"{counted(number, 'warning')}: melian check {name}",) if number else ()
