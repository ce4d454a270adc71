"""Logit play against pygambit's: published and random games, where pygambit's own point is certified.

Pygambit can return a point at another precision than was asked for, and now and then it leaves a branch where another
one crosses it. The first kind is left out by the precision that it states; the second may differ only where melian
tells of a crossing.
"""

from typing import Any

import numpy as np
import pygambit
import pytest

from melian.exchange.game import Game
from melian.exchange.write import write_efg
from melian.solve.games.equilibrium import solve_game
from tests.exchange.games import gambit, parsed
from tests.solve.games.game_texts import (
    BEER,
    CENTIPEDE,
    HORSE,
    PENNIES,
    SEXES,
    TURNING,
    kuhn_poker,
    off_by,
    random_game,
)

AGREED = 1e-6  # pygambit corrects its points to about 1e-9
SAME_PRECISION = 1e-8
CERTIFIED = 1e-7  # how far a chance may be from the logit response to all of them
PUBLISHED = {"horse": HORSE, "beer": BEER, "centipede": CENTIPEDE, "pennies": PENNIES, "turning": TURNING}


def gambits_point(game: Game, precision: float) -> tuple[float, dict[str, tuple[float, ...]]]:
    """The precision that Gambit's point has, and its chances."""
    theirs: Any = gambit(write_efg(game).text)
    point = pygambit.qre.logit_solve_lambda(theirs, precision)[0]
    found = {}
    for player, label in enumerate(theirs.players, 1):
        for number, history in enumerate(theirs.get_infosets(label), 1):
            place = pygambit.H.path(*history.actions)
            actions = theirs.get_actions(place)
            found[f"{player}:{number}"] = tuple(float(point.profile[place][action]) for action in actions)
    return point.lam, found


def compare(game: Game, precision: float) -> bool:
    """Whether Gambit's point is certified; it then has to be melian's, unless another branch crosses on the way."""
    solved = solve_game(game, precision)
    assert solved.status == "solved"
    assert solved.certificate.residual < CERTIFIED
    stated, theirs = gambits_point(game, precision)
    if abs(stated - precision) > SAME_PRECISION * max(1, precision):
        return False
    if off_by(game, theirs, [precision] * len(game.players)) > CERTIFIED:
        return False
    apart = max(float(np.abs(np.subtract(place.chances, theirs[place.id])).max()) for place in solved.sets)
    assert apart < AGREED or solved.crossings
    return apart < AGREED


@pytest.mark.parametrize("name", PUBLISHED)
@pytest.mark.parametrize("precision", [0.01, 0.3, 1.0, 2.5, 6.0])
def test_published_games(name: str, precision: float) -> None:
    assert compare(parsed(PUBLISHED[name]), precision * (0.02 if name == "pennies" else 1))


@pytest.mark.parametrize("precision", [0.5, 1.0, 2.0, 5.0, 10.0])
def test_kuhn_poker(precision: float) -> None:
    assert compare(kuhn_poker(), precision)


def test_the_battle_of_the_sexes_forks_at_the_end_of_its_even_branch() -> None:
    assert compare(parsed(SEXES), 0.5)
    assert solve_game(parsed(SEXES), 0.5).crossings == ()


@pytest.mark.parametrize("payoff", [1, 10, 1000])
def test_random_games(payoff: int) -> None:
    """Payoffs of 1 make ties; at those of 1,000 Gambit seldom reaches a precision."""
    compared, wanted = 0, {1: 30, 10: 38, 1000: 12}[payoff]
    for seed in range(40):
        random = np.random.default_rng([payoff, seed])
        game = random_game(random, payoff=payoff)
        precision = float(random.choice([0.1, 0.3, 1.0, 3.0, 10.0])) / (1 if payoff < 1000 else 100)
        if any(len(place.actions) > 1 for place in game.information_sets):
            compared += compare(game, precision)
    assert compared >= wanted
