"""What a plan costs in one world, known before anything is run."""

from dataclasses import dataclass
from typing import Final

from melian.plan.program import Program
from melian.plan.steps import Guess, Pick, Product, Register, Respond, Settle, Step, Total, operands_of

# Points along a branch at ordinary precision and to the limit, and what is tried at each beside the derivative; all
# measured.
POINTS: Final = 12
POINTS_TO_LIMIT: Final = 120
TRIES: Final = 5


@dataclass(frozen=True, slots=True)
class Cost:
    """Cost of one world.

    Attributes
    ----------
    cells : of the largest register.
    operations : multiplications and additions of all steps, roughly; of choices that are settled together, those of a
        branch of usual length.
    settling : those of them that settle choices together.
    steps : number of steps.
    """

    cells: int
    operations: int
    settling: int
    steps: int


def cost_of(program: Program) -> Cost:
    """Cost of a program in one world."""
    operations, settling, waiting, unknown = 0, 0, 0, 0
    tried: set[Register] = set()
    points = POINTS_TO_LIMIT if program.model.behaviour == "rational" else POINTS
    for register, step in enumerate(program.steps):
        own = _operations(program, register, step)
        if isinstance(step, Guess):
            tried.add(register)
            unknown += program.n_unknown(register)
        elif isinstance(step, Settle):
            # Each point takes a derivative by every unknown and a linear system.
            settling += points * (unknown + TRIES) * waiting + points * (2 * unknown**3 // 3)
            waiting, tried, unknown = 0, set(), 0
        elif tried & set(operands_of(step)):
            tried.add(register)
            waiting += own
        else:
            operations += own
    cells = max(program.cells)
    return Cost(cells, operations + settling, settling, len(program.steps))


def _operations(program: Program, register: Register, step: Step) -> int:
    match step:
        case Product() | Total():
            return program.work[register]
        case Pick():
            return 0
        case Respond(_, _, terms, axes):
            return program.n_cells(axes) * (len(terms) + 2)
        case _:
            return program.n_cells(program.axes[register])
