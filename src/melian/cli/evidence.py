"""`melian evidence`: what each report says of each outcome, and which reports disagree."""

from melian.cli import options
from melian.cli.guard import guarded
from melian.cli.load import load, solve
from melian.cli.options import Settings, parse_states
from melian.cli.output import write_json, write_sheet


@guarded
def evidence(  # noqa: PLR0913 - one parameter for each option
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
    """What each report says of each outcome, and how loudly.

    In bits, alone and given the rest. Reports that disagree more than chance would have it are named.
    """
    done, learned = parse_states(do, "--set"), parse_states(observe, "--observe")
    settings = Settings(case, json, worlds, seed, as_of, done, learned, unannounced, threads)
    read = load(settings.case, settings.as_of)
    solution = solve(read, settings)
    if settings.as_json:
        from melian.view.documents.evidence import evidence_document

        write_json(evidence_document(solution, read.diagnostics))
    else:
        from melian.view.sheets.evidence import evidence_sheet

        write_sheet(evidence_sheet(solution))
