"""An event over more nodes than one table can hold, as a factor of its own: it is then planned part by part."""

from dataclasses import replace
from math import prod
from typing import Literal

from melian.case.case import Case, Condition, Factor, Name, State, Test
from melian.case.functions import Conditional
from melian.case.rules.scope import MAX_COMBINATIONS, states_of, unwrapped


def with_event_as_factor(case: Case) -> Case:
    """Return the case, with a factor that tells whether the event happens where that spans too many combinations."""
    event, names = unwrapped(case.question.event), dict.fromkeys(test.node.text for test in case.question.event.tests())
    if prod(len(states_of(case, name)) or 1 for name in names) <= MAX_COMBINATIONS:
        return case
    own = _free(case)
    span = case.question.span
    kind: Literal["any", "all"] = "any" if event.kind == "any" else "all"
    conditions = tuple(Condition("test", (part,)) if isinstance(part, Test) else part for part in event.parts)
    given = tuple({test.node.text: test.node for test in event.tests()}.values())
    happens = Name("yes", span)
    table = Conditional(kind, given, conditions, happens, span)
    label = f"{kind} of {len(conditions)} conditions"
    factor = Factor(own, label, (State("no", "no", span), State("yes", "yes", span)), table, span)
    asked = Condition("test", (Test(Name(own, span), (happens,)),))
    return replace(case, factors=(*case.factors, factor), question=replace(case.question, event=asked))


def _free(case: Case) -> str:
    """Name that no node has."""
    name = "event"
    while name in case.nodes:
        name += "_"
    return name
