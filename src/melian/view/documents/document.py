"""Answers as plain values, for `--json` and for programs: every name as in the case, every number unrounded."""

import json
import math
import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from melian.case.case import Condition, Test

if TYPE_CHECKING:
    from melian.answer.sampling import Sampling
    from melian.answer.solution import Solution

Document = dict[str, Any]
# JSON lets these stand as they are, and a terminal may take them for commands.
_STEERING: Final = re.compile("[\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def dumps(document: Document | list[Document]) -> str:
    """Document as JSON text, ending in a line break; not a number is null, which JSON has and NaN it has not."""
    text = json.dumps(plain(document), ensure_ascii=False, indent=2, allow_nan=False)
    return _STEERING.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


def plain(value: Any) -> Any:
    """Value of what JSON has: a date as text, what is no number as None."""
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return None if isinstance(value, float) and not math.isfinite(value) else value


def condition(said: Condition) -> Document:
    """Condition as a case writes it: node to its states, `all` and `any` to lists of conditions."""
    written: Document = {}
    for part in said.parts:
        if isinstance(part, Test):
            written[part.node.text] = [state.text for state in part.states]
        else:
            written[part.kind] = [condition(inner) for inner in part.parts if isinstance(inner, Condition)]
    return written


def head(solution: "Solution") -> Document:
    """What the case is, how much of it is still a draft, and what was supposed of it."""
    case, supposed = solution.case, solution.supposed
    return {
        "case": case.name,
        "title": case.title,
        "as_of": case.as_of,
        "placeholders": len(case.placeholders),
        "supposed": {"observe": dict(supposed.observe), "do": dict(supposed.do), "announced": supposed.announced},
    }


def making(solution: "Solution") -> Document:
    """How the answer was made."""
    from melian import __version__

    others = solution.other_stories()
    return {
        "worlds": solution.n_worlds,
        "effective_worlds": solution.effective_worlds,
        "unconverged_worlds": solution.unconverged_worlds,
        "together": [list(names) for names in solution.together],
        "residual": _finite(solution.residual),
        "unsettled": {"worlds": solution.unconverged_worlds, "precision": _finite(solution.reached)},
        "best_of_all": {", ".join(names): is_every for names, is_every in solution.alone.items()},
        "other_stories": {
            "worlds": others.worlds,
            "attempts": others.attempts,
            "found": others.found,
            "event": others.event,
            "lowest": others.lowest,
            "highest": others.highest,
            "pure": [
                {
                    "picks": [
                        {"choice": pick.choice, "sees": dict(pick.sees), "option": pick.option} for pick in story.picks
                    ],
                    "worlds": story.worlds,
                    "played": story.played,
                    "event": story.event,
                }
                for story in others.pure
            ],
        },
        "unreached_worlds": solution.worlds.unreached,
        "sampling": _sampling(solution.sampling),
        "seed": solution.seed,
        "seconds": solution.seconds,
        "melian": __version__,
    }


def _finite(value: float) -> float | None:
    """Number, or nothing where it is beyond all."""
    return value if math.isfinite(value) else None


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


def likelihood(solution: "Solution") -> Document:
    """How likely the event is, and how far that can be trusted."""
    answer = solution.likelihood()
    return {
        "mean": None if answer.is_open else answer.mean,
        "q05": None if answer.is_open else answer.q05,
        "q50": None if answer.is_open else answer.q50,
        "q95": None if answer.is_open else answer.q95,
        "word": None if answer.is_open else answer.word,
        "scale": answer.scale,
        "error": answer.error,
        "least": answer.least,
        "most": answer.most,
        "unsettled_worlds": answer.unsettled,
        "confidence": answer.confidence.level,
        "confidence_reasons": list(answer.confidence.reasons),
        "before_evidence": answer.before_evidence,
        "by": answer.by,
    }
