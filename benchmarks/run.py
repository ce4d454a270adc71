"""Measure speed, and the error at that speed: `make bench`.

Every figure is a ratio against a peer or a bound that is measured in the same run, because machines are noisy. Results
go to `benchmarks/results.json` with the machine and the versions. What each number means is in `benchmarks/README.md`.
"""

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pygambit

sys.path.insert(0, str(Path(__file__).parent))
import tree

from melian.api import examine_source, read
from melian.model.build import build_model
from melian.plan.make import make_plan
from melian.solve.draws.draw import Sampler
from melian.solve.exact import solve_exactly
from melian.solve.run import run_plan
from melian.source.text import Source

HERE = Path(__file__).parent
REPEATS = 5
TREE_WORLDS = 100_000
BELARUS_WORLDS = 20_000
MEMORY_WORLDS = 1_000_000
# What one world of the tree has to read at the least: payoffs and chances, eight bytes each.
TREE_BYTES = 8 * (3 * 144 + 4 + 8)
CHECKED_WORLDS = 5


def best(work: Callable[[], Any], repeats: int = REPEATS) -> float:
    """Least seconds of several runs, after one that is not counted."""
    work()
    return min(_timed(work) for _ in range(repeats))


def _timed(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def bandwidth_bound() -> float:
    """Seconds to read the tree's inputs for all worlds once, on one core."""
    inputs = np.ones(TREE_WORLDS * TREE_BYTES // 8)
    return best(inputs.sum)


def bench_tree() -> dict[str, float]:
    """The 144-leaf tree through the general engine, against Gambit's logit on one world of it."""
    case, _ = examine_source(Source("tree.yaml", tree.case_text()))
    assert case is not None
    model = build_model(case)
    plan = make_plan(model)
    one = best(lambda: run_plan(model, plan, n_worlds=TREE_WORLDS, seed=0, n_threads=1), 3)
    all_cores = best(lambda: run_plan(model, plan, n_worlds=TREE_WORLDS, seed=0), 3)
    draws = best(lambda: _draw_all(model), 3)
    solved = run_plan(model, plan, n_worlds=256, seed=0)
    theta = Sampler(model.parameters, 0).block(0, 256)
    exact = [solve_exactly(model, theta[:, world]).event for world in range(CHECKED_WORLDS)]
    error = max(abs(e - solved.event[world]) for world, e in enumerate(exact))
    gambit, gap = bench_gambit(model, theta)
    bound = bandwidth_bound()
    return {
        "worlds": TREE_WORLDS,
        "seconds_one_core": one,
        "seconds_all_cores": all_cores,
        "seconds_drawing_one_core": draws,
        "times_bandwidth_bound_one_core": one / bound,
        "times_bandwidth_bound_one_core_without_drawing": (one - draws) / bound,
        "worlds_in_the_time_of_one_gambit_game": gambit / (all_cores / TREE_WORLDS),
        "gambit_seconds_a_game": gambit,
        "largest_error_against_enumeration": error,
        "largest_gap_to_gambit": gap,
    }


def _draw_all(model: Any) -> None:
    sampler = Sampler(model.parameters, 0)
    for start in range(0, TREE_WORLDS, 2048):
        sampler.block(start, 2048)


def bench_gambit(model: Any, theta: Any) -> tuple[float, float]:
    """Seconds of Gambit's logit for one world of the tree, and its distance to ours."""
    seconds, gaps = [], []
    for world in range(3):
        path = HERE / "tree.efg.tmp"
        path.write_text(tree.efg_text(model, theta[:, world]))
        game = pygambit.read_efg(str(path))
        path.unlink()
        started = time.perf_counter()
        point = pygambit.qre.logit_solve_lambda(game, float(tree.PRECISION))[0]
        seconds.append(time.perf_counter() - started)
        rules = solve_exactly(model, theta[:, world]).rules
        ours = np.concatenate([np.concatenate(list(rules[model.index_of(move)].values())) for move in tree.MOVES])
        gaps.append(float(np.abs(ours - np.array([float(point[i]) for i in range(len(ours))])).max()))
    return statistics.median(seconds), max(gaps)


def bench_belarus(gambit_seconds: float) -> dict[str, float]:
    """The main job: the flagship case, warm, and as a whole command from a cold start."""
    case = read("belarus-2022").judged
    model = build_model(case)
    plan = make_plan(model)
    one = best(lambda: run_plan(model, plan, n_worlds=BELARUS_WORLDS, seed=0, n_threads=1), 3)
    all_cores = best(lambda: run_plan(model, plan, n_worlds=BELARUS_WORLDS, seed=0), 3)
    command = [sys.executable, "-m", "melian", "run", "belarus-2022", "--json"]
    cold = best(lambda: subprocess.run(command, check=True, capture_output=True), 3)
    return {
        "worlds": BELARUS_WORLDS,
        "worlds_a_second_one_core": BELARUS_WORLDS / one,
        "worlds_a_second_all_cores": BELARUS_WORLDS / all_cores,
        "speed_up_of_all_cores": one / all_cores,
        "worlds_in_the_time_of_one_gambit_game": gambit_seconds * BELARUS_WORLDS / all_cores,
        "seconds_cold_start_to_answer": cold,
        "operations_a_world": plan.cost.operations,
    }


def bench_memory() -> dict[str, float]:
    """Peak memory of a million worlds of the flagship case, in a process of its own."""
    code = f"import melian; melian.read('belarus-2022').solve(worlds={MEMORY_WORLDS})"
    seconds = _timed(lambda: subprocess.run([sys.executable, "-c", code], check=True))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return {"worlds": MEMORY_WORLDS, "peak_megabytes": peak / 1024, "seconds": seconds}


def main() -> None:
    """Measure everything, print it, and write it down."""
    results: dict[str, Any] = {
        "machine": {"processor": platform.machine(), "cores": os.cpu_count(), "python": platform.python_version()},
        "versions": {name: version(name) for name in ("melian", "numpy", "numba", "scipy", "pygambit")},
        "tree": bench_tree(),
    }
    results["belarus"] = bench_belarus(results["tree"]["gambit_seconds_a_game"])
    results["memory"] = bench_memory()
    for part in ("tree", "belarus", "memory"):
        print(part)
        for name, figure in results[part].items():
            print(f"  {name:48} {figure:>16,.4g}")
    (HERE / "results.json").write_text(json.dumps(results, indent=2) + "\n")


if __name__ == "__main__":
    main()
