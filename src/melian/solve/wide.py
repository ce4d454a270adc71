"""The analyst's calculation of a few worlds in numbers with powers of two, where floating-point numbers underflow.

Chances of much evidence are too small for floating-point numbers, and so may be the share of what is possible in it. A
plan's sums of products are then taken again, with a power of two for every cell: slowly, but without any bound. What
actors reckon knows no evidence and stays as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import prod
from typing import Final

import numpy as np

from melian.model.diagram import Model, RowTable
from melian.plan.chain import CERTAIN, NEVER
from melian.plan.plan import Plan
from melian.plan.steps import (
    Axes,
    Chance,
    Guess,
    Linked,
    Pick,
    Product,
    Register,
    Respond,
    Settle,
    Total,
    Value,
    operands_of,
)
from melian.solve.powers import Floats, Powers, levelled, parted

Number = tuple[Floats, Powers]
Tables = Mapping[Register, Floats]

# Numbers of one table that are worked on at a time.
AT_ONCE: Final = 2**20
# The largest power of two that an answer of limited consistency to an option falls to: see the kernel's `logit`.
LEAST_RULE: Final = 1011.0


@dataclass(frozen=True, slots=True)
class Wide:
    """What of a plan is worked out so.

    Attributes
    ----------
    rules : registers that are taken as they were solved.
    steps : registers to fill, in order.
    last : by register, the last of `steps` that reads it.
    chunk : worlds at a time.
    """

    model: Model
    plan: Plan
    rules: tuple[Register, ...]
    steps: tuple[Register, ...]
    last: Mapping[Register, Register]
    chunk: int

    @property
    def play(self) -> Plan | None:
        """Plan of the rules alone; None where there are none."""
        if not self.rules:
            return None
        plan, end = self.plan, max(self.rules) + 1
        settled = [
            r for r, step in enumerate(plan.steps) if isinstance(step, Settle) and set(step.guesses) & {*self.rules}
        ]
        end = max([end, *(register + 1 for register in settled)])
        return replace(
            plan,
            steps=plan.steps[:end],
            axes=plan.axes[:end],
            rules=dict(enumerate(self.rules)),
            joint=self.rules[0],
            prior=self.rules[0],
            marginals={},
            without={},
            subsets={},
            joints={},
            stakes={},
            reckonings={},
        )

    def bits(self, theta: Floats, tables: Tables) -> Floats:
        """Powers of two that no chance in the plan falls below unless it is 0, [W].

        Every chance is a sum of products of one cell of each table at most, so that the product of the least of each
        bounds them all.
        """
        found = np.zeros(theta.shape[1])
        for register in self.steps:
            if register in self.rules:
                found += self._bits_of_rule(register, theta)
            elif (table := self._table(register, theta, tables)) is not None:
                least = np.where(table > 0, table, 1.0).reshape(-1, theta.shape[1]).min(axis=0)
                found -= np.log2(np.minimum(least, 1.0))
        return found

    def _bits_of_rule(self, register: Register, theta: Floats) -> Floats:
        step = self.plan.steps[register]
        assert isinstance(step, Respond | Guess)
        actor = next(d.actor for d in self.model.decisions if d.variable == step.variable)
        even = np.log2(self.model.variables[step.variable].n_states)
        if self.model.behaviour == "rational":
            return np.full(theta.shape[1], even)
        found: Floats = np.minimum(theta[self.model.precision[actor]] / np.log(2.0) + even, LEAST_RULE)
        return found

    def run(self, theta: Floats, tables: Tables) -> dict[Register, Number]:
        """Chances in some worlds, by register of the plan that holds any.

        Parameters
        ----------
        theta : [P, W] all parameters.
        tables : [states of the axes, W] what is made from them outside the kernel, and the rules.
        """
        parts = [
            self._run(theta[:, here], {register: table[..., here] for register, table in tables.items()})
            for here in (slice(start, start + self.chunk) for start in range(0, theta.shape[1], self.chunk))
        ]
        return {
            register: (
                np.concatenate([part[register][0] for part in parts], axis=-1),
                np.concatenate([part[register][1] for part in parts], axis=-1),
            )
            for register in parts[0]
        }

    def _run(self, theta: Floats, tables: Tables) -> dict[Register, Number]:
        wanted = set(self.plan.weighed)
        found: dict[Register, Number] = {}
        for register in self.steps:
            table = self._table(register, theta, tables)
            found[register] = self._step(register, found) if table is None else parted(table)
            for operand in operands_of(self.plan.steps[register]):
                if operand not in wanted and self.last.get(operand) == register:
                    found.pop(operand, None)
        return {register: found[register] for register in wanted}

    def _table(self, register: Register, theta: Floats, tables: Tables) -> Floats | None:
        if register in tables:
            return tables[register]
        match self.plan.steps[register]:
            case Chance(variable, actor):
                table = self.model.table(variable, actor)
                assert isinstance(table, RowTable)
                slots = table.slots
            case Linked(link):
                slots = self.plan.layout.links[link].slots
            case Value(utility):
                slots = self.model.utilities[utility].slots
            case _:
                return None
        found: Floats = theta[slots]
        found[slots == CERTAIN], found[slots == NEVER] = 1.0, 0.0
        return found

    def _step(self, register: Register, found: Mapping[Register, Number]) -> Number:
        axes = self.plan.axes
        match self.plan.steps[register]:
            case Pick(operand, variable, state):
                place = axes[operand].index(variable)
                values, powers = found[operand]
                return np.take(values, state, axis=place), np.take(powers, state, axis=place)
            case Total(operand, kept, _):
                return _summed(*found[operand], axes[operand], kept)
            case Product(left, right, kept, _):
                over = tuple(sorted({*axes[left], *axes[right]}))
                places, others = _places(axes[left], over), _places(axes[right], over)
                (one, p), (other, q) = found[left], found[right]
                return _summed(one[places] * other[others], p[places] + q[others], over, kept)
            case step:
                raise AssertionError(step)


def wide_of(model: Model, plan: Plan) -> Wide:
    """Tell what of a plan has to be worked out again."""
    rules, steps = set[Register](), set[Register]()
    ahead = [*plan.weighed]
    while ahead:
        register = ahead.pop()
        if register in steps:
            continue
        steps.add(register)
        if isinstance(plan.steps[register], Respond | Guess):
            rules.add(register)
        else:
            ahead += operands_of(plan.steps[register])
    ordered = tuple(sorted(steps))
    last = {
        operand: register
        for register in ordered
        if register not in rules
        for operand in operands_of(plan.steps[register])
    }
    lengths = plan.layout.lengths
    most = max(prod(lengths[axis] for axis in _spanned(plan, register)) for register in ordered)
    return Wide(model, plan, tuple(sorted(rules)), ordered, last, max(1, AT_ONCE // most))


def _spanned(plan: Plan, register: Register) -> set[int]:
    step = plan.steps[register]
    operands = operands_of(step) if isinstance(step, Product | Total) else ()
    return {*plan.axes[register]}.union(*(plan.axes[operand] for operand in operands))


def _places(axes: Axes, over: Axes) -> tuple[slice | None, ...]:
    """Index that gives an array an axis for each that it lacks."""
    return (*(slice(None) if axis in axes else None for axis in over), slice(None))


def _summed(values: Floats, powers: Powers, over: Axes, kept: Axes) -> Number:
    gone = tuple(place for place, axis in enumerate(over) if axis not in kept)
    if not gone:
        return parted(values, powers)
    level, power = levelled(values, powers, gone)
    total: Floats = level.sum(axis=gone)
    return parted(total, power.reshape(total.shape))
