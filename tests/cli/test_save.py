"""Files that were asked for: whole or not at all."""

import io
from pathlib import Path

import pytest
import typer

from melian.cli import save as saving
from melian.cli.save import save


@pytest.mark.parametrize(("content", "written"), [("ä\n", "ä\n".encode()), (b"\r\n\x00\xff", b"\r\n\x00\xff")])
def test_what_is_written_is_what_was_given(tmp_path: Path, content: str | bytes, written: bytes) -> None:
    path = tmp_path / "x"
    for force in (False, True):
        assert save(content, path, force=force) == len(written)
        assert path.read_bytes() == written


class Full(io.BytesIO):
    """A disk that is full after the first bytes."""

    def write(self, content: object) -> int:
        raise OSError(28, "No space left on device")


@pytest.mark.parametrize("force", [False, True])
def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, force: bool) -> None:
    path = tmp_path / "x"
    if force:
        path.write_bytes(b"mine")

    def opened(name: Path, mode: str) -> Full:
        Path(name).touch()
        return Full()

    monkeypatch.setattr(saving, "open", opened, raising=False)
    with pytest.raises(typer.BadParameter, match="No space left"):
        save(b"new", path, force=force)
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == ([("x", b"mine")] if force else [])
