"""What is said about a text that is not in the grammar: code, place, headline, label and cure."""

import pytest

from tests.reading import codes, errors, notes, points_at_the_mark, read_anyhow, the_one

HEAD = "melian: 1\ncase: strait\nquestion: {event: {strait: closed}}\n"
STRAIT = "factors: {strait: {states: [open, closed], chances: {closed: unlikely}}}\n"
NAVY = HEAD + "actors: {navy: {}}\nchoices: {strait: {actor: navy, options: [open, closed]}}\n"
GAIN = "{given: [strait], values: {open: 0, closed: 100}}"


def test_what_is_no_mapping_is_no_case() -> None:
    for text in ("- a\n", "hello\n", "42\n"):
        assert codes(text) == ["wrong-shape"]
    assert codes("") == ["empty-file"]


def test_a_case_without_its_keys_says_which() -> None:
    assert codes("melian: 1\n") == ["missing-key", "missing-key"]
    one = the_one("case: a\nquestion: {event: {strait: closed}}\n" + STRAIT, "missing-key")
    assert one.headline == "a case has no `melian`"
    assert notes(one) == ["add `melian:` (version of the case language; 1)"]


@pytest.mark.parametrize(
    ("text", "code", "headline", "label", "cure"),
    [
        pytest.param(
            HEAD.replace("melian: 1", "melian: «2»") + STRAIT,
            "unknown-word",
            "the version of the case language cannot be `2`",
            "not one of the words for it",
            "one of `1`",
            id="version",
        ),
        pytest.param(
            HEAD + "as_of: «24 March 2022»\n" + STRAIT,
            "bad-date",
            "`24 March 2022` is not a date",
            "here",
            "write it as `2022-03-24`",
            id="date",
        ),
        pytest.param(
            HEAD + "as_of: «2022-02-30»\n" + STRAIT,
            "bad-date",
            "`2022-02-30` is not a date",
            "here",
            "write it as `2022-03-24`",
            id="day that no month has",
        ),
        pytest.param(
            HEAD + "words: «icd»\n" + STRAIT,
            "unknown-word",
            "the scale of words cannot be `icd`",
            "not one of the words for it",
            "did you mean `icd203`?",
            id="scale",
        ),
        pytest.param(
            HEAD + "«titel»: What?\n" + STRAIT,
            "unknown-key",
            "`titel` is not a key of a case",
            "not understood",
            "did you mean `title`?",
            id="key of a case",
        ),
        pytest.param(
            HEAD + STRAIT.replace("states:", "«stats»:"),
            "unknown-key",
            "`stats` is not a key of factor `strait`",
            "not understood",
            "did you mean `states`?",
            id="key of a factor",
        ),
        pytest.param(
            NAVY.replace("strait: {actor: navy, options", "strait: {«options»"),
            "missing-key",
            "choice `strait` has no `actor`",
            "in this record",
            "add `actor:` (who chooses)",
            id="choice without actor",
        ),
        pytest.param(
            HEAD + "factors: «[strait]»\n",
            "wrong-shape",
            "`factors` should be a mapping (`key: value`)",
            "this is a list",
            None,
            id="factors as a list",
        ),
        pytest.param(
            HEAD + "factors: {strait: «closed»}\n",
            "wrong-shape",
            "factor `strait` should be a mapping (`key: value`)",
            "this is a text",
            None,
            id="factor as a text",
        ),
        pytest.param(
            HEAD + STRAIT.replace("[open, closed]", "[open, «half open»]"),
            "bad-name",
            "`half open` cannot be a name",
            "here",
            "letters, digits, `_` and `-`, at most 80 of them",
            id="state with a blank",
        ),
        pytest.param(
            HEAD + STRAIT.replace("[open, closed]", "[open, «others»]"),
            "reserved-name",
            "`others` has a meaning of its own in the language",
            "here",
            "choose another name, such as `others_`",
            id="reserved state",
        ),
        pytest.param(
            HEAD + STRAIT.replace("[open, closed]", "[open, «x-closed»]"),
            "reserved-name",
            "`x-closed` is kept for your own keys",
            "here",
            "choose another name, such as `closed_`",
            id="state that looks like a key of one's own",
        ),
        pytest.param(
            HEAD + STRAIT.replace("[open, closed]", "«[closed]»"),
            "too-few-states",
            "the list of states of `strait` needs at least two",
            "1 here",
            None,
            id="one state",
        ),
        pytest.param(
            HEAD + STRAIT.replace("[open, closed]", "[open, closed, «open»]"),
            "repeated-name",
            "`open` is listed twice",
            "again here",
            None,
            id="state twice",
        ),
        pytest.param(
            HEAD + STRAIT.replace("unlikely", "«[0.2, 0.4]»"),
            "wrong-shape",
            "`closed` should be a judgement",
            "this is a list",
            "write a range as `0.2..0.4`",
            id="range as a list",
        ),
        pytest.param(
            HEAD + STRAIT.replace("unlikely", "«{from: 0.2}»"),
            "wrong-shape",
            "`closed` should be a judgement",
            "this is a mapping",
            "write a number `0.3`, a range `0.2..0.4`, a word such as `unlikely`, or `about 0.3`, or the long form "
            "`{is: ..., basis: judgement}`",
            id="judgement as a mapping",
        ),
        pytest.param(
            HEAD + STRAIT.replace("unlikely", "{is: 0.3, «bais»: fact}"),
            "unknown-key",
            "`bais` is not a key of a judgement",
            "not understood",
            "did you mean `basis`?",
            id="key of a long judgement",
        ),
        pytest.param(
            HEAD + STRAIT.replace("unlikely", "«likley»"),
            "bad-judgement",
            "`closed` cannot be read as a chance",
            "`likley` is not understood here",
            "did you mean `likely`?",
            id="judgement",
        ),
        pytest.param(
            HEAD + STRAIT.replace("{closed: unlikely}", "«{}»"),
            "empty-row",
            "nothing is said in the chances of factor `strait`",
            "no state is named here",
            "say something of one of them; the range of all that can be says that nothing is known",
            id="empty row",
        ),
        pytest.param(
            HEAD + STRAIT.replace("{closed: unlikely}", "«[]»"),
            "empty-row",
            "the chances of factor `strait` list nothing",
            "no rule is here",
            "list rules: `- {when: {node: state}, ...}`, the last with `else: true`",
            id="empty list of rules",
        ),
        pytest.param(
            HEAD + STRAIT.replace("chances: {closed: unlikely}", "label: It").replace("{states", "{«states»"),
            "wrong-table",
            "factor `strait` has no chances",
            "in this record",
            "add `chances: {state: likely}`, or `base:` with `influences:` where there are many parents",
            id="no chances",
        ),
        pytest.param(
            HEAD + STRAIT.replace("unlikely}", "unlikely}, «base»: {closed: 0.3}"),
            "wrong-table",
            "factor `strait` needs either `chances`, or `base` with `influences`, or `function`",
            "here",
            "add `chances: {state: likely}`, or `base:` with `influences:` where there are many parents",
            id="chances and base",
        ),
        pytest.param(
            HEAD + STRAIT.replace("{closed: unlikely}", "[{«closed»: unlikely}]"),
            "rule-without-when",
            "a rule of the chances of factor `strait` needs either `when:` or `else: true`",
            "in this rule",
            "say when it holds: `when: {node: state}`",
            id="rule without when",
        ),
        pytest.param(
            HEAD + STRAIT.replace("{closed: unlikely}", "[{else: «yes», closed: unlikely}]"),
            "unknown-word",
            "`else` cannot be `yes`",
            "not one of the words for it",
            "one of `true`",
            id="else that is not true",
        ),
        pytest.param(
            HEAD.replace("{strait: closed}", "«{}»") + STRAIT,
            "empty-condition",
            "the event tests nothing",
            "name a node and a state here",
            None,
            id="empty event",
        ),
        pytest.param(
            HEAD.replace("{strait: closed}", "{strait: «[]»}") + STRAIT,
            "wrong-shape",
            "`strait` is tested against no state",
            "name a state here",
            None,
            id="test against nothing",
        ),
        pytest.param(
            HEAD.replace("{strait: closed}", "{«any»: []}") + STRAIT,
            "empty-condition",
            "`any` lists no condition",
            "nothing to test here",
            None,
            id="any of nothing",
        ),
        pytest.param(
            NAVY + "stakes: {navy: {gain: {values: {«closed»: 100, open: 0}}}}\n",
            "values-need-given",
            "the values of stake `gain` are listed by state, but `given` names no nodes",
            "by state here",
            "name one node in `given`, or list rules: `- {when: {node: state}, is: 60..80}`",
            id="values by state of nothing",
        ),
        pytest.param(
            NAVY + "stakes: {navy: {gain: {values: [{«when»: {strait: closed}}, {else: true, is: 0}]}}}\n",
            "missing-key",
            "a rule of the values of stake `gain` has no `is`",
            "in this rule",
            "add `is: 60..80`",
            id="value missing",
        ),
        pytest.param(
            NAVY + "stakes: {navy: {order: [gain], «weights»: {gain: 1}, gain: " + GAIN + "}}\n",
            "order-and-weights",
            "the stakes of `navy` have both an order and weights",
            "and weights here",
            "keep one of the two",
            id="order and weights",
        ),
        pytest.param(
            NAVY + "stakes: {navy: {«oder»: [gain], gain: " + GAIN + "}}\n",
            "unknown-key",
            "`oder` is not a key of the stakes of `navy`",
            "not understood",
            "did you mean `order`?",
            id="mistyped order",
        ),
        pytest.param(
            HEAD + STRAIT + "evidence: «{id: a}»\n",
            "wrong-shape",
            "`evidence` should be a list",
            "this is a mapping (`key: value`)",
            None,
            id="evidence as a mapping",
        ),
        pytest.param(
            HEAD + STRAIT + "evidence: [{«id»: a, claim: so, bears_on: strait}]\n",
            "wrong-report",
            "report `a` needs one of `likelihood`, `shows` and `believed`",
            "it has neither",
            "say how likely it is in each state: `likelihood:`",
            id="report that says nothing",
        ),
        pytest.param(
            HEAD
            + STRAIT
            + "evidence: [{id: a, claim: so, bears_on: strait, likelihood: {others: 0.3}, «shows»: open}]\n",
            "wrong-report",
            "report `a` needs one of `likelihood`, `shows` and `believed`",
            "it has both",
            "say how likely it is in each state: `likelihood:`",
            id="report that says two things",
        ),
        pytest.param(
            HEAD + STRAIT + "sources: {radio: {grade: «G2»}}\n",
            "bad-grade",
            "`G2` is not an Admiralty grade",
            "here",
            "a letter A to F for the source and a digit 1 to 6 for the information, such as `B2`",
            id="grade",
        ),
        pytest.param(
            HEAD + STRAIT + "grades: {«G»: 0.3}\n",
            "unknown-word",
            "a letter of a grade cannot be `G`",
            "not one of the words for it",
            "one of `A`, `B`, `C`, `D`, `E`, `F`",
            id="letter of a grade",
        ),
        pytest.param(
            HEAD
            + STRAIT.replace("{closed: unlikely}", "[{when: strait«:»open, closed: 0.3}, {else: true, closed: 0.1}]"),
            "tight-colon",
            "no space stands after a colon",
            "a space was expected after this",
            "write `strait: open`",
            id="tight colon where a mapping was expected",
        ),
    ],
)
def test_a_mistake_is_said_where_it_is_in_the_user_s_own_names(
    text: str, code: str, headline: str, label: str, cure: str | None
) -> None:
    one = points_at_the_mark(text, code)
    assert (one.severity, one.headline, one.primary.text) == ("error", headline, label)
    assert notes(one) == ([cure] if cure is not None else [])
    assert errors(text.replace("«", "").replace("»", "")).count(code) == 1


def test_a_place_in_a_list_of_reports_is_found_whatever_else_is_wrong() -> None:
    case, found = read_anyhow(
        HEAD + STRAIT + "evidence:\n  - hello\n  - {id: b, claim: c, bears_on: strait, shows: open}\n"
    )
    assert [report.name for report in case.evidence] == ["b"]
    assert [one.code for one in found] == ["wrong-shape"]
