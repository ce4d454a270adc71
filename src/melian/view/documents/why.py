"""Why a chance is what it is."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from melian.source.diagnostic import Diagnostic
from melian.source.render import as_json
from melian.view.documents.document import Document, head, making

if TYPE_CHECKING:
    from melian.answer.solution import Solution
    from melian.answer.why import Reason, Statement, Why


def why_document(solution: "Solution", found: "Why", diagnostics: Iterable[Diagnostic] = ()) -> Document:
    """Return every level's situations, what it depends on, judgements and reports."""
    return {
        **head(solution),
        "why": [_reason(reason) for reason in found.reasons],
        **making(solution),
        "diagnostics": as_json(diagnostics),
    }


def _reason(reason: "Reason") -> Document:
    return {
        "node": reason.node,
        "states": list(reason.states),
        "level": reason.level,
        "chance": reason.chance,
        "situations": [
            {"states": dict(one.states), "weight": one.weight, "chance": one.chance} for one in reason.situations
        ],
        "depends_on": [
            {"node": pull.node, "chances": dict(pull.chances), "weights": dict(pull.weights)} for pull in reason.pulls
        ],
        "judgements": [_statement(one) for one in reason.statements],
        "reports": [{"origin": pull.origin, "without_it": pull.without_it} for pull in reason.reports],
    }


def _statement(statement: "Statement") -> Document:
    ground = statement.ground
    said = ground.provenance
    return {
        "kind": ground.kind,
        "about": list(ground.about),
        "text": ground.text,
        "weight": statement.weight,
        "file": ground.span.source.path if ground.span is not None else None,
        "line": ground.span.line if ground.span is not None else None,
        "by": said.by,
        "on": said.on,
        "basis": said.basis,
        "why": said.why,
        "at": said.at,
    }
