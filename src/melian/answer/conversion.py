"""A case's world, or a game, in one of Gambit's formats: the text, and what a reader of it has to know."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from melian.answer.defaults import DEFAULT_SEED
from melian.answer.world_game import WorldGame, game_of_world
from melian.case.case import Case
from melian.exchange.game import Game, Table
from melian.exchange.kinds import TABLE
from melian.exchange.nfg import as_extensive
from melian.exchange.strategic import as_table
from melian.exchange.write import Renamed, Written, write_efg, write_nfg
from melian.model.build import build_model
from melian.solve.draws.world import draw_world, mean_world

Payoffs = Literal["as in the file", "utility", "utility times precision"]


@dataclass(frozen=True, slots=True)
class World:
    """Which numbers of a case are written, and how.

    Attributes
    ----------
    number : of the world, from 0; None for every judgement at its mean.
    scaled, common_prior, folded : see `melian.answer.world_game.game_of_world`.
    """

    number: int | None = None
    seed: int = DEFAULT_SEED
    scaled: bool = False
    common_prior: bool = False
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Conversion:
    """A file's text, and how it came about.

    Attributes
    ----------
    sizes : how many there are of each of its parts, by the part in the singular.
    players : labels in the file.
    world, told : of a case, the world and what of the case is not in it; None for a game.
    n_reports : of a case, reports that are left out.
    actors : of a case, the names of the players there.
    """

    text: str
    players: tuple[str, ...]
    sizes: Mapping[str, int]
    renamed: tuple[Renamed, ...]
    world: World | None = None
    told: WorldGame | None = None
    n_reports: int = 0
    actors: tuple[str, ...] = ()

    @property
    def payoffs(self) -> Payoffs:
        """What a payoff in the file is."""
        if self.world is None:
            return "as in the file"
        return "utility times precision" if self.world.scaled else "utility"


def convert_case(case: Case, suffix: str, world: World) -> Conversion:
    """One world of a case as a game file.

    Parameters
    ----------
    suffix : of the file, `.efg` or `.nfg`.

    Raises
    ------
    AskError, PlanError
        If the case has no choice, cannot be a game with one chance for all, or is too large for a tree or a table.
    """
    model = build_model(case)
    if world.number is None:
        theta = mean_world(model.parameters)
    else:
        theta = draw_world(model.parameters, world.number, seed=world.seed)
    told = game_of_world(model, theta, scaled=world.scaled, common_prior=world.common_prior, folded=world.folded)
    written, sizes = _write(told.game, suffix)
    return Conversion(
        written.text, told.game.players, sizes, written.renamed, world, told, len(case.evidence), model.actors
    )


def convert_game(game: Game | Table, suffix: str) -> Conversion:
    """Game as a file of the other kind, or of the same kind in the form in which melian writes it.

    Raises
    ------
    PlanError
        `game-too-many-plans` where a tree is too large for a table.
    """
    written, sizes = _write(game, suffix)
    return Conversion(written.text, game.players, sizes, written.renamed)


def _write(game: Game | Table, suffix: str) -> tuple[Written, dict[str, int]]:
    if suffix == TABLE:
        table = game if isinstance(game, Table) else as_table(game)
        return write_nfg(table), {"cell": len(table.cells)}
    tree = as_extensive(game) if isinstance(game, Table) else game
    ends = sum(node.kind == "end" for node in tree.nodes)
    return write_efg(tree), {"information set": len(tree.information_sets), "node": len(tree.nodes), "end": ends}


def notes_on(made: Conversion) -> tuple[str, ...]:
    """What a reader of the file has to know, in sentences."""
    notes = []
    if made.world is not None and made.told is not None:
        notes += [_payoffs(made.world, made.told)]
        if made.n_reports:
            notes.append(
                "Evidence is left out: it changes what the analyst believes, not what the actors do. Chances in the "
                "file are those before it."
            )
        notes += _left_out(made.told)
    if made.renamed:
        some = "; ".join(f"{one.what}: {one.after}" for one in made.renamed[:3])
        more = f", and {len(made.renamed) - 3} more" if len(made.renamed) > 3 else ""
        notes.append(f"Labels that Gambit does not take were changed ({some}{more}).")
    return tuple(notes)


def _payoffs(world: World, told: WorldGame) -> str:
    each = ", ".join(f"{name} {precision:.6g}" for name, precision in told.precision.items())
    if world.scaled:
        return (
            "Payoffs are utilities times each actor's precision: logit play at lambda 1 in Gambit, or --precision 1 of "
            f"melian behaviour, is that of the case. Precisions: {each}."
        )
    return (
        f"Payoffs are utilities, 0 to 1. The actors' precisions in this world are {each}; with --scale precision they "
        "are in the payoffs."
    )


def _left_out(told: WorldGame) -> list[str]:
    notes = []
    if told.left_out:
        notes.append(f"Left out, because no stake, no choice and not the event depends on it: {_and(told.left_out)}.")
    if told.folded:
        notes.append(
            f"Summed out, because no choice sees it: {_and(told.folded)}. Payoffs at the ends are those expected there."
        )
    if told.replaced:
        pairs = _and([f"{actor} on {factor}" for actor, factor in told.replaced])
        notes.append(
            f"The analyst's chances stand in for beliefs of the actors' own ({pairs}): the actors of the case play "
            "otherwise than these players."
        )
    if told.impossible:
        pairs = _and([f"{factor} {state}" for factor, state in told.impossible])
        notes.append(f"States without any chance in some situation are left out there: {pairs}.")
    return notes


def _and(names: list[str] | tuple[str, ...]) -> str:
    return ", ".join(names)
