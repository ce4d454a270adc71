"""What a profile of behaviour comes to: values, beliefs, worth of each action; and how that worth moves.

The worth of an action is its player's expected payoff conditional on the information set: the value where it leads,
averaged over the set's members with the beliefs that follow from the profile (Turocy 2010, section 2). It is computed
by passes over the tree, never as a ratio of small numbers, so that it keeps its digits however unlikely the set is.
"""

from dataclasses import dataclass

import numpy as np

from melian.solve.game_tree import Floats, Ints, Tree, ancestors


@dataclass(frozen=True, slots=True, eq=False)
class Play:
    """A profile of behaviour and what it comes to; payoffs are 0 to 1 over each player's range.

    Attributes
    ----------
    log_chance, chance : [A] of each action at its set.
    log_reach : [N] of each node, branches of chance 0 left out.
    value : [P, N] expected payoff from a node on.
    belief : [M] chance of each member given its set; sums to 1 over a set.
    worth : [A] expected payoff of the player who picks the action, given its set.
    """

    log_chance: Floats
    chance: Floats
    log_reach: Floats
    value: Floats
    belief: Floats
    worth: Floats


def play(tree: Tree, score: Floats) -> Play:
    """Play in which each action's chance is proportional to the exponential of its score, within its set."""
    log_chance = _log_shares(score, tree.first_action, tree.set_of_action)
    chance = np.exp(log_chance)
    branch = np.concatenate([chance, tree.lots])[tree.slot]
    lots = np.where(tree.lots > 0, tree.lots, 1.0)
    log_branch = np.concatenate([log_chance, np.log(lots)])[tree.slot]
    log_reach = np.zeros(len(tree.parent))
    for level in tree.levels:
        nodes = slice(level.start, level.stop)
        log_reach[nodes] = log_reach[tree.parent[nodes]] + log_branch[nodes]
    value = tree.payoffs.copy()
    for level in reversed(tree.levels):
        nodes = slice(level.start, level.stop)
        value[:, level.parents] = np.add.reduceat(value[:, nodes] * branch[nodes], level.firsts, axis=1)
    belief = _beliefs(tree, log_reach)
    owner = tree.player[tree.pair_action]
    weighted = belief[tree.pair_member] * value[owner, tree.pair_child]
    worth = _sums(tree.pair_action, weighted, tree.n_actions)
    return Play(log_chance, chance, log_reach, value, belief, worth)


def _log_shares(score: Floats, firsts: Ints, group: Ints) -> Floats:
    """Log of each score's share of the exponentials in its group; scores may be of any size."""
    if not len(score):
        return score
    shifted = score - np.maximum.reduceat(score, firsts)[group]
    return shifted - np.log(np.add.reduceat(np.exp(shifted), firsts))[group]


def _beliefs(tree: Tree, log_reach: Floats) -> Floats:
    """Chance of each member given its set; uniform where only a chance of 0 leads to the set."""
    if not len(tree.member):
        return np.empty(0)
    known = np.where(tree.is_reached[tree.set_of_member], log_reach[tree.member], 0.0)
    return np.exp(_log_shares(np.where(tree.is_live, known, -np.inf), tree.first_member, tree.set_of_member))


class Slopes:
    """How the worth of each action moves with each score.

    A score moves another set's worth in two ways. Below: it moves the value of nodes that the other set's actions lead
    to. Above: it moves what the other set's player believes about which member it is at.
    """

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        pair, member = ancestors(tree)
        sizes = np.diff(tree.first_pair)[member]
        row = np.repeat(np.arange(len(pair)), sizes)
        own = np.arange(len(row)) - np.repeat(np.cumsum(sizes) - sizes, sizes) + tree.first_pair[member][row]
        self._pair, self._member = pair, member
        self._row, self._own = row, own
        self._upper, self._lower = tree.pair_action[pair][row], tree.pair_action[own]
        self._upper_player, self._lower_player = tree.player[self._upper], tree.player[self._lower]
        self._child, self._node = tree.pair_child[own], tree.member[tree.pair_member[own]]
        self._is_open = tree.void[tree.member[member]] == tree.void[tree.member[tree.pair_member[pair]]]
        self._learns = np.where(tree.is_reached[tree.set_of_action[self._lower]], 1.0, 0.0)

    def __call__(self, now: Play) -> Floats:
        """[A, A] derivative of the worth of the row's action with respect to the score of the column's."""
        tree = self._tree
        n = tree.n_actions
        over = tree.pair_member[self._pair]
        way = now.log_reach[tree.member[self._member]] - now.log_reach[tree.member[over]]
        way -= now.log_chance[tree.pair_action[self._pair]]
        passes = now.belief[over] * np.where(self._is_open, np.exp(np.minimum(way, 0.0)), 0.0)
        value, child = now.value, self._child
        gain = value[self._upper_player, child] - value[self._upper_player, self._node]
        below = passes[self._row] * now.chance[self._lower] * gain
        news = now.belief[tree.pair_member[self._own]] * (value[self._lower_player, child] - now.worth[self._lower])
        if not len(self._row):  # nobody's choice bears on anybody else's
            return np.zeros((n, n))
        slopes = _sums(self._upper * n + self._lower, below, n * n).reshape(n, n)
        above = _sums(self._lower * n + self._upper, self._learns * news, n * n).reshape(n, n)
        above -= np.add.reduceat(above, tree.first_action, axis=1)[:, tree.set_of_action] * now.chance
        return slopes + above


def _sums(cell: Ints, values: Floats, size: int) -> Floats:
    """[size] sum of the values in each cell."""
    return np.bincount(cell, values, minlength=size).astype(np.float64, copy=False)
