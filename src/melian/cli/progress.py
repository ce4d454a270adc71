"""A bar for work that takes long: on standard error, only on a terminal, only once a second has gone by."""

import threading
import time
from types import TracebackType
from typing import IO, TYPE_CHECKING, Final

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
