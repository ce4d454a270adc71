"""A draft is sound and runs, whatever was answered, in any script."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from melian.api import Case, examine_source
from melian.case.draft import Answers, Asked, drafted, identifier
from melian.case.reader import MAX_NAME, is_name
from melian.source.text import Source
from melian.source.tidy.tidy import tidy

DAY = date(2026, 3, 1)
TEXTS = st.text(min_size=1, max_size=30).filter(lambda text: text.isprintable() and identifier(text))
PARTS = st.lists(TEXTS, unique=True, max_size=4).map(tuple)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Ferry strike", "ferry-strike"),
        ("Will Łukašenka enter?", "will-łukašenka-enter"),
        ("習近平は動くか？", "習近平は動くか"),
        ("E\u0301mile's choice", "émile-s-choice"),
        ("  a  --  b  ", "a-b"),
        ("2026: what now", "2026-what-now"),
        ("when", "when-1"),
        ("?!", ""),
        ("\u07a6", ""),
    ],
)
def test_a_title_becomes_a_name(title: str, name: str) -> None:
    assert identifier(title) == name


@given(st.text(max_size=200))
def test_a_title_in_any_script_becomes_a_name_or_nothing(title: str) -> None:
    name = identifier(title)
    assert name == "" or (is_name(name) and len(name) <= MAX_NAME)
    assert identifier(title, taken=[name]) != name or not name


@settings(max_examples=60, deadline=None)
@given(TEXTS, PARTS.filter(bool), TEXTS, PARTS.filter(lambda parts: len(parts) > 1), PARTS)
def test_a_draft_is_sound_whatever_was_answered(
    question: str, actors: tuple[str, ...], decision: str, options: tuple[str, ...], factors: tuple[str, ...]
) -> None:
    text = drafted("c", Answers(question, None, actors, decision, options, tuple(map(Asked, factors))), DAY)
    case, found = examine_source(Source("c.yaml", text))
    assert [one.headline for one in found if one.code not in ("similar-names", "placeholder-left")] == []
    assert case is not None
    assert len(case.actors) == len(actors)
    assert len(case.factors) == len(factors)
    assert tidy(Source("c.yaml", text)) == text


@settings(max_examples=40, deadline=None)
@given(TEXTS, TEXTS, PARTS.filter(lambda parts: len(parts) != 1), PARTS, PARTS.filter(lambda parts: len(parts) != 1))
def test_a_question_of_chance_alone_is_sound_whatever_was_answered(
    question: str, about: str, outcomes: tuple[str, ...], factors: tuple[str, ...], states: tuple[str, ...]
) -> None:
    answers = Answers(question, None, (), about, outcomes, tuple(Asked(one, states) for one in factors))
    case, found = examine_source(Source("c.yaml", drafted("c", answers, DAY)))
    assert [one.headline for one in found if one.code not in ("similar-names", "placeholder-left")] == []
    assert case is not None
    assert not case.actors
    assert not case.choices
    assert len(case.factors) == len(factors) + 1


@pytest.mark.parametrize("answers", [Answers(), Answers(actors=())], ids=["blank", "quick"])
def test_a_draft_of_which_nothing_is_known_runs_and_warns_of_every_mark(answers: Answers) -> None:
    text = drafted("c", answers, DAY)
    case, found = examine_source(Source("c.yaml", text))
    assert case is not None
    assert {one.code for one in found} == {"placeholder-left"}
    marks = [at for at in range(len(text)) if text.startswith("TODO ", at)]
    assert [one.primary.span.start + (text[one.primary.span.start] == '"') for one in found] == marks
    assert len(marks) > 20
    assert 0.01 < Case(case, ()).solve(worlds=512).likelihood().mean < 0.99


def test_what_was_answered_is_no_placeholder() -> None:
    oil = Asked("OPEC", ("cuts", "keeps"))
    answers = Answers("Will oil be above 70?", DAY, (), "Oil price", ("above 70", "at most 70"), (oil,), "20..30 %")
    case, _ = examine_source(Source("c.yaml", drafted("c", answers, DAY)))
    assert case is not None
    left = {one.text.removeprefix("TODO ") for one in case.placeholders}
    assert not left & {"Will oil be above 70?", "OPEC", "cuts", "Oil price", "above 70", "20..30 %"}
    assert [state.name for state in case.nodes["opec"].states] == ["cuts", "keeps"]
