"""The bar: only for those who can see it, and only where it is worth its flicker."""

import io

import pytest

from melian.cli import progress
from melian.cli.progress import Meter


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_there_is_no_bar_where_nobody_sees_it() -> None:
    assert not Meter(io.StringIO()).is_wanted
    assert Meter(Terminal()).is_wanted


def test_short_work_shows_nothing() -> None:
    stream = Terminal()
    with Meter(stream) as meter:
        meter.tell("Solving worlds", 0.5)
        meter.tell("Solving worlds", 1.0)
    assert stream.getvalue() == ""


def test_long_work_shows_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    stream = Terminal()
    with Meter(stream) as meter:
        meter.tell("Solving worlds", 0.25)
        meter.tell("Solving worlds", 0.5)
    assert "Solving worlds" in stream.getvalue()
    assert "50 %" in stream.getvalue()


def test_what_is_nearly_done_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    stream = Terminal()
    with Meter(stream) as meter:
        meter.tell("Solving worlds", 0.9)
    assert stream.getvalue() == ""
