"""Reports that are certain, deceive or give way to later ones: what is said where they cannot."""

import pytest

from tests.reading import codes, errors, notes, points_at_the_mark, read, the_one

HEAD = """\
melian: 1
case: strait
as_of: 2022-03-24
question: {event: {strait: closed}}
sources: {radio: {grade: B2}}
factors: {strait: {states: [open, narrow, closed], chances: {closed: unlikely}}}
evidence:
"""


def report(name: str, day: int, more: str = "") -> str:
    return (
        f"  - {{id: {name}, date: 2022-03-{day:02}, claim: said, source: radio, bears_on: strait, "
        f"likelihood: {{closed: likely, others: unlikely}}{more}}}\n"
    )


def test_a_replaced_report_is_told_of_until_the_day_on_which_it_counts() -> None:
    text = HEAD + report("«old»", 1, ", superseded_by: new") + report("new", 5)
    one = points_at_the_mark(text, "superseded-report")
    assert (one.severity, one.headline) == ("info", "report `old` is left out: `new` has taken its place")
    text = text.replace("«", "").replace("»", "")
    assert codes(text.replace("as_of: 2022-03-24", "as_of: 2022-03-03")) == ["late-evidence"]
    case = read(text)
    assert [case.counts(each) for each in case.evidence] == [False, True]


def test_a_report_replaces_neither_itself_nor_a_later_one_nor_in_a_circle() -> None:
    itself = points_at_the_mark(HEAD + report("a", 1, ", superseded_by: «a»"), "wrong-supersession")
    assert itself.headline == "report `a` replaces itself"
    older = HEAD + report("a", 5, ", superseded_by: «b»") + report("b", 1)
    assert points_at_the_mark(older, "wrong-supersession").headline == (
        "report `b` is older than `a`, which it should replace"
    )
    circle = HEAD + report("a", 1, ", superseded_by: «b»")
    circle += report("b", 1, ", superseded_by: c") + report("c", 1, ", superseded_by: a")
    assert points_at_the_mark(circle, "wrong-supersession").headline == (
        "reports take each other's place: `a` -> `b` -> `c` -> `a`"
    )


def test_a_way_into_a_circle_is_no_circle_of_its_own() -> None:
    text = HEAD + report("a", 1, ", superseded_by: b")
    text += report("b", 1, ", superseded_by: c") + report("c", 1, ", superseded_by: b")
    assert errors(text) == ["wrong-supersession"]


def test_reports_of_one_day_may_follow_each_other() -> None:
    assert errors(HEAD + report("a", 1, ", superseded_by: b") + report("b", 1)) == []


def test_the_nearest_report_is_suggested() -> None:
    one = the_one(HEAD + report("first", 1, ", superseded_by: secnd") + report("second", 1), "unknown-name")
    assert notes(one) == ["did you mean `second`?"]


@pytest.mark.parametrize("doubt", ["grade: C3", "anyway: unlikely", "deceptive: unlikely"])
def test_what_is_certain_is_not_doubted(doubt: str) -> None:
    key, value = doubt.split(": ")
    one = points_at_the_mark(HEAD + report("a", 1, f", certain: true, «{key}»: {value}"), "certain-yet-doubted")
    assert one.headline == f"what is certain has no `{key}`"


def test_a_certain_report_needs_no_grade() -> None:
    text = HEAD.replace("{radio: {grade: B2}}", "{radio: }")
    assert codes(text + report("a", 1)) == ["ungraded-report"]
    assert codes(text + report("a", 1, ", certain: true")) == []


def test_findings_that_exclude_each_other_may_both_be_made_if_one_may_be_a_lie() -> None:
    shows = "{{id: {}, date: 2022-03-01, claim: said, bears_on: strait, shows: {}{}}}"
    two = [shows.format("a", "closed", ", certain: true"), shows.format("b", "open", "")]
    text = HEAD + "".join(f"  - {one}\n" for one in two)
    assert errors(text) == ["impossible-evidence"]
    assert errors(text.replace("shows: open", "shows: open, deceptive: very unlikely")) == []
    assert errors(text.replace("shows: open", "shows: open, deceptive: 0")) == ["impossible-evidence"]
