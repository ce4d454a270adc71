"""Stand-ins for a browser: scripts that do what browsers do when they misbehave."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from melian.view.printing.browser import VARIABLE
from tests.browsers import browser_or_skip

Script = Callable[[str], Path]


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Script:
    """Put a Python program in the place of the browser; it finds its arguments in `given`, the output in `out`."""

    def write(program: str) -> Path:
        path = tmp_path / "browser"
        head = (
            f"#!{sys.executable}\nimport os, sys, time\nfrom pathlib import Path\ngiven = sys.argv[1:]\n"
            "out = Path(next(one for one in given if one.startswith('--out=')).removeprefix('--out='))\n"
        )
        path.write_text(head + program, encoding="utf-8")
        path.chmod(0o755)
        monkeypatch.setenv(VARIABLE, str(path))
        return path

    return write


@pytest.fixture
def browser() -> str:
    """Path of the machine's browser, whatever a test may put in its place afterwards."""
    return browser_or_skip()
