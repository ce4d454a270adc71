"""The command as a process: pipes, encodings, terminals, and how fast it starts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import STRAIT

MELIAN = [sys.executable, "-m", "melian"]
FEW = ["--worlds", "256"]
HEAVY = ("numpy", "scipy", "numba", "rich", "yaml")


def environment(**more: str) -> dict[str, str]:
    """Environment without what would change how output looks."""
    dropped = ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "MELIAN_DEBUG", "PYTHONIOENCODING", "PYTHONUTF8")
    return {name: value for name, value in os.environ.items() if name not in dropped} | more


def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*MELIAN, *arguments], capture_output=True, env=environment(**more), check=False)


def test_a_reader_that_goes_away_is_no_trouble() -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    with os.fdopen(write_end, "wb") as closed:
        done = subprocess.run([*MELIAN, "run", STRAIT, *FEW], stdout=closed, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_no_encoding_breaks_it(encoding: str, tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(Path(STRAIT).read_text("utf-8").replace("stay mild", "bleiben mäßig 冬"), encoding="utf-8")
    for command in ("run", "behaviour"):
        done = run(command, str(case), *FEW, PYTHONIOENCODING=encoding)
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout.decode(encoding)
        assert (b"#" in done.stdout) == (encoding != "utf-8")


def test_json_is_utf8_whatever_the_terminal(tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(Path(STRAIT).read_text("utf-8").replace("Will the", "Würde die"), encoding="utf-8")
    done = run("run", str(case), *FEW, "--json", PYTHONIOENCODING="ascii")
    assert "Würde die" in done.stdout.decode("utf-8")


@pytest.mark.parametrize("command", [["--help"], ["--version"], ["run", "--help"]], ids=" ".join)
def test_help_starts_without_what_is_slow_to_load(command: list[str]) -> None:
    program = (
        "import sys; from melian.cli.app import main\n"
        f"sys.argv = ['melian', *{command}]\n"
        "try: main()\n"
        "finally: print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
    ).format(heavy=HEAVY)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.strip()) == (0, "[]")


@pytest.mark.parametrize("command", [["check", STRAIT], ["explain", "dead-rule"], ["schema"]], ids=" ".join)
def test_what_solves_nothing_does_not_load_the_solver(command: list[str]) -> None:
    program = (
        "import sys; from melian.cli.app import main\n"
        f"sys.argv = ['melian', *{command}]\n"
        "try: main()\n"
        "finally: print('melian.solve.run' in sys.modules, 'scipy' in sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.strip()) == (0, "False False")


@pytest.mark.skipif(sys.platform == "win32", reason="terminals are made otherwise there")
@pytest.mark.parametrize("no_color", ["", "1"], ids=["colour", "NO_COLOR"])
def test_on_a_terminal_there_is_colour_unless_it_is_not_wanted(no_color: str) -> None:
    outer, inner = os.openpty()
    more = {"TERM": "xterm-256color", "COLUMNS": "90"} | ({"NO_COLOR": no_color} if no_color else {})
    process = subprocess.Popen([*MELIAN, "run", STRAIT, *FEW], stdout=inner, stderr=inner, env=environment(**more))
    os.close(inner)
    shown = b""
    try:
        while chunk := os.read(outer, 4096):
            shown += chunk
    except OSError:  # a terminal whose other end has closed
        pass
    os.close(outer)
    assert process.wait() == 0
    assert (b"\x1b[36m" in shown) == (not no_color)
    assert b"The passage" in shown
