"""What solving a case will take, said before anything is solved: tables, order, memory and time."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import prod
from typing import Final

from melian.answer.defaults import DEFAULT_WORLDS
from melian.model.diagram import Model
from melian.model.functions import FunctionTable
from melian.plan.bounds import Family, families_of
from melian.plan.plan import Plan
from melian.solve.kernel.encode import encode
from melian.solve.machine import block_of, memory_of
from melian.solve.run import per_world

LARGEST: Final = 6
# Seconds that a thing took at least and at most, on one core, over the worked cases, the examples of these pages and
# the games of the tests; settling is wide because how far a branch winds is known only when it has been followed.
WORLD: Final = (0.5e-6, 10e-6)
DIMENSION: Final = (0.03e-6, 0.7e-6)
OPERATION: Final = (0.5e-9, 5e-9)
SETTLING: Final = (1e-9, 50e-9)


@dataclass(frozen=True, slots=True)
class TableSize:
    """Cells of a table of the case: a node by its parents, a choice by what it sees, a stake or the event by its nodes.

    Attributes
    ----------
    what : for people, such as "the factor `army`".
    spans : names of the nodes.
    """

    what: str
    spans: tuple[str, ...]
    cells: int


@dataclass(frozen=True, slots=True)
class Step:
    """Choices that are solved at one time.

    Attributes
    ----------
    choices : one, or several that answer each other.
    after : choices whose rules must be known before.
    unknown : chances to find at once; 0 of a choice by itself.
    """

    choices: tuple[str, ...]
    after: tuple[str, ...]
    unknown: int


@dataclass(frozen=True, slots=True)
class Expense:
    """Cost of one world, and of a run.

    Attributes
    ----------
    judgements, dimensions : statements that are drawn, and numbers that they leave open (axes of the cube).
    cells : of all tables that are held at once.
    bytes : of these.
    memory : bytes that one thread holds while it runs, whatever the number of worlds.
    memory_per_world : bytes that every world adds.
    operations : multiplications and additions, roughly; `settling` of them settle choices together.
    widest : the largest table that comes up, by the names that it spans; the event counts as one.
    order : the choices in the order of solving.
    tables : the largest of the case's own tables.
    worlds : number that `seconds` is for.
    seconds : least and most on one core, compiling apart; measured on other cases, so no more than a guide.
    """

    judgements: int
    dimensions: int
    cells: int
    bytes: int
    memory: int
    memory_per_world: int
    operations: int
    settling: int
    widest: TableSize
    order: tuple[Step, ...]
    tables: tuple[TableSize, ...]
    worlds: int
    seconds: tuple[float, float]


def expense_of(model: Model, plan: Plan, *, worlds: int = DEFAULT_WORLDS) -> Expense:
    """Tell what solving a plan takes, without solving it."""
    code = encode(model, plan)
    name = [variable.name for variable in model.variables]
    dimensions = sum(parameter.n_dimensions for parameter in model.parameters)
    return Expense(
        judgements=len(model.parameters),
        dimensions=dimensions,
        cells=code.n_cells,
        bytes=8 * code.n_cells,
        memory=memory_of(code, block_of(code)),
        memory_per_world=per_world(plan),
        operations=plan.cost.operations,
        settling=plan.cost.settling,
        widest=_widest(model, plan),
        order=tuple(
            Step(
                tuple(name[choice] for choice in stage.choices),
                tuple(name[choice] for choice in stage.relies_on),
                stage.unknown,
            )
            for stage in plan.stages
        ),
        tables=_tables(model),
        worlds=worlds,
        seconds=(_seconds(plan, dimensions, worlds, 0), _seconds(plan, dimensions, worlds, 1)),
    )


def _seconds(plan: Plan, dimensions: int, worlds: int, end: int) -> float:
    """Least (end 0) or most (end 1) that some worlds take."""
    plain = plan.cost.operations - plan.cost.settling
    drawn, run = DIMENSION[end] * dimensions, OPERATION[end] * plain + SETTLING[end] * plan.cost.settling
    return worlds * (WORLD[end] + drawn + run)


def _widest(model: Model, plan: Plan) -> TableSize:
    def cells(register: int) -> int:
        support, lengths = plan.layout.supports[register], plan.layout.lengths
        return prod(lengths[axis] for axis in plan.axes[register]) if support is None else int(support.sum())

    register = max(range(len(plan.steps)), key=cells)
    spans = tuple(model.variables[axis].name for axis in plan.axes[register] if axis < plan.event_axis)
    return TableSize("the largest table", spans, cells(register))


def _tables(model: Model) -> tuple[TableSize, ...]:
    found = [
        TableSize(
            family.what,
            tuple(model.variables[axis].name for axis in family.axes),
            _cells(model, family),
        )
        for family in families_of(model)
    ]
    return tuple(sorted(found, key=lambda table: -table.cells)[:LARGEST])


def _cells(model: Model, family: Family) -> int:
    """Cells of a table; of a function those of its parts, as it never becomes one table."""

    def spanned(axes: Iterable[int]) -> int:
        return prod(model.variables[axis].n_states for axis in axes)

    table = model.tables.get(family.own) if family.own is not None else None
    if isinstance(table, FunctionTable):
        return sum(spanned((*part.axes, table.own)) for part in table.parts)
    return spanned(family.axes)
