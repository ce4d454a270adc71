"""Slips in what a case says, and what of them is mended without asking."""

import pytest

from melian.api import examine_source
from melian.source.diagnostic import has_errors
from melian.source.fixes import applied, without_conflict
from melian.source.text import Source

CASE = """\
melian: 1
case: slips
as_of: 2022-03-24
question: {event: {strait: closed}}
actors: {navy: {name: The navy}}
sources: {harbour: {title: Notices, grade: B2}}
factors:
  storm: {states: [none, strong], chances: {strong: 0.2..0.4}}
  strait:
    states: [open, closed]
    chances:
      - {when: {storm: strong, patrol: [near, far]}, closed: likely}
      - {else: true, closed: unlikely}
choices:
  patrol: {actor: navy, options: [near, far], sees: [storm]}
stakes:
  navy:
    ships:
      values: [{when: {storm: strong, patrol: near}, is: 0}, {when: {patrol: near}, is: 80..100}, {else: true, is: 60}]
evidence:
  - id: notice
    date: 2022-03-20
    claim: Called back.
    source: harbour
    bears_on: strait
    likelihood: {closed: 30 %, open: 0.1}
"""


def mended(text: str) -> str:
    source = Source("case.yaml", text)
    return applied(source, without_conflict(examine_source(source)[1]))


def test_the_case_itself_is_sound() -> None:
    assert not has_errors(examine_source(Source("case.yaml", CASE))[1])


@pytest.mark.parametrize(
    ("right", "slip"),
    [
        ("2022-03-24", "24 March 2022"),
        ("2022-03-24", "March 24, 2022"),
        ("2022-03-24", "24th Mar 2022"),
        ("2022-03-24", "24/03/2022"),
        ("2022-03-24", "3/24/2022"),
        ("2022-03-24", "2022/3/24"),
        ("2022-03-24", "20220324"),
        ("grade: B2", "grade: 2B"),
        ("grade: B2", "grade: b-2"),
        ("0.2..0.4", "0.2-0.4"),
        ("0.2..0.4", "0.4..0.2"),
        ("0.2..0.4", "0.4 - 0.2"),
        ("0.2..0.4", "0.2 to 0.4"),
        ("0.2..0.4", "[0.2, 0.4]"),
        ("30 %", "30"),
        ("30 %", "30 per cent"),
        ("30 %", "30 percent"),
        ("closed: likely", "closed: likley"),
        ("closed: unlikely", "closed: Unlikly"),
        ("chances: {strong", "chanses: {strong"),
        ("sees: [storm]", "sees: [strom]"),
        ("sees: [storm]", "sees: [storm, storm]"),
        ("states: [open, closed]", "states: [open, closed, closed]"),
        ("source: harbour", "source: Harbour"),
        ("actor: navy", "actor: nvay"),
        ("bears_on: strait", "bear_on: strait"),
        ("{else: true, closed: unlikely}", "{closed: unlikely}"),
        ("{else: true, is: 60}", "{is: 60}"),
        ("{storm: strong, patrol: near}", "{storm:strong, patrol: near}"),
        ("melian: 1\n", ""),
    ],
    ids=lambda text: text.strip() or "nothing",
)
def test_a_slip_is_mended_to_what_was_meant(right: str, slip: str) -> None:
    assert CASE.count(right) >= 1
    wrong = CASE.replace(right, slip, 1)
    assert examine_source(Source("case.yaml", wrong))[1] != examine_source(Source("case.yaml", CASE))[1]
    assert mended(wrong).casefold() == CASE.casefold()


@pytest.mark.parametrize(
    ("right", "doubtful"),
    [
        ("2022-03-24", "03/04/2022"),
        ("2022-03-24", "2022-02-30"),
        ("2022-03-24", "spring 2022"),
        ("grade: B2", "grade: B7"),
        ("grade: B2", "grade: 1B2"),
        ("30 %", "1.5"),
        ("closed: likely", "closed: quite likely"),
        ("sees: [storm]", "sees: [sturmflut]"),
        ("[near, far], sees", "[near, wide], sees"),
        ("{when: {patrol: near}, is: 80..100}", "{is: 80..100}"),
        ("words", "words"),
    ],
    ids=lambda text: text,
)
def test_what_is_in_doubt_is_left_to_people(right: str, doubtful: str) -> None:
    wrong = CASE.replace(right, doubtful, 1)
    assert mended(wrong) == wrong


def test_a_name_that_is_used_more_often_than_the_one_it_is_near_stays() -> None:
    """The slip is then in the definition, and renaming all uses would spread it."""
    wrong = CASE.replace("[open, closed]", "[open, clsed]")
    assert mended(wrong) == wrong


def test_others_in_an_influence_become_the_one_state_they_stand_for() -> None:
    text = (
        "melian: 1\ncase: c\nquestion: {event: {b: y}}\nfactors:\n  a: {states: [u, v], chances: {u: 0.3}}\n"
        "  b:\n    states: [x, y]\n    base: {x: 0.3}\n    influences: [{when: {a: u}, x: more, others: less}]\n"
    )
    assert "x: more, y: less" in mended(text)
    three = text.replace("[x, y]", "[x, y, z]")
    assert mended(three) == three


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("title: Belarus: will it enter?\n", 'title: "Belarus: will it enter?"\n'),
        ("a:\n\tb: 1\n\tc:\n\t\td: 2\n", "a:\n  b: 1\n  c:\n    d: 2\n"),
        ("a: &x 0.3\nb: *x\n", "a: 0.3\nb: 0.3\n"),
        ("a: 1\na: 1\n", "a: 1\n"),
        ("a: !!float 0.3\n", "a: 0.3\n"),
    ],
    ids=["a colon in a text", "tabs", "an alias", "the same twice", "a plain tag"],
)
def test_a_slip_in_the_yaml_is_mended(text: str, after: str) -> None:
    wrong = CASE + "x-own:\n" + "".join(f"  {line}\n" for line in text.splitlines()) if "\t" not in text else text
    right = CASE + "x-own:\n" + "".join(f"  {line}\n" for line in after.splitlines()) if "\t" not in text else after
    assert right in (mended(wrong), mended(wrong).removeprefix("melian: 1\n"))


@pytest.mark.parametrize(
    "text",
    ["a:\n  b:\n\tc: 1\n", "a: b: c\n", "a: &x {b: 1}\nc: *x\n", "a: 1\na: 2\n", "a: !own 1\n"],
    ids=["tabs beside spaces", "two keys on a line", "an alias of a mapping", "two values", "a tag of one's own"],
)
def test_what_is_in_doubt_in_the_yaml_is_left(text: str) -> None:
    assert mended("melian: 1\n" + text) == "melian: 1\n" + text
