"""From the text of a case to its model and its worlds, for tests of the engine."""

from dataclasses import dataclass

import numpy as np
from hypothesis import assume
from numpy.typing import NDArray

from melian.case.case import Case
from melian.case.read import read_case
from melian.case.rules import check_soundness
from melian.model.build import build_model
from melian.model.diagram import Model
from melian.plan.make import make_plan
from melian.plan.plan import Enquiry
from melian.plan.relevance import Outlooks, relies_on, solving_order
from melian.solve.draws.draw import Sampler
from melian.solve.run import Worlds, run_plan
from melian.source.text import Source

Floats = NDArray[np.float64]


def case_of(text: str) -> Case:
    """Case of a text that has no errors."""
    case, diagnostics = read_case(Source("case.yaml", text))
    assert case is not None, diagnostics
    found = [str(d) for d in (*diagnostics, *check_soundness(case)) if d.severity == "error"]
    assert found == [], "\n".join([text, *found])
    return case


def model_of(text: str) -> Model:
    """Model of a case text that has no errors."""
    return build_model(case_of(text))


def sound(text: str) -> Model:
    """Model of a random case text; leaves out certain events and clashing reports."""
    case, diagnostics = read_case(Source("case.yaml", text))
    assert case is not None, diagnostics
    errors = [d for d in (*diagnostics, *check_soundness(case)) if d.severity == "error"]
    assume(not any(d.code in ("settled-event", "impossible-evidence") for d in errors))
    assert errors == [], "\n".join([text, *map(str, errors)])
    return build_model(case)


def solvable(text: str) -> Model:
    """The same, for what enumerates rules one at a time: leaves out choices that have to be solved together too."""
    model = sound(text)
    assume(all(len(component) == 1 for component in solving_order(relies_on(Outlooks(model)))))
    return model


def worlds_of(model: Model, enquiry: Enquiry | None = None, *, n_worlds: int = 1, seed: int = 0) -> Worlds:
    """Solve some worlds of a model."""
    return run_plan(model, make_plan(model, enquiry), n_worlds=n_worlds, seed=seed, n_threads=1)


def theta_of(model: Model, *, n_worlds: int = 1, seed: int = 0) -> Floats:
    """Parameters of the same worlds, [P, W]."""
    return Sampler(model.parameters, seed).block(0, n_worlds)


@dataclass(frozen=True)
class Answer:
    """A solved case by names, for tests whose numbers are worked out by hand."""

    model: Model
    worlds: Worlds

    @property
    def event(self) -> float:
        """Chance of the event given the evidence."""
        weight = self.worlds.evidence
        return float(self.worlds.event @ weight / weight.sum())

    @property
    def before(self) -> float:
        """Chance of the event before any evidence."""
        return float(self.worlds.before.mean())

    @property
    def evidence(self) -> float:
        """Chance of the evidence."""
        return float(self.worlds.evidence.mean())

    def chance(self, node: str, state: str) -> float:
        """Chance of a state given the evidence."""
        variable = self.model.variables[self.model.index_of(node)]
        return float(self.worlds.marginals[variable.index].sum(axis=1)[variable.states.index(state)])

    def rule(self, choice: str, option: str, **sees: str) -> float:
        """Chance of an option in a situation, weighted by the evidence over worlds."""
        variables = self.model.variables
        rule = self.worlds.rules[self.model.index_of(choice)]
        states = {choice: option, **sees}
        cell = tuple(variables[axis].states.index(states[variables[axis].name]) for axis in rule.axes)
        return float(rule.mean[cell])


def solve(
    text: str,
    *,
    observe: dict[str, str] | None = None,
    do: dict[str, str] | None = None,
    announced: bool = True,
    n_worlds: int = 1,
    seed: int = 0,
) -> Answer:
    """Solve a case text, supposing what is said."""
    model = model_of(text)

    def indices(said: dict[str, str] | None) -> dict[int, int]:
        places = {model.index_of(name): state for name, state in (said or {}).items()}
        return {place: model.variables[place].states.index(state) for place, state in places.items()}

    enquiry = Enquiry(indices(observe), indices(do), announced)
    return Answer(model, worlds_of(model, enquiry, n_worlds=n_worlds, seed=seed))
