"""Extensive games: how their players choose.

`solve_game` gives agent logit quantal response equilibrium (McKelvey and Palfrey 1998) at a precision: the log odds of
two actions are the precision times the difference of what they are worth, payoffs as in the file. Where several such
points exist it is the first one with that precision on the branch that begins with uniform play at precision 0. Every
answer carries a certificate, and one that the method did not reach says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from melian.errors import PlanError
from melian.exchange.game import Game, told_apart
from melian.exchange.recall import lapses
from melian.solve.games.branch import follow, polish
from melian.solve.games.direct import backward_induction, direct_scores
from melian.solve.games.play import Play, play
from melian.solve.games.system import System
from melian.solve.games.tree import Floats, Tree, lay_out, n_ancestors

Method = Literal["one pass", "principal branch", "search", "backward induction"]
Status = Literal["solved", "stuck", "out of steps", "inexact"]

MAX_UNKNOWNS: Final = 1_000
MAX_PAIRS: Final = 200_000
MAX_SCALE: Final = 1e12
MAX_ERROR: Final = 1e-7  # of a solved game, in log odds
MAX_RESIDUAL: Final = 1e-6


@dataclass(frozen=True, slots=True)
class SolvedSet:
    """What a player does at one information set.

    Attributes
    ----------
    id : `PLAYER:NUMBER`, as Gambit numbers them.
    actions : labels that differ from each other, in the order of the file.
    chances : of each action; they sum to 1.
    log_chances : natural logs, also of chances too small to be told from 0.
    reach : how often play comes here: a chance, unless some path meets the set twice.
    is_unreached : whether only branches of chance 0 lead here; its player then takes all members for equally likely.
    """

    id: str
    player: str
    label: str
    actions: tuple[str, ...]
    chances: tuple[float, ...]
    log_chances: tuple[float, ...]
    reach: float
    is_unreached: bool


@dataclass(frozen=True, slots=True)
class Certificate:
    """How far a point is from equilibrium, recomputed from its chances.

    Attributes
    ----------
    residual : largest difference between the log odds of two actions and what they should be.
    error : last step of Newton's method in log odds, about the error that is left; 0 where none was needed.
    regret : most that a player could gain at one information set, as a share of its payoff range.
    """

    residual: float
    error: float
    regret: float


@dataclass(frozen=True, slots=True)
class SolvedGame:
    """Behaviour in a game.

    Attributes
    ----------
    players : labels that differ from each other.
    precision : of each player, as asked for; infinite for backward induction.
    status : `solved`; `stuck` or `out of steps` where the branch could not be followed to the precision; `inexact`
        where it was, and rounding leaves more error than is certified.
    reached : share of the precision for which the point holds: 1 where solved.
    sets : every information set, by player and number.
    payoffs : expected, of each player, in the units of the file.
    crossings : shares of the precision at which another branch crosses this one; the branch is followed straight on.
    forgetful : indices of players without perfect recall, whose sets are solved as agents of their own.
    absent_minded : sets that some path meets twice, as `PLAYER:NUMBER`.
    """

    title: str
    players: tuple[str, ...]
    precision: tuple[float, ...]
    method: Method
    status: Status
    reached: float
    sets: tuple[SolvedSet, ...]
    payoffs: tuple[float, ...]
    certificate: Certificate
    crossings: tuple[float, ...]
    forgetful: tuple[int, ...]
    absent_minded: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Point:
    """A profile that some method says is in equilibrium.

    Attributes
    ----------
    scores : [A] chances are proportional to their exponentials, set by set.
    t : precision on the scale of the problem's goal.
    error : last correction, in log odds.
    crossings : on the scale of t.
    """

    scores: Floats
    t: float
    error: float
    method: Method
    status: Status
    crossings: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """A game laid out for solving.

    Attributes
    ----------
    precision : [P] of each player.
    goal : largest product of a precision and a payoff range: where the branch is followed to.
    stake : [P] each player's share of the goal.
    """

    game: Game
    tree: Tree
    precision: Floats
    goal: float
    stake: Floats


def pose(game: Game, precision: float | Sequence[float]) -> Problem:
    """Game laid out for solving at a precision: one for all players, or one for each."""
    given = np.asarray(precision, dtype=np.float64)
    if given.ndim > 1 or (given.ndim == 1 and len(given) != len(game.players)):
        raise ValueError(f"solve_game(): precision must be one number or {len(game.players)}, got {precision}")
    if not (np.isfinite(given) & (given >= 0)).all():
        raise ValueError(f"solve_game(): precision must be finite and not negative, got {precision}")
    tree = lay_out(game)
    each = np.broadcast_to(given, len(game.players)).astype(np.float64)
    with np.errstate(over="ignore"):
        scale = each * tree.ranges
    goal = float(scale.max(initial=0.0))
    if not np.isfinite(goal):
        message = "a precision times a payoff range is beyond all numbers"
        raise PlanError(message, ["use a smaller precision"], code="game-too-precise", nodes=())
    return Problem(game, tree, each, goal, scale / goal if goal else scale)


def solve_game(game: Game, precision: float | Sequence[float]) -> SolvedGame:
    """Logit equilibrium at a precision, on the branch that begins at uniform play.

    Parameters
    ----------
    precision : one for all players or one for each, at least 0; payoffs are taken as in the file.

    Raises
    ------
    PlanError
        `game-too-costly` or `game-too-precise`, before anything is solved.
    """
    problem = pose(game, precision)
    if game.has_perfect_information or not problem.goal:
        scores = direct_scores(problem.tree, problem.goal * problem.stake)
        return conclude(problem, Point(scores, problem.goal, 0.0, "one pass", "solved"))
    system = system_of(problem)
    branch = follow(system, problem.goal)
    odds, error = polish(system, branch.odds, branch.t, branch.error)
    scores = system.scores(odds)
    return conclude(problem, Point(scores, branch.t, error, "principal branch", branch.status, branch.crossings))


def solve_rationally(game: Game) -> SolvedGame:
    """Backward induction in a game of perfect information, exactly; ties are split evenly.

    Raises
    ------
    PlanError
        `game-imperfect-information`, where what is best depends on beliefs; `game-too-costly`.
    """
    chances, payoffs = backward_induction(game)
    rounded = [tuple(map(float, shares)) for shares in chances]
    logs = [tuple(float(np.log(share)) if share else -np.inf for share in shares) for shares in rounded]
    return SolvedGame(
        title=game.title,
        players=told_apart(game.players),
        precision=(np.inf,) * len(game.players),
        method="backward induction",
        status="solved",
        reached=1.0,
        sets=_sets(game, rounded, logs),
        payoffs=tuple(map(float, payoffs)),
        certificate=Certificate(0.0, 0.0, 0.0),
        crossings=(),
        forgetful=(),
        absent_minded=(),
    )


def system_of(problem: Problem) -> System:
    """Equations of a game.

    Raises
    ------
    PlanError
        `game-too-costly` where they are too many, `game-too-precise` where rounding would decide what they say.
    """
    tree = problem.tree
    if problem.goal > MAX_SCALE:
        message = (
            f"a precision times a payoff range is {problem.goal:.3g}: beyond {MAX_SCALE:.0e} rounding would decide"
        )
        raise PlanError(message, ["use a smaller precision"], code="game-too-precise", nodes=())
    cost = cost_of(problem.game, tree)
    if cost.refusal is not None:
        raise cost.refusal
    return System(tree, problem.stake)


@dataclass(frozen=True, slots=True)
class GameCost:
    """What solving takes.

    Attributes
    ----------
    free : free chances, one less than the actions of each set.
    ways : in how many ways moves bear on later moves.
    is_one_pass : whether one pass over the tree solves it, since every player knows where it is.
    refusal : why it is not solved; None where it is.
    """

    free: int
    ways: int
    is_one_pass: bool
    refusal: PlanError | None


def cost_of(game: Game, tree: Tree) -> GameCost:
    """What solving a game takes, and whether that is too much."""
    free, ways = tree.n_actions - len(tree.sets), n_ancestors(tree)
    if game.has_perfect_information:
        return GameCost(free, ways, True, None)
    if free <= MAX_UNKNOWNS and ways <= MAX_PAIRS:
        return GameCost(free, ways, False, None)
    largest = np.argsort(-np.bincount(tree.set_of_member), kind="stable")[:3]
    nodes = [game.information_sets[tree.sets[at]].id for at in largest]
    message = f"the game has {free:,} free chances; at most {MAX_UNKNOWNS:,} are solved together"
    if free <= MAX_UNKNOWNS:
        message = f"moves bear on later moves in {ways:,} ways; at most {MAX_PAIRS:,} are taken in"
    refusal = PlanError(message, ["cut the game into parts"], code="game-too-costly", nodes=nodes)
    return GameCost(free, ways, False, refusal)


def conclude(problem: Problem, point: Point) -> SolvedGame:
    """What a point says, with its certificate; one that rounding spoils is called `inexact`."""
    tree = problem.tree
    now = play(tree, point.scores)
    certificate = _certify(problem, now, point)
    is_exact = certificate.error <= MAX_ERROR and certificate.residual <= MAX_RESIDUAL
    share = point.t / problem.goal if problem.goal else 1.0
    forgotten = lapses(problem.game)
    return SolvedGame(
        title=problem.game.title,
        players=told_apart(problem.game.players),
        precision=tuple(map(float, problem.precision)),
        method=point.method,
        status="inexact" if point.status == "solved" and not is_exact else point.status,
        reached=share,
        sets=_sets(problem.game, *_chances(problem.game, tree, now)),
        payoffs=tuple(map(float, tree.lowest + tree.ranges * now.value[:, 0])),
        certificate=certificate,
        crossings=tuple(t / problem.goal for t in point.crossings),
        forgetful=tuple(sorted({problem.game.information_sets[lapse.place].player for lapse in forgotten})),
        absent_minded=tuple(
            problem.game.information_sets[lapse.place].id for lapse in forgotten if lapse.forgotten == "absent-minded"
        ),
    )


def _certify(problem: Problem, now: Play, point: Point) -> Certificate:
    """How far a point is from equilibrium."""
    tree = problem.tree
    if not tree.n_actions:
        return Certificate(0.0, 0.0, 0.0)
    firsts = tree.first_action
    off = now.log_chance - point.t * problem.stake[tree.player] * now.worth
    residual = np.maximum.reduceat(off, firsts) - np.minimum.reduceat(off, firsts)
    regret = np.maximum.reduceat(now.worth, firsts) - np.add.reduceat(now.worth * now.chance, firsts)
    return Certificate(float(residual.max()), point.error, float(max(regret.max(), 0.0)))


Shares = list[tuple[float, ...]]


def _chances(game: Game, tree: Tree, now: Play) -> tuple[Shares, Shares]:
    """Chances of the actions at every information set, and their logs; one action has chance 1."""
    chances: Shares = [(1.0,)] * len(game.information_sets)
    logs: Shares = [(0.0,)] * len(game.information_sets)
    for at, chance, log in zip(
        tree.sets,
        np.split(now.chance, tree.first_action)[1:],
        np.split(now.log_chance, tree.first_action)[1:],
        strict=True,
    ):
        chances[at] = tuple(map(float, chance))
        logs[at] = tuple(map(float, log))
    return chances, logs


def _sets(game: Game, chances: Shares, logs: Shares) -> tuple[SolvedSet, ...]:
    """Every information set, with the chance that play comes there."""
    players = told_apart(game.players)
    reach, is_possible = [1.0] * len(game.nodes), [True] * len(game.nodes)
    for number, node in enumerate(game.nodes):
        lots = [float(chance) for chance in game.events[node.place].chances] if node.kind == "chance" else []
        for k, child in enumerate(node.children):
            reach[child] = reach[number] * (lots[k] if lots else chances[node.place][k])
            is_possible[child] = is_possible[number] and (not lots or lots[k] > 0)
    return tuple(
        SolvedSet(
            id=place.id,
            player=players[place.player],
            label=place.label,
            actions=told_apart(place.actions),
            chances=chances[at],
            log_chances=logs[at],
            reach=sum(reach[member] for member in place.members),
            is_unreached=not any(is_possible[member] for member in place.members),
        )
        for at, place in enumerate(game.information_sets)
    )
