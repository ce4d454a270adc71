"""Bars for work that takes long, on standard error and only on a terminal: a second into it, or at once where sure."""

import threading
import time
from collections.abc import Callable, Mapping
from itertools import accumulate
from types import TracebackType
from typing import IO, TYPE_CHECKING, Final

from melian.solve.kernel.waiting import Line

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

PATIENCE: Final = 1.0  # seconds of work before a bar is worth its flicker
WORTHWHILE: Final = 0.7  # share done above which it no longer is


class Meter:
    """Shows how far work has come; `tell` may be called from any thread."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._started = time.perf_counter()
        self._lock = threading.Lock()
        self._bar: tuple[Progress, TaskID] | None = None

    @property
    def is_wanted(self) -> bool:
        """Whether anyone would see a bar."""
        return self._stream.isatty()

    def tell(self, doing: str, share: float) -> None:
        """Say what is being done, and the share of it that is done."""
        with self._lock:
            late = time.perf_counter() - self._started > PATIENCE
            if self._bar is None and late and share < WORTHWHILE:
                self._bar = self._new_bar()
            if self._bar is not None:
                bar, task = self._bar
                bar.update(task, description=doing, completed=share)

    def _new_bar(self) -> "tuple[Progress, TaskID]":
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.percentage:.0f} %"),
            TimeRemainingColumn(),
        )
        bar = Progress(*columns, console=Console(file=self._stream), transient=True)
        bar.start()
        return bar, bar.add_task("", total=1.0)

    def __enter__(self) -> "Meter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar[0].stop()


class Clock:
    """Says that the solver is being compiled, and shows on a terminal how long that has taken so far."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream, self._line = stream, Line()
        self._bar: Progress | None = None

    def starts(self, is_kept: bool) -> None:
        """Say what takes so long, before it does."""
        self._line.starts(is_kept)
        if self._stream.isatty():
            self._bar = self._new_bar()

    def ends(self) -> None:
        """Take the clock away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def _new_bar(self) -> "Progress":
        from rich.console import Console
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        columns = (SpinnerColumn(), TextColumn("compiling"), TimeElapsedColumn())
        bar = Progress(*columns, console=Console(file=self._stream), transient=True)
        bar.add_task("", total=None)
        bar.start()
        return bar


class Flow:
    """One bar for work in stages, each of which tells only how far it has come itself."""

    def __init__(self, told: Callable[[str, float], None], stages: Mapping[str, float]) -> None:
        """Plan the bar.

        Parameters
        ----------
        told : who is told of the whole.
        stages : how long each is likely to take, by what it says that it is doing, in order; only proportions count.
        """
        whole = sum(stages.values())
        before = accumulate(stages.values(), initial=0.0)
        self._told, self._so_far = told, 0.0
        self._span = {
            name: (at / whole, took / whole) for (name, took), at in zip(stages.items(), before, strict=False)
        }

    def tell(self, doing: str, share: float) -> None:
        """Say what is being done, and the share of its stage that is done; the bar never goes back."""
        start, length = self._span.get(doing, (self._so_far, 0.0))
        self._so_far = max(self._so_far, start + length * share)
        self._told(doing, self._so_far)
