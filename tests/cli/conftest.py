"""Running the command line inside the process."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from melian.cli.app import app

Run = Callable[..., "Outcome"]
HERE = Path(__file__).parent
STRAIT = str(HERE / "strait.yaml")


class Outcome:
    """Exit code and what came out on both streams."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command; returns its exit code and its output."""
    monkeypatch.delenv("MELIAN_DEBUG", raising=False)
    monkeypatch.delenv("COLUMNS", raising=False)

    def invoke(*arguments: str) -> Outcome:
        result = CliRunner().invoke(app, arguments)
        return Outcome(result.exit_code, result.stdout, result.stderr)

    return invoke


@pytest.fixture
def bad(tmp_path: Path) -> str:
    """Path of a case with two errors."""
    path = tmp_path / "bad.yaml"
    path.write_text(
        "melian: 1\ncase: bad\nquestion: {event: {storm: fierce}}\nfactors:\n"
        "  storm: {states: [mild, fierce], chances: {fierce: likly}}\n"
        "  sun: {states: [low, high], chances: {high: 0.7..0.3}}\n",
        encoding="utf-8",
    )
    return str(path)
