"""What is supposed beyond a case, by names as people write it and by indices as it is solved."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.case.numeric import Inside, compared
from melian.errors import AskError
from melian.model.diagram import Decision, Model, Variable
from melian.plan.plan import Enquiry
from melian.source.suggest import nearest

States = Mapping[str, str]
AnyStates = Mapping[str, str | Sequence[str]]

OR: Final = "|"  # between states of which one holds; no name has it


@dataclass(frozen=True)
class Supposed:
    """What was supposed beyond the case, by names: see `melian.plan.make.Enquiry`.

    What was observed to be one of several states has them all, with `|` between them.
    """

    observe: States = field(default_factory=dict)
    do: States = field(default_factory=dict)
    announced: bool = True


def supposing(observe: AnyStates | None, do: States | None, announced: bool) -> Supposed:
    """What is supposed, as people say it: a state for each node, or several of which one was seen."""
    seen = {node: states if isinstance(states, str) else OR.join(states) for node, states in (observe or {}).items()}
    return Supposed(seen, dict(do or {}), announced)


def states_of(said: str) -> tuple[str, ...]:
    """States of which one was observed."""
    return tuple(dict.fromkeys(part.strip() for part in said.split(OR)))


def in_states(model: Model, supposed: Supposed) -> Supposed:
    """Say by states what was said by numbers: `above 70` of an observed quantity.

    Raises
    ------
    AskError
        If a number lies inside a band, or no state is so.
    """
    numeric = {factor.name: factor.numeric for factor in model.case.factors if factor.numeric is not None}
    observe = dict(supposed.observe)
    for node, said in observe.items():
        if node in numeric:
            states = model.variables[model.index_of(node)].states
            found = compared(numeric[node], states, said)
            if isinstance(found, Inside) or found == ():
                ends = [f"{end:g}" for band in numeric[node].bands for end in band if end is not None]
                cure = f"compare with one of {', '.join(dict.fromkeys(ends))}"
                raise AskError(f"no states of `{node}` are just those {said}", [cure])
            observe[node] = OR.join(found) if found is not None else said
    return replace(supposed, observe=observe)


def enquiry_of(model: Model, supposed: Supposed) -> Enquiry:
    """What is supposed, by indices.

    Raises
    ------
    AskError
        If a node or state does not exist, one is supposed twice, or an option is observed that is never open.
    """
    both = set(supposed.observe) & set(supposed.do)
    if both:
        raise AskError(f"`{min(both)}` is both observed and brought about; choose one")
    seen: dict[int, tuple[int, ...]] = {}
    for node, said in supposed.observe.items():
        for state in states_of(said):
            (found,) = indices_of(model, {node: state}).items()
            _refuse_never_open(model, model.variables[found[0]], found[1])
            seen[found[0]] = (*seen.get(found[0], ()), found[1])
    observe = {variable: states[0] for variable, states in seen.items() if len(states) == 1}
    among = {variable: states for variable, states in seen.items() if len(states) > 1}
    return Enquiry(observe, indices_of(model, supposed.do), supposed.announced, among)


def indices_of(model: Model, states: States) -> dict[int, int]:
    """Return nodes and states by their indices.

    Raises
    ------
    AskError
        If a node or state does not exist.
    """
    variables = {variable.name: variable for variable in model.variables}
    found = {}
    for name, state in states.items():
        if name not in variables:
            raise AskError(f"`{name}` is no factor or choice of this case", [_cure(name, variables)])
        variable = variables[name]
        if state not in variable.states:
            raise AskError(f"`{state}` is no state of `{name}`", [_cure(state, variable.states)])
        found[variable.index] = variable.states.index(state)
    return found


def _refuse_never_open(model: Model, variable: Variable, state: int) -> None:
    for decision in model.decisions:
        if decision.variable == variable.index and not _open(decision)[state].any():
            raise AskError(
                f"`{variable.states[state]}` of `{variable.name}` is never open, so nobody can have picked it",
                ["its condition in the case holds in no situation; mend that, or bring the option about (--set)"],
            )


def closed_at_times(model: Model, enquiry: Enquiry) -> list[str]:
    """Notes on options that were observed and are open only in some situations."""
    found = []
    for decision in model.decisions:
        state = enquiry.observe.get(decision.variable)
        if state is not None and not _open(decision)[state].all():
            variable = model.variables[decision.variable]
            said = f"`{variable.states[state]}` of `{variable.name}` is open only in some situations"
            found.append(f"{said}, and what else is known may rule these out")
    return found


def _open(decision: Decision) -> NDArray[np.bool_]:
    """Whether each option is open, option first."""
    return np.moveaxis(decision.options.is_open, decision.options.axes.index(decision.variable), 0)


def _cure(name: str, known: Collection[str]) -> str:
    """Say what may have been meant, or what there is."""
    near = nearest(name, known)
    return f"did you mean `{near}`?" if near else f"known here: {', '.join(known)}"
