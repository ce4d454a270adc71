"""A case that is not solved yet."""

from collections.abc import Iterable
from dataclasses import asdict

from melian.answer.inventory import Inventory
from melian.case.case import Case
from melian.source.diagnostic import Diagnostic
from melian.source.render import as_json
from melian.view.documents.document import Document, condition


def case_document(case: Case, inventory: Inventory, diagnostics: Iterable[Diagnostic]) -> Document:
    """What the case asks, how many of each it holds, and what there is to say about it."""
    return {
        "case": case.name,
        "title": case.title,
        "as_of": case.as_of,
        "event": condition(case.question.event),
        "by": case.question.by,
        "holds": asdict(inventory),
        "diagnostics": as_json(diagnostics),
    }
