"""Building a plan: registers are numbered as steps are added, equal steps share one, sums are pushed inwards."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from math import prod
from typing import Final

from melian.model.diagram import Model
from melian.model.functions import FunctionTable
from melian.plan.chain import Link, chain_of
from melian.plan.openings import open_options
from melian.plan.steps import (
    Among,
    Average,
    Axes,
    Chance,
    Event,
    Fixed,
    Guess,
    Linked,
    Pick,
    Product,
    Register,
    Respond,
    Settle,
    Step,
    Total,
    Value,
    Witness,
    operands_of,
)
from melian.plan.support import Layout, Support, met, picked, support_of

# Cells of an array that no plan gets near to: far beyond what one world may take, and reached at once where nodes are
# tied together so densely that to go on would only take long.
BEYOND_ALL: Final = 10**9


class TooWideError(Exception):
    """That a calculation needs an array of more than `BEYOND_ALL` cells, over `axes`; never leaves `plan`."""

    def __init__(self, axes: Axes) -> None:
        super().__init__(axes)
        self.axes = axes


@dataclass(slots=True)
class Program:
    """Steps in the making.

    Attributes
    ----------
    forced : variables that are brought about from outside.
    known : variable to state, of those that the actors know of.
    steps, axes, cells : by register; cells of its array in one world.
    supports : by register, [states of its axes] which cells can be other than zero; None where all can. Kept where
        hidden axes are among them.
    work : by register, products that it is made from.
    links : tables that functions are taken apart into.
    event_axis : number of the event's own axis, after all variables; hidden axes come behind it.
    """

    model: Model
    forced: frozenset[int] = frozenset()
    known: Mapping[int, int] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    axes: list[Axes] = field(default_factory=list)
    cells: list[int] = field(default_factory=list)
    supports: list[Support] = field(default_factory=list)
    work: list[int] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    _functions: dict[tuple[int, int | None], tuple[Register, ...]] = field(default_factory=dict)
    _lengths: list[int] = field(default_factory=list)
    _known: dict[Step, Register] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._lengths = [*(variable.n_states for variable in self.model.variables), 2]

    @property
    def event_axis(self) -> int:
        """Axis of the event: does not hold, holds."""
        return len(self.model.variables)

    def n_states(self, axis: int) -> int:
        """Length of an axis."""
        return self._lengths[axis]

    def n_cells(self, axes: Iterable[int]) -> int:
        """Cells of an array over some axes, in one world."""
        return prod(map(self._lengths.__getitem__, axes))

    def n_unknown(self, guess: Register) -> int:
        """Chances to be found of a choice that is solved together with others: of options that are not the only one."""
        step = self.steps[guess]
        assert isinstance(step, Guess)
        is_open = open_options(self.model, step.axes, step.variable)
        return int(is_open[is_open.sum(axis=1) > 1].sum())

    def add(self, step: Step) -> Register:
        """Register of a step; a step that is already there is not added again."""
        if step not in self._known:
            self._known[step] = len(self.steps)
            self.steps.append(step)
            self.axes.append(self._axes_of(step))
            self._size(step, self.axes[-1])
        return self._known[step]

    def _size(self, step: Step, axes: Axes) -> None:
        """Note which cells of a new register can be other than zero, and what they take."""
        support, work = None, self.n_cells(axes)
        match step:
            case Linked(link):
                support = support_of(self.links[link])
            case Pick(operand, variable, state) if self.supports[operand] is not None:
                support = picked(self.supports[operand], self.axes[operand].index(variable), state)
            case Product(left, right, _, within):
                support, work = self._met((left, right), axes, within)
            case Total(operand, _, within):
                support, work = self._met((operand,), axes, within)
            case _:
                pass
        self.supports.append(support)
        self.work.append(work)
        self.cells.append(self.n_cells(axes) if support is None else int(support.sum()))

    def _met(self, operands: Sequence[Register], axes: Axes, within: Register | None) -> tuple[Support, int]:
        of = [(self.axes[register], self.supports[register]) for register in operands]
        found, work = met(of, axes, self._lengths)
        if found is None or not any(axis > self.event_axis for axis in axes):
            return None, work
        if within is not None and (mask := self.supports[within]) is not None:
            found, _ = met([(axes, found), (self.axes[within], mask)], axes, self._lengths)
        return found, work

    @property
    def layout(self) -> Layout:
        """How all registers lie."""
        return Layout(tuple(self._lengths), tuple(self.supports), tuple(self.links))

    def hidden(self, n_states: int) -> int:
        """Return a new axis that no answer shows."""
        self._lengths.append(n_states)
        return len(self._lengths) - 1

    def chances(self, variable: int, actor: int | None) -> tuple[Register, ...]:
        """Registers whose product is what decides a factor; the last has the factor's own axis."""
        table = self.model.table(variable, actor)
        if not isinstance(table, FunctionTable):
            return (self.add(Chance(variable, actor)),)
        if (variable, actor) not in self._functions:
            found = []
            for link in chain_of(table, self.n_states(variable), self.hidden):
                self.links.append(link)
                found.append(self.add(Linked(len(self.links) - 1)))
            self._functions[variable, actor] = tuple(found)
        return self._functions[variable, actor]

    def _axes_of(self, step: Step) -> Axes:
        match step:
            case Chance(variable, actor):
                beliefs = self.model.beliefs
                key = (actor, variable) if actor is not None else None
                return (beliefs[key] if key is not None and key in beliefs else self.model.tables[variable]).axes
            case Linked(link):
                return self.links[link].axes
            case Fixed(variable, _) | Among(variable, _):
                return (variable,)
            case Average(variable):
                return tuple(sorted({variable, *self.model.remembered(variable, self.known)}))
            case Value(utility):
                return self.model.utilities[utility].axes
            case Witness(origin):
                return self.model.evidence[origin].axes
            case Event():
                return (*self.model.event.axes, self.event_axis)
            case Pick(operand, variable, _):
                return tuple(axis for axis in self.axes[operand] if axis != variable)
            case Product(_, _, axes, _) | Total(_, axes, _) | Respond(_, _, _, axes) | Guess(_, axes):
                return axes
            case Settle():
                return ()

    def pick(self, register: Register, states: Mapping[int, int]) -> Register:
        """Return a register where some variables are in these states; the register itself where it has none of them."""
        for variable in sorted(set(self.axes[register]) & states.keys()):
            register = self.add(Pick(register, variable, states[variable]))
        return register

    def product(self, left: Register, right: Register, keep: Iterable[int], within: Register | None = None) -> Register:
        """Product of two registers, summed over what is not kept; see `Product` for `within`."""
        axes = set(self.axes[left]) | set(self.axes[right])
        return self.add(Product(min(left, right), max(left, right), tuple(sorted(axes & set(keep))), within))

    def total(self, operand: Register, keep: Iterable[int], within: Register | None = None) -> Register:
        """Return a register summed over what is not kept; the register itself where there is nothing to sum."""
        axes = tuple(axis for axis in self.axes[operand] if axis in set(keep))
        return operand if axes == self.axes[operand] else self.add(Total(operand, axes, within))

    def contract(self, operands: Sequence[Register], keep: Iterable[int]) -> Register:
        """Sum of the product of registers over all axes but the kept, by variable elimination.

        Greedy: next goes the axis whose elimination makes the smallest array (ties: the lowest axis), its operands
        multiplied from the smallest up, the sum taken inside the last product.

        Raises
        ------
        TooWideError
            If even the smallest array is beyond all bounds.
        """
        touching: dict[int, list[Register]] = defaultdict(list)
        for register in operands:
            for axis in self.axes[register]:
                touching[axis].append(register)
        apart = [register for register in operands if not self.axes[register]]
        cells = {axis: self._span(touching[axis]) for axis in touching.keys() - frozenset(keep)}
        ahead = [(size, axis) for axis, size in cells.items()]
        heapify(ahead)
        while ahead:
            size, axis = heappop(ahead)
            if cells.get(axis) != size:  # gone already, or here again with another number of cells
                continue
            if size > BEYOND_ALL:
                raise TooWideError(
                    tuple(sorted({other for register in touching[axis] for other in self.axes[register]}))
                )
            del cells[axis]
            merged = touching.pop(axis)
            result = self._merge(merged, axis)
            beside = {other for register in merged for other in self.axes[register]} - {axis}
            for other in beside:
                touching[other] = [register for register in touching[other] if register not in merged]
            for other in self.axes[result]:
                touching[other].append(result)
            if not self.axes[result]:
                apart.append(result)
            for other in beside & cells.keys():
                cells[other] = self._span(touching[other])
                heappush(ahead, (cells[other], other))
        left = [
            register for axis, registers in touching.items() for register in registers if self.axes[register][0] == axis
        ]
        return self._multiply([*apart, *left])

    def _span(self, registers: Iterable[Register]) -> int:
        """Cells of an array over all axes of some registers."""
        return self.n_cells(set().union(*(self.axes[register] for register in registers)))

    def _merge(self, operands: Sequence[Register], axis: int) -> Register:
        """Product of operands with one axis summed out in the last step."""
        if len(operands) == 1:
            return self.total(operands[0], set(self.axes[operands[0]]) - {axis})
        ordered = sorted(operands, key=lambda r: (self.cells[r], r))
        merged = self._multiply(ordered[:-1])
        keep = (set(self.axes[merged]) | set(self.axes[ordered[-1]])) - {axis}
        return self.product(merged, ordered[-1], keep)

    def _multiply(self, operands: Sequence[Register]) -> Register:
        ordered = sorted(operands, key=lambda r: (self.cells[r], r))
        merged = ordered[0]
        for register in ordered[1:]:
            merged = self.product(merged, register, set(self.axes[merged]) | set(self.axes[register]))
        return merged

    def derivatives(self, root: Register, leaves: Iterable[Register]) -> dict[Register, Register]:
        """Derivative of a contraction by each of some operands, with the event's axis kept.

        The product of an operand and its derivative, summed to the axes of the operand, is the joint chance of those
        axes, the evidence and the event: one sweep back through the steps gives every marginal at once.

        References
        ----------
        Darwiche 2003, A differential approach to inference in Bayesian networks, Journal of the ACM 50, section 4.
        """
        wanted = set(leaves)
        above = self._leading_to(root, wanted)
        found: dict[Register, Register] = {}
        ahead: list[tuple[Register, Register | None]] = [(root, None)]
        while ahead:
            register, slope = ahead.pop()
            if register in wanted:
                if slope is not None:
                    found[register] = slope
                continue
            match self.steps[register]:
                case Product(left, right, _, _):
                    if left in above:
                        ahead.append((left, self._slope(slope, right, left)))
                    if right in above:
                        ahead.append((right, self._slope(slope, left, right)))
                case Total(operand, _, _):
                    ahead.append((operand, slope))
                case _:
                    pass
        return found

    def _leading_to(self, root: Register, wanted: set[Register]) -> set[Register]:
        """Return the registers below a contraction from which one of some operands can be reached."""
        found = set(wanted)
        for register in range(root + 1):  # operands come before what is made of them
            if found & set(operands_of(self.steps[register])):
                found.add(register)
        return found

    def _slope(self, slope: Register | None, sibling: Register, of: Register) -> Register:
        """Derivative by a register, in those of its cells that can be other than zero: no other is ever read."""
        keep = {*self.axes[of], self.event_axis}
        within = of if self.supports[of] is not None else None
        return self.total(sibling, keep, within) if slope is None else self.product(slope, sibling, keep, within)
