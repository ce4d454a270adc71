"""Memory is bounded by the block and by a few numbers a world, whatever the number of worlds."""

import os
import subprocess
import sys

import numpy as np
import pytest

import melian
from melian.errors import AskError, PlanError
from melian.plan.make import make_plan
from melian.solve import machine
from melian.solve.kernel.encode import encode
from melian.solve.machine import block_of, memory_of, threads_within
from tests.solving import model_of, worlds_of

# No table is held for all worlds. What is held a world: chances of the evidence with and without the event, of the
# event and before, with copies while they are put together; what the answers sort and cumulate; a 256th of the sums of
# every marginal and rule. That comes to some 20 numbers of 8 bytes; the rest of the bound is the allocator's noise. One
# table of the flagship case would be thousands of bytes a world.
MOST_PER_WORLD = 400  # bytes
MOST_AT_A_MILLION = 1_000_000_000  # bytes, what the design promises
FEW, MANY = 70_000, 140_000  # both above the number of worlds whose rules are kept

PEAK = """
import resource, sys
import melian
solution = melian.read("belarus-2022").solve(worlds=int(sys.argv[1]), threads=2)
solution.likelihood(), solution.nodes(), solution.evidence()
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


# A process starts out with the peak of the one that started it, so a small one stands between.
RELAY = "import subprocess, sys; sys.exit(subprocess.run(sys.argv[1:]).returncode)"


def peak(worlds: int) -> int:
    """Peak resident memory of solving the flagship case, in bytes."""
    run = subprocess.run(
        [sys.executable, "-S", "-c", RELAY, sys.executable, "-c", PEAK, str(worlds)],
        capture_output=True,
        check=True,
        env=os.environ,
        text=True,
    )
    return int(run.stdout) * (1 if sys.platform == "darwin" else 1024)


needs_rusage = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no getrusage")


@needs_rusage
def test_a_world_more_costs_a_few_numbers() -> None:
    assert (peak(MANY) - peak(FEW)) / (MANY - FEW) < MOST_PER_WORLD


@needs_rusage
@pytest.mark.slow
def test_a_million_worlds_fit_into_a_gigabyte() -> None:
    assert peak(1_000_000) < MOST_AT_A_MILLION


def tied(n_causes: int, n_effects: int) -> str:
    """Case in which many effects hang on the same causes, by influences: tables that are made for every world."""
    names = [f"r{n}" for n in range(n_causes)]
    text = "melian: 1\ncase: tied\nquestion: {event: {g0: hi}}\nfactors:\n"
    text += "".join(f"  {name}: {{states: [lo, hi], chances: {{hi: likely}}}}\n" for name in names)
    influences = "".join(f"      - {{when: {{{name}: hi}}, hi: more}}\n" for name in names)
    effect = "  {}:\n    states: [lo, hi]\n    base: {{hi: unlikely}}\n    influences:\n"
    return text + "".join(effect.format(f"g{n}") + influences for n in range(n_effects))


def test_blocks_that_are_solved_a_few_worlds_at_a_time_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    model = model_of(tied(4, 2))
    whole = worlds_of(model, n_worlds=700)
    monkeypatch.setattr(machine, "FILLED_BYTES", 1)
    strips = worlds_of(model, n_worlds=700)
    assert np.array_equal(whole.event, strips.event)
    assert np.array_equal(whole.marginals[1], strips.marginals[1])


def test_tables_that_are_made_for_every_world_count_and_threads_are_no_more_than_fit() -> None:
    model = model_of(tied(13, 4))
    code = encode(model, make_plan(model))
    assert code.n_filled > 4 * 2**14
    assert memory_of(code, block_of(code)) < 200_000_000
    assert 1 <= threads_within(code, block_of(code), 64) * memory_of(code, block_of(code)) <= machine.MEMORY


def test_tables_that_fit_one_by_one_and_not_together_are_refused_with_what_to_cut() -> None:
    with pytest.raises(PlanError, match="cells of tables at once") as raised:
        make_plan(model_of(tied(15, 14)))
    assert "leave `r0`" in str(raised.value)


def test_more_worlds_than_fit_are_refused_before_any_is_drawn() -> None:
    with pytest.raises(AskError, match=r"100,000,000 worlds would take .* GB of memory") as raised:
        melian.read_text(tied(2, 1)).solve(worlds=100_000_000)
    assert "fit" in raised.value.notes[0]
