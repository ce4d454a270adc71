"""The equations of agent logit equilibrium, in log odds.

For each set one action is the reference; unknown is the log odds y of every other action against it. At precision t

    y_a = t k_a (w_a - w_reference),    w the worth of an action given y,

with k the player's payoff range times its precision, as a share of the largest such product (McKelvey and Palfrey 1998,
equation 2, in logs). In this form chances never leave the simplex and keep their digits however small they are, and
where play no longer changes y is a straight line in t.
"""

from dataclasses import dataclass

import numpy as np

from melian.solve.games.play import Play, Slopes, play
from melian.solve.games.tree import Floats, Tree


@dataclass(frozen=True, slots=True, eq=False)
class Evaluated:
    """The equations at a point.

    Attributes
    ----------
    gap : [Y] y less what it should be.
    by_odds : [Y, Y] derivative of the gap with respect to y.
    by_precision : [Y] with respect to t.
    """

    gap: Floats
    by_odds: Floats
    by_precision: Floats


class System:
    """Equations of one game.

    Parameters
    ----------
    stake : [P] weight of each player's payoffs, at most 1: its range times its precision over the largest such product.
    """

    def __init__(self, tree: Tree, stake: Floats) -> None:
        self.tree = tree
        is_reference = np.zeros(tree.n_actions, dtype=np.bool_)
        is_reference[tree.first_action] = True
        self._others = np.flatnonzero(~is_reference)
        self._references = tree.first_action[tree.set_of_action[self._others]]
        self._stake = stake[tree.player[self._others]]
        self._slopes = Slopes(tree, self._others, self._references)

    @property
    def size(self) -> int:
        """Number of unknowns, Y."""
        return len(self._others)

    def play(self, odds: Floats) -> Play:
        """Play with these log odds."""
        return play(self.tree, self.scores(odds))

    def scores(self, odds: Floats) -> Floats:
        """[A] scores of all actions that have these log odds."""
        scores = np.zeros(self.tree.n_actions)
        scores[self._others] = odds
        return scores

    def odds(self, scores: Floats) -> Floats:
        """[Y] log odds against the references, of scores of all actions."""
        return scores[self._others] - scores[self._references]

    def response(self, odds: Floats, t: float) -> Floats:
        """[Y] log odds with which everybody would answer these."""
        return t * self._edge(self.play(odds))

    def slopes(self, odds: Floats) -> Floats:
        """[Y, Y] how far each action's worth over the reference moves with each of the log odds."""
        return self._slopes(self.play(odds))

    def gap(self, odds: Floats, t: float) -> Floats:
        """[Y] y less what it should be."""
        return odds - t * self._edge(self.play(odds))

    def at(self, odds: Floats, t: float) -> Evaluated:
        """Equations and their derivatives."""
        now = self.play(odds)
        edge = self._edge(now)
        by_odds = self._slopes(now)
        by_odds *= (-t * self._stake)[:, np.newaxis]
        by_odds[np.diag_indices(self.size)] += 1.0
        return Evaluated(odds - t * edge, by_odds, -edge)

    def _edge(self, now: Play) -> Floats:
        """[Y] by how much each action is worth more than the reference of its set."""
        return self._stake * (now.worth[self._others] - now.worth[self._references])
