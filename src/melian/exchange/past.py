"""What a player itself did on the way to each node of a game: all that it can remember of its own."""

from collections.abc import Iterator
from dataclasses import dataclass

from melian.exchange.game import NOBODY, Game


@dataclass(frozen=True, slots=True)
class OwnPast:
    """A player's own moves, step by step; nodes with the same own moves behind them share a step, 0 is the beginning.

    Attributes
    ----------
    sets : indices of the player's information sets.
    above : for each step the one before it, the set where the player moved (an index into `sets`), and the action.
    of_node : for each node of the game, the last step before it.
    met : each of the player's sets (an index into `sets`) with each step after which it may be met, in the order in
        which the tree is written.
    """

    sets: tuple[int, ...]
    above: tuple[tuple[int, int, int], ...]
    of_node: tuple[int, ...]
    met: tuple[tuple[int, int], ...]

    def steps_before(self, place: int) -> tuple[int, ...]:
        """Steps after which one of the player's sets may be met."""
        return tuple(step for met, step in self.met if met == place)

    def back_from(self, step: int) -> Iterator[tuple[int, int]]:
        """Sets and actions that lead to a step, the last one first."""
        while step:
            step, place, action = self.above[step]
            yield place, action


def own_past(game: Game, player: int) -> OwnPast:
    """Own moves of one player."""
    sets = tuple(at for at, place in enumerate(game.information_sets) if place.player == player)
    local = {at: number for number, at in enumerate(sets)}
    numbers = {(NOBODY, NOBODY, NOBODY): 0}
    of_node = [0] * len(game.nodes)
    met: dict[tuple[int, int], None] = {}
    for number, node in enumerate(game.nodes):
        is_own = node.kind == "player" and node.place in local
        if is_own:
            met[local[node.place], of_node[number]] = None
        for action, child in enumerate(node.children):
            of_node[child] = of_node[number]
            if is_own:
                key = of_node[number], local[node.place], action
                of_node[child] = numbers.setdefault(key, len(numbers))
    return OwnPast(sets, tuple(numbers), tuple(of_node), tuple(met))
