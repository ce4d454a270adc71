"""How cost grows: with worlds, with the nodes of chains and trees, with choices to plan; and two cores over one."""

import time
from typing import Final

from flagship import flagship
from measure import Figures, Ready, best, exponent, model_of, process, ready, say

from melian.plan.make import make_plan

WORLDS: Final = (10_000, 20_000, 40_000, 80_000)
FACTORS: Final = (10, 20, 50, 100, 200)
FACTOR_WORLDS: Final = 4_096
CHOICES: Final = ((50, 20), (125, 50), (250, 100), (500, 200))  # factors, choices
CORE_WORLDS: Final = 40_000
MEMORY_WORLDS: Final = (20_000, 100_000, 500_000)


def chain_text(n_factors: int, *, branching: int = 1) -> str:
    """Factors with three states, each given by an earlier one: a chain, or a tree with more than one branch a node."""
    lines = ["melian: 1", "case: growing", f"question: {{event: {{f{n_factors - 1}: s0}}}}", "factors:"]
    lines.append("  f0: {states: [s0, s1, s2], chances: {s0: 0.2..0.4}}")
    for place in range(1, n_factors):
        above = f"f{(place - 1) // branching}"
        rules = (
            f"{{when: {{{above}: s0}}, s0: 0.5..0.7}}",
            f"{{when: {{{above}: s1}}, s1: 0.4..0.6}}",
            "{else: true, s2: 0.3..0.6}",
        )
        lines.append(f"  f{place}: {{states: [s0, s1, s2], chances: [{', '.join(rules)}]}}")
    return "\n".join(lines) + "\n"


def choices_text(n_factors: int, n_choices: int) -> str:
    """A chain of factors, some of which hang on a choice too, whose actor sees the factor before and weighs it."""
    factors, choices, stakes = (
        ["factors:", "  f0: {states: [s0, s1], chances: {s0: 0.5..0.7}}"],
        ["choices:"],
        ["stakes:"],
    )
    every = (n_factors - 1) / n_choices
    chosen = {1 + int(number * every): number for number in range(n_choices)}
    for place in range(1, n_factors):
        above, number = f"f{place - 1}", chosen.get(place)
        rules = [f"{{when: {{{above}: s0}}, s0: 0.5..0.7}}", "{else: true, s0: 0.1..0.3}"]
        if number is not None:
            rules.insert(0, f"{{when: {{c{number}: o0, {above}: s1}}, s0: 0.6..0.9}}")
            choices.append(f"  c{number}: {{actor: a{number}, options: [o0, o1], sees: [{above}]}}")
            cell = f"{{when: {{f{place}: s0, c{number}: o0}}, is: 0..50}}"
            values = f"[{cell}, {{when: {{f{place}: s1}}, is: 40..100}}, {{else: true, is: 30..60}}]"
            stakes.append(f"  a{number}: {{v: {{given: [f{place}, c{number}], values: {values}}}}}")
        factors.append(f"  f{place}: {{states: [s0, s1], chances: [{', '.join(rules)}]}}")
    actors = ["actors:", *(f"  a{number}: {{}}" for number in range(n_choices))]
    head = ["melian: 1", "case: growing", f"question: {{event: {{f{n_factors - 1}: s0}}}}"]
    return "\n".join([*head, *actors, *factors, *choices, *stakes]) + "\n"


def bench_worlds(case: Ready) -> Figures:
    """Processor seconds by the number of worlds."""
    times = [case.one_core(n_worlds) for n_worlds in WORLDS]
    return {"seconds": dict(zip(map(str, WORLDS), times, strict=True)), "exponent": exponent(WORLDS, times)}


def bench_factors(branching: int) -> Figures:
    """Processor time of one world, and of planning, by the number of factors."""
    worlds, plans = [], []
    for n_factors in FACTORS:
        case = ready(model_of(chain_text(n_factors, branching=branching)))
        worlds.append(case.one_core(FACTOR_WORLDS) / FACTOR_WORLDS)
        plans.append(best(lambda: make_plan(case.model)))  # noqa: B023
    sizes = list(map(str, FACTORS))
    return {
        "microseconds_a_world": dict(zip(sizes, [one * 1e6 for one in worlds], strict=True)),
        "exponent": exponent(FACTORS, worlds),
        "planning_seconds": dict(zip(sizes, plans, strict=True)),
        "planning_exponent": exponent(FACTORS, plans),
    }


def bench_choices() -> Figures:
    """Processor time of planning by the number of choices."""
    plans = []
    for n_factors, n_choices in CHOICES:
        model = model_of(choices_text(n_factors, n_choices))
        plans.append(best(lambda: make_plan(model)))  # noqa: B023
    names = [f"{n_choices} choices among {n_factors} factors" for n_factors, n_choices in CHOICES]
    return {
        "planning_seconds": dict(zip(names, plans, strict=True)),
        "planning_exponent": exponent([n_choices for _, n_choices in CHOICES], plans),
    }


def bench_memory() -> Figures:
    """Peak megabytes of a process by the number of worlds of the flagship case; its answer takes some bytes a world."""
    code = "import melian; melian.read('belarus-2022').solve(worlds={})"
    peaks = {str(n_worlds): process(["-c", code.format(n_worlds)])[1] for n_worlds in MEMORY_WORLDS}
    first, last = peaks[str(MEMORY_WORLDS[0])], peaks[str(MEMORY_WORLDS[-1])]
    more = MEMORY_WORLDS[-1] - MEMORY_WORLDS[0]
    return {"peak_megabytes": peaks, "bytes_a_world": (last - first) * 2**20 / more}


def bench() -> Figures:
    """All kinds of growth."""
    case, found = flagship(), {}
    for name, measured in {
        "worlds": lambda: bench_worlds(case),
        "chains": lambda: bench_factors(1),
        "trees": lambda: bench_factors(2),
        "choices": bench_choices,
        "memory": bench_memory,
        "cores": lambda: {"speed_up_of_all_cores": speed_up(case)},
    }.items():
        say(f"  {name}")
        found[name] = measured()
    return found


def speed_up(case: Ready) -> float:
    """Wall time in one thread over wall time in as many as there are cores; only a quiet machine can tell."""
    one = best(lambda: case.run(CORE_WORLDS, 1), time.perf_counter, 2)
    return one / case.all_cores(CORE_WORLDS, 2)
