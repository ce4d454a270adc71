"""What a profile of behaviour comes to: values, beliefs, worth of each action; and how that worth moves.

The worth of an action is its player's expected payoff conditional on the information set: the value where it leads,
averaged over the set's members with the beliefs that follow from the profile (Turocy 2010, section 2). It is computed
by passes over the tree, never as a ratio of small numbers, so that it keeps its digits however unlikely the set is.

Where a path meets a set twice, its player's beliefs are in proportion to how often play comes to each member, and an
action is weighed as if it were picked at this one visit, the other visits going on as the profile says (Piccione and
Rubinstein 1997; Aumann, Hart and Perry 1997). Gambit defines conditional payoffs in the same way.
"""

from dataclasses import dataclass

import numpy as np

from melian.solve.games.tree import NONE, Floats, Ints, Tree, ancestors


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
    """How far each action is worth more than the reference of its set, as the log odds of others move.

    Log odds move another set's worth in two ways. Below: they move the value of nodes that the other set's actions lead
    to. Above: they move what the other set's player believes about which member it is at. Which cells of the matrix a
    branch of the tree touches is settled once; each time only the numbers are new.

    Parameters
    ----------
    others : [Y] actions that are no references, rising.
    references : [Y] the reference of each one's set.
    """

    def __init__(self, tree: Tree, others: Ints, references: Ints) -> None:
        self._tree = tree
        self._size = len(others)
        pair, member = ancestors(tree)
        sizes = np.diff(tree.first_pair)[member]
        row, within = _runs(sizes)
        own = tree.first_pair[member][row] + within
        self._pair, self._member, self._row, self._own = pair, member, row, own
        self._upper, self._lower = tree.pair_action[pair][row], tree.pair_action[own]
        self._upper_player, self._lower_player = tree.player[self._upper], tree.player[self._lower]
        self._child, self._node = tree.pair_child[own], tree.member[tree.pair_member[own]]
        self._is_open = tree.void[tree.member[member]] == tree.void[tree.member[tree.pair_member[pair]]]
        self._learns = np.where(tree.is_reached[tree.set_of_action[self._lower]], 1.0, 0.0)
        at = np.full(tree.n_actions, NONE, dtype=np.intp)
        at[others] = np.arange(self._size)
        is_free = at[self._lower] != NONE
        self._below = _Cells(tree, at, references, np.flatnonzero(is_free), self._upper[is_free], self._lower[is_free])
        actions = np.bincount(tree.set_of_action, minlength=len(tree.first_action))
        source, within = _runs(actions[tree.set_of_action[self._upper]])
        column = tree.first_action[tree.set_of_action[self._upper]][source] + within
        is_free = at[column] != NONE
        source, column = source[is_free], column[is_free]
        self._above = _Cells(tree, at, references, source, self._lower[source], column)
        self._is_taken = np.where(self._above.column == self._upper[self._above.source], 1.0, 0.0)

    def __call__(self, now: Play) -> Floats:
        """[Y, Y] derivative of the edge over the reference, by the log odds of the column's action."""
        tree = self._tree
        over = tree.pair_member[self._pair]
        way = now.log_reach[tree.member[self._member]] - now.log_reach[tree.member[over]]
        way -= now.log_chance[tree.pair_action[self._pair]]
        passes = now.belief[over] * np.where(self._is_open, np.exp(np.minimum(way, 0.0)), 0.0)
        value, child = now.value, self._child
        gain = value[self._upper_player, child] - value[self._upper_player, self._node]
        below = passes[self._row] * now.chance[self._lower] * gain
        news = value[self._lower_player, child] - now.worth[self._lower]
        news *= self._learns * now.belief[tree.pair_member[self._own]]
        moved = self._is_taken - now.chance[self._above.column]  # how an action's log chance moves with its set's odds
        total = self._below.sum(below[self._below.source], self._size)
        total += self._above.sum(news[self._above.source] * moved, self._size)
        return total


class _Cells:
    """Where numbers go in the matrix: to their row, or from all rows of its set where their row is the reference.

    Attributes
    ----------
    source : which number.
    column : action of the column.
    """

    def __init__(self, tree: Tree, at: Ints, references: Ints, source: Ints, row: Ints, column: Ints) -> None:
        counts = np.where(at[row] == NONE, np.bincount(references, minlength=tree.n_actions)[row], 1)
        entry, within = _runs(counts)
        is_reference = at[row[entry]] == NONE
        target = at[row[entry] + is_reference] + within  # the others of a set follow its reference
        self.source, self.column = source[entry], column[entry]
        self._cell = target * len(references) + at[self.column]
        self._sign = np.where(is_reference, -1.0, 1.0)

    def sum(self, values: Floats, size: int) -> Floats:
        """[size, size] sums of the numbers."""
        return _sums(self._cell, self._sign * values, size * size).reshape(size, size)


def _runs(counts: Ints) -> tuple[Ints, Ints]:
    """For runs of these lengths laid end to end: the run of each place, and the place within it."""
    run = np.repeat(np.arange(len(counts)), counts)
    return run, np.arange(len(run)) - np.repeat(np.cumsum(counts) - counts, counts)


def _sums(cell: Ints, values: Floats, size: int) -> Floats:
    """[size] sum of the values in each cell."""
    return np.bincount(cell, values, minlength=size).astype(np.float64, copy=False)
