"""Known small games of simultaneous moves: every pure equilibrium, and the limit of the principal branch."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import numpy as np
import pygambit
import pytest

from melian.answer.others import OtherStories, other_stories_of
from melian.model.diagram import Model
from melian.plan.make import make_plan
from melian.solve.draws.draw import Sampler
from melian.solve.population import Population
from melian.solve.run import Worlds, run_plan
from tests.oracle.game import Tree
from tests.oracle.test_exact import rule_of
from tests.solving import model_of, theta_of

LEVEL = 1e-9
Payoffs = Sequence[Sequence[float]]
Profile = tuple[int, int]


def game_of(first: Payoffs, second: Payoffs, behaviour: str = "rational") -> Model:
    """Two actors who choose at the same time; payoffs by row and column, on any scale."""
    n_rows, n_columns = len(first), len(first[0])

    def values(payoffs: Payoffs) -> str:
        least, span = np.min(payoffs), np.ptp(payoffs)
        return "\n".join(
            f"        - {{when: {{a: a{row}, b: b{column}}}, is: {100 * (payoffs[row][column] - least) / span}}}"
            for row in range(n_rows)
            for column in range(n_columns)
        )

    return model_of(f"""
melian: 1
case: known
behaviour: {behaviour}
question: {{event: {{a: a0}}}}
actors: {{one: {{precision: 6}}, two: {{precision: 6}}}}
choices:
  a: {{actor: one, options: [{", ".join(f"a{row}" for row in range(n_rows))}]}}
  b: {{actor: two, options: [{", ".join(f"b{column}" for column in range(n_columns))}]}}
stakes:
  one:
    s:
      given: [a, b]
      values:
{values(first)}
  two:
    s:
      given: [a, b]
      values:
{values(second)}
""")


def solved(model: Model, n_worlds: int = 1) -> tuple[Worlds, OtherStories]:
    plan, population = make_plan(model), Population(Sampler(model.parameters, 0), n_worlds)
    worlds = run_plan(model, plan, n_worlds=n_worlds, seed=0, n_threads=1)
    return worlds, other_stories_of(model, plan, population, worlds)


def kept_to(stories: OtherStories) -> dict[Profile, int]:
    """Numbers of the options that are kept to, with the worlds in which they are."""
    return {(int(s.picks[0].option[1:]), int(s.picks[1].option[1:])): s.worlds for s in stories.pure}


@dataclass(frozen=True)
class Known:
    """A game with its pure equilibria, and the chance of the first option of each at the end of the branch."""

    first: Payoffs
    second: Payoffs
    pure: set[Profile]
    limit: tuple[float, float]


# Games of the examples of PyCID (Fox and others 2021, PyCID: a Python library for causal influence diagrams, SciPy
# proceedings), with the equilibria that enumeration finds. Limits are by hand: of a game that treats both alike it is
# the equilibrium that does; where there is one equilibrium, it is that.
GAMES = {
    "prisoners-dilemma": Known([[-1, -3], [0, -2]], [[-1, 0], [-3, -2]], {(1, 1)}, (0, 0)),
    "matching-pennies": Known([[1, -1], [-1, 1]], [[-1, 1], [1, -1]], set(), (0.5, 0.5)),
    "two-pure-equilibria": Known([[1, 4], [2, 3]], [[1, 2], [4, 3]], {(0, 1), (1, 0)}, (0.5, 0.5)),
    "three-actions": Known([[4, 5, 6], [2, 8, 3], [3, 9, 2]], [[3, 1, 2], [1, 4, 6], [0, 6, 8]], {(0, 0)}, (1, 1)),
    # Uneven pennies: the column's chance of its first option makes the row indifferent, 3 q = 1 - q, and the row's the
    # column's, p = 2 (1 - p).
    "uneven-pennies": Known([[3, 0], [0, 1]], [[0, 1], [2, 0]], set(), (2 / 3, 1 / 4)),
}


@pytest.mark.parametrize("game", GAMES.values(), ids=GAMES)
def test_pure_equilibria_are_all_listed_and_the_limit_is_exact(game: Known) -> None:
    model = game_of(game.first, game.second)
    worlds, stories = solved(model)
    assert set(kept_to(stories)) == game.pure
    assert worlds.residual[0] < LEVEL
    for decision, chance in zip(model.decisions, game.limit, strict=True):
        assert rule_of(model, worlds, decision.variable)[()][0] == pytest.approx(chance, abs=1e-7)


def test_pure_equilibria_of_random_games_are_gambits() -> None:
    n_worlds, size = 24, 3
    model = model_of(ANY)
    theta = theta_of(model, n_worlds=n_worlds)
    expected: dict[Profile, int] = {}
    for world in range(n_worlds):
        game = pygambit.read_efg(BytesIO(Tree(model, theta[:, world], 1.0).text().encode()))
        for point in pygambit.nash.enumpure_solve(game).equilibria:
            picked = [[float(chance) for _, chance in point[str(player)]].index(1.0) for player in range(2)]
            expected[picked[0], picked[1]] = expected.get((picked[0], picked[1]), 0) + 1
    worlds, stories = solved(model, n_worlds)
    assert stories.attempts == size * size
    assert kept_to(stories) == expected
    assert len(expected) > 1
    assert np.count_nonzero(worlds.unsettled) <= 1


ANY = """
melian: 1
case: random
behaviour: rational
question: {event: {a: a0}}
actors: {one: {}, two: {}}
choices:
  a: {actor: one, options: [a0, a1, a2]}
  b: {actor: two, options: [b0, b1, b2]}
stakes:
""" + "".join(
    f"  {actor}:\n    s:\n      given: [a, b]\n      values:\n"
    + "".join(
        f"        - {{when: {{a: a{row}, b: b{column}}}, is: 0..100}}\n" for row in range(3) for column in range(3)
    )
    for actor in ("one", "two")
)
