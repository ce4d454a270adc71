"""Judgements that have a name: what is said where a name, its statement or its uses are wrong."""

import pytest

from tests.reading import codes, errors, judgement_on, notes, points_at_the_mark, read, who

CASE = """\
melian: 1
case: strait
question: {event: {strait: closed}}
judgements:
  grip: {is: 0.2..0.6, by: ann, why: as in 2019}
  mood_swing: unlikely
factors:
  mood: {states: [calm, tense, wild], chances: {tense: the grip, wild: the mood_swing}}
  strait:
    states: [open, closed]
    chances:
      - {when: {mood: wild}, closed: {is: the grip, by: bob, basis: fact}}
      - {else: true, closed: 0.1}
"""
SOUND = CASE.replace(", wild: the mood_swing", "").replace("closed: 0.1", "closed: the mood_swing")


def test_a_use_reads_like_what_it_names() -> None:
    case = read(SOUND)
    grip, by_name = judgement_on(case, "mood", "tense"), case.judgements[0].judgement
    assert by_name is not None
    assert (grip.family, grip.arguments, grip.shared, grip.text) == ("uniform", (0.2, 0.6), "grip", "the grip")
    assert who(by_name.provenance) == ("ann", None, None, "as in 2019", None)
    assert who(judgement_on(case, "strait", "closed").provenance) == ("bob", None, "fact", None, None)


def test_a_name_that_is_not_there_is_told_with_the_nearest() -> None:
    one = points_at_the_mark(SOUND.replace("tense: the grip", "tense: «the gripp»"), "unknown-name")
    assert one.headline == "no judgement is called `gripp`"
    assert notes(one) == ["did you mean `the grip`?"]
    none = SOUND.replace("tense: the grip", "tense: the wind")
    assert errors(none) == ["unknown-name"]


def test_one_name_is_one_kind_of_quantity() -> None:
    text = SOUND.replace("tense: the grip", "tense: «the grip»") + "actors: {navy: {precision: the grip}}\n"
    one = points_at_the_mark(text, "mixed-kinds")
    assert one.headline == "`grip` is a precision in one place and a chance in another"
    assert [label.text for label in one.secondary] == ["a precision here"]


def test_what_cannot_be_read_is_told_once_where_it_stands() -> None:
    one = points_at_the_mark(SOUND.replace("is: 0.2..0.6", "is: «0.6..0.2»"), "reversed-range")
    assert one.headline == "the judgement `grip` cannot be read as a chance"
    assert errors(SOUND.replace("unlikely", "quite likely")) == ["bad-judgement"]
    unused = SOUND.replace("mood_swing: unlikely", "mood_swing: unlikely\n  spare: «quite likely»")
    assert points_at_the_mark(unused, "bad-judgement").headline == "the judgement `spare` cannot be read"


def test_one_cannot_be_stated_by_another_or_by_itself() -> None:
    for other in ("grip", "mood_swing"):
        one = points_at_the_mark(SOUND.replace("mood_swing: unlikely", f"mood_swing: «the {other}»"), "bad-judgement")
        assert one.headline == "the judgement `mood_swing` is stated by another"
    unused = SOUND.replace("mood_swing: unlikely", "mood_swing: unlikely\n  spare: «the grip»")
    assert points_at_the_mark(unused, "bad-judgement").headline == "the judgement `spare` is stated by another"


def test_one_that_nothing_uses_is_a_warning() -> None:
    text = SOUND.replace("mood_swing: unlikely", "mood_swing: unlikely\n  «spare»: more")
    assert points_at_the_mark(text, "unused-judgement").severity == "warning"
    assert codes(SOUND) == []


def test_a_section_that_cannot_be_read_raises_no_follow_ups() -> None:
    head, tail = SOUND.split("judgements:\n")
    rest = tail.split("factors:")[1]
    assert errors(f"{head}judgements: [grip]\nfactors:{rest}") == ["wrong-shape"]


def test_rows_that_leave_it_no_room_together_say_so() -> None:
    text = SOUND.replace("{tense: the grip}", "{tense: the grip, calm: 0.45, wild: 0..0.05}")
    assert errors(text) == []
    text = text.replace("basis: fact}}", "basis: fact}, open: 0.6..0.7}")
    assert errors(text) == ["impossible-row", "impossible-row"]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (
            "tense: the grip, wild: the mood_swing",
            "the named judgements can sum to 1.6, above the 1 that the others leave",
        ),
        (
            "tense: the grip, wild: 'normal(0.95, 0.01)'",
            "the words or distributions beside the named judgement almost surely take more than it leaves",
        ),
        ("tense: the grip, calm: 0.1, wild: likely", "no state is left that gives way to the named judgement"),
        ("calm: 0.5, tense: the grip, wild: the grip", "no state is left that gives way to the named judgement"),
        ("tense: the mood_swing, calm: 0.999..1", "almost surely outside the 0 to 0.001"),
    ],
)
def test_a_row_that_cannot_be_met_with_it_says_why(row: str, why: str) -> None:
    text = SOUND.replace("chances: {tense: the grip}", f"chances: «{{{row}}}»")
    one = points_at_the_mark(text, "impossible-row")
    assert why in one.headline


def test_ranges_beside_it_are_met_in_every_world() -> None:
    assert errors(SOUND.replace("{tense: the grip}", "{tense: the grip, wild: 0.1..0.3}")) == []
    assert errors(SOUND.replace("{tense: the grip}", "{tense: the grip, wild: the grip}")) == []
