"""What a fuzzer once found stays found, and a short run of it finds nothing new."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.target import look_over

ROOT = Path(__file__).parents[2]
FOUND = sorted((Path(__file__).parent / "found").glob("*.yaml"))
SECONDS = 20
# The fuzzer bounds its memory by its peak, and a process starts out with the peak of the one that started it.
RELAY = "import subprocess, sys; sys.exit(subprocess.run(sys.argv[1:]).returncode)"


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.stem)
def test_what_was_found_once_holds(path: Path) -> None:
    look_over(path.read_bytes())


@pytest.mark.slow
def test_a_short_run_finds_nothing(tmp_path: Path) -> None:
    pytest.importorskip("atheris", reason="atheris has wheels for Linux on x86-64 only")
    paths = {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "PATH": "/usr/bin:/bin"}
    command = [sys.executable, "-S", "-c", RELAY, sys.executable, "-m", "tests.fuzz.fuzz_case", str(SECONDS)]
    done = subprocess.run(
        command, cwd=tmp_path, env=paths, capture_output=True, text=True, timeout=SECONDS * 6, check=False
    )
    assert done.returncode == 0, done.stderr[-4000:]
    assert "stat::number_of_executed_units" in done.stderr
