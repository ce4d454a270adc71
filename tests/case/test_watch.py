"""Reports that may yet come, and when and how readily things can be seen."""

import pytest

import melian
from melian.case.watch import Observable
from melian.errors import CaseError
from tests.solving import case_of

TEXT = """
melian: 1
case: watched
question: {event: {strait: closed}}
judgements: {chatter: 0.1..0.4}
factors:
  strait: {states: [open, closed], chances: {closed: 0.2}, observable: {when: 2031-05-01, how: with effort}}
  fleet: {states: [home, out], chances: {out: 0.2}}
watch:
  - {id: tugs, claim: Tugs leave., bears_on: strait, likelihood: {closed: 0.8, others: the chatter}, grade: C3}
  - {id: pilots, claim: Pilots are called., bears_on: strait, shows: closed, anyway: 0.2, why: They gossip.}
"""


def test_what_is_said_is_read() -> None:
    case = case_of(TEXT)
    assert case.nodes["strait"].observable == Observable("2031-05-01", "with effort")
    assert case.nodes["fleet"].observable is None
    tugs, pilots = case.watch
    assert (tugs.name, str(tugs.grade), tugs.is_finding, tugs.bears_on.text) == ("tugs", "C3", False, "strait")
    assert (pilots.grade, pilots.is_finding, pilots.provenance.why) == (None, True, "They gossip.")


def test_what_may_yet_come_moves_no_answer() -> None:
    with_it, without = (
        melian.read_text(text).solve(worlds=512) for text in (TEXT, TEXT.split("watch:", maxsplit=1)[0])
    )
    assert with_it.likelihood().mean == without.likelihood().mean
    assert with_it.nodes() == without.nodes()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("bears_on: strait, shows", "bears_on: strat, shows", "unknown-name"),
        ("shows: closed", "shows: close", "unknown-name"),
        ("others: the chatter", "shut: 0.1", "unknown-name"),
        (", others: the chatter", "", "incomplete-likelihood"),
        ("id: pilots", "id: tugs", "name-taken"),
        ("with effort", "with efort", "unknown-word"),
        ("why: They gossip.", "date: 2030-01-01", "unknown-key"),
        (", shows: closed", "", "wrong-report"),
        ("grade: C3", "grade: X3", "bad-grade"),
        ("the chatter", "the chatte", "unknown-judgement"),
    ],
)
def test_mistakes_are_told_where_they_stand(old: str, new: str, code: str) -> None:
    assert old in TEXT
    with pytest.raises(CaseError) as caught:
        melian.read_text(TEXT.replace(old, new, 1))
    found = [diagnostic.code for diagnostic in caught.value.diagnostics if diagnostic.severity == "error"]
    assert found == [code] or (code == "unknown-judgement" and len(found) == 1), found


def test_a_judgement_that_only_a_report_to_come_uses_is_used() -> None:
    assert "unused-judgement" not in [diagnostic.code for diagnostic in melian.read_text(TEXT).diagnostics]


def test_the_same_in_python() -> None:
    made = melian.build("watched")
    made.question({"strait": "closed"})
    seen = {"when": "2031-05-01", "how": "with effort"}
    made.factor("strait", states=["open", "closed"], chances={"closed": 0.2}, observable=seen)
    made.watch("tugs", "Tugs leave.", bears_on="strait", likelihood={"closed": 0.8, "others": (0.1, 0.4)}, grade="C3")
    case = made.done()
    assert case.judged.watch[0].name == "tugs"
    assert melian.read_text(case.to_yaml()).judged == case.judged
