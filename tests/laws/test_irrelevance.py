"""What has nothing to do with the question changes nothing of the answer, wherever in the file it stands."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.laws.sameness import ROUNDING, near_headline
from tests.solving import solvable, worlds_of
from tests.strategies import case_texts

N_WORLDS = 300
ASKED = re.compile(r"event: .*?([cf]\d)")  # a node that the question is about


def listed(text: str, section: str) -> list[str]:
    """Records of a section, one a line."""
    lines = text.splitlines()
    if f"{section}:" not in lines:
        return []
    start = lines.index(f"{section}:") + 1
    end = next((at for at in range(start, len(lines)) if not lines[at].startswith(" ")), len(lines))
    return lines[start:end]


def with_record(text: str, section: str, record: str, place: int) -> str:
    """Add a record to a section at some place, or a section for it."""
    records = listed(text, section)
    if not records:
        return f"{text}{section}:\n  {record}\n"
    lines = text.splitlines()
    at = lines.index(f"{section}:") + 1 + place % (len(records) + 1)
    return "\n".join([*lines[:at], f"  {record}", *lines[at:]]) + "\n"


def some_node(text: str, place: int) -> str:
    """Name and one state of some node."""
    records = [*listed(text, "factors"), *listed(text, "choices")]
    record = records[place % len(records)].strip()
    return f"{record.split(':')[0]}: {'x0' if record.startswith('f') else 'o0'}"


PLACES = st.integers(0, 10)


@given(case_texts(), PLACES)
def test_a_factor_apart_from_all_others_changes_nothing(text: str, place: int) -> None:
    record = "apart: {states: [x0, x1, x2], chances: {x0: likely}}"
    one, other = (
        worlds_of(solvable(t), n_worlds=N_WORLDS) for t in (text, with_record(text, "factors", record, place))
    )
    assert near_headline(one, other)


@given(case_texts(), PLACES, PLACES)
def test_a_consequence_that_nobody_weighs_changes_nothing(text: str, place: int, node: int) -> None:
    test = some_node(text, node)
    record = f"after: {{states: [x0, x1], base: {{x0: unlikely}}, influences: [{{when: {{{test}}}, x0: more}}]}}"
    one, other = (
        worlds_of(solvable(t), n_worlds=N_WORLDS) for t in (text, with_record(text, "factors", record, place))
    )
    assert near_headline(one, other)


@given(case_texts(), PLACES)
def test_an_actor_whom_nobody_minds_changes_nothing(text: str, node: int) -> None:
    name = some_node(text, node).split(":")[0]
    more = with_record(text, "actors", "bystander: {precision: calculating}", node)
    more = with_record(more, "choices", f"remark: {{actor: bystander, options: [o0, o1], sees: [{name}]}}", node)
    more = with_record(more, "stakes", "bystander: {fun: {given: [remark], values: {o0: 0..100, o1: 50}}}", node)
    one, other = (worlds_of(solvable(t), n_worlds=N_WORLDS) for t in (text, more))
    assert near_headline(one, other)


@pytest.mark.parametrize("said", ["0.3", "likely", "0.2..0.9"])
@given(case_texts())
def test_a_report_that_is_as_likely_in_every_state_changes_the_event_in_no_world(said: str, text: str) -> None:
    about = ASKED.search(text)
    assert about is not None
    report = f"- {{id: flat, claim: said, bears_on: {about[1]}, likelihood: {{others: {said}}}}}"
    last = with_record(text, "evidence", report, len(listed(text, "evidence")))
    before, after = (worlds_of(solvable(t), n_worlds=N_WORLDS) for t in (text, last))
    assert np.allclose(before.event, after.event, rtol=0, atol=ROUNDING)
    assert np.array_equal(before.before, after.before)
