"""Every answer can be printed, shown, drawn where it has a figure, and had as plain values and as a table."""

import copy
import json
import pickle
import re
from dataclasses import replace
from pathlib import Path

import pytest

import melian
from melian.answer.compare import Difference
from melian.answer.conflict import Conflicts
from melian.answer.draws import Draws
from melian.answer.others import OtherStories
from melian.answer.shown import Answer, Shown
from melian.answer.solution import Solution
from melian.answer.why import Why
from melian.errors import AskError, RefusalError
from melian.view.looks import solved as looks
from melian.view.looks.drawn import PICTURES
from melian.view.looks.figure import Figure
from tests.view.answers import asked, kinds, solved
from tests.view.conftest import STRAIT
from tests.view.pages import Page
from tests.view.test_sheets import CERTAIN

NAMES = ["case", "solution", "diff", *kinds()]
WITHOUT = {Why, Conflicts, Draws, OtherStories}  # answers in words and tables
TABLES = {"sheet": looks.SHEETS, "document": looks.DOCUMENTS, "table": looks.COLUMNS}


@pytest.fixture(params=NAMES)
def answer(request: pytest.FixtureRequest) -> Shown:
    return asked("strait")[request.param]


@pytest.mark.parametrize("method", kinds())
def test_every_question_gives_an_answer_that_can_be_looked_at(method: str) -> None:
    kind = kinds()[method]
    assert issubclass(kind, Answer), f"Solution.{method} gives {kind}: make it an Answer, or name it in PLAIN"
    assert type(asked("strait")[method]) is kind
    assert [what for what, table in TABLES.items() if kind not in table] == []


def test_no_kind_of_answer_is_looked_after_that_nobody_gives() -> None:
    given = {Solution, *kinds().values()}
    assert all(set(table) == given for table in TABLES.values())
    assert set(PICTURES) == given - WITHOUT | {Difference}


def test_an_answer_prints_as_plain_text_of_a_hundred_columns(answer: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    lines = str(answer).splitlines()
    assert lines[0] == "Will the northern navy close the strait?"
    assert len(lines) > 2
    assert max(map(len, lines)) <= 100
    assert all(line == line.rstrip() and line.isprintable() for line in lines)


def test_an_answer_shows_itself_as_sound_html(answer: Shown) -> None:
    page = Page(answer._repr_html_() or "")
    assert page.tags[0] == ("div", {"class": "melian", "lang": "en"})
    assert "Will the northern navy close the strait?" in page.words
    assert not {tag for tag, _ in page.tags} & {"script", "img", "link", "iframe", "object", "form", "image"}
    for _, attributes in page.tags:
        assert not [name for name in attributes if name.startswith("on") or name in ("src", "href", "style")]


def test_html_says_what_the_text_says(answer: Shown) -> None:
    said = re.sub(r"[^\w]+", " ", Page(answer._repr_html_() or "").words).split()
    for word in re.sub(r"[^\w]+", " ", str(answer)).split():
        assert word in said


def test_nothing_is_ever_certain(answer: Shown) -> None:
    assert not CERTAIN.search(str(answer))
    assert not CERTAIN.search(Page(answer._repr_html_() or "").words)


def test_a_notebook_gets_text_and_html(answer: Shown) -> None:
    bundle = answer._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html"}
    assert bundle["text/plain"] == str(answer)


def test_plain_values_are_plain(answer: Shown) -> None:
    document = answer.to_dict()
    assert json.loads(json.dumps(document, allow_nan=False)) == document


def test_two_outputs_on_one_page_share_no_name(answer: Shown) -> None:
    shown = [answer._repr_html_() or "", answer._repr_html_() or "", *(_figure(answer)._repr_html_() for _ in "ab")]
    Page(f"<div>{''.join(shown)}</div>")  # which asserts it
    names = re.findall(r'id="([^"]+)"', _figure(answer)._repr_svg_() + _figure(answer)._repr_svg_())
    assert len(names) == len(set(names)) == 4


def _figure(answer: Shown) -> Figure:
    """Its figure, or that of the case."""
    try:
        found = answer.plot()
    except AskError:
        found = solved("strait").diagram()
    assert isinstance(found, Figure)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_nothing_in_a_case_can_become_markup(name: str) -> None:
    answer = asked("hostile")[name]
    html = answer._repr_html_() or ""
    Page(html)
    assert "<script" not in html
    assert "<img" not in html
    assert html.count("<style>") == html.count("</style>") == 1
    assert "\u202e" not in html + str(answer)


def figure_if_any(answer: Shown) -> Figure | None:
    """Figure of an answer that has something to draw."""
    try:
        figure = answer.plot()
    except AskError as problem:
        if "nothing to draw" not in problem.message:
            raise
        return None
    assert isinstance(figure, Figure)
    return figure


def test_a_hostile_figure_cannot_break_out_either() -> None:
    drawn = [answer for answer in asked("hostile").values() if type(answer) in {melian.Case, *PICTURES}]
    figures = [figure for answer in drawn if (figure := figure_if_any(answer)) is not None]
    assert len(figures) > 8
    for figure in figures:
        bundle = figure._repr_mimebundle_()
        assert set(bundle) == {"text/plain", "text/html", "image/svg+xml"}
        for text in (bundle["text/html"], bundle["image/svg+xml"]):
            Page(text)
            assert "<script" not in text
        assert "\u202e" not in bundle["text/plain"]


def test_an_answer_has_a_figure_or_says_that_it_has_none(answer: Shown) -> None:
    if type(answer) in {melian.Case, *PICTURES}:
        assert isinstance(answer.plot(), Figure)
    else:
        with pytest.raises(AskError, match="has no figure"):
            answer.plot()


# Answers as values


@pytest.mark.parametrize("name", ["diff", *kinds()])
def test_an_answer_that_was_pickled_leaves_its_worlds_behind_and_looks_as_it_did(name: str) -> None:
    answer = asked("strait")[name]
    packed = pickle.dumps(answer)
    alone = pickle.loads(pickle.dumps(pickle.loads(packed)))
    assert len(packed) < 200_000  # the worlds stay behind
    assert repr(alone) == repr(answer)
    assert str(alone) == str(answer) != repr(answer)
    assert Page(alone._repr_html_()).words == Page(answer._repr_html_()).words
    assert alone.to_dict() == answer.to_dict()
    assert alone.to_frame().equals(answer.to_frame())
    if type(answer) in PICTURES:
        assert alone.plot().svg() == answer.plot().svg()
    else:
        with pytest.raises(AskError, match="has no figure"):
            alone.plot()


@pytest.mark.parametrize("name", ["diff", *kinds()])
def test_an_answer_that_knows_no_case_is_numbers_alone(name: str) -> None:
    alone = replace(asked("strait")[name], origin=None)
    assert str(alone) == repr(alone)
    assert alone._repr_html_() is None
    assert set(alone._repr_mimebundle_()) == {"text/plain"}
    for look in (alone.plot, alone.to_dict, alone.to_frame):
        with pytest.raises(AskError, match="does not know which case it came from"):
            look()
    assert repr(pickle.loads(pickle.dumps(alone))) == repr(alone)


@pytest.mark.parametrize("name", ["diff", *kinds()])
def test_a_copy_can_be_looked_at_as_well(name: str) -> None:
    answer = asked("strait")[name]
    assert str(copy.deepcopy(answer)) == str(copy.copy(answer)) == str(answer)


def test_where_it_came_from_is_not_part_of_what_an_answer_says() -> None:
    one, other = (melian.read(str(STRAIT)).solve(worlds=512).likelihood() for _ in range(2))
    assert one == other
    assert hash(one) == hash(other)
    assert "origin=" not in repr(one)


def test_a_solution_keeps_no_answer_that_keeps_the_solution() -> None:
    solution = solved("strait")
    kept = [value for value in vars(solution).values() if isinstance(value, Answer)]
    assert kept
    assert [value.origin for value in kept] == [None] * len(kept)


def test_a_solution_that_was_pickled_can_still_be_looked_at() -> None:
    solution = solved("strait")
    again = pickle.loads(pickle.dumps(solution))
    assert str(again) == str(solution)
    assert str(again.timeline()) == str(solution.timeline())


def test_a_case_and_a_solution_have_short_names() -> None:
    assert repr(asked("strait")["case"]) == "Case(strait)"
    assert repr(solved("strait")) == "Solution(strait, 512 worlds, seed 0)"


def test_where_no_answer_can_be_given_its_solution_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Solution) -> None:
        raise RefusalError("no answer: too few worlds", ["draw more worlds"])

    monkeypatch.setattr(Solution, "likelihood", refuse)
    solution = melian.read(str(STRAIT)).solve(worlds=64)
    assert str(solution).splitlines()[1:] == ["No answer: too few worlds.", "Draw more worlds."]
    assert "No answer: too few worlds." in Page(solution._repr_html_() or "").words


# Cases, figures, reports


def test_a_case_shows_its_picture_without_chances_and_a_solution_with_them() -> None:
    case, solution = asked("strait")["case"], solved("strait")
    assert isinstance(case, melian.Case)
    before, after = case.diagram().svg(), solution.diagram().svg()
    assert "The relief convoy" in before
    assert "%" not in re.sub(r"<style>.*?</style>", "", before, flags=re.DOTALL)
    assert re.search(r">\d+ %<", after)
    assert "<svg" in (case._repr_html_() or "")
    assert "no report cites the source" in str(case)


def test_a_figure_is_saved_by_its_name(tmp_path: Path) -> None:
    figure = solved("strait").spread().plot()
    path = figure.save(tmp_path / "worlds.svg")
    assert path.read_text("utf-8") == figure.svg()
    assert "share of the worlds" in str(figure)
    with pytest.raises(AskError, match=r"cannot be written as `\.tiff`"):
        figure.save(tmp_path / "worlds.tiff")


@pytest.mark.parametrize("name", ["strait.html", "strait.md"])
def test_a_report_is_what_the_command_line_writes(name: str, tmp_path: Path) -> None:
    path = solved("strait").report(tmp_path / name, actors=["navy"])
    text = path.read_text("utf-8")
    assert "What The northern navy can do" in text
    assert text.startswith("<!DOCTYPE html>" if name.endswith("html") else "# Will the northern navy")
    assert solved("strait").report(path) == path  # again, over it


def test_a_report_in_an_unknown_format_is_refused_before_any_work(tmp_path: Path) -> None:
    with pytest.raises(AskError, match=r"\.docx"):
        solved("strait").report(tmp_path / "strait.docx", told=lambda *_: pytest.fail("it began"))


def test_a_difference_names_what_it_compares() -> None:
    found = asked("strait")["diff"]
    assert isinstance(found, Difference)
    assert "the one: " in str(found)
    assert found.to_dict()["one"] == "the one"
