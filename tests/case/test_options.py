"""Options that are open only in some situations: how they are written, and what is said where they make no sense."""

import pytest

from tests.reading import codes, notes, points_at_the_mark, read, the_one


def strait(options: str, *, sees: str = "port", event: str = "strait: closed", more: str = "") -> str:
    return (
        f"melian: 1\ncase: strait\nquestion: {{event: {{{event}}}}}\nactors: {{navy: {{}}}}\n"
        "factors:\n  port: {states: [busy, idle], chances: {idle: unlikely}}\n"
        "  storm: {states: [none, strong], chances: {strong: unlikely}}\n"
        f"choices:\n  strait: {{actor: navy, sees: [{sees}], options: [{options}]}}\n"
        "stakes:\n  navy:\n    calm: {given: [storm, strait], values: [{when: {storm: strong, strait: open}, is: 0},"
        " {when: {strait: open}, is: 60}, {else: true, is: 100}]}\n" + more
    )


IDLE = "{closed: {label: shut, available: {when: {port: idle}, why: Traffic.}}}"
NEVER = "{closed: {available: {when: {all: [{port: idle}, {port: busy}]}}}}"


def test_an_option_has_its_label_its_condition_and_its_ground() -> None:
    first, second = read(strait(f"open, {IDLE}")).choices[0].states
    assert (first.label, first.available) == ("open", None)
    assert second.label == "shut"
    assert second.available is not None
    assert [(test.node.text, [s.text for s in test.states]) for test in second.available.when.tests()] == [
        ("port", ["idle"])
    ]
    assert second.available.provenance.why == "Traffic."


@pytest.mark.parametrize("option", ["closed", "{closed: shut}", "{closed: {label: shut}}", "{closed: {}}"])
def test_an_option_without_a_condition_is_always_open(option: str) -> None:
    assert read(strait(f"open, {option}")).choices[0].states[1].available is None


def test_a_condition_takes_all_and_any_as_the_event_does() -> None:
    when = "{any: [{port: idle}, {all: [{port: busy}, {storm: strong}]}]}"
    case = read(strait(f"open, {{closed: {{available: {{when: {when}}}}}}}", sees="port, storm"))
    available = case.choices[0].states[1].available
    assert available is not None
    assert len(list(available.when.tests())) == 3


def test_a_condition_without_when_is_told_where_it_belongs() -> None:
    one = points_at_the_mark(strait("open, {closed: {«available»: {port: idle}}}"), "missing-key")
    assert notes(one) == ["write `available: {when: {port: idle}}`"]


def test_a_name_in_a_condition_must_be_known() -> None:
    one = points_at_the_mark(strait("open, {closed: {available: {when: {port: «idel»}}}}"), "unknown-name")
    assert notes(one) == ["did you mean `idle`?"]
    points_at_the_mark(strait("open, {closed: {available: {when: {«prot»: idle}}}}"), "unknown-name")


def test_what_the_actor_does_not_see_cannot_decide_what_is_open() -> None:
    one = points_at_the_mark(strait("open, {closed: {available: {when: {«storm»: none}}}}"), "unseen-condition")
    assert notes(one) == ["an actor knows what is open to it: `sees: [port, storm]`"]


def test_a_situation_without_an_open_option_is_named() -> None:
    one = the_one(strait(f"{IDLE}, {{open: {{available: {{when: {{port: idle}}}}}}}}"), "nothing-open")
    assert one.primary.text == "for example {port: busy}"


def test_options_that_never_or_always_are_open_are_told_at_their_condition() -> None:
    always = "{closed: {available: {«when»: {port: [idle, busy]}}}}"
    assert points_at_the_mark(strait(f"open, {always}"), "always-open").severity == "warning"
    never = NEVER.replace("when", "«when»")
    assert points_at_the_mark(strait(f"open, {never}", event="port: idle"), "never-open").severity == "warning"


def test_an_event_or_a_finding_cannot_be_what_is_never_open() -> None:
    assert "settled-event" not in codes(strait(f"open, {NEVER}"))
    points_at_the_mark(strait(f"open, {NEVER}", event="strait: «closed»"), "rests-on-never-open")
    shown = "evidence: [{id: r, date: 2022-01-01, claim: so, bears_on: strait, shows: «closed», certain: true}]\n"
    text = strait(f"open, {NEVER}", event="port: idle", more=shown)
    points_at_the_mark(text, "rests-on-never-open")
    assert "impossible-evidence" not in codes(text.replace("«", "").replace("»", ""))


def test_an_event_that_only_closed_options_could_bring_about_is_impossible() -> None:
    one = the_one(strait(f"open, {IDLE}", event="strait: closed, port: busy"), "settled-event")
    assert "impossible" in one.headline
    assert "settled-event" not in codes(strait(f"open, {IDLE}", event="strait: closed, port: idle"))
