"""How an answer is looked at: printed, shown in a notebook, drawn, as plain values, as a table.

An answer holds numbers and knows nothing of how they are shown: that is for the views, which come after it. So whoever
solves a case for people says with what its answers are to be looked at (`melian.Case.solve` does), and each answer
carries where it came from.
"""

from collections.abc import Callable, Collection, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, fields, replace
from os import PathLike
from pathlib import Path
from typing import Any, Protocol, Self, TypeVar, overload

from melian.errors import AskError

Told = Callable[[str, float], None]
L = TypeVar("L")
A = TypeVar("A", bound="Answer")
Axes = TypeVar("Axes")


class Figure(Protocol):
    """A figure that can be shown and saved: see `melian.view.looks.figure`."""

    def svg(self) -> str:
        """Text of the figure as a file of its own."""

    def save(self, path: str | PathLike[str]) -> Path:
        """Write the figure to a file, in the format of its name."""


class Looks(Protocol):
    """How answers that came from one place look."""

    def text(self, answer: Any) -> str:
        """Plain text, as the command line has it."""

    def html(self, answer: Any) -> str:
        """Part of a page, which carries all that it needs."""

    def figure(self, answer: Any) -> Figure:
        """Figure of an answer that has one."""

    def plot_into(self, answer: Any, ax: Any) -> None:
        """Draw an answer into axes of matplotlib."""

    def document(self, answer: Any) -> dict[str, Any]:
        """Plain values, as `--json` has them."""

    def frame(self, answer: Any) -> Any:
        """Main table, as a pandas DataFrame."""

    def kept(self, answer: Any) -> "Looks":
        """How it still looks where what it came from is left behind."""


class SolvedLooks(Looks, Protocol):
    """How a solved case and its answers look."""

    def diagram(self) -> Figure:
        """Figure of the case with the chance of every state."""

    def report(
        self, path: str | PathLike[str], actors: Sequence[str] | None, with_case: bool, told: Told | None
    ) -> Path:
        """Write everything that there is to say, in the format of the file's name."""


class Origin:
    """Where an answer came from, by which it can be looked at.

    It keeps the solved case alive. An answer that is copied keeps it; one that is pickled leaves it behind, since a few
    kilobytes of answer would take along tens of megabytes of worlds, and takes along what is shown of it.
    """

    __slots__ = ("looks",)

    def __init__(self, looks: Callable[[], Looks]) -> None:
        self.looks = looks


def known(looks: L | None) -> L:
    """How something looks, which has to know it.

    Raises
    ------
    AskError
        If it does not.
    """
    if looks is None:
        raise AskError(
            "this answer does not know which case it came from, so that it can be neither drawn nor tabulated",
            ["ask the solution of a case for it: melian.read(...).solve()"],
        )
    return looks


class Shown:
    """What can be looked at."""

    __slots__ = ()

    def _looks(self) -> Looks | None:
        """How it looks; None where it does not know."""
        raise NotImplementedError

    def __str__(self) -> str:
        looks = self._looks()
        return repr(self) if looks is None else looks.text(self)

    def _repr_html_(self) -> str | None:
        looks = self._looks()
        return None if looks is None else looks.html(self)

    def _repr_mimebundle_(
        self, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> dict[str, str]:
        html = self._repr_html_()
        return {"text/plain": str(self), **({} if html is None else {"text/html": html})}

    @overload
    def plot(self) -> Figure: ...

    @overload
    def plot(self, *, ax: Axes) -> Axes: ...

    def plot(self, *, ax: Any = None) -> Any:
        """Figure of the answer, which a notebook shows; or the same in axes of matplotlib.

        Parameters
        ----------
        ax : axes to draw into, with that library's own bars, lines and points; they are given back. Labels may need
            `layout="constrained"` to find room.

        Raises
        ------
        AskError
            If an answer of this kind has no figure, or cannot be drawn into axes.
        """
        looks = known(self._looks())
        if ax is None:
            return looks.figure(self)
        looks.plot_into(self, ax)
        return ax

    def to_dict(self) -> dict[str, Any]:
        """Plain values, as `--json` has them: every name as in the case, every number unrounded."""
        return known(self._looks()).document(self)

    def to_frame(self) -> Any:
        """Main table of the answer, as a pandas DataFrame with unrounded numbers.

        Raises
        ------
        ImportError
            If pandas is not installed.
        """
        return known(self._looks()).frame(self)


@dataclass(frozen=True, slots=True)
class Answer(Shown):
    """An answer, which can be looked at as long as it knows where it came from.

    Two answers are equal if they say the same, wherever they came from.
    """

    origin: Origin | None = field(default=None, repr=False, compare=False, kw_only=True)

    def _looks(self) -> Looks | None:
        return None if self.origin is None else self.origin.looks()

    def _values(self) -> dict[str, Any]:
        return {each.name: getattr(self, each.name) for each in fields(self) if each.name != "origin"}

    def __copy__(self) -> Self:
        return replace(self)

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return replace(self, **deepcopy(self._values(), memo))

    def __reduce__(self) -> tuple[object, ...]:
        looks = self._looks()
        return _unpacked, (type(self), self._values(), None if looks is None else looks.kept(self))


def _unpacked(kind: type[A], values: dict[str, Any], kept: Looks | None) -> A:
    """Answer that was pickled, with what is shown of it."""
    return kind(**values, origin=None if kept is None else Origin(lambda: kept))
