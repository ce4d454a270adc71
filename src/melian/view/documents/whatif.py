"""Before and after something is supposed."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from melian.source.diagnostic import Diagnostic
from melian.source.render import as_json
from melian.view.documents.document import Document, head, likelihood, making

if TYPE_CHECKING:
    from melian.answer.solution import Solution
    from melian.answer.supposed import Supposed
    from melian.answer.whatif import Change, WhatIf


def whatif_document(
    solution: "Solution", supposed: "Supposed", found: "WhatIf", diagnostics: Iterable[Diagnostic] = ()
) -> Document:
    """Return the event's chance and every node's before and after, and the event's by each of the three verbs."""
    states = {"observe": dict(supposed.observe), "do": dict(supposed.do), "announced": supposed.announced}
    return {
        **head(solution),
        "whatif": states,
        "event": _change(found.event),
        "nodes": _nodes(found),
        "verbs": {verb: _change(change) for verb, change in found.verbs.items()},
        "effective_worlds_after": found.effective_worlds,
        **making(solution),
        "diagnostics": as_json(diagnostics),
    }


def patched_document(
    before: "Solution", after: "Solution", name: str, diagnostics: Iterable[Diagnostic] = ()
) -> Document:
    """Return the answers of the case as it was and with parts of it replaced."""
    return {
        **head(after),
        "patch": name,
        "before": {"likelihood": likelihood(before), "nodes": before.nodes()},
        "after": {"likelihood": likelihood(after), "nodes": after.nodes()},
        **making(after),
        "diagnostics": as_json(diagnostics),
    }


def _nodes(found: "WhatIf") -> Document:
    nodes: Document = {}
    for change in found.nodes:
        nodes.setdefault(str(change.node), {})[change.state] = _change(change)
    return nodes


def _change(change: "Change") -> Document:
    return {
        "before": change.before,
        "after": change.after,
        "difference": change.difference,
        "error": change.error,
        "is_told_from_none": change.is_told,
    }
