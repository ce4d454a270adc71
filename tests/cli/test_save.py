"""Files that were asked for: whole or not at all."""

import os
import stat
from pathlib import Path

import pytest
import typer

from melian.cli.save import save


@pytest.mark.parametrize(("content", "written"), [("ä\n", "ä\n".encode()), (b"\r\n\x00\xff", b"\r\n\x00\xff")])
def test_what_is_written_is_what_was_given(tmp_path: Path, content: str | bytes, written: bytes) -> None:
    path = tmp_path / "x"
    for force in (False, True):
        assert save(content, path, force=force) == len(written)
        assert path.read_bytes() == written


@pytest.mark.parametrize("force", [False, True])
def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, force: bool) -> None:
    path = tmp_path / "x"
    if force:
        path.write_bytes(b"mine")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(typer.BadParameter, match="No space left"):
        save(b"new", path, force=force)
    monkeypatch.undo()
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == ([("x", b"mine")] if force else [])


def test_force_keeps_the_link_and_what_may_be_done_with_the_file(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"mine")
    (tmp_path / "x").chmod(0o600)
    (tmp_path / "link").symlink_to("x")
    save(b"new", tmp_path / "link", force=True)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "x").read_bytes() == b"new"
    assert stat.S_IMODE((tmp_path / "x").stat().st_mode) == 0o600


@pytest.mark.parametrize("force", [False, True])
def test_a_name_may_be_as_long_as_the_system_lets_it(tmp_path: Path, force: bool) -> None:
    path = tmp_path / ("x" * 250 + ".html")
    assert save(b"new", path, force=force) == 3
    assert path.read_bytes() == b"new"


def test_force_replaces_no_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x")
    with pytest.raises(typer.BadParameter, match="pipe or a device"):
        save(b"new", tmp_path / "x", force=True)
