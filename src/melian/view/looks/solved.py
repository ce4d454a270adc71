"""How a solution and its answers look: for each kind of answer its sheet, its document and its table.

To add a kind of answer, give it a line in each table here, and one in `melian.view.looks.drawn` if it has a figure; a
test finds what was forgotten.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any, Final

from melian.answer.behaviour import Behaviour
from melian.answer.conflict import Conflicts
from melian.answer.draws import Draws
from melian.answer.drivers import Drivers
from melian.answer.evidence import Evidence
from melian.answer.incentives import Incentives
from melian.answer.indicators import Indicators
from melian.answer.learned import Lessons
from melian.answer.levers import Levers
from melian.answer.likelihood import Likelihood
from melian.answer.matrix import Matrix
from melian.answer.others import OtherStories
from melian.answer.sampling import Told
from melian.answer.solution import Solution
from melian.answer.spread import SpreadOfWorlds
from melian.answer.storylines import Storylines
from melian.answer.timeline import Timeline
from melian.answer.whatif import WhatIf
from melian.answer.why import Why
from melian.errors import RefusalError
from melian.source.diagnostic import Diagnostic
from melian.source.save import save_bytes
from melian.view import wording
from melian.view.documents import parts as part_documents
from melian.view.documents.behaviour import behaviour_document
from melian.view.documents.document import Document, plain
from melian.view.documents.drivers import drivers_document
from melian.view.documents.evidence import evidence_document
from melian.view.documents.incentives import incentives_document
from melian.view.documents.indicators import indicators_document
from melian.view.documents.levers import levers_document
from melian.view.documents.run import run_document
from melian.view.documents.storylines import storylines_document
from melian.view.documents.timeline import timeline_document
from melian.view.documents.whatif import whatif_document
from melian.view.documents.why import why_document
from melian.view.frames import columns
from melian.view.frames.frame import Columns, frame_of
from melian.view.looks.drawn import figure_of
from melian.view.looks.figure import Figure
from melian.view.looks.kept import Kept, drawn
from melian.view.looks.plotted import plot_into
from melian.view.page.fragment import fragment_of
from melian.view.sheet import Paragraph, Sheet
from melian.view.sheets import parts, pictures
from melian.view.sheets.behaviour import behaviour_sheet, forgotten
from melian.view.sheets.drivers import drivers_sheet
from melian.view.sheets.evidence import evidence_sheet, matrix_sheet
from melian.view.sheets.incentives import incentives_sheet
from melian.view.sheets.indicators import indicators_sheet
from melian.view.sheets.levers import levers_sheet
from melian.view.sheets.report import report_of
from melian.view.sheets.run import run_sheet
from melian.view.sheets.storylines import storylines_sheet
from melian.view.sheets.timeline import timeline_sheet
from melian.view.sheets.whatif import whatif_sheet
from melian.view.sheets.why import why_sheet
from melian.view.terminal import text_of
from melian.view.written import refuse_unknown, written


@dataclass(frozen=True, slots=True)
class SolutionLooks:
    """How a solution and its answers look: see `melian.answer.shown.SolvedLooks`.

    Attributes
    ----------
    diagnostics : of the case that was solved.
    """

    solution: Solution
    diagnostics: tuple[Diagnostic, ...]

    def text(self, answer: object) -> str:
        """What the command line shows."""
        return text_of(self._sheet(answer))

    def html(self, answer: object) -> str:
        """The same, as part of a page."""
        return fragment_of(self._sheet(answer))

    def figure(self, answer: object) -> Figure:
        """Figure of an answer that has one."""
        return figure_of(self.solution, answer)

    def plot_into(self, answer: object, ax: Any) -> None:
        """Draw an answer into axes of matplotlib."""
        plot_into(self.solution, answer, ax)

    def document(self, answer: object) -> Document:
        """What `--json` gives."""
        found: Document = plain(DOCUMENTS[type(answer)](self, answer))
        return found

    def frame(self, answer: object) -> Any:
        """Main table of an answer."""
        return frame_of(COLUMNS[type(answer)](answer))

    def kept(self, answer: object) -> Kept:
        """What is shown of an answer, without the solution."""
        return Kept(self._sheet(answer), self.document(answer), COLUMNS[type(answer)](answer), drawn(self, answer))

    def diagram(self) -> Figure:
        """The case with the chance of every state."""
        return Figure(pictures.case_picture(self.solution))

    def report(
        self, path: str | PathLike[str], actors: Sequence[str] | None, with_case: bool, told: Told | None
    ) -> Path:
        """Write the report."""
        place = Path(path)
        refuse_unknown(place.suffix)
        report = report_of(self.solution, actors=actors, with_case=with_case, told=told, notes=self.notes)
        made = written(report, place.suffix, beside=place.absolute().parent)
        save_bytes(place, made.encode() if isinstance(made, str) else made)
        return place

    @property
    def notes(self) -> tuple[str, ...]:
        """Where to read the warnings, if there are any."""
        number = sum(one.severity == "warning" for one in self.diagnostics)
        return (f"{wording.counted(number, 'warning')}: see a check of the case",) if number else ()

    def _sheet(self, answer: object) -> Sheet:
        try:
            return SHEETS[type(answer)](self, answer)
        except RefusalError as problem:
            return _refused(self.solution.case.title, problem)


def _refused(title: str, problem: RefusalError) -> Sheet:
    """What to show where too few worlds carry the evidence for any answer: why, and what to do about it."""
    why = Paragraph(wording.sentence(problem.message), "warn")
    return Sheet(title, (why, *(Paragraph(wording.sentence(note)) for note in problem.notes)))


SHEETS: Final[Mapping[type, Callable[[SolutionLooks, Any], Sheet]]] = {
    Solution: lambda looks, _: run_sheet(looks.solution, notes=looks.notes),
    Likelihood: lambda looks, _: parts.likelihood_sheet(looks.solution),
    SpreadOfWorlds: lambda looks, _: parts.spread_sheet(looks.solution),
    Evidence: lambda looks, _: evidence_sheet(looks.solution),
    Matrix: lambda looks, _: matrix_sheet(looks.solution),
    Conflicts: lambda looks, found: parts.disagreement_sheet(looks.solution, found),
    Lessons: lambda looks, _: parts.lessons_sheet(looks.solution),
    Draws: lambda looks, found: parts.draws_sheet(looks.solution, found),
    Timeline: lambda looks, found: timeline_sheet(looks.solution, found),
    Drivers: lambda looks, found: drivers_sheet(looks.solution, found),
    Why: lambda looks, found: why_sheet(looks.solution, found),
    WhatIf: lambda looks, found: whatif_sheet(looks.solution, found.supposed, found),
    Indicators: lambda looks, found: indicators_sheet(looks.solution, found),
    Storylines: lambda looks, found: storylines_sheet(looks.solution, found),
    Levers: lambda looks, found: levers_sheet(looks.solution, found),
    Incentives: lambda looks, found: incentives_sheet(looks.solution, found),
    Behaviour: lambda looks, _: behaviour_sheet(looks.solution, remarks=forgotten(looks.diagnostics)),
    OtherStories: lambda looks, _: parts.other_stories_sheet(looks.solution),
}
DOCUMENTS: Final[Mapping[type, Callable[[SolutionLooks, Any], Document]]] = {
    Solution: lambda looks, _: run_document(looks.solution, looks.diagnostics),
    Likelihood: lambda looks, _: part_documents.likelihood_document(looks.solution),
    SpreadOfWorlds: lambda looks, found: part_documents.spread_document(looks.solution, found),
    Evidence: lambda looks, _: evidence_document(looks.solution, looks.diagnostics),
    Matrix: lambda looks, found: part_documents.matrix_document(looks.solution, found),
    Conflicts: lambda looks, found: part_documents.disagreement_document(looks.solution, found),
    Lessons: lambda looks, found: part_documents.lessons_document(looks.solution, found),
    Draws: lambda looks, found: part_documents.draws_document(looks.solution, found),
    Timeline: lambda looks, found: timeline_document(looks.solution, found, looks.diagnostics),
    Drivers: lambda looks, found: drivers_document(looks.solution, found, looks.diagnostics),
    Why: lambda looks, found: why_document(looks.solution, found, looks.diagnostics),
    WhatIf: lambda looks, found: whatif_document(looks.solution, found.supposed, found, looks.diagnostics),
    Indicators: lambda looks, found: indicators_document(looks.solution, found, looks.diagnostics),
    Storylines: lambda looks, found: storylines_document(looks.solution, found, looks.diagnostics),
    Levers: lambda looks, found: levers_document(looks.solution, found, looks.diagnostics),
    Incentives: lambda looks, found: incentives_document(looks.solution, found, looks.diagnostics),
    Behaviour: lambda looks, _: behaviour_document(looks.solution, looks.diagnostics),
    OtherStories: lambda looks, _: part_documents.other_stories_document(looks.solution),
}
COLUMNS: Final[Mapping[type, Callable[[Any], Columns]]] = {
    Solution: columns.solution_columns,
    Likelihood: columns.likelihood_columns,
    SpreadOfWorlds: columns.spread_columns,
    Evidence: columns.evidence_columns,
    Matrix: columns.matrix_columns,
    Conflicts: columns.conflicts_columns,
    Lessons: columns.lessons_columns,
    Draws: columns.draws_columns,
    Timeline: columns.timeline_columns,
    Drivers: columns.drivers_columns,
    Why: columns.why_columns,
    WhatIf: columns.whatif_columns,
    Indicators: columns.indicators_columns,
    Storylines: columns.storylines_columns,
    Levers: columns.levers_columns,
    Incentives: columns.incentives_columns,
    Behaviour: columns.behaviour_columns,
    OtherStories: columns.other_stories_columns,
}
