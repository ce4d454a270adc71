"""The report as a page and as Markdown: what it holds, what it never says, and that nothing in a case can break out."""

import hashlib
import html
import itertools
import re
from functools import cache

import pytest

import melian
from melian.answer.judgements import statements_of
from melian.answer.solution import Solution
from melian.case.grades import DIGITS
from melian.source.cells import safe
from melian.view.markdown import markdown_of
from melian.view.naming import origin_of, said_of
from melian.view.page.page import page_of
from melian.view.report import Report
from melian.view.sheet import Mark, Paragraph, Table
from melian.view.sheets.behaviour import learned_blocks
from melian.view.sheets.report import report_of
from melian.view.wording import listed
from tests.view.conftest import solved
from tests.view.pages import Page
from tests.view.test_sheets import CERTAIN, STRAIT, WORD, supposing, texts

HOSTILE = (
    "</style></title><script>alert(1)</script>\"'><img src=x onerror=alert(1)>\u202e| `x` [a](http://evil.example) &lt;"
)


def hostile_text() -> str:
    """A case that tries to break out of every place where its words are shown."""
    quoted = HOSTILE.replace("'", "''")
    return f"""melian: 1
case: hostile
title: '{quoted}'
as_of: 2031-05-02
by: '{quoted}'
on: '2031-05-01'
basis: assumption
question: {{event: {{pass_: opened}}, by: 2031-06-30, resolution: '{quoted}'}}
actors: {{tarn: {{name: '{quoted}'}}}}
sources: {{press: {{title: '{quoted}', publisher: '{quoted}', grade: B2}}}}
factors:
  storm: {{label: '{quoted}', states: [{{mild: '{quoted}'}}, {{fierce: '{quoted}'}}], chances: {{fierce: unlikely}}}}
choices:
  pass_: {{label: '{quoted}', actor: tarn, options: [{{shut: '{quoted}'}}, {{opened: '{quoted}'}}], sees: [storm]}}
stakes:
  tarn: {{ease: {{label: '{quoted}', given: [storm, pass_], values: [
    {{when: {{pass_: opened, storm: mild}}, is: 80..100, why: '{quoted}'}},
    {{when: {{pass_: opened}}, is: 0}}, {{else: true, is: 20..60}}]}}}}
evidence:
  - {{id: road, date: 2031-04-20, claim: '{quoted}', source: press, bears_on: pass_, likelihood: {{opened: likely,
    shut: unlikely}}, at: '{quoted}'}}
"""


CASES = {
    "flagship": lambda: supposing("belarus-2022"),
    "strait": lambda: supposing(str(STRAIT)),
    "supposed": lambda: supposing(str(STRAIT), do={"convoy": "waits"}, announced=False),
    "few worlds": lambda: melian.read(str(STRAIT)).solve(worlds=200),
    "no evidence": lambda: melian.read_text(
        "melian: 1\ncase: bare\nquestion: {event: {rain: heavy}}\n"
        "factors: {rain: {states: [none, heavy], chances: {heavy: 0.1..0.4}}}\n"
    ).solve(worlds=256),
    "hostile": lambda: melian.read_text(hostile_text()).solve(worlds=256),
}


@cache
def reported(name: str) -> tuple[Solution, Report]:
    solution = CASES[name]()
    return solution, report_of(solution)


@pytest.fixture(params=CASES)
def made(request: pytest.FixtureRequest) -> tuple[Solution, Report]:
    return reported(request.param)


def theirs(solution: Solution) -> list[str]:
    """Everything that the case says itself, longest first: only what melian says is under test."""
    case = solution.case
    found = {case.title, case.question.resolution or ""}
    for node in case.nodes.values():
        found |= {node.label, *(state.label for state in node.states)}
    found |= {actor.label for actor in case.actors}
    for report in case.evidence:
        found.add(report.claim)
    for source in case.sources:
        found |= {source.title, source.publisher or ""}
    for parameter in solution.model.parameters:
        ground = parameter.origin
        found |= {ground.text, ground.provenance.why or "", (ground.provenance.why or "").removesuffix(".")}
        found |= {"; ".join(part for part in (ground.provenance.why or "",) if part)}
    found |= {said_of(case, judged) for judged in statements_of(solution.model)}
    return sorted((text for text in found if len(text) > 2), key=len, reverse=True)


def sentences(solution: Solution, report: Report) -> list[str]:
    """Sentences of melian's own in a report, but for the table that says what the words stand for."""
    own = theirs(solution)
    own += DIGITS.values()  # the words of the Admiralty code, which stand for a digit and no chance
    scale = {band.word for band in solution.case.scale.bands}
    found = []
    for part in report.parts:
        for block in (*report.opening, *part.blocks):
            if isinstance(block, Table) and {row[0].text for row in block.rows} == scale:
                continue
            for text in texts(block):
                for said in own:
                    text = text.replace(said, "X")  # noqa: PLW2901
                found += re.split(r"(?<=[.!?])\s+", text)
    return found


def test_no_word_of_likelihood_stands_without_its_number_and_band(made: tuple[Solution, Report]) -> None:
    for said in sentences(*made):
        sentence = said.replace("how likely", "X")  # a question, which has no number yet
        for match in WORD.finditer(sentence):
            assert re.search(r"\d+ % \[[^\]]+ %\], $", sentence[: match.start()]), sentence


def test_no_sentence_has_both_a_likelihood_and_a_confidence(made: tuple[Solution, Report]) -> None:
    for sentence in sentences(*made):
        assert not ("onfidence" in sentence and (WORD.search(sentence) or "%]" in sentence)), sentence


def test_nothing_is_ever_certain(made: tuple[Solution, Report]) -> None:
    assert [sentence for sentence in sentences(*made) if CERTAIN.search(sentence)] == []


def test_every_page_is_sound(made: tuple[Solution, Report]) -> None:
    solution, report = made
    page = Page(page_of(report))
    levels = page.headings()
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels)), levels
    anchors = {f"#{part.anchor}" for part in report.parts}
    assert {attributes["href"] for tag, attributes in page.tags if tag == "a"} == anchors
    assert {f"#{name}" for name in page.ids} >= anchors
    named = {
        tag for tag, attributes in page.tags if attributes.get("role") == "img" and "aria-labelledby" in attributes
    }
    assert named == {"svg"}
    assert re.sub(r"\s+", " ", solution.case.title.split("\u202e")[0]) in page.words


def test_a_page_asks_nothing_of_anybody(made: tuple[Solution, Report]) -> None:
    page = Page(page_of(made[1]))
    assert {tag for tag, _ in page.tags} & {
        "script",
        "img",
        "link",
        "iframe",
        "object",
        "base",
        "form",
        "image",
    } == set()
    for _, attributes in page.tags:
        assert [name for name in attributes if name.startswith("on") or name in ("src", "srcset", "style")] == []
        assert (attributes.get("href") or "#").startswith("#")
    (sheet,) = re.findall(r"<style>(.*?)</style>", page_of(made[1]), re.DOTALL)
    assert all(place.startswith('"data:font/woff2;base64,') for place in re.findall(r"url\(([^)]*)", sheet))
    assert "@import" not in sheet
    assert "default-src 'none'" in page_of(made[1])


def test_nothing_in_a_case_can_become_markup() -> None:
    solution, report = reported("hostile")
    text = page_of(report)
    assert "<script" not in text
    assert "\u202e" not in text
    assert "alert(1)" in Page(text).words
    assert text.count("<img") == 0
    assert solution.case.title == HOSTILE


def test_nothing_in_a_case_can_become_markdown() -> None:
    _, report = reported("hostile")
    text = markdown_of(report)
    assert not re.search(r"(?<!\\)<(script|img|/style)", text)
    assert not re.search(r"(?<!\\)\]\(", text)
    assert "http://" not in text
    assert "\u202e" not in text
    rows = [line for line in text.splitlines() if line.startswith("|")]
    widths = [len(re.findall(r"(?<!\\)\|", row)) for row in rows]
    heads = [at for at, row in enumerate(rows) if set(row) <= set("|- ")]
    for at, following in zip(heads, [*heads[1:], len(rows) + 1], strict=True):
        assert len(set(widths[at - 1 : following - 1])) == 1


def test_markdown_says_what_the_page_says(made: tuple[Solution, Report]) -> None:
    plain = re.sub(r"\\(.)", r"\1", markdown_of(made[1]))
    for part in made[1].parts:
        assert f"## {safe(part.title)}" in plain  # what would steer the text is taken out
        for block in part.blocks:
            if isinstance(block, Paragraph) and made[0].case.name != "hostile":
                assert block.text in plain


def test_confidence_stands_apart_from_the_likelihood() -> None:
    _, report = reported("flagship")
    answer, confidence = report.parts[:2]
    assert (answer.kind, confidence.kind) == ("headline", "confidence")
    assert "onfidence" not in "".join(texts(answer.blocks))
    assert "Confidence is " in "".join(texts(confidence.blocks))


def test_facts_judgements_and_assumptions_are_told_apart() -> None:
    solution, report = reported("flagship")
    by_anchor = {part.anchor: part for part in report.parts}
    marks = [
        cell
        for block in by_anchor["judgements"].blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row
    ]
    bases = [cell.basis for cell in marks if isinstance(cell, Mark)]
    assert sorted(bases) == sorted(parameter.origin.provenance.basis for parameter in solution.model.parameters)
    assert set(bases) == {"fact", "judgement", "assumption"}
    page = page_of(report)
    for basis, sign in (("fact", "■"), ("judgement", "●"), ("assumption", "◇")):
        assert f'<span class="mark {basis}"><span aria-hidden="true">{sign}</span> {basis}</span>' in page


def test_a_report_answers_why_what_to_watch_and_what_an_actor_can_do() -> None:
    solution = reported("strait")[0]
    (actor, *_) = [choice.actor.text for choice in solution.case.choices]
    parts = {part.anchor: part for part in report_of(solution, actors=(actor,)).parts}
    assert {"drivers", "incentives", "storylines", "evidence", "timeline", "indicators"} <= set(parts)
    assert len(parts[f"levers-{actor}"].blocks) > 2
    assert all(part.blocks for part in parts.values())


def test_an_actor_that_is_none_is_an_error_and_no_gap() -> None:
    with pytest.raises(melian.AskError):
        report_of(reported("strait")[0], actors=("nobody",))


def test_the_run_can_be_repeated_from_the_report() -> None:
    solution, report = reported("strait")
    made = "\n".join(text for part in report.parts if part.anchor == "made" for text in texts(part.blocks))
    assert "melian run strait.yaml --worlds 512 --seed 0 --as-of 2022-03-24" in made
    assert hashlib.sha256(STRAIT.read_bytes()).hexdigest() in made
    assert str(STRAIT.parent) not in page_of(report)
    assert f"{solution.effective_worlds:,.0f}" in made


def test_a_supposition_leads_the_report() -> None:
    _, report = reported("supposed")
    assert "Supposed, unannounced" in "".join(texts(report.parts[0].blocks[0]))


def test_what_was_learned_names_reports_by_their_numbers_in_the_list_of_evidence() -> None:
    solution = solved("belarus-2022", 20_000)
    origins = solution.matrix().origins
    numbers = {origin: number for number, origin in enumerate(origins, start=1)}
    (table,) = [block for block in learned_blocks(solution.case, solution, numbers) if isinstance(block, Table)]
    (names,) = [block for block in learned_blocks(solution.case, solution) if isinstance(block, Table)]
    assert len(table.rows) == len(names.rows) > 0
    for numbered, named in zip(table.rows, names.rows, strict=True):
        said = [origin_of(solution.case, origins[int(number) - 1]) for number in re.findall(r"\d+", numbered[-1].text)]
        assert named[-1].text == listed(said)


@pytest.mark.parametrize("name", ["strait", "hostile"])
def test_the_text_of_the_case_goes_in_only_where_it_is_asked_for(name: str) -> None:
    solution, without = reported(name)
    written = solution.case.source.text.splitlines()
    report = report_of(solution, actors=(), with_case=True)
    assert [part.anchor for part in without.parts if part.anchor == "text"] == []
    assert "<ol" not in page_of(without)
    page = page_of(report)
    listed = re.findall(r"<li><code>(.*?)</code></li>", page)
    assert [html.unescape(line).replace("\u00a0", " ") for line in listed] == [safe(line) for line in written]
    assert "<script" not in page
    Page(page)
    plain = [line for line in markdown_of(report).splitlines() if re.match(r"    +\d+  ", line)]
    assert len(plain) == len(written)
