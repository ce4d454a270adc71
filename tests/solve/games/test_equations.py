"""The parts of the game solver: the tree in arrays, beliefs and values by enumeration, slopes by differences."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from melian.exchange.game import Game
from melian.solve.games.branch import follow, polish, solve_linear
from melian.solve.games.equilibrium import Problem, pose, solve_game, system_of
from melian.solve.games.play import play
from melian.solve.games.system import System
from melian.solve.games.tree import Floats, ancestors, lay_out, n_ancestors
from tests.exchange.games import games, parsed
from tests.solve.games.game_texts import BEER, CENTIPEDE, HORSE, kuhn_poker, random_game, worths

STEP = 1e-6
BY_DIFFERENCES = 1e-7  # of chances and payoffs of size 1, by steps of 1e-6


def scores_for(problem: Problem, seed: int, spread: float) -> Floats:
    return np.random.default_rng(seed).normal(0, spread, problem.tree.n_actions)


@given(games(), st.integers(0, 100), st.sampled_from([0.1, 1.0, 6.0]))
def test_worth_is_what_enumeration_says(game: Game, seed: int, spread: float) -> None:
    """Differences between actions, since payoffs before the set are the same for all of them."""
    problem = pose(game, 1.0)
    tree, scores = problem.tree, scores_for(problem, seed, spread)
    now = play(tree, scores)
    shares = {place.id: (1.0,) for place in game.information_sets}
    for k, at in enumerate(tree.sets):
        shares[game.information_sets[at].id] = tuple(now.chance[tree.set_of_action == k].tolist())
    expected = worths(game, shares)
    for k, at in enumerate(tree.sets):
        place = game.information_sets[at]
        if place.id in expected and tree.ranges[place.player]:
            worth = now.worth[tree.set_of_action == k] * tree.ranges[place.player]
            values = np.array(expected[place.id])
            scale = max(tree.ranges[place.player], np.abs(values).max())
            assert np.abs((worth - worth[0]) - (values - values[0])).max() <= 1e-12 * scale


@pytest.mark.parametrize("absent_minded", [False, True], ids=["by-depth", "absent-minded"])
@pytest.mark.parametrize("seed", range(12))
def test_slopes_are_what_differences_say(seed: int, absent_minded: bool) -> None:
    """Chances of 0 and sets that cannot be reached among them, and sets that a path meets twice."""
    game = random_game(np.random.default_rng([3, seed]), least_chance=0, absent_minded=absent_minded)
    problem = pose(game, 1.0)
    system = system_of(problem)
    odds = system.odds(scores_for(problem, seed, 1.0))
    slopes = system.slopes(odds)

    def edge(odds: Floats) -> Floats:
        return system.odds(system.play(odds).worth)

    for column in range(system.size):
        step = np.zeros(system.size)
        step[column] = STEP
        by_difference = (edge(odds + step) - edge(odds - step)) / (2 * STEP)
        assert np.abs(slopes[:, column] - by_difference).max() < BY_DIFFERENCES


def test_beliefs_keep_their_digits_however_unlikely_the_set() -> None:
    """Both members of the receiver's set are reached with chances far below the smallest number."""
    game = parsed(BEER)
    tree = lay_out(game)
    by_id = {game.information_sets[at].id: k for k, at in enumerate(tree.sets)}
    scores = np.zeros(tree.n_actions)
    for name, odds in (("1:1", 2000.0), ("1:2", 2000.0 + np.log(3))):
        scores[tree.first_action[by_id[name]]] = odds
    now = play(tree, scores)
    quiche = now.belief[tree.set_of_member == by_id["2:2"]]
    assert quiche == pytest.approx([27 / 28, 1 / 28], rel=1e-12)


def test_levels_parents_and_branches_of_a_tree() -> None:
    tree = lay_out(parsed(HORSE))
    assert [(level.start, level.stop) for level in tree.levels] == [(1, 3), (3, 7), (7, 9)]
    assert tree.parent.tolist() == [0, 0, 0, 1, 1, 2, 2, 4, 4]
    assert tree.slot.tolist()[1:] == [0, 1, 2, 3, 4, 5, 4, 5]
    assert tree.payoffs[0].tolist() == [0, 0, 0, 0.25, 0, 0.75, 0, 1, 0]
    assert tree.ranges.tolist() == [4, 4, 2]


@given(games())
def test_counting_ancestors_is_making_them(game: Game) -> None:
    tree = lay_out(game)
    assert n_ancestors(tree) == len(ancestors(tree)[0])


def test_the_branch_agrees_with_one_pass_where_both_apply() -> None:
    game = parsed(CENTIPEDE)
    problem = pose(game, 3.0)
    system = system_of(problem)
    branch = follow(system, problem.goal)
    odds, _ = polish(system, branch.odds, branch.t, branch.error)
    chance = system.play(odds).chance
    expected = [share for place in solve_game(game, 3.0).sets for share in place.chances]
    assert np.abs(chance - expected).max() < 1e-13


def test_a_walk_takes_few_steps() -> None:
    problem = pose(kuhn_poker(), 5.0)
    assert follow(system_of(problem), problem.goal).n_trials < 60


def test_a_singular_system_has_no_sign() -> None:
    assert solve_linear(np.zeros((2, 2)), np.ones(2))[1] == 0
    assert solve_linear(np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([1.0, 2.0]))[1] == -1
    assert solve_linear(np.diag([2.0, -1.0, -3.0]), np.ones(3))[1] == 1


def test_odds_and_scores_are_each_others_inverse() -> None:
    problem = pose(parsed(HORSE), 1.0)
    system = System(problem.tree, problem.stake)
    odds = np.array([0.3, -2.0, 1.5])
    assert system.odds(system.scores(odds)) == pytest.approx(odds)
