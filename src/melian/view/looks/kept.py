"""How an answer looks whose solution was left behind: what was to be shown of it is kept in its stead."""

from dataclasses import dataclass
from typing import Any

from melian.answer.shown import Looks
from melian.errors import AskError
from melian.view.documents.document import Document
from melian.view.figures.drawing import Drawing
from melian.view.frames.frame import Columns, frame_of
from melian.view.looks.figure import Figure
from melian.view.page.fragment import fragment_of
from melian.view.sheet import Sheet
from melian.view.terminal import text_of


@dataclass(frozen=True, slots=True)
class Kept:
    """What is shown of one answer: see `melian.answer.shown.Looks`.

    Attributes
    ----------
    drawing : its figure, or why it has none.
    """

    sheet: Sheet
    values: Document
    columns: Columns
    drawing: Drawing | AskError

    def text(self, _: object) -> str:
        """What the command line shows."""
        return text_of(self.sheet)

    def html(self, _: object) -> str:
        """The same, as part of a page."""
        return fragment_of(self.sheet)

    def figure(self, _: object) -> Figure:
        """Figure of an answer that has one."""
        if isinstance(self.drawing, AskError):
            raise self.drawing
        return Figure(self.drawing)

    def plot_into(self, _: object, __: Any) -> None:
        """Draw an answer into axes of matplotlib."""
        raise AskError("an answer that was pickled cannot be drawn into axes", ["plot it before, or without `ax`"])

    def document(self, _: object) -> Document:
        """What `--json` gives."""
        return self.values

    def frame(self, _: object) -> Any:
        """Main table of the answer."""
        return frame_of(self.columns)

    def kept(self, _: object) -> Looks:
        """Itself: it needs nothing else."""
        return self


def drawn(looks: Looks, answer: object) -> Drawing | AskError:
    """Figure of an answer, or why it has none."""
    try:
        figure: Any = looks.figure(answer)
    except AskError as problem:
        return problem
    found: Drawing = figure.drawing
    return found
