"""Short tables for the first page and the cheat sheet: commands, forms of judgement, and what was measured."""

import json
import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from melian.case.distributions import names_for
from melian.case.grades import RELIABILITY
from melian.case.quantity import Kind
from melian.case.words import INFLUENCE_WORDS, PRECISION_WORDS, SCALES, Band
from melian.cli.app import GROUPS

RESULTS: Final = Path(__file__).parents[1] / "benchmarks" / "results.json"
# Differences below ten to this are rounding, whatever their digits.
ROUNDING: Final = -12
# Each kind of quantity: what its numbers are, what else may be written, and where words for it come from.
KINDS: Final[dict[Kind, tuple[str, str, str]]] = {
    "chance": ("0 to 1, or per cent", "`0.3`, `30 %`, `0.2..0.4`, `about 0.3`", "those of the scale"),
    "value": ("0 worst to 100 best", "`70`, `60..80`, `about 70`", "none"),
    "influence": ("log-odds, or `times`", "`times 3`, `times 2..4`, `0.5..1`", "of influence"),
    "precision": ("0 to 1000", "`8`, `4..12`, `about 8`", "of precision"),
    "weight": ("share of 1, or per cent", "`0.3`, `30 %`, `0.2..0.4`, `about 0.3`", "none; or a rank order"),
}


def grid(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    # The empty lines part the table from the comments around it, whatever reads the page.
    return "\n" + "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n\n"


def commands() -> str:
    """Commands as the help shows them, by what people want to do."""
    rows = [
        (heading if place == 0 else "", f"`melian {command.__name__}`", (command.__doc__ or "").strip().splitlines()[0])
        for heading, group in GROUPS.items()
        for place, command in enumerate(group)
    ]
    return grid(("to", "command", "what it does"), rows)


def judgements() -> str:
    """Forms of judgement by kind of quantity."""
    rows = []
    for kind, (numbers, forms, words) in KINDS.items():
        rows.append((kind, numbers, forms, words, ", ".join(f"`{name}`" for name in names_for(kind))))
    return grid(("kind", "numbers", "you write", "words", "distributions"), rows)


def words() -> str:
    """Words of both scales side by side, with their bands."""
    both = zip(*(scale.bands for scale in SCALES.values()), strict=True)
    rows = [(*_band(left), *_band(right)) for left, right in both]
    names = [f"`words: {name}`" for name in SCALES]
    return grid((names[0], "band", names[1], "band"), rows)


def _band(band: Band) -> tuple[str, str]:
    return f"`{band.word}`", f"{100 * band.low:g} to {100 * band.high:g} %"


def strengths() -> str:
    """Words of influence and of precision, and letters of sources, each in a line."""
    rows = [
        ("influence, odds times", _row((word, _odds(ends)) for word, ends in INFLUENCE_WORDS.items())),
        ("precision", _row((word, f"{low:g} to {high:g}") for word, (low, high) in PRECISION_WORDS.items())),
        (
            "source's letter, mean reliability",
            _row((k, f"{100 * a / (a + b):.0f} %") for k, (a, b) in RELIABILITY.items()),
        ),
    ]
    return grid(("words of", "and what they stand for"), rows)


def _row(pairs: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f"`{word}` {meaning}" for word, meaning in pairs)


def _odds(ends: tuple[float, float]) -> str:
    low, high = (f"{odds:g}" if odds >= 1 else f"1/{1 / odds:g}" for odds in ends)
    return low if low == high else f"{low} to {high}"


def measured() -> str:
    """What the benchmarks found, from the file that they leave."""
    results = json.loads(RESULTS.read_text("utf-8"))
    tree, games = results["tree"], results["simultaneous"]["precision_5"]
    networks = results["networks"]
    rows = [
        _against(
            "game tree, 144 leaves, three movers in turn",
            "Gambit",
            (1e6 * tree["seconds_one_core"] / tree["worlds"], 1e6 * tree["gambit_seconds_a_game"]),
            tree["largest_gap_to_gambit"],
        ),
        _against(
            "3 x 3 x 3 game, all at the same time",
            "Gambit",
            (games["microseconds_a_world_one_core"], games["gambit_microseconds_a_game"]),
            games["median_gap_to_gambit"],
        ),
        *(_network(name, networks[name]) for name in ("alarm", "win95pts")),
    ]
    return grid(("one world of a", "melian", "another program", "times faster", "difference"), rows) + _when(results)


def _network(name: str, found: dict[str, Any]) -> tuple[str, ...]:
    return _against(
        f"Bayesian network of {found['nodes']} nodes ({name})",
        "pyAgrum",
        (found["microseconds_a_world_one_core"], found["pyagrum_microseconds_a_world"]),
        found["largest_gap_to_pyagrum_query"],
    )


def _against(what: str, whom: str, microseconds: tuple[float, float], gap: float) -> tuple[str, ...]:
    ours, theirs = microseconds
    return (
        what,
        f"{_two_digits(ours)} µs",
        f"{whom}, {_two_digits(theirs)} µs",
        _two_digits(theirs / ours),
        f"below 1e{max(math.ceil(math.log10(gap)), ROUNDING)}",
    )


def _when(results: dict[str, Any]) -> str:
    """Sentence on the conditions of the measurement."""
    about = results["tree"]["measured"]
    speed = results["flagship"]["worlds_a_second_one_core"]
    return (
        f"Measured on {about['date']} on one {about['processor']} core, in processor time, drawing the worlds included;"
        f" the worked case ran at {_two_digits(speed)} worlds a second.\n"
        "Differences are the largest found; in the simultaneous games the median, as Gambit stops at about 1e-8.\n"
    )


def _two_digits(number: float) -> str:
    """A number to two significant digits, written out."""
    shift = math.floor(math.log10(abs(number))) - 1
    return f"{round(number, -shift):,.{max(-shift, 0)}f}"
