"""Files near every bound at once are checked soon and in little memory."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.case.test_bounds import FACTOR, HEAD

resource = pytest.importorskip("resource", reason="limits on memory are POSIX")

ROOT = Path(__file__).parents[2]
MEGABYTES = 500
# Of the processor, not of the clock, which a busy machine lets run on.
SECONDS = 120
CHECK = (
    "import sys\n"
    "from melian.api import examine_source\n"
    "from melian.source.render import as_json, concise, full\n"
    "from melian.source.text import Source\n"
    "case, found = examine_source(Source('case.yaml', sys.stdin.read()))\n"
    "shown = full(found, limit=len(found)), concise(found), as_json(found)\n"
    "print(len(found), 'found')\n"
)
RANKS = " = ".join(f"s{number}" for number in range(90_000))


def crowded(line: str, n_lines: int) -> str:
    return HEAD + "factors:\n" + "".join(line.format(number) for number in range(n_lines))


WORST = {
    "factors": crowded(FACTOR, 9_900),
    "mistyped words": crowded("  f{}: {{states: [a, b], chances: {{a: likly}}}}\n", 9_900),
    "rows of words": crowded("  f{}: {{states: [s0, s1, s2], chances: {{s0: likely, s1: remote}}}}\n", 1_900),
    "mistakes on one line": HEAD + "factors: {" + "a:b, " * 45_000 + "}\n",
    "unknown ranks": HEAD + "actors: {x: {}}\nstakes:\n  x:\n    order: " + RANKS + "\n",
    "reports": HEAD
    + FACTOR.format(0).join(("factors:\n", "sources: {s: {grade: B2}}\nevidence:\n"))
    + "".join(
        f"  - {{id: e{n}, date: 2022-01-01, claim: c, source: s, bears_on: f0, likelihood: {{a: likely, b: remote}}}}\n"
        for n in range(1_990)
    ),
    "actors": HEAD + "factors:\n" + FACTOR.format(0) + "actors:\n" + "".join(f"  x{n}: {{}}\n" for n in range(49_000)),
}  # fmt: skip


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES << 20, MEGABYTES << 20))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


@pytest.mark.slow
@pytest.mark.parametrize("text", WORST.values(), ids=list(WORST))
def test_a_check_stays_within_memory(text: str) -> None:
    assert len(text.encode()) < 1_000_000
    environment = {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-c", CHECK],
        input=text,
        env=environment,
        preexec_fn=_limit if sys.platform == "linux" else None,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.endswith("found\n")
