"""Judgements to parameters: each statement of a case becomes one uncertain quantity."""

from collections.abc import Iterator, Sequence

from melian.case.case import Actor, Case, Chances, Row, Rule, Stakes, Table
from melian.case.functions import Function, Noisy
from melian.case.judgement import Judgement
from melian.model import distribution as family
from melian.model.distribution import Distribution
from melian.model.evidence import evidence_parameters
from melian.model.judged import Ground, distribution_of, key_of, scalar
from melian.model.parameter import Order, Parameter, Scalar, Shared, Tied
from melian.model.parameter import Row as RowParameter
from melian.model.shared import shared_key

__all__ = ["parameters_of", "strengths"]


def parameters_of(case: Case) -> list[Parameter]:
    """Parameters of a case, in the order of its sections; what has a name stands in every place that uses it."""
    found: list[Parameter] = []
    for factor in case.factors:
        states = [state.name for state in factor.states]
        found += _table_parameters(("factor", factor.name), factor.table, states)
    for belief in case.beliefs:
        states = [state.name for state in case.nodes[belief.factor.text].states]
        found += _table_parameters(("belief", belief.actor.text, belief.factor.text), belief.table, states)
    for stakes in case.stakes:
        found += _stake_parameters(stakes)
    for actor in case.actors:
        found.append(_precision_parameter(actor))
    return found + evidence_parameters(case)


def _precision_parameter(actor: Actor) -> Scalar:
    said = actor.precision
    ground = Ground("precision", (actor.name,), said.text, said.span, actor.provenance, said.shared)
    return Scalar(f"precision {actor.name}", distribution_of(said), actor.name, ground)


def _table_parameters(about: tuple[str, ...], table: Table, states: Sequence[str]) -> list[Parameter]:
    if isinstance(table, Chances):
        return [_row_parameter(about, index, rule.outcome, states) for index, rule in enumerate(table.rules)]
    if isinstance(table, Function):
        return [_row_parameter(about, key_of(*form), row, states) for form, row in rows_of_function(table)]
    found: list[Parameter] = [_row_parameter(about, "base", table.base, states)]
    for index, rule in enumerate(table.influences):
        for form, row in strengths(rule):
            for name, judgement in row.entries:
                found.append(scalar(key_of(*about, form, index, name.text), about, judgement))
    return found


def rows_of_function(table: Function) -> Iterator[tuple[tuple[str, int], Row]]:
    """Rows of chances of a function, by what they say and their number."""
    if isinstance(table, Noisy):
        for number, rule in enumerate(table.rules):
            yield ("cause", number), rule.outcome
            if rule.otherwise is not None:
                yield ("otherwise", number), rule.otherwise
        if table.leak is not None:
            yield ("leak", 0), table.leak


def strengths(rule: Rule[Row]) -> list[tuple[str, Row]]:
    """What an influence shifts where its tests hold and, if it says so, where they do not."""
    return [("influence", rule.outcome)] + ([("otherwise", rule.otherwise)] if rule.otherwise is not None else [])


def _row_parameter(about: tuple[str, ...], index: object, row: Row, states: Sequence[str]) -> Parameter:
    said = {name.text: judgement for name, judgement in row.entries}
    parts = tuple(_part(said[s]) if s in said else _others(row) for s in states)
    text = ", ".join(f"{name}: {judgement.text}" for name, judgement in row.entries)
    ground = Ground("belief" if about[0] == "belief" else "factor", about[1:], text, row.span, row.provenance)
    return _row_of(key_of(*about, index), parts, about[-1], ground)


Part = Distribution | Shared | None


def _row_of(key: str, parts: tuple[Part, ...], owner: str, ground: Ground) -> Parameter:
    """Row by itself, or tied to judgements that have a name."""
    own = tuple(part for part in parts if not isinstance(part, Shared))
    return RowParameter(key, own, owner, ground) if len(own) == len(parts) else Tied(key, parts, owner, ground)


def _part(judgement: Judgement) -> Distribution | Shared:
    """What a row says of a state; a number is that number, whatever its name."""
    distribution = distribution_of(judgement)
    if judgement.shared is None or distribution.is_point:
        return distribution
    return Shared(shared_key(judgement.shared), distribution)


def _others(row: Row) -> Part:
    return _part(row.others) if row.others is not None else None


def _stake_parameters(stakes: Stakes) -> list[Parameter]:
    actor = stakes.actor.text
    found: list[Parameter] = [_weights_parameter(stakes)] if stakes.stakes else []
    for stake in stakes.stakes:
        for index, rule in enumerate(stake.rules):
            found.append(scalar(key_of("stake", actor, stake.name, index), ("stake", actor, stake.name), rule.outcome))
    return found


def _weights_parameter(stakes: Stakes) -> Parameter:
    actor, names = stakes.actor.text, [stake.name for stake in stakes.stakes]
    key = key_of("weights", actor)
    if stakes.order:
        groups = tuple(tuple(names.index(name.text) for name in group) for group in stakes.order)
        text = " > ".join(" = ".join(name.text for name in group) for group in stakes.order)
        return Order(key, groups, actor, Ground("weights", (actor,), text, stakes.span, stakes.provenance))
    parts: tuple[Part, ...] = (None,) * len(names)
    text = "any weights"
    if stakes.weights is not None:
        parts = _weight_parts(stakes.weights, names)
        text = ", ".join(f"{name}: {judgement.text}" for name, judgement in stakes.weights.entries)
    return _row_of(key, parts, actor, Ground("weights", (actor,), text, stakes.span, stakes.provenance))


def _weight_parts(row: Row, names: Sequence[str]) -> tuple[Part, ...]:
    """Weights as stated; where all are plain numbers they are shares of their sum."""
    said = {name.text: judgement for name, judgement in row.entries}
    if all(name in said and said[name].is_number for name in names):
        total = sum(said[name].low for name in names)
        return tuple(family.point(said[name].low / total) for name in names)
    return tuple(_part(said[name]) if name in said else _others(row) for name in names)
