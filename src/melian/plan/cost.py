"""What a plan costs in one world, known before anything is run."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from melian.model.diagram import InfluenceTable
from melian.plan.program import Program
from melian.plan.steps import (
    Chance,
    Event,
    Fixed,
    Guess,
    Pick,
    Product,
    Register,
    Respond,
    Settle,
    Step,
    Total,
    Witness,
    operands_of,
)

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
    held : cells of all registers that are held at once, roughly; tables that are made outside the kernel count twice,
        for they are made for a few worlds more than one.
    """

    cells: int
    operations: int
    settling: int
    steps: int
    held: int = 0


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
    return Cost(max(program.cells), operations + settling, settling, len(program.steps), _held(program))


def _held(program: Program) -> int:
    """Cells that are held at once: tables that are made outside, and every sum of products until it is read last."""
    last = {operand: register for register, step in enumerate(program.steps) for operand in operands_of(step)}
    ending: dict[Register, list[Register]] = {}
    for register, end in last.items():
        ending.setdefault(end, []).append(register)
    now = 2 * sum(program.cells[register] for register in _made_outside(program))
    most = now
    for register, step in enumerate(program.steps):
        if isinstance(step, Product | Total | Respond | Guess):
            now += program.cells[register]
            most = max(most, now)
        for dead in ending.get(register, ()):
            if isinstance(program.steps[dead], Product | Total | Respond):
                now -= program.cells[dead]
    return most


def _made_outside(program: Program) -> Iterator[Register]:
    """Registers whose tables are not read as they stand among the parameters."""
    for register, step in enumerate(program.steps):
        match step:
            case Chance(variable, actor):
                if isinstance(program.model.table(variable, actor), InfluenceTable):
                    yield register
            case Witness() | Event() | Fixed():
                yield register
            case _:
                pass


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
