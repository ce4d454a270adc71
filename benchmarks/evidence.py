"""Strong evidence: worlds drawn anew to fit it, against one plain run of the worlds that were drawn at first."""

from collections.abc import Iterator
from typing import Final

from measure import Figures, best, model_of

from melian.answer.sampling import effective_of, sample
from melian.plan.make import make_plan
from melian.plan.plan import Enquiry
from melian.solve.run import run_plan

WORLDS: Final = 20_000
REPORTS: Final = 30
FACTORS: Final = 10
SOURCES: Final = 7


def lines() -> Iterator[str]:
    """A chain of factors, a demand and an answer to it, and 30 reports on all of these by seven sources."""
    yield "melian: 1\ncase: strong-evidence\nquestion: {event: {entry: joins}}"
    yield "actors: {a: {precision: 2..30}, b: {precision: ordinary}}"
    yield "factors:"
    yield "  f0: {states: [no, yes], chances: {yes: very unlikely}}"
    for number in range(1, FACTORS):
        rules = f"[{{when: {{f{number - 1}: yes}}, yes: 0..1}}, {{else: true, yes: 0..0.6}}]"
        yield f"  f{number}: {{states: [no, yes], chances: {rules}}}"
    rules = "[{when: {entry: joins}, falls: 0..0.4}, {else: true, falls: 0..0.3}]"
    yield f"  regime: {{states: [holds, falls], chances: {rules}}}"
    yield "choices:"
    yield "  demand: {actor: b, options: [none, insist], sees: [f0]}"
    yield "  entry: {actor: a, options: [stays, joins], sees: [demand, f1]}"
    yield "stakes:\n  a:\n    order: [survival, favour, economy]"
    yield "    survival: {given: [regime], values: {holds: 100, falls: 0}}"
    yield "    favour:\n      given: [demand, entry]\n      values:"
    yield "        - {when: {demand: insist, entry: stays}, is: 0..20}\n        - {else: true, is: 60..100}"
    yield "    economy: {given: [entry], values: {stays: 50..100, joins: 0..50}}"
    yield "  b:\n    gain: {given: [entry], values: {stays: 0..30, joins: 70..100}}"
    yield "    cost: {given: [demand], values: {none: 80..100, insist: 0..40}}"
    yield "sources:"
    yield from (f"  s{number}: {{title: Source {number}, grade: {'ABBCABC'[number]}2}}" for number in range(SOURCES))
    yield "evidence:"
    nodes = [*(f"f{number}" for number in range(FACTORS)), "entry", "demand"]
    states = {"entry": ("stays", "joins"), "demand": ("none", "insist")}
    for number in range(REPORTS):
        node = nodes[number % len(nodes)]
        other, said = states.get(node, ("no", "yes"))[:: 1 if number % 9 else -1]
        what = f"bears_on: {node}, likelihood: {{{said}: 0.6..0.95, {other}: 0.01..0.02}}"
        yield f"  - {{id: r{number}, claim: It is so., date: 2022-02-01, source: s{number % SOURCES}, {what}}}"


def bench() -> Figures:
    """Time of worlds drawn anew as a multiple of a plain run's, and what they are worth."""
    model = model_of("\n".join(lines()) + "\n")
    plan = make_plan(model)
    plain = best(lambda: run_plan(model, plan, n_worlds=WORLDS, seed=0, n_threads=1))

    def adapt() -> None:
        sample(model, plan, Enquiry(), n_worlds=WORLDS, seed=0, n_threads=1)

    sampled = sample(model, plan, Enquiry(), n_worlds=WORLDS, seed=0, n_threads=1)
    assert sampled is not None
    return {
        "worlds": WORLDS,
        "effective_share_of_plain_worlds": sampled.sampling.effective_drawn / WORLDS,
        "worlds_drawn_anew": sampled.sampling.anew,
        "effective_worlds_drawn_anew": effective_of(sampled.sampling, sampled.worlds),
        "temperatures": len(sampled.sampling.stages),
        "steps": sum(stage.steps for stage in sampled.sampling.stages),
        "times_a_plain_run_one_core": best(adapt) / plain,
    }
