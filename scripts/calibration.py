"""Hold every error that is printed against the truth, over many seeds, and write down how often it held.

Run from the project's folder, `python -m scripts.calibration` (`make calibration`) takes minutes to hours. It prints
a table, writes it into `docs/explanation/calibration.md`, and ends with 1 where an error held too seldom.
"""

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
from scipy.stats import binom

import melian
from melian.answer.shares import Share
from melian.errors import RefusalError
from tests.calibration.known import KNOWN, Known

ROOT: Final = Path(__file__).parents[1]
PAGE: Final = ROOT / "docs" / "explanation" / "calibration.md"
BLOCK: Final = re.compile(r"(<!-- calibration -->\n).*?(<!-- calibration ends -->)", re.DOTALL)
# Cases by name, and what is supposed in their what-if.
CASES: Final = {
    "the strait": (ROOT / "tests" / "cli" / "strait.yaml", {"convoy": "waits"}),
    "belarus-2022": (ROOT / "src" / "melian" / "catalog" / "belarus-2022.yaml", {"entry": "stays_out"}),
}
WORLDS: Final = (1_024, 4_096, 16_384, 65_536)
ANSWERED: Final = 4_096
# The truth that cannot be worked out is the mean of so many runs of so many worlds.
TRUE_RUNS, TRUE_WORLDS, TRUE_SEED = 8, 65_536, 10_000
# Two errors claim 95 of 100; what is found may fall short of that by chance in one of a thousand runs.
CLAIMED: Final = 0.95
CHANCE: Final = 1e-3

Interval = tuple[float, float, float]
Numbers = dict[tuple[str, str], Interval]


@dataclass(frozen=True, slots=True)
class Row:
    """How often an error held.

    Attributes
    ----------
    held, tried : numbers within two of their errors, of all that were looked at.
    seeds : independent runs among them.
    """

    what: str
    held: int
    tried: int
    seeds: int

    @property
    def share(self) -> float:
        """Share that held."""
        return self.held / max(self.tried, 1)

    @property
    def least(self) -> float:
        """Share below which the claim is false: numbers of one run hang together, so that only runs are counted."""
        return float(binom.ppf(CHANCE, self.seeds, CLAIMED)) / self.seeds


def around(value: float, error: float) -> Interval:
    """A number with two of its errors on either side."""
    return value, value - 2 * error, value + 2 * error


def within(share: Share) -> Interval:
    """A share with its own interval."""
    return share.value, share.low, share.high


def numbers_of(solution: melian.Solution, do: dict[str, str]) -> Numbers:
    """Every number of a solution that has an error beside it, by what it is and by its name."""
    found: Numbers = {}
    answer = solution.likelihood()
    found["the answer", ""] = around(answer.mean, answer.error)
    for moment in solution.timeline().moments:
        if moment.mean is not None and moment.error is not None:
            found["timeline", str(moment.report)] = around(moment.mean, moment.error)
    change = solution.whatif(do)
    found |= {("what-if", f"{c.node} {c.state}"): around(c.difference, c.error) for c in (change.event, *change.nodes)}
    for one in solution.indicators().indicators:
        found["indicators: bits", one.name] = around(one.information.bits, one.information.error)
        found["indicators: points", one.name] = around(one.move.points, one.move.error)
    for line in solution.storylines().told:
        found["storylines", str(line.states)] = around(line.chance, line.error)
    for actor in {choice.actor.text for choice in solution.case.choices}:
        for contest in solution.levers(actor).contests:
            for lever in contest.levers:
                found["levers: event", str(lever.taken)] = around(lever.event_change.value, lever.event_change.error)
                found["levers: worth", str(lever.taken)] = around(lever.worth_change.value, lever.worth_change.error)
    for driver in solution.drivers().drivers[:5]:
        found["drivers: first", driver.judged.name] = within(driver.first)
        found["drivers: total", driver.judged.name] = within(driver.total)
    return found


def of_case(name: str, worlds: int, seed: int) -> Numbers:
    """Numbers of one run of a case."""
    path, do = CASES[name]
    return numbers_of(melian.read(path).solve(worlds=worlds, seed=seed, threads=1), do)


def headline(name: str, worlds: int, seed: int) -> Interval:
    """The answer of one run of a case, by itself."""
    answer = melian.read(CASES[name][0]).solve(worlds=worlds, seed=seed, threads=1).likelihood()
    return around(answer.mean, answer.error)


def known_answer(known: Known, seed: int) -> Interval | None:
    """The answer of one run of a case of strong evidence; None where none is given."""
    try:
        answer = melian.read_text(known.text).solve(worlds=known.worlds, seed=seed, threads=1).likelihood()
    except RefusalError:
        return None
    return around(answer.mean, answer.error)


def rows(each: Callable[[Callable[[int], object], Iterable[int]], Iterator[object]], seeds: int) -> Iterator[Row]:
    """Every row of the table; `each` calls a function with many seeds."""
    for known in KNOWN:
        found = [one for one in each(partial(known_answer, known), range(seeds)) if isinstance(one, tuple)]
        held = sum(low <= known.answer <= high for _, low, high in found)
        refused = f", refused {seeds - len(found)} times" if len(found) < seeds else ""
        yield Row(f"{known.name}, {known.worlds:,} worlds{refused}", held, len(found), len(found))
    for name in CASES:
        truth = truth_of(each(partial(of_case, name, TRUE_WORLDS), range(TRUE_SEED, TRUE_SEED + TRUE_RUNS)))
        for worlds in WORLDS:
            found = [one for one in each(partial(headline, name, worlds), range(seeds)) if isinstance(one, tuple)]
            held = sum(low <= truth["the answer", ""] <= high for _, low, high in found)
            yield Row(f"{name}: the answer, {worlds:,} worlds", held, seeds, seeds)
        yield from answers(name, truth, each(partial(of_case, name, ANSWERED), range(seeds)), seeds)


def truth_of(runs: Iterable[object]) -> dict[tuple[str, str], float]:
    """Mean of each number over runs."""
    found = defaultdict(list)
    for run in runs:
        assert isinstance(run, dict)
        for key, (value, _, _) in run.items():
            found[key].append(value)
    return {key: float(np.mean(values)) for key, values in found.items()}


def answers(name: str, truth: dict[tuple[str, str], float], runs: Iterable[object], seeds: int) -> Iterator[Row]:
    """A row for each kind of number."""
    held: dict[str, list[bool]] = defaultdict(list)
    for run in runs:
        assert isinstance(run, dict)
        for (kind, which), (_, low, high) in run.items():
            if (kind, which) in truth:
                held[kind].append(low - 1e-12 <= truth[kind, which] <= high + 1e-12)
    for kind, each in held.items():
        yield Row(f"{name}: {kind}, {ANSWERED:,} worlds", sum(each), len(each), seeds)


def told(row: Row) -> str:
    """Line of the table."""
    verdict = "" if row.share >= row.least else " **too seldom**"
    return f"| {row.what} | {row.seeds} | {row.tried} | {100 * row.share:.0f} %{verdict} |"


def main() -> int:
    """Measure, write and judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=100, help="runs of each case (default: 100)")
    parser.add_argument("--processes", type=int, help="runs at a time (default: one for each processor)")
    given = parser.parse_args()
    with ProcessPoolExecutor(given.processes) as pool:
        found = []
        for row in rows(pool.map, given.seeds):
            found.append(row)
            sys.stdout.write(told(row) + "\n")
            sys.stdout.flush()
    lines = ["| what | runs | numbers | within two errors |", "|---|---:|---:|---:|", *map(told, found)]
    page = PAGE.read_text("utf-8")
    PAGE.write_text(BLOCK.sub(lambda match: match[1] + "\n".join(lines) + "\n" + match[2], page), "utf-8")
    return int(any(row.share < row.least for row in found))


if __name__ == "__main__":
    sys.exit(main())
