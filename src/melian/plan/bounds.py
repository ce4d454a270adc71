"""What a plan may cost, and a refusal that says which node makes it so large and what to cut."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from melian.errors import PlanError
from melian.model.diagram import Model
from melian.plan.cost import Cost
from melian.plan.program import BEYOND_ALL, Program
from melian.plan.relevance import names
from melian.plan.steps import Axes, Guess, Register, Settle

MAX_CELLS: Final = 250_000
MAX_OPERATIONS: Final = 20_000_000
# Cells of all arrays that are held at once: of 32 worlds, at 8 bytes, they take 0.6 GB.
MAX_HELD: Final = 2_500_000
# Chances that choices which answer each other may have to find at once: their equations take the cube of this.
MAX_UNKNOWN: Final = 120
MOST_NAMED: Final = 12


@dataclass(frozen=True, slots=True)
class Family:
    """What the case links by one statement: a node with its parents, a stake with its nodes, the event with its own.

    Attributes
    ----------
    what : for people.
    place : for finding it in the case: the name of a node, or `stake:ACTOR.NAME`, `belief:ACTOR.FACTOR`, `event:`.
    cut : how to say that a parent is taken out.
    own : the node itself, which cannot be taken out; None of stakes and the event.
    """

    what: str
    place: str
    cut: str
    own: int | None
    axes: Axes


def families_of(model: Model) -> Iterator[Family]:
    """Everything in a case that links nodes."""
    name = [variable.name for variable in model.variables]
    for decision in model.decisions:
        axes = (decision.variable, *decision.sees)
        own = name[decision.variable]
        yield Family(f"the choice `{own}`", own, f"what `{own}` sees", decision.variable, axes)
    for variable, table in model.tables.items():
        own = name[variable]
        yield Family(f"the factor `{own}`", own, f"what `{own}` is given by", variable, table.axes)
    for (actor, variable), table in model.beliefs.items():
        own = f"`{name[variable]}` as `{model.actors[actor]}` sees it"
        place = f"belief:{model.actors[actor]}.{name[variable]}"
        yield Family(own, place, f"what {own} is given by", variable, table.axes)
    for stake in model.utilities:
        own = f"the stake `{stake.name}` of `{model.actors[stake.actor]}`"
        yield Family(own, f"stake:{model.actors[stake.actor]}.{stake.name}", own, None, stake.axes)
    yield Family("the event", "event:", "the event", None, model.event.axes)


def refuse_if_too_large(program: Program, cost: Cost) -> None:
    """Raise where a plan is beyond bounds, naming what makes its widest table wide and what to cut.

    Raises
    ------
    PlanError
        If one table has more than `MAX_CELLS` cells, all that are held at once have more than `MAX_HELD`, or one world
        takes more than `MAX_OPERATIONS` operations.
    """
    if cost.cells <= MAX_CELLS and cost.operations <= MAX_OPERATIONS and cost.held <= MAX_HELD:
        return
    if cost.cells <= MAX_CELLS and cost.settling > MAX_OPERATIONS // 2:
        component = max(_components(program), key=lambda guesses: _n_unknown(program, guesses))
        n_unknown = _n_unknown(program, component)
        takes = f"{cost.settling:,} operations in one world (at most {MAX_OPERATIONS:,})"
        said = f"which takes {takes} for {n_unknown:,} chances to find"
        raise _too_much_together(program, component, said, n_unknown // 2)
    widest = max(program.axes, key=program.n_cells)
    if cost.cells <= MAX_CELLS and cost.operations <= MAX_OPERATIONS:
        said = f"{cost.held:,} cells of tables at once (at most {MAX_HELD:,})"
        raise _too_large(program, widest, cost.cells, said, fitting=cost.cells * MAX_HELD // cost.held)
    said = f"{cost.operations:,} operations and a table of {cost.cells:,} cells"
    said += f" (at most {MAX_OPERATIONS:,} and {MAX_CELLS:,})"
    raise _too_large(program, widest, cost.cells, said)


def too_wide(program: Program, axes: Axes) -> PlanError:
    """Refusal of a calculation that had to be given up because one array would span all these axes."""
    return _too_large(
        program, axes, program.n_cells(axes), f"a table of more than {BEYOND_ALL:,} cells (at most {MAX_CELLS:,})"
    )


def _too_large(program: Program, axes: Axes, cells: int, said: str, fitting: int = MAX_CELLS) -> PlanError:
    """Refuse a plan for its widest table, naming what makes it wide and what to cut until it is `fitting`."""
    model = program.model
    widest = tuple(axis for axis in axes if axis < program.event_axis)  # hidden axes have no names
    family = max(families_of(model), key=lambda one: program.n_cells(set(one.axes) & set(widest)))
    cut, left = _cut(program, family, widest, cells, fitting)
    shown = widest[:MOST_NAMED]
    rest = f" and {len(widest) - len(shown)} more" if len(widest) > len(shown) else ""
    notes = [f"{family.what} makes it large; the table spans {names(model, shown)}{rest}"]
    if cut:
        remain = f"about {left:,} cells would remain" if left <= BEYOND_ALL else "and more, until few remain"
        notes.append(f"leave {names(model, cut)} out of {family.cut}: {remain}")
        largest = model.variables[cut[0]]
        if largest.n_states > 2:
            notes.append(f"or merge states: `{largest.name}` has {largest.n_states}")
    return PlanError(
        f"solving one world would take {said}",
        notes,
        code="too-costly",
        nodes=[family.place, *(model.variables[axis].name for axis in cut)],
    )


def _components(program: Program) -> list[tuple[Register, ...]]:
    """Registers of the rules of choices that are settled together, component by component."""
    return [step.guesses for step in program.steps if isinstance(step, Settle)]


def _cut(program: Program, family: Family, widest: Axes, cells: int, fitting: int) -> tuple[list[int], int]:
    """Parents to take out of a family, the one with the most states first, until the table would fit, and its cells."""
    inside = [axis for axis in family.axes if axis in widest and axis != family.own]
    cut: list[int] = []
    for axis in sorted(inside, key=lambda axis: (-program.n_states(axis), axis)):
        if cut and cells <= fitting:
            break
        cut.append(axis)
        cells //= program.n_states(axis)
    return cut, cells


def refuse_if_too_many(program: Program, guesses: Sequence[Register]) -> None:
    """Raise where choices that answer each other have more chances to find than can be found at once.

    Parameters
    ----------
    guesses : registers of the rules of these choices.

    Raises
    ------
    PlanError
        If these are more than `MAX_UNKNOWN`; it names the choice that has the most, and what to take out of its sight.
    """
    n_unknown = _n_unknown(program, guesses)
    if n_unknown > MAX_UNKNOWN:
        said = f"with {n_unknown:,} chances to find at once (at most {MAX_UNKNOWN})"
        raise _too_much_together(program, guesses, said, MAX_UNKNOWN)


def _n_unknown(program: Program, guesses: Sequence[Register]) -> int:
    return sum(program.n_unknown(guess) for guess in guesses)


def _too_much_together(program: Program, guesses: Sequence[Register], said: str, most: int) -> PlanError:
    """Refuse a number of choices; `most` chances may be left when something is taken out of what one of them sees."""
    model = program.model
    spans = {step.variable: step.axes for step in map(program.steps.__getitem__, guesses) if isinstance(step, Guess)}
    sizes = dict(zip(spans, map(program.n_unknown, guesses), strict=True))
    largest = max(sizes, key=sizes.__getitem__)
    name, size = model.variables[largest].name, sizes[largest]
    others = _n_unknown(program, guesses) - size
    n_options = model.variables[largest].n_states
    n_situations = program.n_cells(spans[largest]) // n_options
    notes = [f"`{name}` has {size:,} of them: {n_situations:,} situations of {n_options} options each"]
    if size < n_situations * n_options:
        notes = [f"`{name}` has {size:,} of them: what is open in {n_situations:,} situations"]
    seen = sorted(set(spans[largest]) - {largest}, key=lambda axis: (-program.n_states(axis), axis))
    cut: list[int] = []
    while seen and others + size > most:
        cut.append(seen.pop(0))
        size //= program.n_states(cut[-1])
    if cut:
        notes.append(f"leave {names(model, cut)} out of what `{name}` sees: about {others + size:,} would remain")
    notes.append("or let one of these choices see the others, and what they see, if its actor would know")
    return PlanError(
        f"the choices {names(model, list(spans))} have to be solved together, {said}",
        notes,
        code="too-costly",
        nodes=[name, *(model.variables[choice].name for choice in spans if choice != largest)],
    )
