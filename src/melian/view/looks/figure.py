"""A figure by itself: shown in a notebook, saved to a file."""

from collections.abc import Collection
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from melian.errors import AskError
from melian.source.cells import safe
from melian.source.save import save_bytes
from melian.view.figures.drawing import Drawing
from melian.view.figures.svg import standalone
from melian.view.kinds import DEFAULT_SCALE, FIGURE_FORMATS
from melian.view.page.fragment import fragment, fresh_name
from melian.view.sheet import Picture
from melian.view.wording import listed


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, which a notebook shows; printed, it says what it shows."""

    drawing: Drawing

    def svg(self) -> str:
        """Text of the figure as a file of its own, with its colours in light and dark."""
        return standalone(self.drawing)

    def save(self, path: str | PathLike[str], *, scale: int = DEFAULT_SCALE) -> Path:
        """Write the figure to a file; one that is there goes.

        Parameters
        ----------
        path : its ending says in which format: .svg, or, where a browser is on the machine, .pdf or .png.
        scale : of a .png: pixels for each of the figure's own.

        Raises
        ------
        AskError
            If there is no such format.
        PrintError
            If it is to be printed, and no browser does so.
        """
        place = Path(path)
        save_bytes(place, figure_bytes(self.drawing, place.suffix, beside=place.absolute().parent, scale=scale))
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


def figure_bytes(drawing: Drawing, suffix: str, *, beside: Path, scale: int = DEFAULT_SCALE) -> bytes:
    """What a file with a figure holds.

    Parameters
    ----------
    suffix : says in which format, such as .svg.
    beside : folder for what a browser works on, where one prints the figure: see `melian.view.printing.run.printed`.
    scale : of a picture: pixels for each of the figure's own.

    Raises
    ------
    AskError
        If there is no such format.
    PrintError
        If it is to be printed, and no browser does so.
    """
    match suffix.casefold():
        case ".svg":
            return standalone(drawing).encode()
        case ".pdf":
            from melian.view.printing.print import figure_as_pdf

            return figure_as_pdf(drawing, beside=beside)
        case ".png":
            from melian.view.printing.print import figure_as_png

            return figure_as_png(drawing, scale, beside=beside)
    raise AskError(
        f"a figure cannot be written as `{suffix}`", [f"its name should end in {listed(FIGURE_FORMATS, 'or')}"]
    )
