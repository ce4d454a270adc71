"""Reading a case: everything in the grammar, and what is said about what is not."""

from datetime import date

import pytest

from melian.case.case import Chances, Influences
from melian.case.grades import Grade
from melian.catalog import case_names, case_path
from tests.reading import codes, errors, read

# The sketch of the language in the design, completed by what it leaves out: the factors and choices that it mentions.
SKETCH = """\
melian: 1
case: belarus-2022
title: Will Belarus enter the war against Ukraine on Russia's side?
as_of: 2022-03-24
question:
  event: {entry: [joins_north, joins_west]}
  by: 2022-06-30
  resolution: Belarusian units in combat inside Ukraine, confirmed by two independent sources.
  outcome: "no"
actors:
  lukashenko: {name: Alexander Lukashenko, precision: ordinary}
  putin: {name: Vladimir Putin}
  west: {name: EU and United States}
sources:
  conversation: {title: "...", publisher: The Conversation, date: 2022-03-24, grade: B2}
factors:
  offensive: {states: [stalled, advancing], chances: {stalled: likely}}
  army:
    states: [holds, wavers]
    base: {wavers: unlikely}
    influences:
      - {when: {offensive: stalled}, wavers: slightly more}
      - {when: {entry: [joins_north, joins_west]}, wavers: strongly more}
  uprising:
    states: [none, mass]
    given: [entry, army]
    chances:
      - {when: {entry: stays_out}, mass: very unlikely}
      - {when: {army: wavers}, mass: 0.5..0.8}
      - {else: true, mass: unlikely}
  sanctions: {states: [as_now, severe], chances: {severe: likely}}
  resistance: {states: [holds, collapses], chances: {collapses: unlikely}}
  regime: {states: [holds, falls], chances: [{when: {uprising: mass}, falls: likely}, {else: true, falls: 0.01}]}
choices:
  demand: {actor: putin, options: [none, request, insist], sees: [offensive]}
  entry: {actor: lukashenko, options: [stays_out, joins_north, joins_west], sees: [demand, sanctions]}
stakes:
  lukashenko:
    order: [survival, favour, autonomy = economy]
    survival: {given: [regime], values: {holds: 100, falls: 0}}
    favour:
      given: [demand, entry]
      values:
        - {when: {demand: insist, entry: stays_out}, is: 0..20}
        - {else: true, is: 60..100}
    autonomy: {given: [entry], values: {stays_out: 100, others: 0}}
    economy: {given: [sanctions], values: {as_now: 100, severe: 0}}
beliefs:
  putin: {resistance: {collapses: likely}}
evidence:
  - id: ambassador
    date: 2022-03-23
    claim: Belarus's ambassador left Ukraine.
    source: conversation
    at: paragraph 2
    happened: 2022-03-22
    bears_on: entry
    likelihood: {joins_north: likely, joins_west: likely, stays_out: unlikely}
    anyway: unlikely
    origin: embassy-news
"""
HEAD = "melian: 1\ncase: strait\nquestion: {event: {strait: closed}}\n"
STRAIT = "factors: {strait: {states: [open, closed], chances: {closed: unlikely}}}\n"
NAVY = HEAD + "actors: {navy: {}}\nchoices: {strait: {actor: navy, options: [open, closed]}}\n"


def test_the_sketch_of_the_design_is_a_case() -> None:
    # The west chooses nothing in it, and a demand that nobody in the sketch weighs is picked evenly.
    assert errors(SKETCH) == []
    assert set(codes(SKETCH)) <= {"idle-actor", "choice-without-stakes", "factor-without-effect", "unaffected-stake"}


@pytest.mark.parametrize("name", case_names())
def test_the_gallery_is_read_without_a_word(name: str) -> None:
    path = case_path(name)
    assert path is not None
    assert codes(path.read_text("utf-8")) == []


def test_the_top_of_a_case_is_read() -> None:
    case = read(SKETCH)
    assert (case.name, case.as_of, case.scale.name, case.behaviour) == (
        "belarus-2022",
        date(2022, 3, 24),
        "icd203",
        "logit",
    )
    assert case.title.startswith("Will Belarus")
    assert case.question.by == date(2022, 6, 30)
    assert case.question.outcome is False
    assert case.question.resolution is not None
    [test] = case.question.event.tests()
    assert test.node.text == "entry"
    assert [state.text for state in test.states] == ["joins_north", "joins_west"]


def test_a_case_needs_no_more_than_a_question_and_a_factor() -> None:
    case = read(HEAD + STRAIT)
    assert (case.title, case.as_of, case.question.by, case.question.outcome) == ("strait", None, None, None)
    assert codes(HEAD + STRAIT) == []


@pytest.mark.parametrize("word", ["yes", '"yes"', "'yes'"])
def test_an_outcome_is_read_quoted_or_not(word: str) -> None:
    case = read(HEAD.replace("}}", f"}}, outcome: {word}}}") + STRAIT)
    assert case.question.outcome is True


def test_actors_have_a_name_for_people_and_a_precision() -> None:
    case = read(SKETCH)
    assert case.actor("putin").label == "Vladimir Putin"
    assert case.actor("putin").precision.text == "ordinary"  # where none is said
    assert read(NAVY.replace("navy: {}", "navy: {precision: 2..30}")).actor("navy").precision.arguments == (2, 30)
    assert read(NAVY.replace("navy: {}", "navy: ")).actor("navy").label == "navy"


def test_sources_are_read_and_may_be_empty() -> None:
    case = read(SKETCH)
    cited = case.citation("conversation")
    assert cited is not None
    assert (cited.publisher, cited.date, cited.grade) == ("The Conversation", date(2022, 3, 24), Grade("B", "2"))
    assert read(HEAD + STRAIT + "sources: {radio: }\n").citation("radio") is not None
    assert case.citation("radio") is None


def test_states_may_have_labels() -> None:
    text = (
        HEAD
        + "factors: {strait: {label: The strait, states: [open, {closed: shut to ships}], chances: {closed: 0.3}}}\n"
    )
    [strait] = read(text).factors
    assert strait.label == "The strait"
    assert [(state.name, state.label) for state in strait.states] == [("open", "open"), ("closed", "shut to ships")]


def test_names_in_words_stand_in_for_labels() -> None:
    text = SKETCH.replace("stays_out", "stays_at_home")
    entry = read(text).nodes["entry"]
    assert entry.states[0].label == "stays at home"


def test_a_table_of_one_row_has_one_rule() -> None:
    table = read(SKETCH).nodes["offensive"].table  # type: ignore[union-attr]
    assert isinstance(table, Chances)
    assert [(rule.when, len(rule.outcome.entries)) for rule in table.rules] == [((), 1)]
    assert table.given == ()


def test_what_a_table_is_given_by_is_said_or_inferred() -> None:
    case = read(SKETCH)
    given = {factor.name: [name.text for name in factor.table.given] for factor in case.factors}
    assert given["uprising"] == ["entry", "army"]  # said
    assert given["regime"] == ["uprising"]  # inferred from the rules
    assert given["army"] == ["offensive", "entry"]  # inferred from the influences


def test_a_base_with_influences_is_read() -> None:
    table = read(SKETCH).nodes["army"].table  # type: ignore[union-attr]
    assert isinstance(table, Influences)
    assert [(name.text, judgement.text) for name, judgement in table.base.entries] == [("wavers", "unlikely")]
    assert [rule.outcome.entries[0][1].text for rule in table.influences] == ["slightly more", "strongly more"]


def test_a_base_may_stand_alone() -> None:
    assert errors(HEAD + "factors: {strait: {states: [open, closed], base: {closed: unlikely}}}\n") == []


def test_others_is_one_judgement_on_every_state_not_named() -> None:
    text = HEAD + "factors: {strait: {states: [open, mined, closed], chances: {open: 0.5, others: 0.2..0.3}}}\n"
    [rule] = read(text).factors[0].table.rules  # type: ignore[union-attr]
    assert [name.text for name, _ in rule.outcome.entries] == ["open"]
    assert rule.outcome.others is not None
    assert rule.outcome.others.text == "0.2..0.3"


def test_choices_are_read() -> None:
    entry = read(SKETCH).choices[1]
    assert (entry.actor.text, [name.text for name in entry.sees]) == ("lukashenko", ["demand", "sanctions"])
    assert [state.name for state in entry.states] == ["stays_out", "joins_north", "joins_west"]
    assert read(NAVY).choices[0].sees == ()


def test_an_order_with_ties_is_read_with_the_place_of_every_name() -> None:
    [stakes] = read(SKETCH).stakes
    assert [[name.text for name in group] for group in stakes.order] == [
        ["survival"],
        ["favour"],
        ["autonomy", "economy"],
    ]
    assert [name.span.text for group in stakes.order for name in group] == ["survival", "favour", "autonomy", "economy"]


@pytest.mark.parametrize("order", ["[a = b = c]", "[a=b, c]", '["a = b", c]', "a", "[c, b, a]"])
def test_orders_are_written_in_several_ways(order: str) -> None:
    names = [name for name in "abc" if name in order]
    stakes = "\n".join(f"    {name}: {{given: [strait], values: {{open: 0, closed: 100}}}}" for name in names)
    assert codes(NAVY + f"stakes:\n  navy:\n    order: {order}\n{stakes}\n") == []


def test_weights_are_read_instead_of_an_order() -> None:
    gain = "    a: {given: [strait], values: {open: 0, closed: 100}}\n"
    stakes = gain + gain.replace("a:", "b:").replace("100", "99")
    [found] = read(NAVY + "stakes:\n  navy:\n    weights: {a: 0.4..0.6}\n" + stakes).stakes
    assert found.weights is not None
    assert [(name.text, judgement.text) for name, judgement in found.weights.entries] == [("a", "0.4..0.6")]
    for weights in ("{a: 3, b: 1}", "{a: about 0.3}", "{others: 0.5}", "{a: 'beta(2, 5)'}", "", "{a: 30 %, b: 70 %}"):
        assert codes(NAVY + f"stakes:\n  navy:\n    weights: {weights}\n" + stakes) == []


def test_values_are_read_by_state_and_by_rules() -> None:
    [stakes] = read(SKETCH).stakes
    survival, favour, autonomy, _ = stakes.stakes
    assert [(rule.when[0].states[0].text, rule.outcome.low) for rule in survival.rules] == [
        ("holds", 100),
        ("falls", 0),
    ]
    assert [rule.outcome.text for rule in favour.rules] == ["0..20", "60..100"]
    assert favour.rules[-1].when == ()
    assert autonomy.rules[-1].when == ()  # `others`


def test_a_stake_infers_what_it_is_given_by_from_its_rules() -> None:
    text = NAVY + "stakes: {navy: {gain: {values: [{when: {strait: closed}, is: 100}, {else: true, is: 0}]}}}\n"
    [stakes] = read(text).stakes
    assert [name.text for name in stakes.stakes[0].given] == ["strait"]


def test_a_belief_is_a_row_or_a_table() -> None:
    [belief] = read(SKETCH).beliefs
    assert (belief.actor.text, belief.factor.text) == ("putin", "resistance")
    for form in (
        "{wavers: likely}",
        "{chances: {wavers: likely}}",
        "{given: [offensive], chances: [{when: {offensive: stalled}, wavers: likely}, {else: true, wavers: 0.1}]}",
        "{base: {wavers: 0.3}, influences: [{when: {offensive: stalled}, wavers: more}]}",
        "{base: {wavers: 0.3}}",
    ):
        text = SKETCH.replace("resistance: {collapses: likely}", f"army: {form}")
        assert read(text).beliefs[0].factor.text == "army"


def test_a_report_is_read_whole() -> None:
    case = read(SKETCH)
    [report] = case.evidence
    assert (report.name, report.date, report.happened) == ("ambassador", date(2022, 3, 23), date(2022, 3, 22))
    assert (report.origin, report.at, report.is_finding) == ("embassy-news", "paragraph 2", False)
    assert report.source is not None
    assert report.anyway is not None
    assert (report.source.text, report.bears_on.text, report.anyway.text) == ("conversation", "entry", "unlikely")
    assert case.grade_of(report) == Grade("B", "2")


def test_a_report_s_own_grade_wins_over_its_source_s() -> None:
    case = read(SKETCH.replace("    at: paragraph 2\n", "    grade: D4\n"))
    assert case.grade_of(case.evidence[0]) == Grade("D", "4")


def test_a_finding_is_one_in_its_state_and_zero_elsewhere() -> None:
    text = SKETCH.replace(
        "    likelihood: {joins_north: likely, joins_west: likely, stays_out: unlikely}\n", "    shows: stays_out\n"
    )
    [report] = read(text).evidence
    assert report.is_finding
    [(name, certain)] = report.likelihood.entries
    assert report.likelihood.others is not None
    assert (name.text, certain.low, report.likelihood.others.high) == ("stays_out", 1.0, 0.0)


def test_grades_may_be_replaced() -> None:
    case = read(SKETCH + "grades: {A: 0.9..1, B: very likely}\n")
    assert [(letter, judgement.text) for letter, judgement in case.grades] == [("A", "0.9..1"), ("B", "very likely")]


@pytest.mark.parametrize(
    ("event", "tested"),
    [
        ("{a: x}", ["a"]),
        ("{a: [x, y]}", ["a"]),
        ("{a: x, b: y}", ["a", "b"]),
        ("{all: [{a: x}, {b: y}]}", ["a", "b"]),
        ("{any: [{a: x}, {all: [{b: y}, {c: z}]}]}", ["a", "b", "c"]),
        ("{a: x, any: [{b: y}, {c: z}]}", ["a", "b", "c"]),
        ("{all: {a: x}}", None),
        ("{any: [a]}", None),
    ],
)
def test_events_nest(event: str, tested: list[str] | None) -> None:
    factors = "".join(f"  {name}: {{states: [x, y, z], chances: {{x: likely}}}}\n" for name in "abc")
    text = f"melian: 1\ncase: nest\nquestion: {{event: {event}}}\nfactors:\n{factors}"
    if tested is None:
        assert errors(text) == ["wrong-shape"]
    else:
        assert [test.node.text for test in read(text).question.event.tests()] == tested


def test_the_scale_of_words_can_be_chosen() -> None:
    assert errors(HEAD + STRAIT.replace("unlikely", "realistic possibility")) == ["mixed-scales"]
    assert errors("words: phia\n" + HEAD + STRAIT.replace("unlikely", "realistic possibility")) == []


def test_choosing_can_be_rational() -> None:
    assert read("behaviour: rational\n" + NAVY).behaviour == "rational"
    assert errors("behaviour: logical\n" + NAVY) == ["unknown-word"]


@pytest.mark.parametrize(
    "section", ["actors", "sources", "factors", "choices", "stakes", "beliefs", "evidence", "grades"]
)
def test_a_section_may_be_empty(section: str) -> None:
    text = HEAD + ("" if section == "factors" else STRAIT) + f"{section}:\n"
    assert errors(text) == (["unknown-name"] if section == "factors" else [])


def test_an_actor_may_have_an_empty_record_of_stakes_or_beliefs() -> None:
    assert errors(NAVY + "stakes: {navy: }\nbeliefs: {navy: }\n") == []


def test_keys_of_one_s_own_are_passed_over_everywhere() -> None:
    text = SKETCH.replace("wavers: unlikely}", "wavers: unlikely, x-note: {any: [thing]}}")
    text = text.replace("precision: ordinary}", "precision: ordinary, x-map: [1, 2]}")
    text = text.replace("    at: paragraph 2\n", "    x-at: 2\n")
    text = text.replace("{entry: [joins_north, joins_west]}\n", "{entry: [joins_north, joins_west], x-a: b}\n")
    text = text.replace("{else: true, is: 60..100}", "{else: true, is: 60..100, x-b: c}")
    assert errors(text + "x-team: {a: b}\n") == []
    assert read(text + "x-team: {a: b}\n").factors == read(SKETCH).factors


def test_two_cases_that_mean_the_same_are_equal_wherever_they_are_written() -> None:
    spaced = SKETCH.replace("\n", "   # a remark\n").replace("{name: EU", "{   name: EU")
    assert read(spaced).factors == read(SKETCH).factors
    assert read(spaced).stakes == read(SKETCH).stakes
