"""Answers as plain values, for `--json` and for programs: every name as in the case, every number unrounded."""

import json
import math
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from melian.case.case import Condition, Test
from melian.source.diagnostic import Diagnostic
from melian.source.render import as_json

if TYPE_CHECKING:
    from melian.answer.behaviour import Behaviour, Chance, SolvedChoice
    from melian.answer.evidence import Moved
    from melian.answer.expense import Expense, TableSize
    from melian.answer.solution import Solution

Document = dict[str, Any]
# JSON lets these stand as they are, and a terminal may take them for commands.
_STEERING: Final = re.compile("[\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def dumps(document: Document) -> str:
    """Document as JSON text, ending in a line break; not a number is null, which JSON has and NaN it has not."""
    text = json.dumps(_finite(document), ensure_ascii=False, indent=2, allow_nan=False)
    return _STEERING.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


def _finite(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return None if isinstance(value, float) and not math.isfinite(value) else value


def run_document(solution: "Solution", diagnostics: Iterable[Diagnostic] = ()) -> Document:
    """How likely, and what it rests on."""
    evidence = solution.evidence()
    return {
        **_head(solution),
        "event": condition(solution.case.question.event),
        "likelihood": _likelihood(solution),
        "nodes": solution.nodes(),
        "evidence": [_moved(moved) for moved in evidence.moved],
        "left_out": list(evidence.left_out),
        "superseded": dict(evidence.superseded),
        **_making(solution),
        "diagnostics": as_json(diagnostics),
    }


def behaviour_document(solution: "Solution", diagnostics: Iterable[Diagnostic] = ()) -> Document:
    """How each actor chooses in every situation."""
    return {
        **_head(solution),
        "choices": _choices(solution.behaviour()),
        **_making(solution),
        "diagnostics": as_json(diagnostics),
    }


def expense_document(expense: "Expense") -> Document:
    """What solving a case takes."""
    low, high = expense.seconds
    return {
        "judgements": expense.judgements,
        "dimensions": expense.dimensions,
        "cells": expense.cells,
        "bytes": expense.bytes,
        "memory": expense.memory,
        "operations": expense.operations,
        "settling": expense.settling,
        "largest": _table_size(expense.widest),
        "tables": [_table_size(table) for table in expense.tables],
        "order": [
            {"choices": list(step.choices), "after": list(step.after), "unknown": step.unknown}
            for step in expense.order
        ],
        "time": {"worlds": expense.worlds, "cores": 1, "least": low, "most": high},
    }


def _table_size(table: "TableSize") -> Document:
    return {"what": table.what, "spans": list(table.spans), "cells": table.cells}


def condition(said: Condition) -> Document:
    """Condition as a case writes it: node to its states, `all` and `any` to lists of conditions."""
    written: Document = {}
    for part in said.parts:
        if isinstance(part, Test):
            written[part.node.text] = [state.text for state in part.states]
        else:
            written[part.kind] = [condition(inner) for inner in part.parts if isinstance(inner, Condition)]
    return written


def _head(solution: "Solution") -> Document:
    case, supposed = solution.case, solution.supposed
    return {
        "case": case.name,
        "title": case.title,
        "as_of": case.as_of,
        "supposed": {"observe": dict(supposed.observe), "do": dict(supposed.do), "announced": supposed.announced},
    }


def _making(solution: "Solution") -> Document:
    from melian import __version__

    others = solution.other_stories()
    return {
        "worlds": solution.n_worlds,
        "effective_worlds": solution.effective_worlds,
        "unconverged_worlds": solution.unconverged_worlds,
        "other_stories": {
            "worlds": others.worlds,
            "attempts": others.attempts,
            "found": others.found,
            "event": others.event,
            "lowest": others.lowest,
            "highest": others.highest,
        },
        "unreached_worlds": solution.worlds.unreached,
        "seed": solution.seed,
        "seconds": solution.seconds,
        "melian": __version__,
    }


def _likelihood(solution: "Solution") -> Document:
    answer = solution.likelihood()
    return {
        "mean": answer.mean,
        "q05": answer.q05,
        "q50": answer.q50,
        "q95": answer.q95,
        "word": answer.word,
        "scale": answer.scale,
        "error": answer.error,
        "least": answer.least,
        "most": answer.most,
        "confidence": answer.confidence.level,
        "confidence_reasons": list(answer.confidence.reasons),
        "before_evidence": answer.before_evidence,
        "by": answer.by,
    }


def _moved(moved: "Moved") -> Document:
    reports = zip(moved.reports, moved.claims, moved.dates, moved.sources, moved.grades, strict=True)
    return {
        "origin": moved.origin,
        "reports": [
            {"id": name, "claim": claim, "date": when, "source": source, "grade": grade}
            for name, claim, when, source, grade in reports
        ],
        "bears_on": list(moved.bears_on),
        "bits": moved.bits,
        "with_it": moved.with_it,
        "without_it": moved.without_it,
    }


def _choices(behaviour: "Behaviour") -> Document:
    return {choice.name: _choice(choice) for choice in behaviour.choices}


def _choice(choice: "SolvedChoice") -> Document:
    return {
        "actor": choice.actor,
        "options": list(choice.options),
        "overall": dict(choice.overall),
        "sway": dict(choice.sway),
        "rule": [
            {"sees": dict(place.sees), "options": {option: _chance(chance) for option, chance in place.options.items()}}
            for place in choice.rule
        ],
    }


def _chance(chance: "Chance") -> Document:
    return {"mean": chance.mean, "q05": chance.q05, "q95": chance.q95}
