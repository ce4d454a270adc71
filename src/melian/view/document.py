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
    from melian.answer.conflict import Conflicts
    from melian.answer.evidence import Moved
    from melian.answer.expense import Expense, TableSize
    from melian.answer.learned import Believed, Learned
    from melian.answer.matrix import Matrix
    from melian.answer.sampling import Sampling
    from melian.answer.solution import Solution
    from melian.answer.timeline import Timeline

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
        "conflicts": conflicts(solution.conflicts()),
        "superseded": dict(evidence.superseded),
        **_making(solution),
        "diagnostics": as_json(diagnostics),
    }


def behaviour_document(solution: "Solution", diagnostics: Iterable[Diagnostic] = ()) -> Document:
    """How each actor chooses in every situation."""
    return {
        **_head(solution),
        "choices": _choices(solution.behaviour()),
        "learned": [_learned(learned) for learned in solution.learned()],
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


def evidence_document(solution: "Solution", diagnostics: Iterable[Diagnostic] = ()) -> Document:
    """What each origin of reports says of each hypothesis, and which disagree."""
    evidence, matrix = solution.evidence(), solution.matrix()
    return {
        **_head(solution),
        "likelihood": _likelihood(solution),
        "evidence": [
            {**_moved(moved), "bits_alone": alone}
            for moved in evidence.moved
            for origin, alone in zip(matrix.origins, matrix.event_alone, strict=True)
            if origin == moved.origin
        ],
        "left_out": list(evidence.left_out),
        "hypotheses": [_hypothesis(matrix, place) for place in range(len(matrix.hypotheses))],
        "conflicts": conflicts(solution.conflicts()),
        **_making(solution),
        "diagnostics": as_json(diagnostics),
    }


def timeline_document(solution: "Solution", timeline: "Timeline", diagnostics: Iterable[Diagnostic] = ()) -> Document:
    """Give the answer after each report."""
    return {
        **_head(solution),
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
        **_making(solution),
        "diagnostics": as_json(diagnostics),
    }


def _hypothesis(matrix: "Matrix", place: int) -> Document:
    hypothesis = matrix.hypotheses[place]
    return {
        "node": hypothesis.node,
        "state": hypothesis.state,
        "is_event": hypothesis.is_event,
        "before": hypothesis.before,
        "after": hypothesis.after,
        "bits": {
            origin: {"alone": weight.alone, "given_rest": weight.given_rest}
            for origin, weight in zip(matrix.origins, matrix.weights[place], strict=True)
        },
    }


def conflicts(found: "Conflicts") -> Document:
    """Reports that disagree, with how much."""
    return {
        "overall_bits": found.overall,
        "origins_compared": found.compared,
        "pairs": [{"origins": list(pair.origins), "bits": pair.bits, "error": pair.error} for pair in found.pairs],
    }


def _learned(learned: "Learned") -> Document:
    return {
        "actor": learned.actor,
        "quantity": "weight" if learned.stake else "precision",
        "stake": learned.stake,
        "before": _believed(learned.before),
        "after": _believed(learned.after),
        "is_told_from_none": learned.is_told,
        "moved_by": dict(learned.moved_by),
    }


def _believed(believed: "Believed") -> Document:
    return {"mean": believed.mean, "q05": believed.q05, "q95": believed.q95}


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
        "sampling": _sampling(solution.sampling),
        "seed": solution.seed,
        "seconds": solution.seconds,
        "melian": __version__,
    }


def _sampling(sampling: "Sampling") -> Document:
    return {
        "drawn": sampling.drawn,
        "effective_drawn": sampling.effective_drawn,
        "pareto_k": sampling.pareto_shape,
        "drawn_anew": sampling.anew,
        "log_evidence": sampling.log_evidence,
        "stages": [
            {
                "temperature": stage.temperature,
                "informed_directions": stage.informed,
                "steps": stage.steps,
                "acceptance": stage.accepted,
                "autocorrelation": stage.forgotten,
            }
            for stage in sampling.stages
        ],
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
