"""A figure by itself: shown in a notebook, saved to a file."""

from collections.abc import Collection
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Final

from melian.errors import AskError
from melian.source.cells import safe
from melian.source.save import save_bytes
from melian.view.figures.drawing import Drawing
from melian.view.figures.svg import standalone
from melian.view.page.fragment import fragment, fresh_name
from melian.view.sheet import Picture

FORMATS: Final = (".svg",)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, which a notebook shows; printed, it says what it shows."""

    drawing: Drawing

    def svg(self) -> str:
        """Text of the figure as a file of its own, with its colours in light and dark."""
        return standalone(self.drawing)

    def save(self, path: str | PathLike[str]) -> Path:
        """Write the figure to a file; one that is there goes.

        Parameters
        ----------
        path : its ending says in which format: .svg.

        Raises
        ------
        AskError
            If there is no such format.
        """
        place = Path(path)
        save_bytes(place, figure_bytes(self.drawing, place.suffix))
        return place

    def __str__(self) -> str:
        return safe(f"{self.drawing.title}. {self.drawing.description}")

    def _repr_svg_(self) -> str:
        return standalone(self.drawing, fresh_name(self.drawing.marks))

    def _repr_html_(self) -> str:
        return fragment((Picture(self.drawing),))

    def _repr_mimebundle_(
        self, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> dict[str, str]:
        return {"text/plain": str(self), "text/html": self._repr_html_(), "image/svg+xml": self._repr_svg_()}


def figure_bytes(drawing: Drawing, suffix: str) -> bytes:
    """What a file with a figure holds.

    Parameters
    ----------
    suffix : says in which format, such as .svg.

    Raises
    ------
    AskError
        If there is no such format.
    """
    if suffix.casefold() not in FORMATS:
        raise AskError(f"a figure cannot be written as `{suffix}`", [f"the file's name should end in {FORMATS[0]}"])
    return standalone(drawing).encode()
