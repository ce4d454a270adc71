"""Numbers in the text of the pages, worked out by other means than the page."""

import math
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import melian
from melian.case.judgement import ABOUT_SPREAD, parse_judgement
from melian.case.language import RESERVED
from melian.case.rules.narrow_stake import SPAN
from melian.case.words import ICD203, PRECISION_WORDS, SCALES
from melian.model.judged import EDGE, distribution_of
from melian.model.parameter import Order
from melian.solve.draws.draw import Sampler
from melian.solve.draws.quantile import quantile
from scripts.pages import BLOCK, DOCS

LANGUAGE = (DOCS / "reference" / "language.md").read_text("utf-8")
METHOD = (DOCS / "explanation" / "method.md").read_text("utf-8")
SECOND = (DOCS / "tutorial" / "a-report-that-changes-everything.md").read_text("utf-8")
READING = (DOCS / "explanation" / "reading-an-answer.md").read_text("utf-8")


def test_what_an_ordinary_actor_picks() -> None:
    low, high = (round(100 / (1 + math.exp(-0.1 * precision))) for precision in PRECISION_WORDS["ordinary"])
    assert f"with options 0.1 apart, picks the better one {low} to {high} times in 100" in LANGUAGE


def test_the_names_that_are_not_allowed_are_all_listed() -> None:
    listed = LANGUAGE.split("words that mean something in a rule or a row:")[1].split("\nFactors and choices")[0]
    assert set(re.findall(r"`(\w+)`", listed)) == RESERVED


def test_numbers_of_the_text_are_those_of_the_code() -> None:
    assert f"standard deviation of {ABOUT_SPREAD:g} in log-odds" in LANGUAGE
    assert f"A standard deviation of {ABOUT_SPREAD:g}".lower() in METHOD.lower()
    assert f"at 0 % is read as {100 * EDGE:g} %, one at 100 % as {100 - 100 * EDGE:g} %" in LANGUAGE
    assert f"span less than {SPAN:g}" in LANGUAGE


@pytest.mark.parametrize("word", [band.word for band in ICD203.bands])
def test_a_word_has_four_fifths_of_its_draws_in_its_band(word: str) -> None:
    band = ICD203.band_of(word)
    judgement = parse_judgement(word, "chance", SCALES["icd203"])
    assert quantile(distribution_of(judgement), np.array([0.1, 0.9])) == pytest.approx([band.low, band.high], abs=1e-6)


def test_a_rank_order_has_the_centroid_weights_for_its_mean() -> None:
    """Barron and Barrett 1996: the k-th of J weighs the mean over J of 1/j from j = k."""
    drawn = Sampler([Order("w", ((0,), (1,), (2,)))], seed=0).block(0, 4096).mean(axis=1)
    assert drawn == pytest.approx([11 / 18, 5 / 18, 2 / 18], abs=2e-3)
    assert "61, 28 and 11 % for three stakes" in METHOD


def test_observe_reveal_and_do_by_hand() -> None:
    """The worked example of the method page, from the logit formula alone."""
    unsure = 1 / (1 + math.exp(2 * (0.6 - 0.4)))  # yields, knowing nothing
    sure = 1 / (1 + math.exp(-2))  # yields, knowing that the pressure is heavy

    def crisis(yields: float) -> float:
        return yields * 0.2 + (1 - yields) * 0.9

    refused = {"heavy": 0.4 * (1 - sure), "light": 0.6 * sure}
    heavy = refused["heavy"] / sum(refused.values())
    by_hand = {
        "at first": 0.4 * crisis(unsure) + 0.06,
        "observe pressure": crisis(unsure),
        "do pressure, unannounced": crisis(unsure),
        "do pressure, announced": crisis(sure),
        "reveal pressure": 0.4 * crisis(sure) + 0.06,
        "observe refusal": heavy * 0.9 + (1 - heavy) * 0.1,
        "do refusal": 0.4 * 0.9 + 0.6 * 0.1,
    }
    case = melian.read(DOCS / "explanation" / "ultimatum.yaml")
    informed = case.reveal("answer", "pressure")
    solved = {
        "at first": case.solve(worlds=256),
        "observe pressure": case.solve(worlds=256, observe={"pressure": "heavy"}),
        "do pressure, unannounced": case.solve(worlds=256, do={"pressure": "heavy"}, announced=False),
        "do pressure, announced": case.solve(worlds=256, do={"pressure": "heavy"}),
        "reveal pressure": informed.solve(worlds=256),
        "observe refusal": informed.solve(worlds=256, observe={"answer": "refuses"}),
        "do refusal": informed.solve(worlds=256, do={"answer": "refuses"}),
    }
    assert {name: one.likelihood().mean for name, one in solved.items()} == pytest.approx(by_hand, abs=1e-12)
    for number in (
        unsure,
        sure,
        heavy,
        *(by_hand[at] for at in ("at first", "observe pressure", "do pressure, announced")),
    ):
        assert f"{number:.4f}" in METHOD


def test_the_second_tutorial_tells_what_is_done_from_what_is_seen() -> None:
    before, after = (melian.read(DOCS / "tutorial" / "stages" / f"{name}.yaml") for name in ("6-signed", "7-note"))
    done = before.solve(do={"demand": "threatens"}).likelihood().mean
    seen = before.solve(observe={"demand": "threatens"}).likelihood().mean
    reported = after.solve().likelihood().mean
    assert f"the answer was {100 * before.solve().likelihood().mean:.0f} %" in SECOND
    assert f"with `--set`, and got {100 * done:.0f} %" in SECOND
    assert f"*is* a threat the answer is {100 * reported:.0f} %" in SECOND
    assert f"here it is worth {100 * (seen - done):.0f} points" in SECOND
    text = (DOCS / "tutorial" / "stages" / "7-note.yaml").read_text("utf-8")
    found = re.search(r"`(weights: .+?)` instead of `(order: .+?)`", SECOND)
    assert found is not None
    assert found[2] in text
    known, unknown = (one.solve().likelihood() for one in (melian.read_text(text.replace(found[2], found[1])), after))
    ends = (100 * end for end in (known.q05, known.q95, unknown.q05, unknown.q95))
    assert "between {:.0f} % and {:.0f} %, instead of {:.0f} % and {:.0f} %".format(*ends) in SECOND
    # A certain report and an observation are the same thing said twice.
    assert seen == pytest.approx(reported, abs=1e-9)


def test_what_may_be_quoted_from_an_answer_is_in_it() -> None:
    shown = BLOCK.search(READING)
    assert shown is not None
    quoted = re.findall(r"^> .*$", READING, re.MULTILINE)
    allowed = [line for line in quoted if "plus or minus" not in line]
    numbers = {number for line in allowed for number in re.findall(r"\d+ %", line)}
    assert numbers
    assert {number for number in numbers if number not in shown.group(0)} == set()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["check", "belarus-2022"], 0),
        (["check", "tutorial/stages/1-slip.yaml"], 1),
        (["run", "belarus-2022", "--set", "nothing=there"], 2),
        (["run", "--no-such-option"], 2),
    ],
    ids=["done", "case with errors", "what the case does not have", "wrong usage"],
)
def test_commands_end_as_the_reference_says(arguments: list[str], code: int) -> None:
    melian_here = Path(sys.executable).with_name("melian")
    assert subprocess.run([melian_here, *arguments], cwd=DOCS, capture_output=True, check=False).returncode == code
    assert f"\n| {code} | " in (DOCS / "reference" / "commands.md").read_text("utf-8")
