"""What a game from a file holds, who remembers what, and what solving it takes."""

from dataclasses import dataclass

from melian.errors import PlanError
from melian.exchange.game import Game, told_apart
from melian.exchange.recall import lapses
from melian.solve.games.equilibrium import GameCost, cost_of
from melian.solve.games.tree import lay_out


@dataclass(frozen=True, slots=True)
class PlayerInventory:
    """What one player has.

    Attributes
    ----------
    sets : information sets.
    actions : at all of them together.
    forgets : information sets where something is forgotten, as `PLAYER:NUMBER`.
    """

    name: str
    sets: int
    actions: int
    forgets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GameInventory:
    """What a game holds.

    Attributes
    ----------
    depth : moves on the longest path.
    events : moves of chance that differ.
    cost : what solving takes; None where the game cannot be laid out, and `refusal` then says why.
    """

    title: str
    players: tuple[PlayerInventory, ...]
    nodes: int
    ends: int
    depth: int
    events: int
    has_perfect_information: bool
    cost: GameCost | None
    refusal: PlanError | None


def game_inventory(game: Game) -> GameInventory:
    """What a game holds and what solving it takes."""
    depth = [0] * len(game.nodes)
    for number, node in enumerate(game.nodes):
        for child in node.children:
            depth[child] = depth[number] + 1
    cost: GameCost | None = None
    try:
        cost = cost_of(game, lay_out(game))
        refusal = cost.refusal
    except PlanError as problem:
        refusal = problem
    return GameInventory(
        title=game.title,
        players=_players(game),
        nodes=len(game.nodes),
        ends=sum(node.kind == "end" for node in game.nodes),
        depth=max(depth),
        events=len(game.events),
        has_perfect_information=game.has_perfect_information,
        cost=cost,
        refusal=refusal,
    )


def _players(game: Game) -> tuple[PlayerInventory, ...]:
    forgotten = {lapse.place for lapse in lapses(game)}
    found = []
    for player, name in enumerate(told_apart(game.players)):
        own = [(at, place) for at, place in enumerate(game.information_sets) if place.player == player]
        actions = sum(len(place.actions) for _, place in own)
        found.append(PlayerInventory(name, len(own), actions, tuple(place.id for at, place in own if at in forgotten)))
    return tuple(found)
