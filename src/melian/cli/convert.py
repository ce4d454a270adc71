"""`melian convert`: a case's world, or a game, as a file for Gambit."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from melian.cli import options
from melian.cli.guard import guarded
from melian.cli.load import load
from melian.cli.output import write_json, write_sheet
from melian.cli.save import refuse_existing, save
from melian.exchange.kinds import SUFFIXES, is_game_file

if TYPE_CHECKING:
    from melian.answer.conversion import Conversion, World

MEAN: Final = "mean"

Input = Annotated[str, typer.Argument(metavar="IN", help="A case file, a gallery case, or a game (.efg, .nfg).")]
Output = Annotated[Path, typer.Argument(metavar="OUT", help="The file to write: .efg for a tree, .nfg for a table.")]
WorldName = Annotated[
    str | None,
    typer.Option("--world", metavar="mean|N", help="Of a case: every judgement at its mean (the default), or world N."),
]
Scale = Annotated[
    Literal["utility", "precision"],
    typer.Option("--scale", help="Of a case: payoffs are utilities, or utilities times each actor's precision."),
]
CommonPrior = Annotated[
    bool, typer.Option("--common-prior", help="Of a case: write the analyst's chances where actors believe otherwise.")
]
Fold = Annotated[
    bool, typer.Option("--fold", help="Of a case: sum out the factors that no choice sees; the play is the same.")
]
Force = Annotated[bool, typer.Option("--force", help="Write over a file that is there.")]


@guarded
def convert(  # noqa: PLR0913 - one parameter for each option
    source: Input,
    target: Output,
    json: options.Json = False,
    world: WorldName = None,
    scale: Scale = "utility",
    common_prior: CommonPrior = False,
    fold: Fold = False,
    seed: options.Seed = options.DEFAULT_SEED,
    force: Force = False,
    debug: options.Debug = False,
) -> None:
    """Write one world of a case, or a game, for Gambit.

    A game file holds one set of numbers; worlds are numbered from 0, as they are drawn. Evidence is left out.
    """
    suffix = target.suffix.casefold()
    if suffix not in SUFFIXES:
        raise typer.BadParameter(f"'{target}' should end in {' or '.join(SUFFIXES)}", param_hint="OUT")
    refuse_existing(target, force=force)
    if is_game_file(source):
        if world is not None or scale != "utility" or common_prior or fold:
            raise typer.BadParameter("--world, --scale, --common-prior and --fold are for cases", param_hint="IN")
        made = _from_game(source, suffix)
    else:
        from melian.answer.conversion import World

        number = _number(world)
        made = _from_case(source, suffix, World(number, seed, scale == "precision", common_prior, fold))
    save(made.text, target, force=force)
    if json:
        from melian.view.documents.conversion import conversion_document

        write_json(conversion_document(made, source, str(target)))
    else:
        from melian.view.sheets.conversion import conversion_sheet

        write_sheet(conversion_sheet(made, str(target)))


def _from_game(source: str, suffix: str) -> "Conversion":
    from melian.answer.conversion import convert_game
    from melian.exchange.read import read_form

    game, _ = read_form(source)
    return convert_game(game, suffix)


def _from_case(source: str, suffix: str, world: "World") -> "Conversion":
    from melian.answer.conversion import convert_case

    return convert_case(load(source).judged, suffix, world)


def _number(text: str | None) -> int | None:
    """Number of a world, or None for the mean."""
    if text is None or text == MEAN:
        return None
    if text.isascii() and text.isdecimal() and int(text) < options.MAX_WORLDS:
        return int(text)
    hint = f"'{text}' is neither '{MEAN}' nor the number of a world, 0 to {options.MAX_WORLDS - 1:,}"
    raise typer.BadParameter(hint, param_hint="--world")
