"""A draft is sound and runs, whatever was answered, in any script."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from melian.api import Case, examine_source
from melian.case.draft import Answers, drafted, identifier
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
    text = drafted("c", Answers(question, None, actors, decision, options, factors), DAY)
    case, found = examine_source(Source("c.yaml", text))
    assert [one.headline for one in found if one.code != "similar-names"] == []
    assert case is not None
    assert len(case.actors) == len(actors)
    assert len(case.factors) == len(factors)
    assert tidy(Source("c.yaml", text)) == text


def test_the_blank_draft_runs() -> None:
    case, found = examine_source(Source("c.yaml", drafted("c", Answers(), DAY)))
    assert found == []
    assert case is not None
    assert 0.01 < Case(case, ()).solve(worlds=512).likelihood().mean < 0.99
