"""A file is replaced whole or not at all."""

import fcntl
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from melian.errors import CaseError
from melian.source.save import DRAFT, save_text


def test_a_text_takes_the_place_of_a_file_and_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text("before")
    path.chmod(0o640)
    save_text(path, "é\n")
    assert path.read_bytes() == "é\n".encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [one.name for one in tmp_path.iterdir()] == ["case.yaml"]


def test_a_new_file_gets_the_usual_permissions(tmp_path: Path) -> None:
    ordinary = tmp_path / "ordinary"
    ordinary.touch()
    save_text(tmp_path / "case.yaml", "a\n")
    assert (tmp_path / "case.yaml").stat().st_mode == ordinary.stat().st_mode


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text("before")
    (tmp_path / "link.yaml").symlink_to("case.yaml")
    save_text(tmp_path / "link.yaml", "after")
    assert (tmp_path / "link.yaml").is_symlink()
    assert (tmp_path / "case.yaml").read_text() == "after"


def test_what_cannot_be_written_is_said_and_nothing_is_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "case.yaml"
    path.write_text("before")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CaseError) as caught:
        save_text(path, "after")
    (said,) = caught.value.diagnostics
    assert said.code == "file-unwritable"
    assert "no space left on device" in said.headline
    assert path.read_text() == "before"
    assert [one.name for one in tmp_path.iterdir()] == ["case.yaml"]


KILLED = """
import os, signal, sys
from pathlib import Path
from melian.source import save

place, is_new, named = Path(sys.argv[1]), sys.argv[2] == "new", sys.argv[3] == "named"
if named:
    save._UNNAMED = 0
killed, step = True, 0
while killed:
    step += 1
    folder = place / str(step)
    folder.mkdir()
    if not is_new:
        (folder / "case.html").write_bytes(b"before")
    child = os.fork()
    if not child:
        left = step
        def trace(frame, event, argument):
            global left
            if frame.f_code.co_filename == save.__file__:
                left -= event == "line"
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                return trace
        sys.settrace(trace)
        save.save_bytes(folder / "case.html", b"whole" * 100_000, is_new=is_new)
        os._exit(0)
    killed = os.WIFSIGNALED(os.waitpid(child, 0)[1])
"""


@pytest.mark.parametrize("named", ["named", "unnamed"])
@pytest.mark.parametrize("what", ["new", "old"])
def test_a_process_that_is_killed_at_any_line_leaves_files_whole_or_absent(
    tmp_path: Path, what: str, named: str
) -> None:
    command = [sys.executable, "-c", KILLED, str(tmp_path), what, named]
    subprocess.run(command, check=True, timeout=100)
    folders = sorted(tmp_path.iterdir(), key=lambda folder: int(folder.name))
    assert len(folders) > 15
    for folder in folders:
        found = {one.name: one.read_bytes() for one in folder.iterdir() if one.suffix == ".html"}
        assert found in ([{}] if what == "new" else [{"case.html": b"before"}]) + [{"case.html": b"whole" * 100_000}]
        drafts = [one for one in folder.iterdir() if one.name not in found]
        assert not drafts or (what, named) != ("new", "unnamed")
        for draft in drafts:
            os.utime(draft, (0, 0))
        save_text(folder / "next.html", "swept")
        assert {one.name for one in folder.iterdir()} == {*found, "next.html"}
    assert (folders[-1] / "case.html").read_bytes() == b"whole" * 100_000


def test_a_draft_that_somebody_still_writes_is_left(tmp_path: Path) -> None:
    draft = tmp_path / "0123".join(DRAFT)
    with draft.open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        os.utime(draft, (0, 0))
        save_text(tmp_path / "case.yaml", "a")
        assert draft.exists()
    save_text(tmp_path / "case.yaml", "b")
    assert not draft.exists()


def test_a_new_file_takes_no_name_that_something_has_already(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").symlink_to("nowhere")
    with pytest.raises(CaseError, match="exists"):
        save_text(tmp_path / "case.yaml", "a", is_new=True)
    assert not (tmp_path / "nowhere").exists()


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="no such file or directory"):
        save_text(tmp_path / "nowhere" / "case.yaml", "a")
