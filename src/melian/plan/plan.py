"""What a plan is, and what is supposed when a case is solved."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from melian.plan.cost import Cost
from melian.plan.steps import Axes, Reckoning, Register, Step
from melian.plan.support import Layout


@dataclass(frozen=True, slots=True)
class Stage:
    """Choices that are solved at one time: one by itself, or several that answer each other.

    Attributes
    ----------
    choices : variables, rising.
    relies_on : choices of earlier stages whose rules these need, rising.
    unknown : chances to find at once; 0 of a choice by itself.
    """

    choices: tuple[int, ...]
    relies_on: tuple[int, ...]
    unknown: int


@dataclass(frozen=True, slots=True)
class Enquiry:
    """What is supposed when a case is solved; three verbs that are never confused.

    Attributes
    ----------
    observe : variable to state that the analyst learns; every rule stays as it is.
    do : variable to state that is brought about from outside; what would have decided it no longer does.
    announced : whether the actors know of `do` before they choose, and answer it.
    among : variable to states of which the analyst learns that one holds.
    """

    observe: Mapping[int, int] = field(default_factory=dict)
    do: Mapping[int, int] = field(default_factory=dict)
    announced: bool = True
    among: Mapping[int, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """Steps to run on every block of worlds, and the registers to read after them.

    Attributes
    ----------
    axes : axes of each register.
    rules : by choice, the register of its solved rule; None where the choice was taken away by `do`.
    joint : register over the event's axis: chance of the evidence with the event and without.
    prior : the same before any evidence.
    marginals : by variable, register over the variable and the event's axis, with the evidence.
    without : by origin of reports, register over the event's axis with the evidence but that origin's.
    subsets : by a set of origins of reports, register over hypotheses: chance of each and of those reports.
    joints : by variables, register over all of them: chance of each combination of their states and of the evidence.
    event_axis : number of the event's axis; axes of higher numbers are hidden.
    layout : how the registers lie.
    stages : the choices in the order in which they are solved.
    forced : variables that are brought about from outside.
    stakes : by stake, register without axes: its expected value together with the chance of the evidence.
    reckonings : by choice, what its rule was reckoned from.
    known : variable to state, of what is brought about and the actors know of.
    averaged : by choice, register whose mean over worlds is in proportion to its rule on average: see `plan_averages`.
    averages : by choice, that rule, [states of each axis]: put in once it has been found, before the plan is run.
    unsettled : how far these rules are from answering one another.
    """

    steps: tuple[Step, ...]
    axes: tuple[Axes, ...]
    rules: Mapping[int, Register]
    joint: Register
    prior: Register
    marginals: Mapping[int, Register]
    without: Mapping[int, Register]
    event_axis: int
    layout: Layout
    stages: tuple[Stage, ...]
    cost: Cost
    subsets: Mapping[frozenset[int], Register] = field(default_factory=dict)
    joints: Mapping[Axes, Register] = field(default_factory=dict)
    forced: frozenset[int] = frozenset()
    stakes: Mapping[int, Register] = field(default_factory=dict)
    reckonings: Mapping[int, Reckoning] = field(default_factory=dict)
    known: Mapping[int, int] = field(default_factory=dict)
    averaged: Mapping[int, Register] = field(default_factory=dict)
    averages: Mapping[int, object] = field(default_factory=dict)
    unsettled: float = 0.0

    @property
    def together(self) -> tuple[tuple[int, ...], ...]:
        """Choices that are settled together, component by component."""
        return tuple(stage.choices for stage in self.stages if stage.unknown)

    @property
    def outputs(self) -> tuple[Register, ...]:
        """Registers that are read after a block has run."""
        reckoned = (register for each in self.reckonings.values() for register in each.registers)
        return (*self.rules.values(), self.prior, *self.weighed, *reckoned, *self.averaged.values())

    @property
    def weighed(self) -> tuple[Register, ...]:
        """Those of them that hold chances together with that of evidence, however small."""
        summed = (*self.marginals.values(), *self.without.values(), *self.subsets.values(), *self.joints.values())
        situations = (each.situations for each in self.reckonings.values())
        return (self.joint, *summed, *self.stakes.values(), *situations)
