import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import melian
from melian.solve.kernel import compiled as module
from melian.solve.kernel import waiting

CASE = """\
melian: 1
case: door
question: {event: {door: opened}, by: 2031-12-31}
factors:
  door: {states: [shut, opened], chances: {opened: 0.25}}
"""


class Listener:
    """Notes what it is told."""

    def __init__(self) -> None:
        self.heard: list[object] = []

    def starts(self, is_kept: bool) -> None:
        self.heard.append(is_kept)

    def ends(self) -> None:
        self.heard.append("ends")


@pytest.fixture
def listener(monkeypatch):
    found = Listener()
    monkeypatch.setattr(waiting, "_announcer", found)
    return found


@pytest.fixture
def kept_in(monkeypatch):
    """Says which folders there are for compiled code."""

    def use(*folders: Path) -> None:
        monkeypatch.setattr(module, "folders", lambda: tuple(map(str, folders)))
        module.is_kept.cache_clear()

    yield use
    module.is_kept.cache_clear()


def double(number):
    return number + number


def no_folder(tmp_path: Path) -> Path:
    """Path where no folder can be, for root neither."""
    (tmp_path / "file").touch()
    return tmp_path / "file" / "folder"


def test_code_is_compiled_once_and_read_ever_after(tmp_path, kept_in, listener):
    kept_in(tmp_path / "store")
    assert module.compiled(double)(4) == 8
    assert listener.heard == [True, "ends"]
    assert module.compiled(double)(5) == 10
    assert listener.heard == [True, "ends"]


def test_code_goes_to_the_first_folder_that_takes_it(tmp_path, kept_in, listener):
    kept_in(no_folder(tmp_path), tmp_path / "second", tmp_path / "third")
    assert module.compiled(double)(4) == 8
    assert listener.heard[0] is True
    assert list((tmp_path / "second").glob("*.nbc"))
    assert not list(tmp_path.glob("third/*.nb?"))


def test_code_that_somebody_else_left_is_read_from_any_folder(tmp_path, kept_in, listener):
    kept_in(tmp_path / "image")
    module.compiled(double)(4)
    kept_in(tmp_path / "own", tmp_path / "image")
    assert module.compiled(double)(4) == 8
    assert listener.heard == [True, "ends"]


def test_without_any_folder_code_is_compiled_in_memory(tmp_path, kept_in, listener):
    kept_in(no_folder(tmp_path))
    twice = module.compiled(double)
    assert (twice(4), twice(5)) == (8, 10)
    assert listener.heard == [False, "ends"]


def test_a_damaged_file_is_made_anew(tmp_path, kept_in):
    kept_in(tmp_path)
    module.compiled(double)(4)
    for path in tmp_path.glob("*.nb[ic]"):
        path.write_bytes(path.read_bytes()[:40])
    assert module.compiled(double)(4) == 8


def test_a_change_in_any_file_of_the_kernel_makes_code_stale(tmp_path, kept_in, listener, monkeypatch):
    kept_in(tmp_path)
    module.compiled(double)(4)
    monkeypatch.setattr(module, "_stamp", lambda: b"another kernel")
    assert module.compiled(double)(4) == 8
    assert listener.heard == [True, "ends"] * 2


def test_a_path_that_is_not_absolute_is_no_folder_for_code(monkeypatch):
    monkeypatch.setattr(module, "_user_cache", lambda: "~/.cache/numba")
    assert all(map(os.path.isabs, module.folders.__wrapped__()))


def test_a_case_is_answered_where_nothing_can_be_written(tmp_path):
    package = Path(melian.__file__).parent
    copy = tmp_path / "site" / "melian"
    shutil.copytree(package, copy, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "solve" / "kernel" / "__pycache__").touch()
    case = tmp_path / "door.yaml"
    case.write_text(CASE)
    nowhere = str(no_folder(tmp_path))
    environment = os.environ | {"HOME": nowhere, "XDG_CACHE_HOME": nowhere, "NUMBA_CACHE_DIR": nowhere}
    environment |= {"PYTHONPATH": str(tmp_path / "site"), "PYTHONDONTWRITEBYTECODE": "1"}
    run = subprocess.run(
        [sys.executable, "-m", "melian", "run", str(case), "--worlds", "256"],
        env=environment, cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert "25.0 %" in run.stdout
    assert run.stderr.count("for this run alone") == 1
