"""Who judged, when, on what basis: what is said on a judgement, and what comes from around it."""

from melian.case.case import Report
from melian.model.build import build_model
from melian.model.judged import Ground
from tests.reading import errors, judgement_on, notes, points_at_the_mark, read, who

CASE = """\
melian: 1
case: strait
by: team
on: 2022-03-01
basis: assumption
question: {event: {strait: closed}}
actors: {navy: {precision: 2..30, basis: fact, why: seen}}
sources: {radio: {grade: B2, by: desk}}
factors:
  storm:
    states: [none, strong]
    by: weather desk
    why: the season
    at: page 3
    chances: {strong: unlikely}
  mood:
    states: [low, high]
    basis: judgement
    chances:
      - {when: {storm: strong}, low: likely, why: gales tire, at: page 4, on: 2022-03-02}
      - {else: true, low: {is: unlikely, by: ann, basis: fact, why: polls, at: page 5}, high: 0.1..0.9}
choices:
  strait: {actor: navy, options: [open, closed], sees: [storm, mood]}
stakes:
  navy:
    by: naval desk
    gain: {given: [strait], values: {open: {is: 0, why: ships pass}, closed: 100}}
    calm: {values: [{when: {strait: closed}, is: 0, basis: fact}, {else: true, is: 100}]}
beliefs:
  navy: {storm: {strong: likely, why: old charts}}
evidence:
  - id: pilots
    claim: Pilots were called back.
    date: 2022-03-01
    source: radio
    bears_on: strait
    by: bob
    at: page 6
    likelihood: {closed: likely, open: {is: unlikely, basis: fact}}
"""
TOP = ("team", "2022-03-01", "assumption")


def test_what_a_judgement_does_not_say_comes_from_the_top() -> None:
    case = read(CASE)
    assert who(case.choices[0].provenance) == (*TOP, None, None)
    assert who(case.actors[0].provenance) == ("team", "2022-03-01", "fact", "seen", None)
    assert case.actors[0].precision.provenance == case.actors[0].provenance


def test_a_reason_and_its_place_are_never_inherited() -> None:
    case = read(CASE)
    assert who(case.factors[0].provenance) == ("weather desk", "2022-03-01", "assumption", "the season", "page 3")
    assert who(judgement_on(case, "storm", "strong").provenance) == (
        "weather desk",
        "2022-03-01",
        "assumption",
        None,
        None,
    )


def test_a_rule_hands_its_own_down_to_its_judgements() -> None:
    low = judgement_on(read(CASE), "mood", "low")
    assert who(low.provenance) == ("team", "2022-03-02", "judgement", "gales tire", "page 4")


def test_a_judgement_written_long_says_its_own() -> None:
    case = read(CASE)
    assert who(judgement_on(case, "mood", "low", rule=1).provenance) == ("ann", "2022-03-01", "fact", "polls", "page 5")
    assert who(judgement_on(case, "mood", "high", rule=1).provenance) == ("team", "2022-03-01", "judgement", None, None)


def test_a_long_judgement_draws_like_a_short_one() -> None:
    case = read(CASE)
    assert judgement_on(case, "mood", "low", rule=1).arguments == judgement_on(case, "storm", "strong").arguments


def test_stakes_hand_down_to_stakes_and_values() -> None:
    [stakes] = read(CASE).stakes
    gain, calm = stakes.stakes
    assert gain.provenance.by == stakes.provenance.by == "naval desk"
    assert [who(rule.outcome.provenance)[3] for rule in gain.rules] == ["ships pass", None]
    assert [who(rule.outcome.provenance)[2] for rule in calm.rules] == ["fact", "assumption"]


def test_beliefs_and_sources_and_reports_have_theirs() -> None:
    case = read(CASE)
    [belief], [report], [radio] = case.beliefs, case.evidence, case.sources
    assert who(belief.provenance) == (*TOP, "old charts", None)
    assert radio.provenance.by == "desk"
    assert isinstance(report, Report)
    assert (report.provenance.by, report.at) == ("bob", "page 6")
    closed, open_ = (judgement for _, judgement in report.likelihood.entries)
    assert (closed.provenance.basis, open_.provenance.basis) == ("assumption", "fact")


def test_it_takes_no_part_in_what_a_case_means() -> None:
    plain = "\n".join(line for line in CASE.splitlines() if line[:3] not in ("by:", "on:") and line[:6] != "basis:")
    assert read(plain).factors == read(CASE).factors
    assert read(plain).stakes == read(CASE).stakes


def test_the_model_keeps_it_for_every_parameter() -> None:
    case = read(CASE)
    grounds = {parameter.name: parameter.origin for parameter in build_model(case).parameters}
    assert all(isinstance(ground, Ground) for ground in grounds.values())
    rule = grounds["factor mood 0"]
    assert isinstance(rule, Ground)
    assert who(rule.provenance) == ("team", "2022-03-02", "judgement", "gales tire", "page 4")
    assert rule.text == "low: likely"
    assert rule.about == ("mood",)


def test_a_mistake_in_it_is_said_once() -> None:
    one = points_at_the_mark(CASE.replace("on: 2022-03-02", "on: «2 March»"), "bad-date")
    assert one.headline == "`2 March` is not a date"
    one = points_at_the_mark(CASE.replace("basis: fact, why: seen", "basis: «facts», why: seen"), "unknown-word")
    assert notes(one) == ["did you mean `fact`?"]
    belief = CASE.replace("why: old charts", "on: «yesterday»")
    assert points_at_the_mark(belief, "bad-date").headline == "`yesterday` is not a date"
    assert errors(CASE.replace("basis: assumption", "basis: guess")) == ["unknown-word"]
