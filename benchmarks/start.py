"""Cold starts: what a user waits for who types one command, each as a new process."""

import os
import tempfile
from pathlib import Path
from typing import Final

from measure import Figures, process, say

CASE: Final = "belarus-2022"
TRIES: Final = 3
REPORT: Final = os.path.join(tempfile.gettempdir(), f"melian-benchmark-{os.getpid()}.html")
COMMANDS: Final = {
    "check": ["-m", "melian", "check", CASE],
    "run_20000_worlds": ["-m", "melian", "run", CASE, "--json"],
    "drivers": ["-m", "melian", "drivers", CASE, "--json"],
    "indicators": ["-m", "melian", "indicators", CASE, "--json"],
    "levers": ["-m", "melian", "levers", CASE, "--actor", "lukashenko", "--json"],
    "report": ["-m", "melian", "report", CASE, "-o", REPORT, "--force", "--json"],
    "import": ["-c", "import melian"],
}


def bench() -> Figures:
    """Least wall seconds and peak megabytes of each command, and of compiling the kernel, which is done once."""
    found: Figures = {}
    for name, arguments in COMMANDS.items():
        say(f"  {name}")
        runs = [process(arguments) for _ in range(TRIES)]
        found[f"seconds_{name}"], found[f"peak_megabytes_{name}"] = min(s for s, _ in runs), max(m for _, m in runs)
    Path(REPORT).unlink(missing_ok=True)
    say("  the first run on a machine, and compiling the kernel")
    found["seconds_first_run_20000_worlds"] = _with_nothing_compiled(COMMANDS["run_20000_worlds"])
    found["seconds_compiling_the_kernel_once"] = _with_nothing_compiled(["-m", "melian.solve.kernel.warm"])
    return found


def _with_nothing_compiled(arguments: list[str]) -> float:
    """Wall seconds of a command where nothing was compiled before."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["NUMBA_CACHE_DIR"] = folder
        try:
            return process(arguments)[0]
        finally:
            del os.environ["NUMBA_CACHE_DIR"]
