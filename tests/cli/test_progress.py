"""The bar: only for those who can see it, and only where it is worth its flicker."""

import io

import pytest

from melian.cli import progress
from melian.cli.progress import Flow, Meter


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


def test_stages_share_one_bar_that_never_goes_back() -> None:
    told: list[tuple[str, float]] = []
    flow = Flow(lambda doing, share: told.append((doing, share)), {"reading": 1.0, "skipped": 1.0, "solving": 2.0})
    for doing, share in [
        ("reading", 0.5),
        ("reading", 1.0),
        ("unheard of", 0.9),
        ("solving", 0.0),
        ("solving", 0.5),
        ("solving", 0.25),
        ("solving", 1.0),
    ]:
        flow.tell(doing, share)
    assert told == [
        ("reading", 0.125),
        ("reading", 0.25),
        ("unheard of", 0.25),
        ("solving", 0.5),
        ("solving", 0.75),
        ("solving", 0.75),
        ("solving", 1.0),
    ]
