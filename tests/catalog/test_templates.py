"""Each template is a case that teaches: sound, in good order, answered, and with every form of judgement somewhere."""

import re
from datetime import date

import pytest

from melian.api import Case, examine_source
from melian.case.draft import SCHEMA_LINE
from melian.case.judgement import parse_judgement
from melian.case.template import as_draft, on_day
from melian.case.words import SCALES
from melian.catalog import template_names, template_text
from melian.model.build import build_model
from melian.model.judged import Ground
from melian.source.text import Source
from melian.source.tidy.comments import find_comments
from melian.source.tidy.tidy import tidy
from melian.source.tree import parse

LEAST_COMMENTS = 12
FORMS = {
    "a number": r": 0\.\d+[,}\s]",
    "per cent": r"\d %",
    "a range": r"0\.\d+\.\.0\.\d+",
    "a range in per cent": r"\d\.\.\d+ %",
    "a word": r": (very )?likely[,}\s]",
    "about": r"about 0?\.?\d+",
    "about, in per cent": r"about \d+ %",
    **{name: rf'"{name}\(' for name in ("beta", "normal", "triangular", "pert", "logitnormal")},
    "the words of an influence": r"strongly more",
    "a factor on the odds": r"times \d",
    "two strengths": r"otherwise:",
    "log-odds": r"-1\.5\.\.-0\.5",
    "a rank order": r"order: \[\w+, ",
    "a tie": r"\w = \w",
    "weights": r"weights: \{",
    "words of precision": r"precision: calculating",
    "a range of precision": r"precision: \d+\.\.\d+",
    "a judgement written long": r"\{is: ",
    "a shared judgement": r": the \w+",
    "a finding": r"shows:",
    "a report beyond doubt": r"certain: true",
    "a report that another replaces": r"superseded_by:",
    "a source's motive": r"grade: \w\d, anyway:",
    "deception": r"deceptive:",
    "one origin": r"origin:",
    "a belief": r"beliefs:",
    "the other scale": r"words: phia",
}


@pytest.mark.parametrize("name", template_names())
def test_a_template_is_sound_and_in_good_order(name: str) -> None:
    source = Source(f"{name}.yaml", template_text(name))
    case, found = examine_source(source)
    assert case is not None
    assert [one.headline for one in found if one.severity != "info"] == []
    assert tidy(source) == source.text
    assert source.text.startswith(SCHEMA_LINE)
    assert case.name == name


@pytest.mark.parametrize("name", template_names())
def test_a_template_has_all_parts_and_is_answered(name: str) -> None:
    case, found = examine_source(Source(f"{name}.yaml", template_text(name)))
    assert case is not None
    assert len(case.actors) >= 2
    assert len(case.choices) >= 2
    assert len(case.factors) >= 2
    assert len(case.stakes) == len(case.actors)
    assert len(case.evidence) >= 2
    assert case.question.by is not None
    assert case.question.resolution
    likely = Case(case, tuple(found)).solve(worlds=512).likelihood()
    assert 0.02 < likely.mean < 0.98


@pytest.mark.parametrize("name", template_names())
def test_a_template_is_commented(name: str) -> None:
    text = template_text(name)
    root, _ = parse(Source(name, text))
    assert root is not None
    assert len(find_comments(text, root)) >= LEAST_COMMENTS


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_shown_somewhere(form: str) -> None:
    assert any(re.search(FORMS[form], template_text(name)) for name in template_names())


def test_the_patterns_above_are_forms_that_are_read() -> None:
    for text in ("0.35", "2 %", "0.2..0.4", "10..20 %", "likely", "about 0.3", "about 35 %", "pert(0.05, 0.15, 0.4)"):
        assert not hasattr(parse_judgement(text, "chance", SCALES["icd203"]), "message")


def test_a_template_is_moved_to_another_day_as_a_whole() -> None:
    moved = on_day(template_text("deterrence"), "my-case", date(2027, 5, 30))
    case, found = examine_source(Source("my-case.yaml", moved))
    assert case is not None
    assert [one for one in found if one.severity != "info"] == []
    assert (case.name, case.as_of, case.question.by) == ("my-case", date(2027, 5, 30), date(2027, 12, 29))
    assert case.evidence[0].date == date(2027, 5, 13)
    assert moved.count("\n") == template_text("deterrence").count("\n")


@pytest.mark.parametrize("name", template_names())
def test_a_template_as_a_draft_marks_every_uncertain_judgement_and_says_the_same_without_the_marks(name: str) -> None:
    text = template_text(name)
    marked = as_draft(text)
    case, found = examine_source(Source("c.yaml", marked))
    assert case is not None
    assert {one.code for one in found if one.severity == "warning"} == {"placeholder-left"}
    unmarked, _ = examine_source(Source("c.yaml", marked.replace("TODO ", "")))
    before, _ = examine_source(Source("c.yaml", text))
    assert unmarked == before
    assert unmarked is not None
    held = [one.span for one in case.placeholders]
    for parameter in build_model(case).parameters:
        ground = parameter.origin
        assert isinstance(ground, Ground)
        said = ground.text.rpartition(": ")[2]
        # At the order, where it is stated once, or nowhere.
        is_elsewhere = ground.kind in ("weights", "source") or said.startswith("the ") or said == "not said"
        if ground.span is not None and not is_elsewhere and said not in ("0", "100"):
            assert any(ground.span.start <= one.end and one.start <= ground.span.end for one in held), ground
