"""How a case looks that is not solved yet."""

from dataclasses import dataclass, replace
from typing import Any

from melian.answer.inventory import Inventory, inventory_of
from melian.case.case import Case
from melian.errors import AskError
from melian.model.build import build_model
from melian.plan.make import make_plan
from melian.source.diagnostic import Diagnostic
from melian.view.documents.case import case_document
from melian.view.documents.document import Document, plain
from melian.view.frames.columns import case_columns
from melian.view.frames.frame import frame_of
from melian.view.looks.figure import Figure
from melian.view.page.fragment import fragment_of
from melian.view.sheet import Picture, Sheet
from melian.view.sheets.case import case_sheet, structure_picture
from melian.view.terminal import text_of


@dataclass(frozen=True, slots=True)
class CaseLooks:
    """How a case looks: see `melian.answer.shown.Looks`."""

    case: Case
    diagnostics: tuple[Diagnostic, ...]

    def text(self, _: object) -> str:
        """What it asks and what it holds."""
        return text_of(self._sheet())

    def html(self, _: object) -> str:
        """The same, and its picture."""
        sheet = self._sheet()
        return fragment_of(replace(sheet, blocks=(*sheet.blocks, Picture(structure_picture(self.case)))))

    def figure(self, _: object) -> Figure:
        """Its picture, without chances."""
        return Figure(structure_picture(self.case))

    def plot_into(self, _: object, __: Any) -> None:
        """Draw an answer into axes of matplotlib."""
        raise AskError("a case that is not solved has nothing to plot", ["solve it first"])

    def document(self, _: object) -> Document:
        """What it asks, what it holds, and what there is to say about it."""
        found: Document = plain(case_document(self.case, self._inventory(), self.diagnostics))
        return found

    def frame(self, _: object) -> Any:
        """States of its factors and choices."""
        return frame_of(case_columns(self.case))

    def kept(self, _: object) -> "CaseLooks":
        """Itself: a case leaves nothing behind."""
        return self

    def _sheet(self) -> Sheet:
        return case_sheet(self.case, self._inventory(), self.diagnostics)

    def _inventory(self) -> Inventory:
        model = build_model(self.case)
        return inventory_of(self.case, model, make_plan(model))
