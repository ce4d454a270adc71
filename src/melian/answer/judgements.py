"""The judgements of a case that leave something open: what each is about, and where in a world it stands."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from melian.case.case import Case, Chances, Table, Test
from melian.case.functions import Function, Noisy
from melian.model.diagram import Model
from melian.model.evidence import group, is_stated
from melian.model.judged import Ground
from melian.model.parameter import Parameter, Scalar

__all__ = ["Group", "Judged", "Member", "judgements_of", "statements_of"]

Kind = Literal["node", "actor", "source", "judgement"]
Form = Literal[
    "row", "base", "influence", "otherwise", "value", "weights", "precision",
    "reliability", "likelihood", "anyway", "deceptive", "named",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    """What judgements are about: a node's chances, an actor's aims and ways, a source's reports, or a named judgement.

    Attributes
    ----------
    name : in the case; of a report without a source, the report's.
    """

    kind: Kind
    name: str


@dataclass(frozen=True, slots=True)
class Member:
    """One number of a judgement.

    Attributes
    ----------
    name : of the state or the stake that it is the chance, likelihood or weight of, or that it shifts; None where it is
        the only number there is.
    """

    name: str | None
    slot: int


@dataclass(frozen=True, slots=True)
class Judged:
    """One judgement.

    Attributes
    ----------
    name : of its parameter.
    group : what it is about.
    form : what its numbers are.
    when : tests of the rule that it stands in.
    members : its numbers; of chances of two states, the one that was stated.
    dimensions : of the unit cube that it is drawn from.
    """

    name: str
    ground: Ground
    group: Group
    form: Form
    when: tuple[Test, ...]
    members: tuple[Member, ...]
    dimensions: NDArray[np.intp] = field(compare=False, repr=False)


def judgements_of(model: Model) -> tuple[Judged, ...]:
    """Every judgement that leaves something open, in the order in which they are drawn."""
    return tuple(_judgements(model, lambda parameter: parameter.n_dimensions > 0))


def statements_of(model: Model) -> tuple[Judged, ...]:
    """Every judgement that a case states, whether it leaves anything open or not."""
    return tuple(_judgements(model, is_stated))


def _judgements(model: Model, is_wanted: Callable[[Parameter], bool]) -> Iterator[Judged]:
    slot = dimension = 0
    for parameter in model.parameters:
        ground = parameter.origin
        assert isinstance(ground, Ground)
        if is_wanted(parameter):
            form, when, state = _statement(model.case, parameter.name, ground)
            yield Judged(
                name=parameter.name,
                ground=ground,
                group=_group_of(model.case, ground),
                form=form,
                when=when,
                members=tuple(_members(model.case, parameter, ground, slot, state)),
                dimensions=np.arange(dimension, dimension + parameter.n_dimensions),
            )
        slot += parameter.n_slots
        dimension += parameter.n_dimensions


def _group_of(case: Case, ground: Ground) -> Group:
    name = ground.about[0]
    match ground.kind:
        case "factor":
            return Group("node", name)
        case "judgement":
            return Group("judgement", name)
        case "source":
            return Group("source", name)
        case "report":
            source = {report.name: report.source for report in case.evidence}[name]
            return Group("source", source.text if source is not None else name)
    return Group("actor", name)


Statement = tuple[Form, tuple[Test, ...], str | None]


def _statement(case: Case, name: str, ground: Ground) -> Statement:
    """Form of a statement, tests of its rule and the state that it is about, by its parameter's name: see `key_of`."""
    parts = name.split(" ")
    match ground.kind:
        case "factor":
            tables = {factor.name: factor.table for factor in case.factors}
            return _in_table(tables[ground.about[0]], parts[2:])
        case "belief":
            beliefs = {(belief.actor.text, belief.factor.text): belief.table for belief in case.beliefs}
            actor, factor = ground.about
            return _in_table(beliefs[actor, factor], parts[3:])
        case "stake":
            actor, stake = ground.about
            (stakes,) = [each for each in case.stakes if each.actor.text == actor]
            (rules,) = [each.rules for each in stakes.stakes if each.name == stake]
            return "value", rules[int(parts[3])].when, None
        case "weights":
            return "weights", (), None
        case "precision":
            return "precision", (), None
        case "source":
            return ("reliability", (), None) if parts[0] == "reliability" else _of_report(parts[2:])
        case "report":
            (report,) = [each for each in case.evidence if each.name == ground.about[0]]
            return _of_report(name.removeprefix(f"{group(case, report)} ").split(" "))
    return "named", (), None


def _in_table(table: Table, place: Sequence[str]) -> Statement:
    if isinstance(table, Chances):
        return "row", table.rules[int(place[0])].when, None
    if isinstance(table, Function):
        rules = table.rules if isinstance(table, Noisy) else ()
        return "row", () if place[0] == "leak" else rules[int(place[1])].when, None
    if place[0] == "influence":
        return "influence", table.influences[int(place[1])].when, place[2]
    if place[0] == "otherwise":
        return "otherwise", table.influences[int(place[1])].when, place[2]
    return "base", (), None


def _of_report(place: Sequence[str]) -> Statement:
    """What a report or its source is judged on: how readily it is made anyway, or how likely it is in a state."""
    if place[0] == "anyway" and len(place) != 3:
        return "anyway", (), None
    if place[0] == "deceptive" and len(place) != 3:
        return "deceptive", (), None
    return "likelihood", (), place[1]


def _members(case: Case, parameter: Parameter, ground: Ground, slot: int, state: str | None) -> Iterator[Member]:
    if isinstance(parameter, Scalar):
        yield Member(state, slot)
        return
    names = _names(case, ground)
    said = [name for name in names if f"{name}: " in f"{ground.text} "]
    shown = said[:1] or names[-1:] if len(names) == 2 else names
    yield from (Member(name, slot + place) for place, name in enumerate(names) if name in shown)


def _names(case: Case, ground: Ground) -> list[str]:
    """Names of the numbers of a row: of a node's states, or of an actor's stakes."""
    if ground.kind == "weights":
        (stakes,) = [each for each in case.stakes if each.actor.text == ground.about[0]]
        return [stake.name for stake in stakes.stakes]
    return [state.name for state in case.nodes[ground.about[-1]].states]
