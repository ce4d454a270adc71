"""Storylines: the few most likely courses of events, unlike each other, and what would signal each one first.

A course is one combination of states of the nodes in `melian.answer.courses.Stage`; courses exclude each other, and
their chances given the evidence sum to 1. Told are, in turn, the likeliest in which the event happens and the likeliest
in which it does not, each unlike those told before: another state of what the question asks about, or of two other
nodes. Everything is exact within a world and averaged over the weighted worlds: nothing is sampled.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.answer.courses import MAX_CELLS, Stage, information, stage_of, sums_of
from melian.answer.ranking import ranked
from melian.answer.sampling import Sampled
from melian.answer.segments import error_of_segments, ratio_of
from melian.answer.shown import Answer
from melian.model.diagram import Model
from melian.plan.plan import Enquiry

Floats = NDArray[np.float64]
Cell = tuple[int, ...]
Tables = Mapping[tuple[int, ...], Floats]

MOST: Final = 4
LEAST: Final = 0.01
"""Chance of a course below which it is not told, unless it is the likeliest on its side of the question."""
APART: Final = 2
"""Nodes in which courses must differ where what the question asks about is the same."""
SHIFT: Final = 0.1
"""By how much a state must be likelier in a course than it is overall, to be worth telling."""
LOUD: Final = 1.0
"""Bits for a course and against the others told from which a state counts as a signal: it doubles the odds."""
FAINT: Final = 0.1
SURE: Final = 3.0
MOST_ALONG: Final = 3


@dataclass(frozen=True, slots=True)
class Along:
    """A state that goes along with a course: likelier in it than overall.

    Attributes
    ----------
    is_after : whether it follows from what the question asks about, and does not lead to it.
    chance, overall : of the state, in the course and in all courses together.
    """

    node: str
    state: str
    is_after: bool
    chance: float
    overall: float


@dataclass(frozen=True, slots=True)
class Sign:
    """A state that would signal a course.

    Attributes
    ----------
    chance : of the course once the state has been observed.
    bits : base-2 logarithm of how much likelier the state is in the course than in the others that are told, or, where
        it is told alone, than in all others.
    """

    node: str
    state: str
    chance: float
    bits: float


@dataclass(frozen=True, slots=True)
class Storyline:
    """One course of events.

    Attributes
    ----------
    states : node to state, causes before what they bear on.
    happens : whether the event happens in it.
    chance : given the evidence.
    error : Monte Carlo standard error of the chance.
    sign : what would signal it first; None where nothing before the event does.
    """

    states: Mapping[str, str]
    happens: bool
    chance: float
    error: float
    along: tuple[Along, ...]
    sign: Sign | None


@dataclass(frozen=True, slots=True)
class Storylines(Answer):
    """The storylines, likeliest first.

    Attributes
    ----------
    nodes : over which courses are told.
    courses : how many there are that may happen.
    event : chance of the event, which is that of all courses in which it happens.
    """

    nodes: tuple[str, ...]
    told: tuple[Storyline, ...]
    courses: int
    event: float

    @property
    def chance(self) -> float:
        """Chance that one of the storylines comes about."""
        return min(math.fsum(story.chance for story in self.told), 1.0)

    @property
    def event_told(self) -> float:
        """Chance that one of those storylines comes about in which the event happens."""
        return min(math.fsum(story.chance for story in self.told if story.happens), 1.0)


def storylines_of(model: Model, enquiry: Enquiry, sampled: Sampled, *, most: int = MOST) -> Storylines:
    """Find the storylines of a solved case.

    Parameters
    ----------
    most : how many to tell.
    """
    stage = stage_of(model, enquiry, sampled)
    beside = _beside(model, enquiry, stage, sampled)
    wanted = [stage.core, *(tuple(sorted({*stage.core, variable})) for variable in beside)]
    tables = sums_of(model, enquiry, sampled.population, wanted)
    telling = _Telling(model, stage, tables)
    told = ranked(sorted(telling.chosen(most)), key=telling.chance)
    names = [model.variables[axis].name for axis in stage.order if axis in stage.core]
    return Storylines(
        nodes=tuple(names),
        told=tuple(telling.storyline(cell, [other for other in told if other != cell]) for cell in told),
        courses=int((telling.table > 0).sum()),
        event=min(math.fsum(telling.chance(cell) for cell in telling.cells() if telling.happens(cell)), 1.0),
    )


def _beside(model: Model, enquiry: Enquiry, stage: Stage, sampled: Sampled) -> list[int]:
    """Variables to look at beside the core: all that are open, or those that tell most of the event."""
    settled = {*enquiry.observe, *enquiry.do, *stage.core}
    open_ones = [variable.index for variable in model.variables if variable.index not in settled]
    open_ones = ranked(open_ones, key=lambda variable: information(sampled.worlds.marginals[variable]))
    lengths = [*(variable.n_states for variable in model.variables), 2]
    cells = math.prod(lengths[axis] for axis in stage.core)
    found, room = [], MAX_CELLS - cells
    for variable in open_ones:
        room -= cells * lengths[variable]
        if room < 0:
            break
        found.append(variable)
    return sorted(found)


@dataclass(frozen=True)
class _Telling:
    """Tables of the courses, and what is read from them."""

    model: Model
    stage: Stage
    tables: Tables

    @property
    def table(self) -> Floats:
        """Weight of each course."""
        found: Floats = self.tables[self.stage.core].sum(axis=-1)
        return found

    def cells(self) -> list[Cell]:
        """Courses that may happen, the likeliest first."""
        table = self.table
        cells = [cell for cell in np.ndindex(table.shape) if table[cell] > 0]
        return ranked(cells, key=lambda cell: table[cell] / table.sum())

    def chance(self, cell: Cell) -> float:
        return float(self.table[cell] / self.table.sum())

    def happens(self, cell: Cell) -> bool:
        at = dict(zip(self.stage.core, cell, strict=True))
        event = len(self.model.variables)
        return (
            bool(at[event])
            if event in at
            else bool(self.model.event.holds[tuple(at[a] for a in self.model.event.axes)])
        )

    def chosen(self, most: int) -> list[Cell]:
        """Return the courses to tell: in turn of those in which it happens and of those in which it does not."""
        cells = self.cells()
        sides = [[cell for cell in cells if self.happens(cell) == side] for side in (True, False)]
        apart = ranked((self._apart(side) for side in sides if side), key=lambda side: self.chance(side[0]))
        in_turn = [side[place] for place in range(most) for side in apart if place < len(side)]
        return in_turn[:most]

    def _apart(self, cells: Sequence[Cell]) -> list[Cell]:
        """Courses from the likeliest down that are unlike each other; the first of them in any case."""
        found = [cells[0]]
        for cell in cells:
            if self.chance(cell) >= LEAST and all(self._is_apart(cell, one) for one in found):
                found.append(cell)
        return found

    def _is_apart(self, one: Cell, other: Cell) -> bool:
        differ = {axis for axis, a, b in zip(self.stage.core, one, other, strict=True) if a != b}
        enough = min(APART, max(1, len(self.stage.core) - len(self.stage.asked)))
        return bool(differ & self.stage.asked) or len(differ) >= enough

    def storyline(self, cell: Cell, others: Sequence[Cell]) -> Storyline:
        """Everything told of one course, beside the others that are told."""
        sums = self.tables[self.stage.core]
        whole = sums.reshape(-1, sums.shape[-1]).sum(axis=0)
        chance, influence = ratio_of(sums[cell], whole)
        variables, at = self.model.variables, dict(zip(self.stage.core, cell, strict=True))
        states = {variables[v].name: variables[v].states[at[v]] for v in self.stage.order if v in at}
        error = error_of_segments(influence)
        return Storyline(states, self.happens(cell), chance, error, self._along(cell), self._sign(cell, others))

    def _beside(self, variable: int, cell: Cell) -> tuple[Floats, Floats]:
        """Weight of each state of a variable in a course and in all of them, [S, segments] each."""
        if variable in self.stage.core:
            place = self.stage.core.index(variable)
            sums = np.moveaxis(self.tables[self.stage.core], place, 0)
            inside = np.zeros((sums.shape[0], sums.shape[-1]))
            inside[cell[place]] = self.tables[self.stage.core][cell]
        else:
            axes = tuple(sorted({*self.stage.core, variable}))
            sums = np.moveaxis(self.tables[axes], axes.index(variable), 0)
            inside = np.stack([of_state[cell] for of_state in sums])
        return inside, sums.reshape(sums.shape[0], -1, sums.shape[-1]).sum(axis=1)

    def _looked_at(self) -> list[int]:
        """Variables beside the core, in the order of the telling."""
        found = {variable for axes in self.tables for variable in axes if variable < len(self.model.variables)}
        return [variable for variable in self.stage.order if variable in found]

    def _along(self, cell: Cell) -> tuple[Along, ...]:
        found = []
        for variable in self._looked_at():
            if variable in self.stage.core or variable not in self.stage.before | self.stage.after:
                continue
            inside, everywhere = self._beside(variable, cell)
            for state, name in enumerate(self.model.variables[variable].states):
                chance, influence = ratio_of(inside[state], inside.sum(axis=0))
                overall, other = ratio_of(everywhere[state], everywhere.sum(axis=0))
                error = error_of_segments(influence - other)
                if chance > 0.5 and chance - overall > max(SHIFT, SURE * error):
                    is_after = variable in self.stage.after
                    found.append(Along(self.model.variables[variable].name, name, is_after, chance, overall))
        told = ranked(found, key=lambda one: one.chance - one.overall)[:MOST_ALONG]
        return tuple(one for one in found if one in told)

    def _sign(self, cell: Cell, others: Sequence[Cell]) -> Sign | None:
        """Return the first state that speaks loudly for a course, else the loudest; before the event only."""
        faint: list[Sign] = []
        for variable in self._looked_at():
            if variable in self.stage.before and variable not in self.stage.asked:
                signs = self._signs(variable, cell, others)
                loudest = next(iter(ranked(signs, key=lambda one: one.bits)), None)
                if loudest is not None and loudest.bits >= LOUD:
                    return loudest
                faint += signs
        return next(iter(ranked(faint, key=lambda one: one.bits)), None)

    def _signs(self, variable: int, cell: Cell, others: Sequence[Cell]) -> list[Sign]:
        """States of a variable that raise the chance of a course, more than that of the others told."""
        inside, everywhere = self._beside(variable, cell)
        against = sum((self._beside(variable, other)[0] for other in others), start=np.zeros(inside.shape))
        against = against if others else everywhere - inside
        if not against.sum() > 0:
            return []  # there is no other course that anything could speak against
        overall, other = ratio_of(inside.sum(axis=0), everywhere.sum(axis=0))
        found = []
        for state, name in enumerate(self.model.variables[variable].states):
            chance, influence = ratio_of(inside[state], everywhere[state])
            bits = _times(inside, against, state)
            if bits > FAINT and chance - overall > SURE * error_of_segments(influence - other):
                found.append(Sign(self.model.variables[variable].name, name, chance, bits))
        return found


def _times(inside: Floats, against: Floats, state: int) -> float:
    """Bits by which a state is likelier in a course than against it; none where nothing stands against it."""
    if not against.sum() > 0:
        return 0.0
    here, there = inside[state].sum() / inside.sum(), against[state].sum() / against.sum()
    return math.log2(here / there) if here > 0 and there > 0 else math.inf if here > 0 else 0.0
