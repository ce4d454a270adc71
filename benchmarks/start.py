"""Cold starts: what a user waits for who types one command, each as a new process."""

import os
import tempfile
from typing import Final

from measure import Figures, process, say

CASE: Final = "belarus-2022"
TRIES: Final = 3
COMMANDS: Final = {
    "check": ["-m", "melian", "check", CASE],
    "run_20000_worlds": ["-m", "melian", "run", CASE, "--json"],
    "import": ["-c", "import melian"],
}


def bench() -> Figures:
    """Least wall seconds and peak megabytes of each command, and of compiling the kernel, which is done once."""
    found: Figures = {}
    for name, arguments in COMMANDS.items():
        say(f"  {name}")
        runs = [process(arguments) for _ in range(TRIES)]
        found[f"seconds_{name}"], found[f"peak_megabytes_{name}"] = min(s for s, _ in runs), max(m for _, m in runs)
    say("  compiling the kernel")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["NUMBA_CACHE_DIR"] = folder
        try:
            found["seconds_compiling_the_kernel_once"] = process(["-m", "melian.solve.kernel.warm"])[0]
        finally:
            del os.environ["NUMBA_CACHE_DIR"]
    return found
