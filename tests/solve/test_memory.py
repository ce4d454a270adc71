"""Memory is bounded by the block and by a few numbers a world, whatever the number of worlds."""

import os
import subprocess
import sys

import pytest

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
