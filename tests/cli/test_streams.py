"""Full disks, closed streams and odd terminals are no fault of melian, and nothing of an argument steers a terminal."""

import os
import signal
import subprocess
import sys
import time

import pytest

from melian.cli.streams import LOST
from tests.cli.conftest import STRAIT
from tests.cli.test_process import MELIAN, environment

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="streams are others there")
COMMAND = "exec " + " ".join(MELIAN)
FULL = "error: the answer cannot be written: no space left on device\n"


def shell(line: str, **more: str) -> tuple[int, str, str]:
    """Exit code and both outputs of a line of the shell."""
    done = subprocess.run(["sh", "-c", line], capture_output=True, env=environment(**more), check=False, text=True)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="it is Linux's")
@pytest.mark.parametrize("command", ["--help", "--version", "run --help", "schema", f"check {STRAIT} --json"])
def test_a_full_disk_is_said_in_a_line(command: str) -> None:
    assert shell(f"{COMMAND} {command} > /dev/full") == (LOST, "", FULL)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (f"{COMMAND} --help >&-", 0),
        (f"{COMMAND} check {STRAIT} >&- <&-", 0),
        (f"{COMMAND} check nofile 2>&-", 1),
        (f"{COMMAND} run --nothing 2>&-", 2),
        (f"{COMMAND} check nofile >&- 2>&- <&-", 1),
        pytest.param(f"{COMMAND} check nofile 2>/dev/full", 1, id="full error"),
    ],
)
def test_a_closed_stream_is_one_that_nobody_reads(line: str, code: int) -> None:
    assert shell(line) == (code, "", "")


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "no\x1b[31m\u200b\u202efile"],
        ["run", STRAIT, "--worlds", "1", "--set", "a\x1b[31m=\u200bb\ufeff"],
        ["run", STRAIT, "--worlds", "1", "--set", "a\x1b]0;title\x07"],
        ["run", "--x\x1b[31m\ufeff"],
        ["\x1b[31mrun"],
        ["explain", "\x9b31m\u2066"],
    ],
    ids=lambda arguments: arguments[0].encode("ascii", "ignore").decode().strip("\x1b"),
)
def test_nothing_of_an_argument_steers_a_terminal(arguments: list[str]) -> None:
    done = subprocess.run([*MELIAN, *arguments], capture_output=True, env=environment(PYTHONUTF8="1"), check=False)
    shown = (done.stdout + done.stderr).decode()
    assert done.returncode in (1, 2)
    assert "error" in shown.lower()
    assert not set(shown) & set("\x1b\x07\x9b\u200b\u202e\u2066\ufeff")


@pytest.mark.parametrize("columns", ["0", "-3", "wide", ""])
def test_no_width_is_no_reason_to_print_nothing(columns: str) -> None:
    assert "judgements" in shell(f"{COMMAND} check {STRAIT}", COLUMNS=columns)[1]


def test_a_seed_that_no_number_of_the_machine_holds_is_a_usage_error() -> None:
    assert shell(f"{COMMAND} run {STRAIT} --worlds 1 --seed {2**63}")[0] == 2
    assert shell(f"{COMMAND} run {STRAIT} --worlds 1 --seed {2**63 - 1}")[0] == 0


def test_an_interruption_while_it_is_loaded_is_quiet() -> None:
    for delay in (0.05, 0.1, 0.15):
        program = "import melian.__main__ as it; print(flush=True); it.main()"
        process = subprocess.Popen(
            [sys.executable, "-c", program, "schema"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(delay)
        process.send_signal(signal.SIGINT)
        said = process.communicate()[1]
        assert (process.returncode in (130, 0), said) == (True, b"")


def test_a_terminal_that_knows_no_colour_gets_none() -> None:
    outer, inner = os.openpty()
    subprocess.run([*MELIAN, "check", "nofile"], stdout=inner, stderr=inner, env=environment(TERM="dumb"), check=False)
    assert b"\x1b" not in os.read(outer, 4096)
    for end in (outer, inner):
        os.close(end)
