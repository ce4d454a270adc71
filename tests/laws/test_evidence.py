"""Laws of evidence: order, repetition, dates, absence, and the whole as the mean of its parts."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from random import Random

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from melian.model.bearing import reached_nodes
from melian.plan.plan import Enquiry
from tests.laws.sameness import ROUNDING, near_headline, same_headline
from tests.laws.test_irrelevance import listed
from tests.solving import solvable, worlds_of
from tests.strategies import DATES, Shape, case_texts

N_WORLDS = 300
LEAST = 1e-6  # chances of evidence below this would only be divided by rounding


def with_reports(text: str, reports: Sequence[str]) -> str:
    """The same case with other reports."""
    rest = text.split("evidence:\n", maxsplit=1)[0]
    return "\n".join([f"{rest}evidence:", *reports]) + "\n" if reports else rest


def at(text: str, day: str | None) -> str:
    """The same case as of another day."""
    lines = [line for line in text.splitlines() if not line.startswith("as_of:")]
    return "\n".join([*lines[:2], *([f"as_of: {day}"] if day else []), *lines[2:]]) + "\n"


@settings(max_examples=30)
@given(case_texts(Shape(numbers_only=True, soft_only=True)), st.randoms(use_true_random=False))
def test_the_order_of_reports_changes_nothing(text: str, random: Random) -> None:
    reports = listed(text, "evidence")
    assume(len(reports) > 1)
    shuffled = random.sample(reports, len(reports))
    one, other = (worlds_of(solvable(t), n_worlds=N_WORLDS) for t in (text, with_reports(text, shuffled)))
    assert near_headline(one, other)


@given(case_texts(), st.integers(0, 10))
def test_a_report_said_again_under_its_origin_changes_no_bit(text: str, which: int) -> None:
    reports = listed(text, "evidence")
    assume(reports)
    which %= len(reports)
    said = reports[which]
    said = said if "origin:" in said else f"{said[:-1]}, origin: wire}}"
    again = said.replace(f"id: r{which}", "id: again")
    first = [*reports[:which], said, *reports[which + 1 :]]
    one, other = (
        worlds_of(solvable(at(with_reports(text, listing), None)), n_worlds=N_WORLDS)
        for listing in (first, [*first, again])
    )
    assert same_headline(one, other)


@given(case_texts(), st.sampled_from(DATES))
def test_an_earlier_day_is_as_if_later_reports_had_not_been_written(text: str, day: str) -> None:
    reports = sorted(listed(text, "evidence"), key=dated)
    assume(reports)
    early = [report for report in reports if dated(report) <= day]
    written = {report.split("id: ")[1].split(",")[0] for report in early}
    early = [re.sub(r", superseded_by: (\w+)", lambda m: m[0] * (m[1] in written), report) for report in early]
    left_out, unwritten = (solvable(at(with_reports(text, listing), day)) for listing in (reports, early))
    assert [origin.name for origin in left_out.evidence] == [origin.name for origin in unwritten.evidence]
    # Reports draw on what they bear on being drawn early, whatever their date; without them it may be drawn later.
    assume(reached_nodes(left_out.case) == reached_nodes(unwritten.case))
    assert near_headline(*(worlds_of(model, n_worlds=N_WORLDS) for model in (left_out, unwritten)))


def dated(report: str) -> str:
    return report.split("date: ")[1][:10]


@given(case_texts())
def test_another_day_changes_no_world(text: str) -> None:
    """What is left out of the answer is still drawn, so that a timeline shows its reports and no noise."""
    models = [solvable(at(text, day)) for day in (*DATES, None)]
    befores = [worlds_of(model, n_worlds=N_WORLDS).before for model in models]
    assert all(np.array_equal(befores[0], before) for before in befores)


@given(case_texts())
def test_without_evidence_the_answer_is_that_before_it(text: str) -> None:
    model = solvable(text)
    worlds = worlds_of(model, n_worlds=N_WORLDS)
    bare = worlds_of(replace(model, evidence=()), n_worlds=N_WORLDS)
    assert np.array_equal(bare.before, worlds.before)
    assert bare.event == pytest.approx(worlds.before, abs=ROUNDING)
    assert bare.evidence == pytest.approx(1, abs=ROUNDING)


@given(case_texts(), st.integers(0, 10))
def test_the_chance_is_the_mean_over_what_may_be_observed(text: str, node: int) -> None:
    """The tower rule, world by world, with the reports counted in each."""
    model = solvable(text)
    variable = model.variables[node % len(model.variables)]
    whole = worlds_of(model, n_worlds=N_WORLDS)
    parts = [worlds_of(model, Enquiry({variable.index: s}), n_worlds=N_WORLDS) for s in range(variable.n_states)]
    assert sum(part.evidence for part in parts) == pytest.approx(whole.evidence, abs=ROUNDING)
    assert sum(part.evidence * part.event for part in parts) == pytest.approx(
        whole.evidence * whole.event, abs=ROUNDING
    )
    assume(whole.evidence.sum() > LEAST)
    share = [part.evidence.sum() / whole.evidence.sum() for part in parts]
    assert whole.marginals[variable.index].sum(axis=1) == pytest.approx(share, abs=1e-9)


@given(case_texts(Shape(min_choices=1)), st.integers(0, 10))
def test_to_bring_a_root_about_unannounced_is_to_observe_it(text: str, node: int) -> None:
    """Where nothing influences a factor and no report bears on it, what brings it about makes no difference."""
    model = solvable(text)
    told = {axis for origin in model.evidence for axis in origin.axes}
    roots = [v for v in model.tables if not model.parents(v) and v not in told]
    assume(roots)
    root = roots[node % len(roots)]
    observed = worlds_of(model, Enquiry(observe={root: 0}), n_worlds=N_WORLDS)
    done = worlds_of(model, Enquiry(do={root: 0}, announced=False), n_worlds=N_WORLDS)
    reached = observed.evidence > LEAST
    assert done.event[reached] == pytest.approx(observed.event[reached], abs=1e-9)


def test_the_timeline_of_the_flagship_case_draws_the_same_worlds() -> None:
    import melian

    case = melian.read("belarus-2022")
    today, earlier = (case.on(day).solve(worlds=600) for day in (date(2022, 3, 24), date(2022, 2, 28)))
    assert len(earlier.model.evidence) < len(today.model.evidence)
    assert np.array_equal(today.worlds.before, earlier.worlds.before)
