"""Games in which every player always knows where it is: one pass from the ends to the root solves them.

At a node of its own a player's best action, or the chance of each by the logit rule, follows from what comes after it.
"""

from fractions import Fraction
from itertools import pairwise

import numpy as np

from melian.errors import PlanError
from melian.exchange.game import Game
from melian.exchange.numbers import MAX_BITS
from melian.solve.games.tree import Floats, Tree


def direct_scores(tree: Tree, scale: Floats) -> Floats:
    """[A] scores of the actions at which play is in logit equilibrium: chances are proportional to their exponentials.

    Parameters
    ----------
    scale : [P] each player's precision times its payoff range.
    """
    scores = np.zeros(tree.n_actions)
    value = tree.payoffs.copy()
    for level in reversed(tree.levels):
        ends = [*level.firsts.tolist(), level.stop - level.start]
        for node, (first, last) in zip(level.parents.tolist(), pairwise(ends), strict=True):
            children = slice(level.start + first, level.start + last)
            branches = tree.slot[children]
            if branches[0] < tree.n_actions:
                player = tree.player[branches[0]]
                score = scale[player] * (value[player, children] - value[player, children].max())
                scores[branches] = score
                share = np.exp(score)
                weight = share / share.sum()
            else:
                weight = tree.lots[branches - tree.n_actions]
            value[:, node] = value[:, children] @ weight
    return scores


def backward_induction(game: Game) -> tuple[tuple[tuple[Fraction, ...], ...], tuple[Fraction, ...]]:
    """Chances of the actions at each information set, and each player's payoff, exactly; ties are split evenly.

    Raises
    ------
    PlanError
        `game-imperfect-information` where some information set has several members, since what is best there depends
        on what its player believes; `game-too-costly` where the numbers grow beyond bounds.
    """
    for place in game.information_sets:
        if len(place.members) > 1:
            message = f"player `{game.players[place.player]}` does not know where it is at information set {place.id}"
            note = "backward induction needs perfect information; give a precision to solve by logit responses"
            raise PlanError(message, [note], code="game-imperfect-information", nodes=[place.id])
    chances: list[tuple[Fraction, ...]] = [()] * len(game.information_sets)
    values: list[tuple[Fraction, ...]] = [()] * len(game.nodes)
    nothing = (Fraction(0),) * len(game.players)
    for number in reversed(range(len(game.nodes))):  # children first: the tree is in prefix order
        node = game.nodes[number]
        own = game.outcomes[node.outcome].payoffs if node.outcome is not None else nothing
        below = [values[child] for child in node.children]
        weights: tuple[Fraction, ...] = ()
        if node.kind == "chance":
            weights = game.events[node.place].chances
        elif node.kind == "player":
            player = game.information_sets[node.place].player
            best = max(value[player] for value in below)
            is_best = [value[player] == best for value in below]
            weights = tuple(Fraction(int(tied), sum(is_best)) for tied in is_best)
            chances[node.place] = weights
        values[number] = tuple(
            _bounded(paid + sum((w * value[k] for w, value in zip(weights, below, strict=True)), Fraction(0)))
            for k, paid in enumerate(own)
        )
        for child in node.children:
            values[child] = ()  # what has been used need not be kept
    return tuple(chances), values[0]


def _bounded(value: Fraction) -> Fraction:
    if value.denominator.bit_length() > MAX_BITS:
        raise PlanError("expected payoffs are too fine to be computed exactly", code="game-too-costly", nodes=())
    return value
