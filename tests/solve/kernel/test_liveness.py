"""No step reads cells that were given to another register meanwhile."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import melian
from melian.model.build import build_model
from melian.model.diagram import Model
from melian.plan.make import make_plan
from melian.plan.plan import Plan
from melian.plan.steps import Pick, Product, Register, Respond, Total
from melian.solve.draws.draw import Sampler
from melian.solve.kernel import place as placer
from melian.solve.kernel.encode import Code, encode
from melian.solve.kernel.interpret import run_code
from melian.solve.kernel.rows import LANES
from melian.solve.kernel.stream import NOTHING
from melian.solve.machine import Machine
from tests.plan.test_make import observing, operands
from tests.solving import Floats, solvable
from tests.strategies import Shape, case_texts

WIDE = Shape(max_factors=7, max_situations=10**5)
N_WORLDS = 256


def sizes(model: Model, plan: Plan) -> list[int]:
    """Cells of each register."""
    lengths = [variable.n_states for variable in model.variables] + [2]
    return [int(np.prod([lengths[axis] for axis in axes], dtype=int)) for axes in plan.axes]


def stored(plan: Plan, register: Register) -> Register:
    """Register that owns the cells: what a register was picked out of, or itself."""
    while isinstance(step := plan.steps[register], Pick):
        register = step.operand
    return register


def living(plan: Plan) -> Iterator[set[int]]:
    """Registers with cells of their own that a later step or a reader of the plan still reads, after each step."""
    alive = set(plan.outputs)
    after = []
    for step in reversed(plan.steps):
        after.append(set(alive))
        alive |= {stored(plan, operand) for operand in operands(step)}
    for done, alive in enumerate(reversed(after)):
        yield {register for register in alive if register <= done}


def n_leaves(code: Code) -> int:
    """Cells at the beginning of the file that hold parameters and tables, for good."""
    return code.n_slots + code.n_filled


def computed(plan: Plan) -> list[int]:
    """Registers that the kernel fills, in the order of its instructions."""
    return [r for r, step in enumerate(plan.steps) if isinstance(step, Product | Total | Respond)]


def run_poisoned(model: Model, plan: Plan, code: Code, theta: Floats) -> dict[int, Floats]:
    """Outputs of one lane block, with every cell that is owed to nobody filled with NaN before each instruction."""
    machine = Machine(model, plan, code, N_WORLDS)
    machine.run(theta)
    filled = np.ascontiguousarray(machine._filled[:, :LANES])
    worlds = np.ascontiguousarray(theta[:, :LANES])
    file = np.full((code.n_cells, LANES), np.nan)
    outputs = np.full((len(code.outputs), LANES), np.nan)
    unreached = np.zeros(LANES, dtype=bool)
    alive = list(living(plan))
    rational = model.behaviour == "rational"
    for place, register in enumerate(computed(plan)):
        one = code.instructions[place : place + 1]
        lists = (one, code.left, code.right, code.terms, code.outputs)
        run_code(*lists, rational, NOTHING, code.read, worlds, filled, file, outputs, unreached, 0)
        owed = {cell for live in alive[register] for cell in code.cells[live].tolist()}
        file[[cell for cell in range(n_leaves(code), code.n_cells) if cell not in owed]] = np.nan
    return {register: file[code.cells[register]] for register in code.output_registers}


def _never(shape: placer.Shape, order: object) -> dict[int, int]:
    """No register is ever read for the last time."""
    n_steps = len(shape.plan.steps)
    return dict.fromkeys(range(n_steps), n_steps)


def encode_without_sharing(model: Model, plan: Plan) -> Code:
    """Code in which no cell is ever given to another register."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(placer, "_last_uses", _never)
        return encode(model, plan)


def assert_sound_under_poison(model: Model, plan: Plan, code: Code) -> None:
    theta = Sampler(model.parameters, 0).block(0, N_WORLDS)
    honest = Machine(model, plan, encode_without_sharing(model, plan), N_WORLDS).run(theta)
    for register, poisoned in run_poisoned(model, plan, code, theta).items():
        assert np.array_equal(honest[register].reshape(len(poisoned), -1)[:, :LANES], poisoned)


@settings(max_examples=30)
@given(case_texts(WIDE), st.data())
def test_what_no_later_step_reads_may_hold_anything(text: str, data: st.DataObject) -> None:
    model = solvable(text)
    plan = make_plan(model, observing(model, data))
    assert_sound_under_poison(model, plan, encode(model, plan))


@settings(max_examples=30)
@given(case_texts(WIDE), st.data())
def test_registers_that_live_at_once_share_no_cell(text: str, data: st.DataObject) -> None:
    model = solvable(text)
    plan = make_plan(model, observing(model, data))
    code = encode(model, plan)
    assert [code.cells[register].size for register in range(len(plan.steps))] == sizes(model, plan)
    tables = set(code.filled)
    assert all(code.cells[register].min() >= n_leaves(code) for register in computed(plan))
    for done, alive in enumerate(living(plan)):
        held = [c for r in (alive & set(computed(plan))) | tables for c in code.cells[r].tolist()]
        assert len(held) == len(set(held)), f"after step {done}"
        assert min(held, default=code.n_slots) >= code.n_slots


def test_the_flagship_case_is_sound_under_poison() -> None:
    model = build_model(melian.read("belarus-2022").judged)
    plan = make_plan(model)
    assert_sound_under_poison(model, plan, encode(model, plan))


def test_the_poison_finds_a_register_that_is_given_away_too_early(monkeypatch: pytest.MonkeyPatch) -> None:
    model = build_model(melian.read("belarus-2022").judged)
    plan = make_plan(model)
    right = placer._last_uses

    def early(shape: placer.Shape, order: placer.Order) -> dict[int, int]:
        return {register: last - 1 for register, last in right(shape, order).items()}

    monkeypatch.setattr(placer, "_last_uses", early)
    with pytest.raises(AssertionError):
        assert_sound_under_poison(model, plan, encode(model, plan))
