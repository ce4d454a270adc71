"""The diagram: a multi-agent influence diagram whose tables hold indices of parameters, not numbers.

Letters used in shapes: V variables, S states of a variable, R rules, J combinations of parent states. A variable's
index is its place in `Model.variables`; every table's axes are in rising order of variable index, so that two tables
line up without being transposed.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from melian.case.case import Behaviour, Case
from melian.model.functions import FunctionTable
from melian.model.parameter import Parameter

Slots = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Variable:
    """A factor or a choice."""

    index: int
    name: str
    kind: Literal["factor", "choice"]
    states: tuple[str, ...]

    @property
    def n_states(self) -> int:
        """Number of states or options."""
        return len(self.states)


@dataclass(frozen=True, slots=True, eq=False)
class RowTable:
    """Chances of a variable, one slot a cell.

    Attributes
    ----------
    axes : variables of the table, itself among them, rising.
    slots : [states of each axis] slot of each chance.
    """

    axes: tuple[int, ...]
    slots: Slots


@dataclass(frozen=True, slots=True, eq=False)
class InfluenceTable:
    """Chances of a variable as a base row and shifts of its log-odds.

    Attributes
    ----------
    axes : variables of the table, itself among them, rising.
    base : [S] slots of the base row.
    shifts : (state, slot) of every shift.
    patterns : [patterns, shifts] which shifts are on, one row for each set of shifts that occurs.
    pattern_of : [states of each axis but its own] row of `patterns` for each combination of parent states.
    own_axis : position of the variable itself in `axes`.
    """

    axes: tuple[int, ...]
    base: Slots
    shifts: tuple[tuple[int, int], ...]
    patterns: NDArray[np.bool_]
    pattern_of: Slots
    own_axis: int


FactorTable = RowTable | InfluenceTable | FunctionTable


@dataclass(frozen=True, slots=True, eq=False)
class OpenTable:
    """Which options of a choice are open.

    Attributes
    ----------
    variable : the choice's index.
    axes : the choice and those of what it sees that its options hang on, rising.
    is_open : [states of each axis] whether the option is open there; in every situation one is.
    """

    variable: int
    axes: tuple[int, ...]
    is_open: NDArray[np.bool_]

    def of(self, states: Sequence[int]) -> NDArray[np.bool_]:
        """Whether each option is open, given the state of every variable."""
        cell = tuple(slice(None) if axis == self.variable else states[axis] for axis in self.axes)
        found: NDArray[np.bool_] = self.is_open[cell]
        return found


@dataclass(frozen=True, slots=True)
class Decision:
    """A choice: who makes it and what is known then.

    Attributes
    ----------
    variable : the choice's index.
    actor : index of the actor.
    sees : indices of the variables known, rising.
    options : which options are open where.
    """

    variable: int
    actor: int
    sees: tuple[int, ...]
    options: OpenTable


@dataclass(frozen=True, slots=True, eq=False)
class Utility:
    """One stake of one actor.

    Attributes
    ----------
    weight : slot of its weight in [0, 1].
    axes : variables it depends on, rising.
    slots : [states of each axis] slot of each value, in [0, 1].
    """

    name: str
    actor: int
    weight: int
    axes: tuple[int, ...]
    slots: Slots


@dataclass(frozen=True, slots=True)
class Testimony:
    """One report as numbers: how likely it is in each state, how readily it is made anyway, how reliable its source.

    Attributes
    ----------
    variable : what it bears on.
    likelihood : slot in each state.
    anyway : slot.
    reliability : slot.
    deception : slot of the chance that the source says the opposite of what is so; None where it cannot.
    """

    report: str
    variable: int
    likelihood: tuple[int, ...]
    anyway: int
    reliability: int
    deception: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Origin:
    """Reports that share an origin, counted once: they share one error.

    Attributes
    ----------
    axes : variables they bear on, rising.
    """

    name: str
    axes: tuple[int, ...]
    reports: tuple[Testimony, ...]


@dataclass(frozen=True, slots=True, eq=False)
class EventTable:
    """Where the event holds.

    Attributes
    ----------
    axes : variables that the event tests, rising.
    holds : [states of each axis] whether it holds there.
    """

    axes: tuple[int, ...]
    holds: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Minds:
    """Who cannot read whose mind.

    Attributes
    ----------
    hidden : (observer, owner) where an actor knows of another only how its mind may be, not how it is in a world.
    memory : by choice of an owner, the earlier choices of the same mind: what they came to tells of the mind, and so of
        this choice too.
    """

    hidden: frozenset[tuple[int, int]] = frozenset()
    memory: Mapping[int, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A case as a diagram over slots.

    Attributes
    ----------
    tables : by variable index, for factors.
    beliefs : (actor, variable) to the table by which that actor sees that factor.
    precision : by actor, slot of its logit precision.
    parameters : what is uncertain, in the order of drawing; slots are numbered through them.
    """

    case: Case
    behaviour: Behaviour
    variables: tuple[Variable, ...]
    actors: tuple[str, ...]
    tables: Mapping[int, FactorTable]
    beliefs: Mapping[tuple[int, int], FactorTable]
    decisions: tuple[Decision, ...]
    utilities: tuple[Utility, ...]
    precision: tuple[int, ...]
    evidence: tuple[Origin, ...]
    event: EventTable
    parameters: tuple[Parameter, ...]
    minds: Minds = Minds()

    def decision(self, variable: int) -> Decision | None:
        """Choice of an index; None for a factor."""
        return next((each for each in self.decisions if each.variable == variable), None)

    def is_hidden(self, variable: int, observer: int | None) -> bool:
        """Whether a variable is a choice whose rule an actor knows on average only (None, the analyst, knows it)."""
        if observer is None or not self.minds.hidden:
            return False
        decision = self.decision(variable)
        return decision is not None and (observer, decision.actor) in self.minds.hidden

    def remembered(self, choice: int, cut: Collection[int] = ()) -> tuple[int, ...]:
        """What the average rule of a choice depends on, rising: what it sees, and what tells of the mind behind it.

        Choices that are brought about from outside tell nothing of a mind.
        """
        moves = [choice, *(move for move in self.minds.memory.get(choice, ()) if move not in cut)]
        seen = {axis for move in moves for axis in self.parents(move)}
        return tuple(sorted(seen.union(moves) - {choice}))

    def index_of(self, name: str) -> int:
        """Index of a variable by name; KeyError where there is none."""
        return {variable.name: variable.index for variable in self.variables}[name]

    def table(self, variable: int, actor: int | None = None) -> FactorTable:
        """Chances of a factor as an actor sees it (None: the analyst)."""
        believed = self.beliefs.get((actor, variable)) if actor is not None else None
        return self.tables[variable] if believed is None else believed

    def parents(self, variable: int, actor: int | None = None) -> tuple[int, ...]:
        """Parents of a variable, as an actor sees the diagram (None: the analyst)."""
        for decision in self.decisions:
            if decision.variable == variable:
                return decision.sees
        table = self.tables[variable] if actor is None else self.beliefs.get((actor, variable), self.tables[variable])
        return tuple(axis for axis in table.axes if axis != variable)
