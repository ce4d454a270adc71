"""What sheets say, and what they must never say."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest

import melian
from melian.answer.solution import Solution
from melian.case.words import SCALES
from melian.view.sheet import Heading, Paragraph, Sheet, Table
from melian.view.sheets.behaviour import ROWS, behaviour_sheet
from melian.view.sheets.run import run_sheet
from melian.view.sheets.storylines import storylines_sheet

STRAIT = Path(__file__).parents[1] / "cli" / "strait.yaml"
WORDS = sorted({word for scale in SCALES.values() for word in scale.words()}, key=len, reverse=True)
WORD = re.compile(rf"\b(?:{'|'.join(WORDS)})\b", re.IGNORECASE)
CERTAIN = re.compile(r"(?<![\d<>.-])(?:0|0\.0|100|100\.0) %")


def texts(value: object) -> Iterator[str]:
    """Every text in a sheet, those of cells as they are shown."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)
    elif is_dataclass(value):
        for name in ("text", "range_text"):
            if isinstance(getattr(value, name, None), str) and name not in {field.name for field in fields(value)}:
                yield getattr(value, name)
        for field in fields(value):
            yield from texts(getattr(value, field.name))


def own_words(solution: Solution) -> list[str]:
    """Texts of the case, which may say what they like."""
    case = solution.case
    nodes = [node.label for node in case.nodes.values()]
    states = [state.label for node in case.nodes.values() for state in node.states]
    claims = [report.claim for report in case.evidence]
    return sorted([case.title, *nodes, *states, *claims], key=len, reverse=True)


def generated(solution: Solution, sheet: Sheet) -> list[str]:
    """Sentences of a sheet without the case's own words."""
    found = []
    for text in texts(sheet):
        for said in own_words(solution):
            text = text.replace(said, "X")  # noqa: PLW2901
        found += re.split(r"(?<=[.!?])\s+", text)
    return found


def supposing(name: str, **supposed: object) -> Solution:
    return melian.read(name).solve(worlds=512, **supposed)  # type: ignore[arg-type]


SHEETS = {
    "run": lambda: (s := supposing(str(STRAIT)), run_sheet(s)),
    "behaviour": lambda: (s := supposing(str(STRAIT)), behaviour_sheet(s)),
    "set": lambda: (s := supposing(str(STRAIT), do={"convoy": "waits"}), run_sheet(s)),
    "observed": lambda: (s := supposing(str(STRAIT), observe={"storm": "mild"}), run_sheet(s)),
    "flagship": lambda: (s := supposing("belarus-2022"), run_sheet(s)),
    "flagship-behaviour": lambda: (s := supposing("belarus-2022"), behaviour_sheet(s, whole=True)),
    "storylines": lambda: (s := supposing("belarus-2022"), storylines_sheet(s, s.storylines())),
    "certain": lambda: (s := supposing(str(STRAIT), observe={"strait": "open"}), run_sheet(s)),
}


@pytest.fixture(params=SHEETS, scope="module")
def shown(request: pytest.FixtureRequest) -> tuple[Solution, Sheet]:
    solution, sheet = SHEETS[request.param]()
    return solution, sheet


def test_no_sentence_has_both_a_likelihood_and_a_confidence(shown: tuple[Solution, Sheet]) -> None:
    for sentence in generated(*shown):
        assert not ("onfidence" in sentence and (WORD.search(sentence) or "%]" in sentence)), sentence


def test_no_word_of_likelihood_stands_without_its_number_and_band(shown: tuple[Solution, Sheet]) -> None:
    for sentence in generated(*shown):
        for match in WORD.finditer(sentence):
            assert re.search(r"\d+ % \[[^\]]+ %\], $", sentence[: match.start()]), sentence


def test_nothing_is_ever_certain(shown: tuple[Solution, Sheet]) -> None:
    assert [text for text in generated(*shown) if CERTAIN.search(text)] == []


def paragraphs(sheet: Sheet) -> str:
    return "\n".join(block.text for block in sheet.blocks if isinstance(block, Paragraph))


def test_the_headline_leads_and_keeps_its_form(strait: Solution) -> None:
    (lead,) = [b.text for b in run_sheet(strait).blocks if isinstance(b, Paragraph) and b.tone == "lead"]
    assert re.fullmatch(r"\d+ % \[20-45 %\], unlikely, by 30 June 2022", lead)


def test_reports_that_came_too_late_are_named(strait: Solution) -> None:
    (claim,) = [report.claim.removesuffix(".") for report in strait.case.evidence if report.name == "sirens"]
    assert f'Left out, because dated after 24 March 2022: "{claim}".' in paragraphs(run_sheet(strait))


def test_many_late_reports_are_named_in_part() -> None:
    late = melian.read("belarus-2022").on(melian.read("belarus-2022").judged.evidence[0].date)  # type: ignore[arg-type]
    assert re.search(r"Left out, .*: (\".*\", ){2}\".*\" and \d+ more\.", paragraphs(run_sheet(late.solve(worlds=256))))


def test_what_is_supposed_is_said_with_who_knows_of_it() -> None:
    announced = paragraphs(run_sheet(supposing(str(STRAIT), do={"convoy": "waits"})))
    assert 'Supposed, announced: The relief convoy: "waits". The actors know it, and answer it.' in announced
    surprise = paragraphs(run_sheet(supposing(str(STRAIT), do={"convoy": "waits"}, announced=False)))
    assert 'Supposed, unannounced: The relief convoy: "waits". The actors do not know it' in surprise
    observed = paragraphs(run_sheet(supposing(str(STRAIT), observe={"storm": "mild"})))
    assert 'Supposed, observed: The spring storms: "stay mild". The actors choose as before.' in observed


def test_a_choice_that_is_set_is_nobodys() -> None:
    sheet = run_sheet(supposing(str(STRAIT), do={"strait": "open"}))
    assert "How the actors choose" not in [b.text for b in sheet.blocks if isinstance(b, Heading)]
    assert "Nobody chooses" in paragraphs(behaviour_sheet(supposing(str(STRAIT), do={"strait": "open"})))


def test_few_worlds_give_round_numbers_and_say_so() -> None:
    sheet = run_sheet(melian.read(str(STRAIT)).solve(worlds=64))
    (lead,) = [b.text for b in sheet.blocks if isinstance(b, Paragraph) and b.tone == "lead"]
    assert int(lead.split()[0]) % 5 == 0
    assert "rounded to 5 %" in paragraphs(sheet)


def test_worlds_that_failed_are_counted_before_all_eyes(strait: Solution) -> None:
    worlds = replace(strait.worlds, unreached=7)
    troubled = replace(strait, sampled=replace(strait.sampled, worlds=worlds))
    assert "In 7 worlds an actor faces a situation that cannot come about" in paragraphs(run_sheet(troubled))


def test_a_long_rule_is_cut_to_what_matters_unless_all_is_wanted(belarus: Solution) -> None:
    short = [block for block in behaviour_sheet(belarus).blocks if isinstance(block, Table)]
    whole = [block for block in behaviour_sheet(belarus, whole=True).blocks if isinstance(block, Table)]
    assert max(len(table.rows) for table in short) <= ROWS < max(len(table.rows) for table in whole)
    assert "--all" in paragraphs(behaviour_sheet(belarus))
    assert "--all" not in paragraphs(behaviour_sheet(belarus, whole=True))


def test_what_makes_no_difference_is_not_told_apart(strait: Solution) -> None:
    table = next(block for block in behaviour_sheet(strait).blocks if isinstance(block, Table))
    assert [row[0].text for row in table.rows] == ["convoy: sails", "convoy: waits"]
    assert "No difference that would show: storm." in paragraphs(behaviour_sheet(strait))
