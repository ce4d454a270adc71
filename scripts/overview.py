"""Short tables for the first page and the cheat sheet: commands, forms of judgement, and what was measured."""

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from melian.case.distributions import names_for
from melian.case.grades import RELIABILITY
from melian.case.quantity import Kind
from melian.case.words import INFLUENCE_WORDS, PRECISION_WORDS, SCALES, Band
from melian.cli.app import GROUPS

# Commands of which the README says how long they take: as measured, and whether the first of them compiles the solver.
WAITS: Final = (
    ("melian check", "check", False),
    ("melian run", "run_20000_worlds", True),
    ("melian drivers", "drivers", True),
    ("melian indicators", "indicators", True),
    ("melian levers --actor", "levers", True),
    ("melian report", "report", True),
)
COMPILING: Final = 10.0  # seconds, where the first run was not measured
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
            _versioned(tree, "Gambit"),
            (1e6 * _public(tree, "seconds") / tree["worlds"], 1e6 * tree["gambit_seconds_a_game"]),
            tree["largest_gap_to_gambit"],
        ),
        _against(
            "3 x 3 x 3 game, all at the same time",
            _versioned(results["simultaneous"], "Gambit"),
            (_public(games, "microseconds_a_world"), games["gambit_microseconds_a_game"]),
            games["median_gap_to_gambit"],
        ),
        *(row for name in ("alarm", "win95pts") for row in _network(name, networks)),
    ]
    return grid(("one world of a", "melian", "another program", "times faster", "difference"), rows) + _when(results)


def waits() -> str:
    """What a command takes the first time on a machine, when the solver is compiled, and afterwards."""
    start = json.loads(RESULTS.read_text("utf-8"))["start"]
    run = start["seconds_run_20000_worlds"]
    compiling = start.get("seconds_first_run_20000_worlds", run + COMPILING) - run
    rows = []
    for command, key, solves in WAITS:
        if f"seconds_{key}" in start:
            after = start[f"seconds_{key}"]
            rows.append((f"`{command}`", _about(after + compiling * solves), _about(after)))
    return grid(("of the worked case", "first time", "afterwards"), rows)


def _about(seconds: float) -> str:
    """A time as one would tell it."""
    return "under 1 s" if seconds < 1 else f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"


def _network(name: str, networks: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    """A network with three findings, and with one at every leaf."""
    whole, peer = networks[name], _versioned(networks, "pyAgrum")
    kinds = {f"{whole['nodes']} nodes ({name})": whole}
    if "leaves" in whole:
        kinds[f"the same, with findings at {whole['leaves']['findings']} leaves"] = whole["leaves"]
    for what, found in kinds.items():
        title = what if what.startswith("the same") else f"Bayesian network of {what}"
        times = (_public(found, "microseconds_a_world"), found["pyagrum_microseconds_a_world"])
        yield _against(title, peer, times, found["largest_gap_to_pyagrum_query"])


def _versioned(found: dict[str, Any], whom: str) -> str:
    """Name of another program with the version that was measured."""
    package = {"Gambit": "pygambit", "pyAgrum": "pyagrum"}[whom]
    return f"{whom} {found['measured']['versions'][package]}"


def _public(found: dict[str, Any], what: str) -> float:
    """What a world takes through the public call; through the engine alone where that is all that was measured yet."""
    return float(found.get(f"{what}_public_one_core", found.get(f"{what}_one_core")))


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
    how = "through the public call, " if "seconds_public_one_core" in results["tree"] else ""
    speed = results["flagship"]["worlds_a_second_one_core"]
    return (
        f"Measured on {about['date']} on one {about['processor']} core, in processor time, {how}drawing the worlds"
        f" included; the worked case ran at {_two_digits(speed)} worlds a second.\n"
        "Differences are the largest found; in the simultaneous games the median, as Gambit stops at about 1e-8.\n"
    )


def _two_digits(number: float) -> str:
    """A number to two significant digits, written out."""
    shift = math.floor(math.log10(abs(number))) - 1
    return f"{round(number, -shift):,.{max(-shift, 0)}f}"
