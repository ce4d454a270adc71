"""Doubts about evidence and links: told where there is a reason, and not where there is none."""

import pytest

from tests.reading import codes, notes, points_at_the_mark, the_one

HEAD = """\
melian: 1
case: strait
question: {event: {strait: closed}}
sources: {radio: {title: Radio, grade: B2}, wire: {title: Wire, grade: C2}}
factors:
  strait: {states: [open, closed], chances: {closed: unlikely}}
"""
FIRST = "  - {id: one, date: 2022-03-01, claim: The harbour pilots were called back to port., source: radio, LIKELY}\n"
LIKELY = "bears_on: strait, likelihood: {closed: likely, open: unlikely}"


def evidence(*reports: str) -> str:
    return HEAD + "evidence:\n" + "".join(report.replace("LIKELY", LIKELY) for report in reports)


def second(**changed: str) -> str:
    said = {"date": "2022-03-09", "claim": "Fuel was rationed.", "source": "wire"} | changed
    return "  - {id: two, " + ", ".join(f"{key}: {value}" for key, value in said.items()) + ", LIKELY}\n"


COPIED = "The pilots of the harbour were called back to port"


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"claim": COPIED, "source": "radio"}, id="same words and source"),
        pytest.param({"claim": COPIED, "date": "2022-03-01"}, id="same words and day"),
        pytest.param({"claim": COPIED.upper(), "date": "2022-03-01"}, id="same words in capitals"),
    ],
)
def test_reports_that_look_like_one_are_told(changed: dict[str, str]) -> None:
    text = evidence(FIRST, second(**changed))
    one = the_one(text, "like-reports")
    assert one.primary.span.text == "two"
    assert [label.span.text for label in one.secondary] == ["one"]
    assert "origin" in notes(one)[0]
    assert "unused-source" in codes(text) or "source" in changed or "date" in changed


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({}, id="nothing in common"),
        pytest.param({"claim": COPIED}, id="same words alone"),
        pytest.param({"source": "radio", "date": "2022-03-01"}, id="same source and date alone"),
        pytest.param({"claim": "The harbour", "date": "2022-03-01", "source": "radio"}, id="two words in common"),
        pytest.param({"claim": COPIED, "date": "2022-03-01", "superseded_by": "one"}, id="replaced"),
    ],
)
def test_reports_that_may_well_be_two_are_not(changed: dict[str, str]) -> None:
    assert "like-reports" not in codes(evidence(FIRST, second(**changed)))


def test_origins_settle_whether_reports_are_one() -> None:
    twice = second(claim=COPIED, source="radio", date="2022-03-01")
    assert "like-reports" in codes(evidence(FIRST, twice))
    for own, other in (("a", "a"), ("a", "b")):
        first = FIRST.replace("LIKELY", f"origin: {own}, LIKELY")
        assert "like-reports" not in codes(evidence(first, twice.replace("LIKELY", f"origin: {other}, LIKELY")))
    assert "like-reports" in codes(evidence(FIRST.replace("LIKELY", "origin: a, LIKELY"), twice))


def test_three_of_one_kind_are_two_warnings() -> None:
    more = [second(claim=COPIED, source="radio", date="2022-03-01").replace("two", name) for name in ("two", "three")]
    assert codes(evidence(FIRST, *more)).count("like-reports") == 2


SIGN = "  - {{id: sign{0}, date: 2022-03-0{0}, claim: Sign {0}., source: radio, bears_on: strait, likelihood: {1}}}\n"
FOR, AGAINST, FLAT = "{closed: likely, open: unlikely}", "{closed: 0.1, open: about 0.4}", "{closed: 0.5, open: 0.5}"


@pytest.mark.parametrize(
    ("said", "way"),
    [
        ([FOR] * 4, "for"),
        ([AGAINST] * 5, "against"),
        (
            [
                FOR,
                FOR,
                "{closed: 'beta(4, 2)', open: 'normal(0.2, 0.1)'}",
                "{closed: 'pert(0.2, 0.7, 1)', others: 0.1}",
            ],
            "for",
        ),
    ],
)
def test_evidence_that_all_points_one_way_is_told(said: list[str], way: str) -> None:
    one = the_one(evidence(*(SIGN.format(number + 1, row) for number, row in enumerate(said))), "one-sided-evidence")
    assert one.severity == "info"
    assert one.headline == f"all {len(said)} independent reports on what is asked speak {way} the event"


@pytest.mark.parametrize("said", [[FOR] * 3, [FOR] * 4 + [AGAINST], [FOR] * 4 + [FLAT]])
def test_evidence_that_does_not_is_not(said: list[str]) -> None:
    text = evidence(*(SIGN.format(number + 1, row) for number, row in enumerate(said)))
    assert "one-sided-evidence" not in codes(text)


def test_reports_of_one_origin_are_one_side() -> None:
    text = evidence(*(SIGN.format(number + 1, FOR) for number in range(4)))
    assert "one-sided-evidence" in codes(text)
    assert "one-sided-evidence" not in codes(text.replace("source: radio", "source: radio, origin: port"))


ACTORS = """\
melian: 1
case: strait
question: {event: {strait: closed}}
actors: {navy: {}}
choices: {strait: {actor: navy, options: [open, closed], sees: [SEEN]}}
factors:
  storm: {states: [none, strong], chances: {strong: unlikely}}
  waves: {states: [low, high], chances: [{when: {storm: strong}, high: likely}, {else: true, high: unlikely}]}
stakes: {navy: {ships: {values: [{when: {strait: open, NODE}, is: 0}, {else: true, is: 100}]}}}
beliefs: {navy: {storm: {strong: likely}}}
"""


def test_a_belief_counts_through_stakes_and_through_what_is_seen() -> None:
    assert "idle-belief" not in codes(ACTORS.replace("SEEN", "").replace("NODE", "storm: strong"))
    assert "idle-belief" not in codes(ACTORS.replace("SEEN", "").replace("NODE", "waves: high"))
    assert "idle-belief" not in codes(ACTORS.replace("SEEN", "waves").replace("NODE", "storm: strong"))
    assert "idle-belief" in codes(ACTORS.replace("SEEN", "").replace(", NODE", ""))


def test_a_belief_that_says_the_same_is_told_with_the_factor() -> None:
    text = ACTORS.replace("SEEN", "").replace("NODE", "storm: strong").replace("{strong: likely}", "{strong: unlikely}")
    one = the_one(text, "idle-belief")
    assert [label.span.text for label in one.secondary] == ["storm"]


def test_of_an_actor_who_chooses_nothing_only_that_is_told() -> None:
    text = ACTORS.replace("SEEN", "").replace("NODE", "storm: strong").replace("{navy: {}}", "{navy: {}, port: {}}")
    text = text.replace("{navy: {storm: {strong: likely}}}", "{port: {storm: {strong: likely}}}")
    assert "idle-actor" in codes(text)
    assert "idle-belief" not in codes(text)


def test_a_node_that_is_given_and_not_tested_is_pointed_at() -> None:
    text = ACTORS.replace("SEEN", "").replace("NODE", "storm: strong")
    text = text.replace("[low, high], ", "[low, high], given: [storm, «strait»], ")
    points_at_the_mark(text, "untested-given")


def test_a_choice_that_nothing_hangs_on_is_told_beside_one_that_matters() -> None:
    text = ACTORS.replace("SEEN", "").replace("NODE", "storm: strong")
    text = text.replace("choices: {", "choices: {«patrol»: {actor: navy, options: [near, far]}, ")
    points_at_the_mark(text, "choice-without-effect")


NAVY = """\
melian: 1
case: strait
question: {event: {strait: closed}}
actors: {navy: {}}
choices: {strait: {actor: navy, options: [open, closed]}}
stakes:
  navy:
    order: [gain, ease = rest]
    weights: {WEIGHTS}
    gain: {given: [strait], values: {open: 0, closed: 100}}
    ease: {given: [strait], values: {open: 100, closed: 0}}
    rest: {given: [strait], values: {open: 100, closed: 0}}
"""


@pytest.mark.parametrize(
    ("weights", "labels"),
    [
        (
            "gain: 0.1..0.2, ease: 0.5..0.6",
            [("gain", "ranked above `ease`"), ("0.1..0.2", "at most 0.2"), ("0.5..0.6", "at least 0.5")],
        ),
        ("ease: 0.1, rest: 0.3", [("ease", "level with `rest`"), ("0.1", "at most 0.1"), ("0.3", "at least 0.3")]),
        (
            "rest: 0.1, ease: 0.3..0.4",
            [("rest", "level with `ease`"), ("0.1", "at most 0.1"), ("0.3..0.4", "at least 0.3")],
        ),
        ("gain: 0.1..0.5, ease: 0.2..0.6", []),
        ("gain: 0.5, ease: 0.2", []),
    ],
)
def test_an_order_that_weights_contradict_is_shown_with_both(weights: str, labels: list[tuple[str, str]]) -> None:
    one = the_one(NAVY.replace("WEIGHTS", weights), "order-and-weights")
    assert [(label.span.text, label.text) for label in one.secondary[1:]] == labels


def test_only_the_chances_that_clash_are_shown() -> None:
    states = HEAD.replace("[open, closed]", "[open, closed, mined, watched, held]")
    text = states.replace(
        "{closed: unlikely}", "{open: 0.05..0.1, closed: «0.5..0.6», mined: 0.1..0.2, watched: 0.55..0.7}"
    )
    one = points_at_the_mark(text, "impossible-row")
    assert [label.span.text for label in one.secondary] == ["0.55..0.7"]


def test_only_the_words_that_clash_are_shown() -> None:
    states = HEAD.replace("[open, closed]", "[open, closed, mined, watched]")
    row = "{open: almost certain, closed: 0.01..0.02, mined: 0.99}"
    one = the_one(states.replace("{closed: unlikely}", row), "impossible-row")
    assert (one.primary.span.text, [label.span.text for label in one.secondary]) == (row, ["almost certain", "0.99"])
