"""A file is replaced whole or not at all."""

import os
import stat
from pathlib import Path

import pytest

from melian.errors import CaseError
from melian.source.save import save_text


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


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="no such file or directory"):
        save_text(tmp_path / "nowhere" / "case.yaml", "a")
