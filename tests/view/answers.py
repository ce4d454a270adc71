"""Every answer that a solution gives, asked of it as people would."""

import inspect
from collections.abc import Callable
from functools import cache
from typing import Any, Final, get_type_hints

import melian
from melian.answer.shown import Answer, Shown
from melian.answer.solution import Solution
from tests.view.conftest import STRAIT
from tests.view.test_report import hostile_text

# What is no answer: plain values, figures and files.
PLAIN: Final = {"nodes", "quantities", "foremost_driver", "diagram", "report"}
# Answers that have to be told something.
TOLD: Final[dict[str, Callable[[Solution], Answer]]] = {
    "levers": lambda solution: solution.levers(solution.case.choices[0].actor.text),
    "whatif": lambda solution: solution.whatif({first(solution): state(solution)}),
}


def first(solution: Solution) -> str:
    """Some factor's name."""
    return solution.case.factors[0].name


def state(solution: Solution) -> str:
    """A state of it."""
    return solution.case.factors[0].states[-1].name


def kinds() -> dict[str, type[Answer]]:
    """By method of a solution, the kind of answer that it says it gives."""
    public = {name: method for name, method in vars(Solution).items() if inspect.isfunction(method) and name[0] != "_"}
    hints = {name: get_type_hints(method, inspect.getmodule(method).__dict__) for name, method in public.items()}
    return {name: hints[name]["return"] for name in public if name not in PLAIN}


@cache
def solved(name: str) -> Solution:
    case = melian.read(str(STRAIT)) if name == "strait" else melian.read_text(hostile_text())
    return case.solve(worlds=512)


@cache
def asked(name: str) -> dict[str, Shown]:
    """A case, its solution, every answer of it, and a difference, by what was called."""
    solution = solved(name)
    case = melian.read(str(STRAIT)) if name == "strait" else melian.read_text(hostile_text())
    assert case.judged.as_of is not None
    earlier = case.on(min(report.date for report in case.judged.evidence if report.date))
    found: dict[str, Any] = {"case": case, "solution": solution, "diff": melian.diff(case, earlier, worlds=512)}
    for method in kinds():
        found[method] = TOLD[method](solution) if method in TOLD else getattr(solution, method)()
    return found
