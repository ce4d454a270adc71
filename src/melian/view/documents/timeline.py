"""The answer after each report."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from melian.source.diagnostic import Diagnostic
from melian.source.render import as_json
from melian.view.documents.document import Document, head, making

if TYPE_CHECKING:
    from melian.answer.solution import Solution
    from melian.answer.timeline import Timeline


def timeline_document(solution: "Solution", timeline: "Timeline", diagnostics: Iterable[Diagnostic] = ()) -> Document:
    """Give the answer after each report."""
    return {
        **head(solution),
        "order": timeline.order,
        "timeline": [
            {
                "report": moment.report,
                "date": moment.day,
                "mean": moment.mean,
                "q05": moment.q05,
                "q95": moment.q95,
                "error": moment.error,
                "effective_worlds": moment.effective_worlds,
            }
            for moment in timeline.moments
        ],
        **making(solution),
        "diagnostics": as_json(diagnostics),
    }
