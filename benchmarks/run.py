"""Measure speed, and the error at that speed: `make bench`, or `make bench BENCH="networks tree"` for some subjects.

Every figure is a ratio against a peer or a bound that is measured in the same run, because machines are noisy. Results
go to `benchmarks/results.json`, each subject with the machine, the versions and the commit that it was measured at.
What each number means is in `benchmarks/README.md`.
"""

import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
sys.path.insert(0, str(HERE))

from measure import Figures, say  # noqa: E402 -- these files import each other, wherever they are called from

RESULTS: Final = HERE / "results.json"
SUBJECTS: Final = ("tree", "flagship", "simultaneous", "networks", "evidence", "scaling", "start", "looks")
PROGRAMS: Final = ("melian", "numpy", "numba", "scipy", "pygambit", "pyagrum", "pgmpy")


def circumstances() -> Figures:
    """Where, with what and on what state of the project this is measured, and how busy the machine was at the start."""
    return {
        "processor": platform.machine(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
        "versions": {name: _version(name) for name in PROGRAMS},
        "commit": _git("rev-parse", "--short=12", "HEAD") + ("+" if _git("status", "--porcelain", "src") else ""),
        "date": time.strftime("%Y-%m-%d", time.gmtime()),
    }


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=HERE.parent, capture_output=True, text=True, check=False)
    return done.stdout.strip()


def show(figures: Figures, indent: int = 2) -> None:
    """Print figures, one a line, what belongs together under its name."""
    for name, figure in figures.items():
        if isinstance(figure, dict):
            print(" " * indent + name)
            show(figure, indent + 2)
        else:
            shown = f"{figure:,.4g}" if isinstance(figure, float) else f"{figure}"
            print(f"{' ' * indent}{name:{60 - indent}} {shown:>14}")


def measured(subject: str) -> Figures:
    """Figures of one subject, with how they were come by."""
    bench: Callable[[], Figures] = import_module(subject).bench
    started, found = time.perf_counter(), circumstances()
    figures = bench()
    return {"measured": found | {"seconds": round(time.perf_counter() - started, 1)}, **figures}


def main(subjects: Sequence[str]) -> int:
    """Measure some subjects or all, print them, and write them down beside what was measured before."""
    unknown = [subject for subject in subjects if subject not in SUBJECTS]
    if unknown:
        say(f"no such subject: {', '.join(unknown)}; there are {', '.join(SUBJECTS)}")
        return 2
    for subject in subjects or SUBJECTS:
        say(f"measuring {subject}")
        figures = measured(subject)
        print(subject)
        show(figures)
        results = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
        results[subject] = figures
        kept = {name: results[name] for name in SUBJECTS if name in results}
        RESULTS.write_text(json.dumps(kept, indent=2) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
