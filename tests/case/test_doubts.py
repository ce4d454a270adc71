"""Rules of soundness that are warnings or remarks: an answer is possible, and there is something to be told."""

import pytest

from tests.reading import CLOSE, OPEN, codes, notes, points_at_the_mark

TOP = "melian: 1\ncase: strait\nas_of: 2022-03-24\n"
HEAD = TOP + "question: {event: {strait: closed}, by: 2022-06-30}\n"
FACTORS = """\
factors:
  storm: {states: [none, strong], chances: {strong: unlikely}}
  strait: {states: [open, closed], chances: [{when: {storm: strong}, closed: likely}, {else: true, closed: unlikely}]}
"""
NAVY = """\
actors: {navy: {}}
choices: {strait: {actor: navy, options: [open, closed]}}
stakes:
  navy:
    gain: {given: [strait], values: {open: 0, closed: 100}}
"""
RADIO = "sources: {radio: {grade: B2}}\n"
REPORT = """\
evidence:
  - id: one
    date: 2022-03-20
    claim: so
    source: radio
    bears_on: strait
    likelihood: {closed: likely, others: unlikely}
"""
LIKELIHOOD = "likelihood: {closed: likely, others: unlikely}"
CASE = HEAD + FACTORS + RADIO + REPORT
GAME = HEAD + NAVY


@pytest.mark.parametrize("text", [CASE, GAME], ids=["factors", "choice"])
def test_nothing_is_said_of_a_sound_case(text: str) -> None:
    assert codes(text) == []


DOUBTS = {
    "a rule behind a wider one": (
        "dead-rule",
        CASE.replace(
            "{else: true, closed: unlikely}", "{else: true, closed: unlikely}, «{when: {storm: none}, closed: 0.1}»"
        ),
        "a rule of the chances of `strait` never counts",
        "earlier rules cover all of this",
        "put it before the rule that covers it, or take it out",
    ),
    "others of nothing": (
        "dead-rule",
        CASE.replace("{closed: likely, others: unlikely}", "{closed: likely, open: 0.1, others: «unlikely»}"),
        "`others` stands for no state of `strait`: every one is named",
        "never counts",
        "take it out",
    ),
    "a flat report": (
        "flat-evidence",
        CASE.replace("{closed: likely, others: unlikely}", "«{closed: likely, open: probable}»"),
        "report `one` is equally likely in every state of `strait`",
        "the same for every state",
        "say in which state such a report would be more likely, or leave it out",
    ),
    "a report without date": (
        "undated-report",
        CASE.replace("    date: 2022-03-20\n", "").replace("id: one", "id: «one»"),
        "report `one` has no date",
        "always counted",
        "add `date:`, the day on which it was reported",
    ),
    "a report without source": (
        "ungraded-report",
        CASE.replace("    source: radio\n", "").replace(RADIO, "").replace("id: one", "id: «one»"),
        "report `one` has no source, so it counts as certainly true",
        "no `source:`",
        "name who reported it: `source: NAME`; or, if it is beyond doubt, say `certain: true`",
    ),
    "a report without grade": (
        "ungraded-report",
        CASE.replace("{grade: B2}", "{title: Radio}").replace("id: one", "id: «one»"),
        "report `one` has no grade: its source's reliability counts as unknown (F)",
        "ungraded",
        "grade the source `radio` (`grade: B2`), or this report",
    ),
    "a report before what it reports": (
        "misplaced-date",
        CASE.replace("    claim: so\n", "    claim: so\n    happened: 2022-03-21\n").replace("id: one", "id: «one»"),
        "report `one` is dated 2022-03-20, before what it reports happened",
        "happened: 2022-03-21",
        "`date` is when it was reported, `happened` is when it was so",
    ),
    "a question that ends before it is asked": (
        "misplaced-date",
        CASE.replace("2022-06-30", "2021-06-30").replace("question:", "«question»:"),
        "the question ends on 2021-06-30, before the day of the forecast, 2022-03-24",
        "nothing is left to forecast",
        "check `by` and `as_of`",
    ),
    "a narrow stake": (
        "narrow-stake",
        GAME.replace("{open: 0, closed: 100}", "{open: 40, closed: 60}").replace("gain:", "«gain»:"),
        "the values of `gain` span only 40 to 60",
        "weights are swing weights",
        "let its worst case be near 0 and its best near 100: weights say how much that step matters",
    ),
    "an actor without a choice": (
        "idle-actor",
        GAME.replace("{navy: {}}", "{navy: {}, «crown»: {}}"),
        "the actor `crown` chooses nothing",
        "no choice is theirs",
        "give them a choice, or leave them out",
    ),
    "an actor without stakes": (
        "choice-without-stakes",
        HEAD + "actors: {«navy»: {}}\nchoices: {strait: {actor: navy, options: [open, closed]}}\n",
        "the actor `navy` weighs nothing, so it picks every option alike",
        "no stakes",
        "add `stakes: {navy: ...}`",
    ),
    "a source that nobody cites": (
        "unused-source",
        CASE.replace("{radio: {grade: B2}}", "{radio: {grade: B2}, «paper»: {grade: C3}}"),
        "no report cites the source `paper`",
        "not cited",
        None,
    ),
    "a factor that leads nowhere": (
        "factor-without-effect",
        CASE.replace("factors:\n", "factors:\n  «moon»: {states: [new, full], chances: {full: 0.5}}\n"),
        "the factor `moon` bears neither on the event nor on any stake",
        "leads nowhere",
        "let something depend on it, or leave it out",
    ),
    "a stake that no choice changes": (
        "unaffected-stake",
        GAME + "    «calm»: {given: [storm], values: {none: 100, strong: 0}}\n" + FACTORS.rpartition("  strait")[0],
        "no choice of `navy` can change its stake `calm`",
        "weighs alike on every option",
        "let it be given by something that a choice of theirs influences, or leave it out",
    ),
}


@pytest.mark.parametrize(("code", "text", "headline", "label", "cure"), DOUBTS.values(), ids=list(DOUBTS))
def test_a_doubt_is_one_warning_where_it_is(code: str, text: str, headline: str, label: str, cure: str | None) -> None:
    one = points_at_the_mark(text, code)
    assert (one.severity, one.headline, one.primary.text) == ("warning", headline, label)
    assert notes(one) == ([cure] if cure else [])
    assert codes(text.replace(OPEN, "").replace(CLOSE, "")) == [code]


def test_a_report_dated_after_the_forecast_is_a_remark() -> None:
    one = points_at_the_mark(CASE.replace("2022-03-20", "2022-03-25").replace("id: one", "id: «one»"), "late-evidence")
    assert one.severity == "info"
    assert one.headline == "report `one` is left out: it is dated 2022-03-25, after the forecast's day 2022-03-24"


@pytest.mark.parametrize("day", ["2022-03-23", "2022-03-24"])
def test_a_report_of_the_day_itself_counts(day: str) -> None:
    assert codes(CASE.replace("2022-03-20", day)) == []


def test_without_a_day_of_the_forecast_every_report_counts() -> None:
    assert codes(CASE.replace("as_of: 2022-03-24\n", "").replace("2022-03-20", "2099-01-01")) == []


def test_a_finding_is_not_flat() -> None:
    assert codes(CASE.replace(LIKELIHOOD, "shows: closed")) == []


def test_a_belief_is_a_use_of_what_it_is_given_by() -> None:
    moon = "factors:\n  moon: {states: [new, full], chances: {full: 0.5}}\n"
    belief = "{given: [moon], chances: [{when: {moon: new}, strong: 0.1}, {else: true, strong: 0.3}]}"
    text = CASE.replace("factors:\n", moon) + f"actors: {{navy: {{}}}}\nbeliefs: {{navy: {{storm: {belief}}}}}\n"
    assert codes(text) == ["idle-actor"]


def test_findings_from_sources_that_may_be_wrong_may_exclude_each_other() -> None:
    shows = LIKELIHOOD, "shows: closed"
    other = REPORT.replace(*shows).replace("one", "two").replace("closed", "open").replace("evidence:\n", "")
    assert codes(CASE.replace(*shows) + other) == []
    certain = "grades: {B: 1}\n"
    assert codes(certain + CASE.replace(*shows) + other) == ["impossible-evidence"]


UNSOURCED = CASE.replace("    source: radio\n", "").replace(RADIO, "")


def test_a_finding_of_what_is_impossible_is_an_error() -> None:
    text = UNSOURCED.replace(LIKELIHOOD, "shows: mined").replace("[open, closed]", "[open, closed, mined]")
    text = text.replace("closed: likely}", "closed: likely, mined: 0}").replace("unlikely}]", "unlikely, mined: 0}]")
    assert codes(text) == ["ungraded-report", "impossible-evidence"]


def test_a_late_report_excludes_nothing() -> None:
    late = "  - {id: two, date: 2022-03-30, claim: so, bears_on: strait, shows: open}\n"
    text = UNSOURCED.replace(LIKELIHOOD, "shows: closed") + late
    assert "impossible-evidence" not in codes(text)
    assert "impossible-evidence" in codes(text.replace("as_of: 2022-03-24", "as_of: 2022-04-24"))
