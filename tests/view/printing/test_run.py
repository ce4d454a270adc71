"""How a browser is run: what it is told, what happens where it fails, and that it reaches nothing."""

import json
import os
import re
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from melian.errors import PrintError
from melian.view.page.page import page_of
from melian.view.printing import run
from melian.view.printing.run import printed
from tests.view.test_report import reported

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins for a browser are scripts")

Script = Callable[[str], Path]
OUT = ("--out={out}",)
PDF = ("--no-pdf-header-footer", "--print-to-pdf={out}")


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folder for temporary files that nothing else writes to."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def leftovers(*folders: Path) -> list[Path]:
    return [path for folder in folders for path in folder.glob("*melian-print*")]


def test_what_the_browser_makes_is_handed_on_and_nothing_stays(script: Script, tmp_path: Path, temporary: Path) -> None:
    script("page = Path(given[-1].removeprefix('file://')).read_text('utf-8')\nout.write_text(page + '!')")
    assert printed("<p>ä", OUT, ".pdf", beside=tmp_path) == "<p>ä!".encode()
    assert leftovers(tmp_path, temporary) == []


def test_every_run_has_a_profile_of_its_own_and_no_network(script: Script, tmp_path: Path) -> None:
    script("out.write_text('\\n'.join(given))")
    given = printed("", OUT, ".pdf", beside=tmp_path).decode().splitlines()
    other = printed("", OUT, ".pdf", beside=tmp_path).decode().splitlines()
    profiles = [one for one in (*given, *other) if one.startswith("--user-data-dir=")]
    assert len(set(profiles)) == 2
    assert {*run.QUIET, *run.ALONE, run.LIGHT} <= set(given)


@pytest.mark.parametrize(("user", "is_bare"), [(0, True), (1000, False)], ids=["root", "a user"])
def test_the_sandbox_is_left_out_only_for_root(
    script: Script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, user: int, is_bare: bool
) -> None:
    script("out.write_text('\\n'.join(given))")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(os, "geteuid", lambda: user)
    given = printed("", OUT, ".pdf", beside=tmp_path).decode().splitlines()
    assert ("--no-sandbox" in given) == is_bare


def test_a_browser_that_sees_no_temporary_folder_prints_beside_the_file(
    script: Script, tmp_path: Path, temporary: Path
) -> None:
    script(f"if not str(out).startswith({str(temporary)!r}): out.write_text(str(out))")
    place = Path(printed("", OUT, ".pdf", beside=tmp_path).decode())
    assert place.parents[1] == tmp_path.resolve()
    assert not place.parent.name.startswith(".")
    assert leftovers(tmp_path, temporary) == []


def test_one_that_prints_nothing_is_an_error_that_repeats_what_it_said(
    script: Script, tmp_path: Path, temporary: Path
) -> None:
    path = script("print('no desktop: DBus', file=sys.stderr)\nprint('no space left', file=sys.stderr)\nsys.exit(1)")
    with pytest.raises(PrintError) as refused:
        printed("", OUT, ".pdf", beside=tmp_path)
    assert str(refused.value).startswith(f"the browser `{path}` printed nothing\n  = help: it said: no space left\n")
    assert leftovers(tmp_path, temporary) == []


def test_one_on_a_machine_without_a_font_is_an_error(script: Script, tmp_path: Path) -> None:
    said = "ERROR:platform_font_skia.cc:258] Could not find any font: , sans. Falling back to the default"
    script(f"print({said!r}, file=sys.stderr)\nout.write_text('a page without a word')")
    with pytest.raises(PrintError, match="no font on this machine"):
        printed("", OUT, ".pdf", beside=tmp_path)


def test_one_that_does_not_start_is_an_error(script: Script, tmp_path: Path) -> None:
    script("").write_text("#!/no/such/interpreter\n", encoding="utf-8")
    with pytest.raises(PrintError, match="does not start"):
        printed("", OUT, ".pdf", beside=tmp_path)


def test_one_that_hangs_is_ended_with_all_that_it_started(
    script: Script, tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "PATIENCE", 1.0)
    child = tmp_path / "child"
    script(f"pid = os.fork()\nif pid: Path({str(child)!r}).write_text(str(pid))\ntime.sleep(600)")
    with pytest.raises(PrintError, match="had not printed after 1 seconds"):
        printed("", OUT, ".pdf", beside=tmp_path)
    assert has_ended(int(child.read_text("utf-8")))
    assert leftovers(tmp_path, temporary) == []


def has_ended(pid: int) -> bool:
    """Whether a process is gone, or dead and only not yet collected by the machine's first process."""
    for _ in range(50):
        try:
            os.kill(pid, 0)
            if Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.1)
    return False


# With a browser


@pytest.fixture
def heard() -> Iterator[tuple[int, list[bytes]]]:
    """A server on this machine: its port, and what was asked of it."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            try:
                while True:
                    visitor, _ = server.accept()
                    with visitor:
                        asked.append(visitor.recv(1024))
            except OSError:  # closed at the end of the test
                return

        threading.Thread(target=listen, daemon=True).start()
        yield server.getsockname()[1], asked


@pytest.mark.usefixtures("browser")
@pytest.mark.parametrize("is_alone", [True, False], ids=["as it is run", "without what keeps it alone"])
def test_no_address_is_reached_even_by_a_page_that_forbids_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, heard: tuple[int, list[bytes]], is_alone: bool
) -> None:
    port, asked = heard
    if not is_alone:
        monkeypatch.setattr(run, "ALONE", ())
    page = "".join(f"<img src='http://{host}:{port}/'>" for host in ("127.0.0.1", "localhost", "[::ffff:127.0.0.1]"))
    assert printed(page, PDF, ".pdf", beside=tmp_path).startswith(b"%PDF-")
    assert bool(asked) != is_alone


# What a browser notes when it opens a connection or asks for the address of a name.
REACHING = re.compile(r"^(TCP_CONNECT_ATTEMPT|HOST_RESOLVER_(SYSTEM|DNS)_TASK|DNS_TRANSACTION|UDP_BYTES_SENT)$")


@pytest.fixture
def notes(browser: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Print a page; gives the browser's own notes on what it did with the network."""
    notes, logging = tmp_path / "notes.json", tmp_path / "logging"
    logging.write_text(f'#!/bin/sh\nexec "{browser}" --log-net-log={notes} "$@"\n', encoding="utf-8")
    logging.chmod(0o755)
    monkeypatch.setenv("MELIAN_BROWSER", str(logging))

    def noted(page: str) -> str:
        assert printed(page, PDF, ".pdf", beside=tmp_path).startswith(b"%PDF-")
        return notes.read_text("utf-8")

    return noted


def reaching(notes: str) -> list[str]:
    """Kinds of what was noted that would take something out of the browser."""
    read = json.loads(notes)
    names = {number: name for name, number in read["constants"]["logEventTypes"].items()}
    return sorted({names[event["type"]] for event in read["events"] if REACHING.match(names[event["type"]])})


def test_a_hostile_case_prints_without_any_request(notes: Callable[[str], str]) -> None:
    said = notes(page_of(reported("hostile")[1]))
    assert "evil.example" not in said
    assert reaching(said) == []


def test_a_request_would_be_noted(notes: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> None:
    asking = "<img src='http://127.0.0.1:9/evil.example'>"
    said = notes(asking)
    assert "evil.example" in said
    assert reaching(said) == []
    monkeypatch.setattr(run, "ALONE", ())
    assert reaching(notes(asking)) != []
