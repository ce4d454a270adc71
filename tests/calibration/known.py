"""Cases of strong evidence whose answer is known in closed form or by integration, of one uncertain number to many."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import quad
from scipy.special import expit, log_expit, ndtri

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Known:
    """A case and the chance of its event.

    Attributes
    ----------
    dimensions : uncertain numbers on which the evidence hangs.
    worlds : how many are drawn at first.
    """

    name: str
    text: str
    answer: float
    dimensions: int
    worlds: int


Counts = Sequence[tuple[int, int]]


def seen(node: str, state: str) -> str:
    """A report that is beyond doubt."""
    return f"  - {{id: r-{node}, claim: seen, date: 2022-01-01, bears_on: {node}, shows: {state}, certain: true}}"


def rates(counts: Counts, asked: int, low: float = 0.0, high: float = 1.0) -> str:
    """Unknown rates, each seen at work in some of several tries: are the first of them all at work once more?"""
    tries = [(rate, number, number < hits) for rate, (hits, n) in enumerate(counts) for number in range(n)]
    lines = [
        "melian: 1", "case: rates",
        f"question: {{event: {{{', '.join(f'next{rate}: yes' for rate in range(asked))}}}}}",
        "judgements:", *(f"  p{rate}: {low}..{high}" for rate in range(len(counts))),
        "factors:",
        *(f"  next{rate}: {{states: [no, yes], chances: {{yes: the p{rate}}}}}" for rate in range(asked)),
        *(f"  x{rate}-{number}: {{states: [no, yes], chances: {{yes: the p{rate}}}}}" for rate, number, _ in tries),
        "evidence:", *(seen(f"x{rate}-{number}", "yes" if hit else "no") for rate, number, hit in tries),
    ]  # fmt: skip
    return "\n".join(lines)


def laplace(counts: Counts, asked: int) -> float:
    """Chance that rates of which nothing was known are all at work once more (Laplace's rule of succession)."""
    return float(np.prod([(hits + 1) / (tries + 2) for hits, tries in counts[:asked]]))


def cut(hits: int, tries: int, low: float, high: float) -> float:
    """The same of one rate that lies within bounds."""

    def sense(p: float) -> float:
        return float(p**hits * (1 - p) ** (tries - hits))

    peak = [min(hits / tries, high)]
    mass = quad(sense, low, high, points=peak)[0]
    return float(quad(lambda p: p * sense(p), low, high, points=peak)[0] / mass)


CENTRE, SPREAD = 4.0, 0.3  # `about 4`, as a precision: log-normal
SCORES = np.linspace(-12.0, 12.0, 200_001)


def consistent(better: int, worse: int) -> str:
    """Actors of one unknown precision were each seen to take the option that is worth all to them, or the other."""
    n_seen = better + worse
    lines = [
        "melian: 1", "case: consistent", f"question: {{event: {{c{n_seen}: better}}}}",
        f"judgements: {{l: about {CENTRE:g}}}",
        "actors:", *(f"  a{k}: {{precision: the l}}" for k in range(n_seen + 1)),
        "choices:", *(f"  c{k}: {{actor: a{k}, options: [worse, better]}}" for k in range(n_seen + 1)),
        "stakes:",
        *(f"  a{k}:\n    s: {{given: [c{k}], values: {{worse: 0, better: 100}}}}" for k in range(n_seen + 1)),
        "evidence:", *(seen(f"c{k}", "worse" if k < worse else "better") for k in range(n_seen)),
    ]  # fmt: skip
    return "\n".join(lines)


def log_chance(better: int, worse: int, score: Floats) -> Floats:
    """Log chance of such moves by the normal score of the log of precision."""
    precision = CENTRE * np.exp(SPREAD * score)
    found: Floats = better * log_expit(precision) + worse * log_expit(-precision)
    return found


def once_more(better: int, worse: int) -> float:
    """Chance that one more of them takes the better option, summed over normal scores of the log of precision."""
    precision = CENTRE * np.exp(SPREAD * SCORES)
    log_weight = log_chance(better, worse, SCORES) - SCORES**2 / 2
    weight = np.exp(log_weight - log_weight.max())
    return float(expit(precision) @ weight / weight.sum())


def both(k: int, state: str) -> str:
    """Rule that holds where both of a pair are in one state."""
    return f"{{when: {{a{k}: {state}, b{k}: {state}}}, yes: 1}}"


def agreeing(n_pairs: int) -> str:
    """Two rates of which only was seen that they were at work, or not, together: both high or both low."""
    lines = [
        "melian: 1", "case: agree", "question: {event: {next: yes}}", "judgements: {p: 0..1, q: 0..1}",
        "factors:", "  next: {states: [no, yes], chances: {yes: the p}}",
        *(line for k in range(n_pairs) for line in (
            f"  a{k}: {{states: [no, yes], chances: {{yes: the p}}}}",
            f"  b{k}: {{states: [no, yes], chances: {{yes: the q}}}}",
            f"  same{k}: {{states: [no, yes], chances: [{both(k, 'yes')}, {both(k, 'no')}, {{else: true, yes: 0}}]}}")),
        "evidence:", *(seen(f"same{k}", "yes") for k in range(n_pairs)),
    ]  # fmt: skip
    return "\n".join(lines)


def called_likely(hits: int, tries: int) -> float:
    """Chance that a rate that was called likely is at work once more, summed over normal scores of its log-odds."""
    low, high = np.log(0.55 / 0.45), np.log(0.8 / 0.2)
    log_odds = (low + high) / 2 + (high - low) / (2 * ndtri(0.9)) * SCORES
    log_weight = hits * log_expit(log_odds) + (tries - hits) * log_expit(-log_odds) - SCORES**2 / 2
    weight = np.exp(log_weight - log_weight.max())
    return float(expit(log_odds) @ weight / weight.sum())


def likely(counts: tuple[int, int]) -> str:
    """A rate that was called likely and was seen at work far less often."""
    return rates([counts], 1).replace("p0: 0.0..1.0", "p0: likely")


MANY = [(k % 5, 4) for k in range(30)]
MORE = [(k % 3, 2) for k in range(100)]
KNOWN = (
    Known("one rate, thirty tries", rates([(27, 30)], 1), laplace([(27, 30)], 1), 1, 2_048),
    Known("one rate within bounds", rates([(57, 60)], 1, 0.05, 0.9), cut(57, 60, 0.05, 0.9), 1, 5_000),
    Known("one rate, called likely", likely((6, 40)), called_likely(6, 40), 1, 5_000),
    Known("one precision, twelve moves", consistent(8, 4), once_more(8, 4), 1, 5_000),
    Known("one precision, sixty moves", consistent(40, 20), once_more(40, 20), 1, 5_000),
    Known("two rates that agreed forty times", agreeing(40), 0.5, 2, 20_000),
    Known(
        "four rates", rates([(18, 20), (10, 20), (20, 20), (3, 20)], 4),
        laplace([(18, 20), (10, 20), (20, 20), (3, 20)], 4), 4, 5_000,
    ),
    Known("ten rates", rates([(k, 10) for k in range(10)], 2), laplace([(0, 10), (1, 10)], 2), 10, 20_000),
    Known("thirty rates", rates(MANY, 2), laplace(MANY, 2), 30, 20_000),
    Known("a hundred rates", rates(MORE, 2), laplace(MORE, 2), 100, 20_000),
)  # fmt: skip
