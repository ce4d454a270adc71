"""Following the principal branch of logit equilibria from precision 0, where play is uniform.

Pseudo-arclength continuation (Allgower and Georg 1990, chapters 2, 3 and 6.1; Turocy 2005 for games): predict along
the tangent and its bend, correct by Newton steps in the hyperplane through the prediction, and let the step grow or
shrink with how well that went. The branch may turn back in precision and forward again; the first point on it with the
precision asked for is the one that is sought.

What keeps it on the branch: a step is taken only if its correction is small, contracts fast and turns the tangent
little, and if the determinant of the bordered system keeps its sign. That sign changes where another branch is crossed
and also where a step has jumped to one; steps that change it are cut until only a crossing is left, which is recorded.
Where an even number of branches is crossed at once the sign stays: there the eigenvalues are counted that go through 0.
"""

from dataclasses import dataclass, field, replace
from typing import Final, Literal

import numpy as np
from scipy.linalg import lapack

from melian.solve.games.system import System
from melian.solve.games.tree import Floats

FIRST_STEP: Final = 0.05
GROWTH: Final = 0.4  # a step is at most this share of the way so far
NEAR: Final = 1e-6  # Newton's last correction on the way: the next one would be its square
ROUNDING: Final = 1e-10  # what it may be more, as a share of the point's size
MAX_CORRECTION: Final = 0.3  # log odds
MAX_CONTRACTION: Final = 0.3
MAX_TURN: Final = 0.4  # radians
MAX_NEWTON: Final = 6
SHORTEST: Final = 1e-9  # as a share of the point's size
CROSSING_STEP: Final = 1e-5  # shorter ones drown in rounding, since the system is singular where branches cross
MAX_FLIPS: Final = 40  # times that one crossing may cut the step
MAX_TRIALS: Final = 20_000
MAX_WORK: Final = 2e11  # trials times unknowns cubed: minutes
MAX_COUNTED: Final = 64  # unknowns up to which eigenvalues are counted; with more, even crossings go unseen
REAL: Final = 1e-5  # imaginary part, as a share of the size, that rounding gives to several eigenvalues that are one
POLISHES: Final = 12
MAX_POLISH: Final = 1e-4  # a larger step, as a share of the point's size, comes from a singular system

Status = Literal["solved", "stuck", "out of steps"]


@dataclass(frozen=True, slots=True, eq=False)
class Branch:
    """Where following led.

    Attributes
    ----------
    odds : [Y] log odds at the last point.
    t : precision there: the one asked for if solved.
    error : last correction on the way there.
    crossings : precisions at which other branches were crossed.
    n_trials : steps tried.
    """

    status: Status
    odds: Floats
    t: float
    error: float
    crossings: tuple[float, ...]
    n_trials: int


@dataclass(frozen=True, slots=True, eq=False)
class _Point:
    """A point on the branch.

    Attributes
    ----------
    x : [Y + 1] log odds, precision last.
    tangent : [Y + 1] of length 1.
    bend : [Y + 1] how the tangent changes along the branch, by the last two points.
    sign : of the system's determinant there.
    below : eigenvalues of the equations by log odds that are below 0, and those of them that are real.
    """

    x: Floats
    tangent: Floats
    bend: Floats
    sign: float
    below: tuple[int, int] = (0, 0)

    def ahead(self, step: float) -> Floats:
        """Where the branch should be a step on."""
        return self.x + step * (self.tangent + step / 2 * self.bend)


@dataclass(frozen=True, slots=True, eq=False)
class _Corrected:
    """What Newton steps found, and how they went."""

    point: _Point
    correction: float
    contraction: float


@dataclass(slots=True)
class _Walk:
    """State of one walk."""

    system: System
    goal: float
    here: _Point
    step: float = FIRST_STEP
    trials: int = 0
    flips: int = 0
    error: float = 0.0
    crossings: list[float] = field(default_factory=list)


def follow(system: System, goal: float) -> Branch:
    """Branch from precision 0 to the first point at `goal`."""
    walk = _Walk(system, goal, _start(system))
    budget = min(MAX_TRIALS, max(500, int(MAX_WORK / (system.size + 1) ** 3)))
    status: Status | None = None
    while status is None:
        if walk.trials >= budget:
            status = "out of steps"
        elif walk.step < SHORTEST * (1 + _size(walk.here.x)):
            status = "stuck"
        else:
            status = _advance(walk)
    odds, t = walk.here.x[:-1], float(walk.here.x[-1])
    return Branch(status, odds, t, walk.error, tuple(walk.crossings), walk.trials)


def polish(system: System, odds: Floats, t: float, error: float) -> tuple[Floats, float]:
    """Log odds after Newton steps at a fixed precision, as long as they help; and the last step's size.

    Where branches cross at that very precision Newton's method can say nothing: it has no single point to go to. The
    error that was known before then stands.
    """
    best, least = odds, _size(system.gap(odds, t))
    for _ in range(POLISHES):
        now = system.at(best, t)
        change, sign = solve_linear(now.by_odds, -now.gap)
        if sign == 0 or _size(change) > MAX_POLISH * (1 + _size(best)):
            break
        error = _size(change)
        trial = best + change
        size = _size(system.gap(trial, t))
        if not size < least:
            break
        best, least = trial, size
    return best, error


def _advance(walk: _Walk) -> Status | None:
    """Try one step; return `solved` once the goal is reached."""
    walk.trials += 1
    here = walk.here
    walk.step = min(walk.step, FIRST_STEP + GROWTH * _size(here.x))
    closest = CROSSING_STEP * (1 + _size(here.x))
    left = float((walk.goal - here.x[-1]) / here.tangent[-1]) if here.tangent[-1] > 0 else np.inf
    if left <= max(walk.step, closest):
        if _land(walk, left) or (left <= closest and _land_on_crossing(walk, left)):
            return "solved"
        walk.step /= 2
    trial = _correct(walk.system, here, walk.step)
    if trial is None or _passes_goal(walk, trial.point):
        walk.step /= 4
        return None
    turn = float(np.arccos(np.clip(here.tangent @ trial.point.tangent, -1.0, 1.0)))
    if turn > MAX_TURN:
        walk.step /= 2
        return None
    if trial.point.sign != here.sign or _is_crossed(here.below, trial.point.below):
        walk.flips += 1
        if walk.step > closest and walk.flips < MAX_FLIPS:
            walk.step /= 4
            return None
        walk.crossings.append(float(trial.point.x[-1]))
        walk.flips = 0
    bend = (trial.point.tangent - here.tangent) / np.linalg.norm(trial.point.x - here.x)
    walk.here, walk.error = replace(trial.point, bend=bend), trial.correction
    effort = max(
        np.sqrt(trial.contraction / (MAX_CONTRACTION / 2)),
        np.sqrt(trial.correction / (MAX_CORRECTION / 2)),
        turn / (MAX_TURN / 2),
    )
    walk.step /= min(max(effort, 0.5), 2.0)
    return None


def _start(system: System) -> _Point:
    """Uniform play, heading for higher precision."""
    x = np.zeros(system.size + 1)
    now = system.at(x[:-1], 0.0)
    tangent = np.append(-now.by_precision, 1.0)  # by_odds is the identity here
    tangent /= np.linalg.norm(tangent)
    return _Point(x, tangent, np.zeros_like(x), 1.0)


def _correct(system: System, here: _Point, step: float) -> _Corrected | None:
    """Point on the branch about a step on, or None where Newton's method does not go there straight."""
    x = here.ahead(step)
    near = NEAR + ROUNDING * _size(x)
    sizes: list[float] = []
    while len(sizes) < MAX_NEWTON:
        now = system.at(x[:-1], float(x[-1]))
        matrix = _bordered(now.by_odds, now.by_precision, here.tangent)
        right = np.zeros((len(x), 2))
        right[:-1, 0] = -now.gap
        right[-1, 1] = 1.0
        found, sign = solve_linear(matrix, right)
        if sign == 0:
            return None
        change, tangent = found[:, 0], found[:, 1]
        sizes.append(_size(change))
        if not _is_straight(sizes, near):
            return None
        x = x + change
        if sizes[-1] <= near:
            contraction = sizes[1] / sizes[0] if len(sizes) > 1 else 0.0
            point = _Point(x, tangent / np.linalg.norm(tangent), here.bend, sign, _below(now.by_odds))
            return _Corrected(point, sizes[0], contraction)
    return None


def _below(by_odds: Floats) -> tuple[int, int]:
    """Eigenvalues below 0, and those of them that are real; none where there are too many to count."""
    if not 2 <= len(by_odds) <= MAX_COUNTED:
        return 0, 0
    found = np.linalg.eigvals(by_odds)
    below = found[found.real < 0]
    return below.size, int((np.abs(below.imag) <= REAL * (1 + np.abs(below))).sum())


def _is_crossed(here: tuple[int, int], there: tuple[int, int]) -> bool:
    """Whether an even number of real eigenvalues went through 0; pairs that become real or complex do not."""
    changed = there[0] - here[0]
    return changed != 0 and changed % 2 == 0 and there[1] - here[1] == changed


def _is_straight(sizes: list[float], near: float) -> bool:
    """Whether Newton's corrections began small and shrink fast."""
    return sizes[0] <= MAX_CORRECTION and (len(sizes) < 2 or sizes[-1] <= max(MAX_CONTRACTION * sizes[-2], near))


def _land(walk: _Walk, left: float) -> bool:
    """Go to the goal itself, unless the branch does not lead there straight."""
    here, goal = walk.here, walk.goal
    odds = here.ahead(left)[:-1]
    near = NEAR + ROUNDING * max(_size(odds), goal)
    sizes: list[float] = []
    while len(sizes) < MAX_NEWTON:
        now = walk.system.at(odds, goal)
        change, sign = solve_linear(now.by_odds, -now.gap)
        sizes.append(_size(change))
        if sign != here.sign or not _is_straight(sizes, near):
            return False
        odds = odds + change
        if sizes[-1] <= near:
            if _is_crossed(here.below, _below(now.by_odds)):
                return False
            walk.here, walk.error = replace(here, x=np.append(odds, goal)), sizes[-1]
            return True
    return False


def _land_on_crossing(walk: _Walk, left: float) -> bool:
    """Go to a goal at which another branch crosses: the system is singular there, the tangent alone shows the way."""
    odds = walk.here.ahead(left)[:-1]
    gap = _size(walk.system.gap(odds, walk.goal))
    if gap > NEAR / 10 * (1 + walk.goal):
        return False
    walk.here, walk.error = replace(walk.here, x=np.append(odds, walk.goal)), max(gap, left**2)
    walk.crossings.append(walk.goal)
    return True


def _passes_goal(walk: _Walk, there: _Point) -> bool:
    """Whether the branch may have reached the goal within a step without being seen to."""
    if there.x[-1] >= walk.goal:
        return True
    rise, fall = walk.here.tangent[-1], there.tangent[-1]
    if not rise > 0 > fall:
        return False
    peak = max(walk.here.x[-1], there.x[-1]) + walk.step * rise * -fall / (rise - fall)
    return bool(peak >= walk.goal and walk.step > CROSSING_STEP)


def _bordered(by_odds: Floats, by_precision: Floats, normal: Floats) -> Floats:
    """[Y + 1, Y + 1] derivative of the equations over the normal of the hyperplane."""
    matrix = np.empty((len(normal), len(normal)), order="F")
    matrix[:-1, :-1] = by_odds
    matrix[:-1, -1] = by_precision
    matrix[-1] = normal
    return matrix


def solve_linear(matrix: Floats, right: Floats) -> tuple[Floats, float]:
    """Solution of linear equations, and the sign of their determinant: 0 where no finite solution is found."""
    if not len(matrix):
        return right, 1.0
    factors, swaps, solution, trouble = lapack.dgesv(matrix, right)
    if trouble or not np.isfinite(solution).all():
        return right, 0.0
    n_swaps = np.count_nonzero(swaps != np.arange(len(swaps)))
    n_negative = np.count_nonzero(np.diagonal(factors) < 0)
    return solution, -1.0 if (n_swaps + n_negative) % 2 else 1.0


def _size(values: Floats) -> float:
    """Largest absolute value."""
    return float(np.abs(values).max(initial=0.0))
