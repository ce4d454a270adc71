"""Rules of soundness that are errors: what they find, where they point, and what they leave alone."""

import pytest

from melian.api import MOST_TOLD
from melian.case.read import MAX_STATES
from tests.reading import CLOSE, OPEN, errors, notes, points_at_the_mark

TOP = "melian: 1\ncase: strait\nas_of: 2022-03-24\n"
HEAD = TOP + "question: {event: {strait: closed}}\n"
STORM = "factors:\n  storm: {states: [none, weak, strong], chances: {strong: unlikely}}\n"
STRAIT = "  strait: {states: [open, closed], RULES}\n"
CHANCES = "chances: [{when: {storm: strong}, closed: likely}, {else: true, closed: unlikely}]"
NAVY = """\
actors: {navy: {}}
choices: {strait: {actor: navy, options: [open, closed]}}
stakes:
  navy:
"""
GAIN = "    gain: {given: [strait], values: {open: 0, closed: 100}}\n"
EASE = "    ease: {given: [strait], values: {open: 100, closed: 0}}\n"
REPORT = "evidence:\n  - {id: one, date: 2022-03-20, claim: so, source: radio, bears_on: strait, REST}\n"
RADIO = "sources: {radio: {grade: B2}}\n"


def strait(rules: str) -> str:
    return HEAD + STORM + STRAIT.replace("RULES", rules)


def navy(stakes: str) -> str:
    return HEAD + NAVY + stakes


def report(rest: str) -> str:
    return strait(CHANCES) + RADIO + REPORT.replace("REST", rest)


UNKNOWN = "nothing has this name"
UNKNOWN_NAMES = {
    "node in the event": (
        TOP + "question: {event: {«straight»: closed}}\n" + STORM + STRAIT.replace("RULES", CHANCES),
        "`straight` is not a factor or choice in this case",
        "did you mean `strait`?",
    ),
    "state in the event": (
        TOP + "question: {event: {strait: [«close»]}}\n" + STORM + STRAIT.replace("RULES", CHANCES),
        "`close` is not a state of `strait` in this case",
        "did you mean `closed`?",
    ),
    "node in a rule": (
        strait("chances: [{when: {«strom»: strong}, closed: likely}, {else: true, closed: 0.1}]"),
        "`strom` is not a factor or choice in this case",
        "did you mean `storm`?",
    ),
    "state in a rule": (
        strait("chances: [{when: {storm: «strongest»}, closed: likely}, {else: true, closed: 0.1}]"),
        "`strongest` is not a state of `storm` in this case",
        "did you mean `strong`?",
    ),
    "state in a row": (
        strait("chances: {«shut»: likely}"),
        "`shut` is not a state of `strait` in this case",
        "known here: `open`, `closed`",
    ),
    "node in given": (
        strait("given: [«strom»], chances: [{when: {strom: strong}, closed: likely}, {else: true, closed: 0.1}]"),
        "`strom` is not a factor or choice in this case",
        "did you mean `storm`?",
    ),
    "state in a base": (
        strait("base: {«close»: 0.1}"),
        "`close` is not a state of `strait` in this case",
        "did you mean `closed`?",
    ),
    "state in an influence": (
        strait("base: {closed: 0.1}, influences: [{when: {storm: strong}, «close»: more}]"),
        "`close` is not a state of `strait` in this case",
        "did you mean `closed`?",
    ),
    "actor of a choice": (
        navy(GAIN).replace("actor: navy", "actor: «navi»"),
        "`navi` is not an actor in this case",
        "did you mean `navy`?",
    ),
    "what a choice sees": (
        navy(GAIN).replace("closed]}", "closed], sees: [«storms»]}") + STORM,
        "`storms` is not a factor or choice in this case",
        "did you mean `storm`?",
    ),
    "actor of stakes": (
        navy(GAIN).replace("  navy:", "  «navi»:"),
        "`navi` is not an actor in this case",
        "did you mean `navy`?",
    ),
    "stake in an order": (
        navy("    order: [«gian»]\n" + GAIN),
        "`gian` is not a stake of `navy` in this case",
        "did you mean `gain`?",
    ),
    "stake in a tie": (
        navy("    order: [gain = «glory»]\n" + GAIN),
        "`glory` is not a stake of `navy` in this case",
        "known here: `gain`",
    ),
    "stake in weights": (
        navy("    weights: {«gian»: 0.4}\n" + GAIN),
        "`gian` is not a stake of `navy` in this case",
        "did you mean `gain`?",
    ),
    "what a stake is given by": (
        navy(GAIN.replace("given: [strait]", "given: [«straits»]")),
        "`straits` is not a factor or choice in this case",
        "did you mean `strait`?",
    ),
    "state in values": (
        navy(GAIN.replace("open: 0", "«opened»: 0")),
        "`opened` is not a state of `strait` in this case",
        "did you mean `open`?",
    ),
    "actor of a belief": (
        strait(CHANCES) + "actors: {navy: {}}\nbeliefs: {«nave»: {storm: {strong: likely}}}\n",
        "`nave` is not an actor in this case",
        "did you mean `navy`?",
    ),
    "factor of a belief": (
        strait(CHANCES) + "actors: {navy: {}}\nbeliefs: {navy: {«strom»: {strong: likely}}}\n",
        "`strom` is not a factor in this case",
        "did you mean `storm`?",
    ),
    "state in a belief": (
        strait(CHANCES) + "actors: {navy: {}}\nbeliefs: {navy: {storm: {«strang»: likely}}}\n",
        "`strang` is not a state of `storm` in this case",
        "did you mean `strong`?",
    ),
    "what a report bears on": (
        report("shows: open").replace("bears_on: strait", "bears_on: «strit»"),
        "`strit` is not a factor or choice in this case",
        "did you mean `strait`?",
    ),
    "state that a report shows": (
        report("shows: «opne»"),
        "`opne` is not a state of `strait` in this case",
        "did you mean `open`?",
    ),
    "state in a likelihood": (
        report("likelihood: {«opne»: 0.2, others: 0.1}"),
        "`opne` is not a state of `strait` in this case",
        "did you mean `open`?",
    ),
    "source of a report": (
        report("shows: open").replace("source: radio", "source: «rádio»"),
        "`rádio` is not a source in this case",
        "did you mean `radio`?",
    ),
    "source where there are none": (
        report("shows: open").replace(RADIO, "").replace("source: radio", "source: «radio»"),
        "`radio` is not a source in this case",
        "the case has no source yet: define one",
    ),
}


@pytest.mark.parametrize(("text", "headline", "cure"), UNKNOWN_NAMES.values(), ids=list(UNKNOWN_NAMES))
def test_a_name_that_nothing_has_is_one_error(text: str, headline: str, cure: str) -> None:
    one = points_at_the_mark(text, "unknown-name")
    assert (one.headline, one.primary.text, notes(one)) == (headline, UNKNOWN, [cure])
    assert errors(text.replace(OPEN, "").replace(CLOSE, "")) == ["unknown-name"]


def test_a_belief_on_a_choice_is_told_what_is_wrong_with_it() -> None:
    text = navy(GAIN) + "beliefs: {navy: {«strait»: {closed: likely}}}\n"
    one = points_at_the_mark(text, "unknown-name")
    assert one.headline == "`strait` is a choice, and beliefs are about factors"
    assert notes(one) == ["take it out: what others will choose, an actor works out from their stakes"]


FLAWS = {
    "a factor and a choice of one name": (
        "name-taken",
        navy(GAIN).replace("choices: {strait", "choices: {«strait»")
        + "factors: {strait: {states: [a, b], chances: {a: 0.5}}}\n",
        "two factors and choices are called `strait`",
        "used again here",
        "rename one of them, for example `strait_2`",
    ),
    "two reports of one name": (
        "name-taken",
        report("shows: open") + "  - {id: «one», claim: so, bears_on: storm, shows: none}\n",
        "two reports are called `one`",
        "used again here",
        "rename one of them, for example `one_2`",
    ),
    "a test outside given": (
        "outside-given",
        strait("given: [], chances: [{when: {«storm»: strong}, closed: likely}, {else: true, closed: 0.1}]"),
        "the chances of `strait` depend on `storm`, which `given` does not list",
        "tested here",
        "add it: `given: [storm]`",
    ),
    "a combination without a rule": (
        "uncovered-combination",
        strait("chances: [{when: {storm: strong}, closed: likely}]").replace("strait: {states", "«strait»: {states"),
        "no rule of the chances of `strait` covers 2 of 3 combinations",
        "for example {storm: none}",
        "add a rule for it, or `{else: true, ...}` at the end",
    ),
    "a value without a rule": (
        "uncovered-combination",
        navy("    «gain»: {given: [strait], values: {open: 0}}\n"),
        "no rule of the values of `gain` covers 1 of 2 combinations",
        "for example {strait: closed}",
        "add a rule for it, or `{else: true, ...}` at the end",
    ),
    "least shares above one": (
        "impossible-row",
        strait("chances: {open: «0.5..0.6», closed: 0.7..0.8}"),
        "these chances cannot be met together: the least they can be sums to 1.2",
        "open: 0.5..0.6",
        "the chances of one row sum to 1; change one of them, or leave one out to give it the rest",
    ),
    "greatest shares below one": (
        "impossible-row",
        strait("chances: {open: «0.333», closed: 0.333}"),
        "these chances cannot be met together: the most they can be sums to 0.666",
        "open: 0.333",
        "the chances of one row sum to 1; change one of them, or leave one out to give it the rest",
    ),
    "others that fill too little": (
        "impossible-row",
        strait("chances: {others: «0.3»}"),
        "these chances cannot be met together: the most they can be sums to 0.6",
        "others: 0.3",
        "the chances of one row sum to 1; change one of them, or leave one out to give it the rest",
    ),
    "words that almost nothing meets": (
        "impossible-row",
        strait("chances: «{open: almost certain, closed: almost certain}»"),
        None,
        "this row",
        "the chances of one row sum to 1; change one of them",
    ),
    "weights that cannot be shares": (
        "impossible-row",
        navy("    weights: {gain: «0.1..0.2», ease: 0.1..0.2}\n" + GAIN + EASE),
        "these weights cannot be met together: the most they can be sums to 0.4",
        "gain: 0.1..0.2",
        "the weights of one row sum to 1; change one of them, or leave one out to give it the rest",
    ),
    "an order without a stake": (
        "incomplete-order",
        navy("    order: [«gain»]\n" + GAIN + EASE),
        "the order of `navy` leaves out `ease`",
        "this order",
        "put `ease` where it belongs in the order, or beside its equal: `gain = ease`",
    ),
    "an order with a stake twice": (
        "incomplete-order",
        navy("    order: [gain, ease, «gain»]\n" + GAIN + EASE),
        "`gain` is ranked twice",
        "again here",
        "rank each stake once; `a = b` is a tie",
    ),
    "weights that are all zero": (
        "incomplete-order",
        navy("    weights: «{gain: 0, ease: 0}»\n" + GAIN + EASE),
        "the weights of `navy` are all zero",
        "here",
        "give one a weight above 0",
    ),
    "a plain weight among shares": (
        "incomplete-order",
        navy("    weights: {gain: «3», ease: 0.2..0.4}\n" + GAIN + EASE),
        "the weights of `navy` are shares of 1, because not all of them are plain numbers",
        "above 1",
        "write shares such as `0.4..0.6`, or a plain number for every stake",
    ),
    "a likelihood that leaves a state out": (
        "incomplete-likelihood",
        report("likelihood: «{closed: likely}»"),
        "report `one` does not say how likely it is in every state of `strait`",
        "missing: `open`",
        "add `open: unlikely`, or `others: unlikely` for all that are missing",
    ),
    "an influence on others": (
        "others-in-influence",
        strait("base: {closed: 0.1}, influences: [{when: {storm: strong}, others: «less»}]"),
        "an influence cannot be on `others`",
        "here",
        "name the states that become more or less likely; the rest gives way by itself",
    ),
    "an event that is certain": (
        "settled-event",
        TOP + "question: {event: {«strait»: [open, closed]}}\n" + STORM + STRAIT.replace("RULES", CHANCES),
        "the event is certain by construction",
        "it holds in 2 of 2 combinations",
        "name the states that count as yes, and leave out those that count as no",
    ),
    "an event that tests a node against itself": (
        "settled-event",
        TOP
        + "question: {event: {all: [{«strait»: open}, {strait: closed}]}}\n"
        + STORM
        + STRAIT.replace("RULES", CHANCES),
        "the event is impossible by construction",
        "it holds in 0 of 2 combinations",
        "name the states that count as yes, and leave out those that count as no",
    ),
    "a factor given by itself": (
        "circular-factors",
        strait("given: [«strait»], chances: {closed: 0.1}"),
        "the factor `strait` depends on itself",
        "through this",
        "take one of these links out; what feeds back over time needs a factor for each period",
    ),
    "a choice that sees itself": (
        "sees-its-future",
        navy(GAIN).replace("closed]}", "closed], sees: [«strait»]}"),
        "the choice `strait` sees itself",
        "seen here",
        "take `strait` out of `sees`",
    ),
    "findings that exclude each other": (
        "impossible-evidence",
        report("shows: «open»").replace("source: radio, ", "")
        + "  - {id: two, claim: so, bears_on: strait, shows: closed}\n",
        "the evidence leaves no state of `strait` possible",
        "by report `one`",
        "give one of these reports a source that may be wrong (`source:`, graded), or a chance above 0",
    ),
}


@pytest.mark.parametrize(("code", "text", "headline", "label", "cure"), FLAWS.values(), ids=list(FLAWS))
def test_a_flaw_is_one_error_where_it_is(code: str, text: str, headline: str | None, label: str, cure: str) -> None:
    one = points_at_the_mark(text, code)
    assert (one.severity, one.primary.text, notes(one)) == ("error", label, [cure])
    assert headline is None or one.headline == headline
    assert errors(text.replace(OPEN, "").replace(CLOSE, "")) == [code]


def test_words_that_clash_say_how_far() -> None:
    one = points_at_the_mark(FLAWS["words that almost nothing meets"][1], "impossible-row")
    assert one.headline.startswith("these chances of `strait` cannot be met together: ")


def test_a_circle_is_told_link_by_link() -> None:
    text = (
        HEAD
        + """\
factors:
  storm: {states: [none, strong], chances: [{when: {«port»: idle}, strong: 0.5}, {else: true, strong: 0.1}]}
  strait: {states: [open, closed], chances: [{when: {storm: strong}, closed: 0.5}, {else: true, closed: 0.1}]}
  port: {states: [busy, idle], chances: [{when: {strait: closed}, idle: 0.5}, {else: true, idle: 0.1}]}
"""
    )
    one = points_at_the_mark(text, "circular-factors")
    assert [label.text for label in one.secondary] == [
        "`port` depends on `strait` here",
        "`strait` depends on `storm` here",
    ]
    assert notes(one, "info") == ["storm -> strait -> port -> storm"]


def test_a_choice_that_sees_what_it_influences_is_told_as_such() -> None:
    text = (
        navy(GAIN).replace("closed]}", "closed], sees: [«port»]}")
        + """\
factors:
  port: {states: [busy, idle], chances: [{when: {strait: closed}, idle: 0.5}, {else: true, idle: 0.1}]}
"""
    )
    one = points_at_the_mark(text, "sees-its-future")
    assert one.headline == "the choice `strait` sees `port`, which it influences itself"
    assert notes(one) == ["take `port` out of `sees`: it is decided after `strait`"]


def test_every_circle_is_told() -> None:
    pairs = "".join(
        f"  {a}: {{states: [x, y], chances: [{{when: {{{b}: x}}, x: 0.5}}, {{else: true, x: 0.1}}]}}\n"
        for a, b in ("ab", "ba", "cd", "dc")
    )
    assert errors(f"{TOP}question: {{event: {{a: x}}}}\nfactors:\n{pairs}") == ["circular-factors", "circular-factors"]


def test_a_circle_may_stand_in_an_actor_s_beliefs_alone() -> None:
    text = (
        strait(CHANCES)
        + """\
actors: {navy: {}}
beliefs:
  navy: {storm: {given: [«strait»], chances: [{when: {strait: closed}, strong: 0.5}, {else: true, strong: 0.1}]}}
"""
    )
    one = points_at_the_mark(text, "circular-factors")
    assert one.headline == "the factor `storm` depends on itself as `navy` sees it"


def test_choices_that_answer_each_other_are_no_mistake() -> None:
    text = (
        TOP
        + """\
question: {event: {north: sails}}
actors: {a: {}, b: {}}
choices:
  north: {actor: a, options: [stays, sails]}
  south: {actor: b, options: [stays, sails]}
stakes:
  a: {sea: {values: [{when: {north: sails, south: stays}, is: 100}, {else: true, is: 0}]}}
  b: {sea: {values: [{when: {south: sails, north: stays}, is: 100}, {else: true, is: 0}]}}
"""
    )
    assert errors(text) == []


# Bounds


def wide(n_factors: int, n_states: int) -> str:
    states = ", ".join(f"x{number}" for number in range(n_states))
    return "".join(f"  f{n}: {{states: [{states}], chances: {{x0: 0.5}}}}\n" for n in range(n_factors))


def test_a_table_over_too_much_is_refused_without_building_it() -> None:
    given = ", ".join(f"f{number}" for number in range(2000))
    wide_strait = f"  «strait»: {{states: [open, closed], given: [{given}], chances: {{closed: 0.1}}}}\n"
    one = points_at_the_mark(HEAD + "factors:\n" + wide(2000, 2) + wide_strait, "table-too-large")
    assert one.headline == "the chances of `strait` would span more than 200,000 combinations"
    assert one.primary.text == "over 2000 nodes"


def test_an_event_a_stake_and_a_choice_s_sight_are_bounded_too() -> None:
    names = [f"f{number}" for number in range(8)]
    seen, factors = ", ".join(names), "factors:\n" + wide(8, 6)
    every = "{" + ", ".join(f"{name}: x0" for name in names) + "}"
    assert "table-too-large" not in errors(HEAD.replace("{strait: closed}", every) + factors)  # one condition a table
    inner = f"{{any: [{{f0: x1}}, {{all: [{every}, {{f1: x1}}]}}]}}"
    assert errors(HEAD.replace("{strait: closed}", inner) + factors) == ["table-too-large"]
    assert errors(navy(GAIN).replace("closed]}", f"closed], sees: [{seen}]}}") + factors) == ["table-too-large"]
    values = "[{when: {strait: open}, is: 0}, {else: true, is: 100}]"
    assert errors(navy(f"    gain: {{given: [{seen}, strait], values: {values}}}\n") + factors) == ["table-too-large"]


def test_states_options_and_stakes_are_bounded() -> None:
    twelve = ", ".join(f"x{number}" for number in range(12))
    factor = strait("chances: {closed: 0.1}")
    assert errors(factor.replace("none, weak, strong", twelve).replace("{strong:", "{x0:")) == []
    most = ", ".join(f"x{number}" for number in range(MAX_STATES))
    assert (
        errors(
            factor.replace("none, weak, strong", most).replace("{strong:", "{x0:").replace("storm: strong", "storm: x0")
        )
        == []
    )
    assert errors(factor.replace("none, weak, strong", "strong, " + most)) == ["too-many-states"]
    options = navy(GAIN).replace("[open, closed]", f"[open, closed, {twelve}]")
    assert errors(options.replace("open: 0, closed: 100", "others: 0, closed: 100")) == []
    assert errors(navy("".join(GAIN.replace("gain", f"gain{number}") for number in range(13)))) == ["too-many-stakes"]


def test_influences_are_bounded_together() -> None:
    influences = ", ".join("{when: {storm: strong}, closed: 20}" for _ in range(16))
    assert errors(strait(f"base: {{closed: 0.1}}, influences: [{influences}]")) == ["out-of-bounds"]
    assert errors(strait("base: {closed: 0.1}, influences: [{when: {storm: strong}, closed: 20}]")) == []


def test_near_names_are_not_looked_for_without_end() -> None:
    many = 3000
    sees = ", ".join(f"g{number}" for number in range(many))
    text = navy(GAIN).replace("closed]}", f"closed], sees: [{sees}]}}") + "factors:\n" + wide(1, 2)
    assert errors(text) == ["unknown-name"] * MOST_TOLD
