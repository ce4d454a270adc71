"""What cannot matter is neither drawn nor walked in, and costs nothing."""

import numpy as np
import pytest

import melian
from melian.model import diagram
from melian.solve.tables import fill_witness, slots_of_origin, slots_that_matter
from tests.calibration.known import laplace, rates

COUNTS = [(18, 20), (3, 20)]


def with_idle(text: str, n_idle: int) -> str:
    """The case with factors that nothing hangs on, and with a motive for reports that are beyond doubt."""
    idle = "".join(f"\n  idle{k}: {{states: [no, yes], chances: {{yes: 0.1..0.9}}}}" for k in range(n_idle))
    head, tail = text.split("\nevidence:")
    reports = tail.replace("certain: true", "certain: true, source: desk")
    return f"{head}{idle}\nsources: {{desk: {{title: Desk, grade: B, anyway: 0.1..0.9}}}}\nevidence:{reports}"


def test_two_hundred_idle_judgements_change_no_digit_of_an_answer_drawn_anew() -> None:
    text = rates(COUNTS, 2)
    one, other = (
        melian.read_text(each).solve(worlds=4096, seed=1, threads=1, adapt_below=1.0)
        for each in (text, with_idle(text, 200))
    )
    assert one.sampling.is_adapted
    assert len(other.model.parameters) >= len(one.model.parameters) + 200
    one_answer, answer = one.likelihood(), other.likelihood()
    for number in ("mean", "error", "q05", "q50", "q95", "before_evidence"):
        assert getattr(answer, number) == getattr(one_answer, number), number
    assert other.effective_worlds == one.effective_worlds
    assert other.sampling.stages == one.sampling.stages
    assert abs(answer.mean - laplace(COUNTS, 2)) < 4 * answer.error


@pytest.mark.parametrize("certain", [1.0, 0.0, 0.4])
@pytest.mark.parametrize("deceives", [True, False])
def test_slots_that_do_not_matter_change_no_likelihood(certain: float, deceives: bool) -> None:
    """Each slot by itself, drawn anew: the likelihood of an origin of two reports changes just where it is said to."""
    reports = tuple(
        diagram.Testimony(f"r{k}", 0, (first, first + 1), first + 2, first + 3, first + 4 if deceives else None)
        for k, first in enumerate((0, 5))
    )
    origin = diagram.Origin("o", (0,), reports)
    rng = np.random.default_rng(3)
    theta = rng.random((10, 200))
    theta[3] = certain
    known = {3: certain}
    if deceives and certain == 0.0:
        theta[4], known[4] = 0.0, 0.0
    matter = slots_that_matter(origin, known)
    before, after = np.empty((2, 200)), np.empty((2, 200))
    fill_witness(theta, origin, before)
    for slot in slots_of_origin(origin) - known.keys():
        other = theta.copy()
        other[slot] = rng.random(200)
        fill_witness(other, origin, after)
        assert (slot in matter) == (not np.array_equal(before, after)), slot
