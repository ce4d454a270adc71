"""So much evidence that its chance is no floating-point number, against enumeration with chances in logarithms."""

import math
from dataclasses import dataclass
from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray

import melian
from melian.answer.matrix import matrix_of
from tests.solving import model_of, worlds_of

Floats = NDArray[np.float64]

EXACT = 1e-9  # thousands of numbers are multiplied or their logarithms added up, each to within 1e-16
HEAD = "melian: 1\ncase: much\nquestion: {event: {c: hi}}\nfactors:\n"
STATES = ("lo", "hi")


@dataclass(frozen=True)
class Net:
    """A chain a -> b -> c of two states each: chance of `hi` of a, and of b and c by the state before."""

    first: float
    second: tuple[float, float]
    third: tuple[float, float]

    def text(self) -> str:
        """Factors of the case."""
        rows = [f"  a: {{states: [lo, hi], chances: {{hi: {self.first}, others: {1 - self.first}}}}}"]
        for node, above, (low, high) in (("b", "a", self.second), ("c", "b", self.third)):
            rules = f"{{when: {{{above}: lo}}, hi: {low}, lo: {1 - low}}}, {{else: true, hi: {high}, lo: {1 - high}}}"
            rows.append(f"  {node}: {{states: [lo, hi], chances: [{rules}]}}")
        return "\n".join(rows) + "\n"

    def log_joint(self, reports: list[tuple[str, float, float]]) -> Floats:
        """Log chance of every combination of states and of the reports, [2, 2, 2]."""
        found = np.zeros((2, 2, 2))
        said = {node: np.zeros(2) for node in "abc"}
        for node, low, high in reports:
            said[node] += [_log(low), _log(high)]
        for a, b, c in product((0, 1), repeat=3):
            chances = (self.first, self.second[a], self.third[b])
            logs = [_log(p if s else 1 - p) for p, s in zip(chances, (a, b, c), strict=True)]
            found[a, b, c] = sum(logs) + said["a"][a] + said["b"][b] + said["c"][c]
        return found


def _log(chance: float) -> float:
    return math.log(chance) if chance > 0 else -math.inf


def _odds(joint: Floats) -> float:
    """Base-2 logarithm of the odds of the event."""
    return float(np.logaddexp.reduce(joint[..., 1], None) - np.logaddexp.reduce(joint[..., 0], None)) / math.log(2)


def case_text(net: Net, reports: list[tuple[str, float, float]]) -> str:
    """Whole case; every report is certain and its likelihoods are points, so that every world is the same."""
    lines = [
        f"  - {{id: r{n}, date: 2020-01-01, claim: c{n}, bears_on: {node}, likelihood: {{lo: {low!r}, hi: {high!r}}}}}"
        for n, (node, low, high) in enumerate(reports)
    ]
    return HEAD + net.text() + "evidence:\n" + "\n".join(lines) + "\n"


def drawn(seed: int, n_reports: int) -> list[tuple[str, float, float]]:
    """Reports on all nodes with likelihoods from 1e-12 to 1."""
    random = np.random.default_rng(seed)
    logs = np.round(random.uniform(-12, 0, (n_reports, 2)), 3)
    nodes = random.integers(0, 3, n_reports)
    return [("abc"[node], float(10**low), float(10**high)) for node, (low, high) in zip(nodes, logs, strict=True)]


SOFT = Net(0.3, (0.2, 0.9), (0.4, 0.6))
EQUAL = Net(0.5, (0.0, 1.0), (0.0, 1.0))  # all three are one: what is said of one is said of the others
UNLIKELY = Net(1e-9, (1e-12, 1 - 1e-6), (1e-12, 0.5))


@pytest.mark.parametrize("net", [SOFT, EQUAL, UNLIKELY])
@pytest.mark.parametrize("n_reports", [40, 400])
def test_the_answer_is_that_of_enumeration_in_logarithms(net: Net, n_reports: int) -> None:
    reports = drawn(n_reports, n_reports)
    joint, worlds = net.log_joint(reports), worlds_of(model_of(case_text(net, reports)))
    log_evidence = np.logaddexp.reduce(joint, None)
    assert worlds.log_mean_evidence == pytest.approx(log_evidence, abs=EXACT * n_reports)
    assert worlds.log_odds == pytest.approx(_odds(joint), abs=EXACT * n_reports)
    for place in range(3):
        others = tuple(axis for axis in range(3) if axis != place)
        chances = np.exp(np.logaddexp.reduce(joint, others) - log_evidence)
        assert worlds.marginals[place].sum(axis=1) == pytest.approx(chances, abs=EXACT)
    for report in (0, n_reports // 2, n_reports - 1):
        left = net.log_joint([one for n, one in enumerate(reports) if n != report])
        assert worlds.log_odds_without[report] == pytest.approx(_odds(left), abs=EXACT * n_reports)


def test_reports_that_outweigh_each_other_by_more_than_numbers_hold_leave_what_they_leave() -> None:
    """Two nodes that are one: each side has likelihoods of 1e-2400, and which is left is for the prior to say."""
    against = [("a", 1e-12, 1.0)] * 200 + [("c", 1.0, 1e-12)] * 200
    worlds = worlds_of(model_of(case_text(Net(0.75, (0.0, 1.0), (0.0, 1.0)), against)))
    assert worlds.event[0] == pytest.approx(0.75, abs=EXACT)
    assert worlds.log_odds_without[0] == pytest.approx(math.log2(3) - 12 * math.log2(10), abs=EXACT)


@pytest.mark.parametrize(("n_reports", "likelihood"), [(1072, 0.5), (1075, 0.5), (324, 0.1), (1999, 1e-12)])
def test_reports_that_say_nothing_change_nothing_however_many(n_reports: int, likelihood: float) -> None:
    reports = [("a", likelihood, likelihood)] * n_reports + [("a", 0.1, 0.3)]
    text = case_text(EQUAL, reports)
    worlds = worlds_of(model_of(text), n_worlds=3)
    assert worlds.event == pytest.approx(0.75, abs=EXACT)
    assert worlds.without[0] == pytest.approx(0.75, abs=EXACT)
    assert worlds.without[n_reports] == pytest.approx(0.5, abs=EXACT)


def test_bits_of_the_matrix_are_told_where_no_chance_could_tell_them() -> None:
    reports = [("a", 1.0, 1e-12)] * 60
    solution = melian.read_text(case_text(EQUAL, reports)).solve(worlds=256, threads=1)
    matrix = matrix_of(solution.model, solution.enquiry, solution.sampled)
    bits = 12 * math.log2(10)
    assert [weight.given_rest for weight in matrix.weights[1]] == pytest.approx([-bits] * 60, abs=EXACT)
    assert [moved.bits for moved in solution.evidence().moved] == pytest.approx([-bits] * 60, abs=EXACT)
    assert solution.conflicts().overall == pytest.approx(-39, abs=1e-6)


def test_worlds_are_weighed_where_their_weights_are_no_numbers() -> None:
    """Reports whose likelihood is uncertain: the chance of 400 of them, in the worlds where it is 2 p to the 400."""
    reports = [("a", 0.001, 0.001)] * 300
    uncertain = case_text(EQUAL, reports) + "".join(
        f"  - {{id: u{n}, date: 2020-01-01, claim: u, bears_on: a, likelihood: {{lo: 0.1..0.2, hi: 0.1..0.2}}}}\n"
        for n in range(2)
    )
    solution = melian.read_text(uncertain).solve(worlds=4096, threads=1)
    plain = melian.read_text(uncertain.replace("0.001", "1")).solve(worlds=4096, threads=1)
    assert solution.likelihood().mean == pytest.approx(plain.likelihood().mean, abs=EXACT)
    assert solution.likelihood().q95 == pytest.approx(plain.likelihood().q95, abs=EXACT)
    assert solution.effective_worlds == pytest.approx(plain.effective_worlds, rel=EXACT)
    shift = 300 * math.log(0.001)
    assert solution.sampling.log_evidence == pytest.approx(plain.sampling.log_evidence + shift, abs=1e-6)
