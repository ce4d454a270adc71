"""Runs every command once in the environment it is started in, to see that the versions installed there work together.

`python -m scripts.smoke PYTHON`: each command is a process of that interpreter, away from the source tree, so that the
installed package answers. A command that is not listed here fails the test, so that none is forgotten.
"""

import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

CASE: Final = "belarus-2022"
FEW: Final = ("--worlds", "1024")

# What each command is run with; {new} is a file that is not there yet, {case} one that is.
LINES: Final[Mapping[str, tuple[str, ...]]] = {
    "run": (CASE, *FEW),
    "why": (CASE, *FEW),
    "indicators": (CASE, *FEW),
    "storylines": (CASE, *FEW),
    "whatif": (CASE, "--set", "demand=insist", *FEW),
    "diff": ("{case}", "{case}", *FEW),
    "levers": (CASE, "--actor", "west", *FEW),
    "behaviour": (CASE, *FEW),
    "incentives": (CASE, *FEW),
    "drivers": (CASE, *FEW),
    "evidence": (CASE, *FEW),
    "timeline": (CASE, *FEW),
    "report": ("{case}", *FEW, "-o", "{new}.html"),
    "figure": (CASE, "--kind", "worlds", *FEW, "-o", "{new}.svg"),
    "new": ("another-case", "--template", "deterrence"),
    "check": (CASE,),
    "fmt": ("{case}", "--diff"),
    "convert": ("{case}", "{new}.efg", "--common-prior"),
    "explain": ("unknown-name",),
    "schema": (),
}


def commands(python: str, folder: Path) -> set[str]:
    """Names of the commands of the package that is installed there."""
    told = "from melian.cli.app import GROUPS; print(*(c.__name__ for g in GROUPS.values() for c in g))"
    done = subprocess.run([python, "-c", told], cwd=folder, capture_output=True, text=True, check=True)  # noqa: S603
    return set(done.stdout.split())


def run_all(python: str) -> list[str]:
    """What is wrong: a line for each command that fails, or that nobody runs here."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _ask(python, folder, "new", "case", "--template", "patron-client")
        there = commands(python, folder)
        wrong = [f"{command}: not in scripts/smoke.py" for command in sorted(there - LINES.keys())]
        return wrong + [
            problem for command in sorted(there & LINES.keys()) for problem in _try(python, folder, command)
        ]


def _try(python: str, folder: Path, command: str) -> list[str]:
    given = [part.format(new=f"new-{command}", case="case.yaml") for part in LINES[command]]
    done = _ask(python, folder, command, *given)
    sys.stdout.write(f"{'fails' if done.returncode else 'works'}  melian {command} {' '.join(given)}\n")
    sys.stdout.flush()
    return [f"{command}: exit code {done.returncode}\n{done.stderr}"] if done.returncode else []


def _ask(python: str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    line = [python, "-W", "error::RuntimeWarning", "-m", "melian", *arguments]
    return subprocess.run(line, cwd=folder, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)  # noqa: S603


if __name__ == "__main__":
    sys.exit("\n".join(run_all(sys.argv[1])))
