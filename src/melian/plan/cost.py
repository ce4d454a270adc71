"""What a plan costs in one world, known before anything is run, and a refusal with a reason where that is too much."""

from dataclasses import dataclass
from typing import Final

from melian.errors import PlanError
from melian.plan.program import Program
from melian.plan.steps import Product, Respond, Step, Total

MAX_CELLS: Final = 250_000
MAX_OPERATIONS: Final = 20_000_000


@dataclass(frozen=True, slots=True)
class Cost:
    """Cost of one world.

    Attributes
    ----------
    cells : of the largest register.
    operations : multiplications and additions of all steps, roughly.
    steps : number of steps.
    """

    cells: int
    operations: int
    steps: int


def cost_of(program: Program) -> Cost:
    """Cost of a program in one world."""
    operations = sum(_operations(program, register, step) for register, step in enumerate(program.steps))
    return Cost(max(program.n_cells(axes) for axes in program.axes), operations, len(program.steps))


def _operations(program: Program, register: int, step: Step) -> int:
    match step:
        case Product(left, right, _):
            return program.n_cells({*program.axes[left], *program.axes[right]})
        case Total(operand, _):
            return program.n_cells(program.axes[operand])
        case Respond(_, _, terms, axes):
            return program.n_cells(axes) * (len(terms) + 2)
        case _:
            return program.n_cells(program.axes[register])


def refuse_if_too_large(program: Program, cost: Cost) -> None:
    """Raise where a plan is beyond bounds, naming the widest table and what to leave out.

    Raises
    ------
    PlanError
        If one table has more than `MAX_CELLS` cells, or one world takes more than `MAX_OPERATIONS` operations.
    """
    if cost.cells <= MAX_CELLS and cost.operations <= MAX_OPERATIONS:
        return
    widest = max(program.axes, key=program.n_cells)
    names = [program.model.variables[axis].name for axis in widest if axis != program.event_axis]
    raise PlanError(
        f"solving one world would take {cost.operations:,} operations and a table of {cost.cells:,} cells"
        f" (at most {MAX_OPERATIONS:,} and {MAX_CELLS:,})",
        [
            "the largest table spans " + ", ".join(f"`{name}`" for name in names),
            "leave out a parent or a state of one of these, or let fewer of them be seen by one choice",
        ],
        code="too-costly",
        nodes=names,
    )
