"""Worlds drawn given strong evidence, held to answers in closed form or by integration."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import betaln, expit

from melian.answer.solution import Solution
from melian.answer.solve import solve_model
from melian.answer.supposed import Supposed
from melian.model.build import build_model
from tests.solving import case_of

# Standard errors by which an answer may miss; the error is itself estimated from 8 islands, so the tail is that of
# Student's t with 7 degrees of freedom: beyond 6 of them once in 1,800 times.
MISS = 6.0


def solved(text: str, seed: int = 0, worlds: int = 20_480) -> Solution:
    return solve_model(build_model(case_of(text)), Supposed(), worlds=worlds, seed=seed)


def seen(node: str, state: str) -> str:
    """A report that is beyond doubt."""
    return f"  - {{id: r-{node}, claim: seen, date: 2022-01-01, bears_on: {node}, shows: {state}, certain: true}}"


def rates(counts: dict[str, tuple[int, int]]) -> str:
    """Case in which unknown rates were each seen at work several times; will all of them be at work once more?"""
    factors, evidence, event = [], [], []
    for rate, (hits, tries) in counts.items():
        for number in range(tries + 1):
            factors.append(f"  {rate}{number}: {{states: [no, yes], chances: {{yes: the {rate}}}}}")
        for number in range(tries):
            state = "yes" if number < hits else "no"
            evidence.append(seen(f"{rate}{number}", state))
        event.append(f"{rate}{tries}: yes")
    lines = [
        "melian: 1", "case: rates", f"question: {{event: {{{', '.join(event)}}}}}",
        "judgements:", *(f"  {rate}: 0..1" for rate in counts),
        "factors:", *factors, "evidence:", *evidence,
    ]  # fmt: skip
    return "\n".join(lines)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_rates_seen_at_work_many_times_come_out_as_laplace_has_them(seed: int) -> None:
    """Each rate has chance (hits + 1) / (tries + 2) of being at work the next time; together the product of these."""
    counts = {"a": (18, 20), "b": (10, 20), "c": (20, 20), "d": (3, 20)}
    solution = solved(rates(counts), seed)
    assert solution.sampling.is_adapted
    expected = np.prod([(hits + 1) / (tries + 2) for hits, tries in counts.values()])
    answer = solution.likelihood()
    assert answer.mean == pytest.approx(expected, abs=MISS * answer.error)
    assert answer.error < 0.02 * expected
    log_chance = sum(betaln(hits + 1, tries - hits + 1) for hits, tries in counts.values())
    assert solution.sampling.log_evidence == pytest.approx(log_chance, abs=0.15)


@pytest.mark.parametrize("seed", [0, 1])
def test_quantiles_over_worlds_are_those_of_the_posterior(seed: int) -> None:
    """With one rate the chance in a world is the rate itself: 18 hits in 20 make it a beta law with 19 and 3."""
    from scipy.stats import beta

    counts = {"a": (18, 20), "b": (0, 30), "c": (15, 30)}
    text = rates(counts).replace("{event: {a20: yes, b30: yes, c30: yes}}", "{event: {a20: yes}}")
    solution = solved(text, seed)
    assert solution.sampling.is_adapted
    answer = solution.likelihood()
    assert (answer.q05, answer.q50, answer.q95) == pytest.approx(beta(19, 3).ppf([0.05, 0.5, 0.95]), abs=0.015)


def test_moves_against_interest_move_the_weights_as_far_as_integration_says() -> None:
    """Six equal choices between prize and calm, x > y their weights; 3 prizes and 2 calms were seen: x is close to y.

    With 6 (x + y) = 1 and x uniform on [1/12, 1/6], an option that gives the prize is picked with chance expit(d),
    d = 400 (x - y) uniform on [0, 400/6].
    """
    n = 5
    names = [f"c{k}" for k in range(n + 1)]
    lines = [
        "melian: 1", "case: equal", f"question: {{event: {{c{n}: prize}}}}",
        "actors: {a: {precision: 400}}", "choices:",
        *(f"  {c}: {{actor: a, options: [prize, calm]}}" for c in names),
        "stakes:", "  a:",
        f"    order: [{' = '.join(f'p{c}' for c in names)}, {' = '.join(f'k{c}' for c in names)}]",
        *(f"    p{c}: {{given: [{c}], values: {{prize: 100, calm: 0}}}}" for c in names),
        *(f"    k{c}: {{given: [{c}], values: {{prize: 0, calm: 100}}}}" for c in names),
        "evidence:",
        *(seen(c, "calm" if k % 2 else "prize") for k, c in enumerate(names[:n])),
    ]  # fmt: skip
    solution = solved("\n".join(lines))
    assert solution.sampling.is_adapted
    low, high = 0.0, 400.0 / (n + 1)  # precision times (x - y), evenly spread

    def sense(d: float) -> float:
        return float(expit(d) ** 3 * expit(-d) ** 2)

    mass = quad(sense, low, high, points=[1.0])[0]
    expected = quad(lambda d: sense(d) * expit(d), low, high, points=[1.0])[0] / mass
    answer = solution.likelihood()
    assert answer.mean == pytest.approx(expected, abs=MISS * answer.error)
    assert answer.error < 0.01


def test_two_stories_that_fit_alike_are_both_kept() -> None:
    """Two rates of which only the agreement was seen: both high or both low, by symmetry as likely."""
    tries = 60

    def rule(k: int, state: str) -> str:
        return f"{{when: {{a{k}: {state}, b{k}: {state}}}, yes: 1}}"

    lines = [
        "melian: 1", "case: agree", "question: {event: {next: yes}}", "judgements: {p: 0..1, q: 0..1}",
        "factors:", "  next: {states: [no, yes], chances: {yes: the p}}",
        *(line for k in range(tries) for line in (
            f"  a{k}: {{states: [no, yes], chances: {{yes: the p}}}}",
            f"  b{k}: {{states: [no, yes], chances: {{yes: the q}}}}",
            f"  same{k}: {{states: [no, yes], chances: [{rule(k, 'yes')}, {rule(k, 'no')}, {{else: true, yes: 0}}]}}")),
        "evidence:",
        *(seen(f"same{k}", "yes") for k in range(tries)),
    ]  # fmt: skip
    solution = solved("\n".join(lines))
    assert solution.sampling.is_adapted
    answer = solution.likelihood()
    assert answer.mean == pytest.approx(0.5, abs=max(MISS * answer.error, 0.05))
    assert answer.q05 < 0.1
    assert answer.q95 > 0.9


def test_the_same_seed_gives_the_same_worlds_whatever_the_threads() -> None:
    model = build_model(case_of(rates({"a": (18, 20), "b": (10, 20), "c": (20, 20)})))
    one, two = (solve_model(model, Supposed(), worlds=20_480, threads=threads) for threads in (1, 2))
    assert one.sampling.is_adapted
    assert (one.worlds.event == two.worlds.event).all()
    assert one.likelihood() == two.likelihood()
