"""How things are measured here: processor time on one core, wall time on all, peak memory of a process of its own.

One core is measured in processor time, because other programs on the machine do not count there; it is taken of the
peers in the same way. All cores can only be measured in wall time.
"""

import math
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import melian
from melian.api import examine_source
from melian.model.build import build_model
from melian.model.diagram import Model
from melian.plan.make import make_plan
from melian.plan.plan import Enquiry, Plan
from melian.solve.run import Worlds, run_plan
from melian.source.text import Source

Clock = Callable[[], float]
Figures = dict[str, Any]
REPEATS = 3


def say(text: str) -> None:
    """Show on standard error what is going on."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def seconds(work: Callable[[], Any], clock: Clock = time.process_time) -> float:
    """Seconds of one run."""
    started = clock()
    work()
    return clock() - started


def best(work: Callable[[], Any], clock: Clock = time.process_time, repeats: int = REPEATS) -> float:
    """Least seconds of several runs, after one that is not counted."""
    work()
    return min(seconds(work, clock) for _ in range(repeats))


@dataclass(frozen=True, slots=True)
class Ready:
    """A case that is read and planned, to be run any number of times."""

    model: Model
    plan: Plan

    def run(self, n_worlds: int, n_threads: int | None = None) -> Worlds:
        """Solve worlds of seed 0."""
        return run_plan(self.model, self.plan, n_worlds=n_worlds, seed=0, n_threads=n_threads)

    def one_core(self, n_worlds: int, repeats: int = REPEATS) -> float:
        """Processor seconds for a number of worlds in one thread."""
        return best(lambda: self.run(n_worlds, 1), repeats=repeats)

    def all_cores(self, n_worlds: int, repeats: int = REPEATS) -> float:
        """Wall seconds for a number of worlds in as many threads as there are cores."""
        return best(lambda: self.run(n_worlds), time.perf_counter, repeats)


def public(text: str, n_worlds: int, observe: dict[str, str] | None = None) -> float:
    """Processor seconds for a number of worlds in one thread as anyone would solve them: `melian.Case.solve`.

    Planning, drawing and all sums that answers need are in it, reading the text is not. Worlds are not drawn anew.
    """
    case = melian.read_text(text)
    return best(lambda: case.solve(worlds=n_worlds, threads=1, observe=observe, adapt_below=0.0))


def model_of(text: str) -> Model:
    """Model of the text of a case."""
    case, diagnostics = examine_source(Source("benchmark.yaml", text))
    if case is None:
        raise ValueError(f"the case of a benchmark has errors: {[str(one) for one in diagnostics][:3]}")
    return build_model(case)


def ready(model: Model, observe: dict[str, int] | None = None) -> Ready:
    """Plan a model, some states being observed."""
    seen = {model.index_of(name): state for name, state in (observe or {}).items()}
    return Ready(model, make_plan(model, Enquiry(observe=seen)))


# A process starts out with the peak of the one that started it, so a small one stands between.
RELAY = """
import resource, subprocess, sys, time
started = time.perf_counter()
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
"""


def process(arguments: Sequence[str]) -> tuple[float, float]:
    """Wall seconds and peak megabytes of a Python process with these arguments."""
    command = [sys.executable, "-S", "-c", RELAY, sys.executable, *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    taken, peak = map(float, done.stdout.split())
    return taken, peak


def exponent(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """Power of size with which cost grows, by least squares on logarithms: 1 is in proportion."""
    x, y = [math.log(size) for size in sizes], [math.log(cost) for cost in costs]
    middle_x, middle_y = sum(x) / len(x), sum(y) / len(y)
    above = sum((a - middle_x) * (b - middle_y) for a, b in zip(x, y, strict=True))
    return above / sum((a - middle_x) ** 2 for a in x)
