"""How the difference of two versions of a case looks."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from melian.answer.compare import Difference
from melian.case.case import Case
from melian.view.documents.diff import diff_document
from melian.view.documents.document import Document, plain
from melian.view.frames.columns import difference_columns
from melian.view.frames.frame import frame_of
from melian.view.looks.drawn import figure_of
from melian.view.looks.figure import Figure
from melian.view.looks.kept import Kept, drawn
from melian.view.looks.plotted import plot_into
from melian.view.page.fragment import fragment_of
from melian.view.sheet import Sheet
from melian.view.sheets.diff import diff_sheet
from melian.view.terminal import text_of


@dataclass(frozen=True, slots=True)
class DifferenceLooks:
    """How a difference looks: see `melian.answer.shown.Looks`."""

    one: Case
    other: Case

    def text(self, answer: Difference) -> str:
        """What the command line shows."""
        return text_of(self._sheet(answer))

    def html(self, answer: Difference) -> str:
        """The same, as part of a page."""
        return fragment_of(self._sheet(answer))

    def figure(self, answer: Difference) -> Figure:
        """From the one answer to the other, change by change."""
        return figure_of((self.one, self.other), answer)

    def plot_into(self, answer: Difference, ax: Any) -> None:
        """Draw an answer into axes of matplotlib."""
        plot_into((self.one, self.other), answer, ax)

    def document(self, answer: Difference) -> Document:
        """What `--json` gives."""
        found: Document = plain(diff_document(answer, self._names))
        return found

    def frame(self, answer: Difference) -> Any:
        """What each group of changes moved."""
        return frame_of(difference_columns(answer))

    def kept(self, answer: Difference) -> Kept:
        """What is shown of it, without the two cases."""
        return Kept(self._sheet(answer), self.document(answer), difference_columns(answer), drawn(self, answer))

    def _sheet(self, answer: Difference) -> Sheet:
        return diff_sheet(self.one, self.other, answer, self._names)

    @property
    def _names(self) -> tuple[str, str]:
        """What tells the two apart: their files, else their names."""
        files = Path(self.one.source.path).name, Path(self.other.source.path).name
        names = self.one.name, self.other.name
        return next((pair for pair in (files, names) if pair[0] != pair[1]), ("the one", "the other"))
