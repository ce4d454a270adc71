"""Who cannot read whose mind, and on what the average rule of a hidden mind depends.

An actor that knows only the chances of another's weights, values and precision faces a game of incomplete information:
the other's mind is its type, drawn once, and known to the other alone (Harsanyi 1967, Games with incomplete information
played by Bayesian players I, Management Science 14). What such an actor answers is the other's rule on average over
minds, each mind counting by how well it fits the moves made so far. So the average rule of a choice depends on what the
choice sees and, through the mind, on the earlier choices of the same mind and what those saw.

Minds that are tied to each other, by a judgement that several of them share or by a stated correlation, make one group:
its members know one another's, and others see their choices as those of one mind.
"""

from collections.abc import Iterable, Mapping, Sequence
from graphlib import TopologicalSorter

from melian.model.diagram import FactorTable, InfluenceTable, Minds, Model, RowTable
from melian.model.functions import FunctionTable
from melian.model.parameter import Parameter, Scalar, Tied

__all__ = ["minds_of"]


def minds_of(model: Model) -> Minds:
    """Who cannot read whose mind in a model whose actors are all told to read minds or not."""
    if all(actor.knows == "minds" for actor in model.case.actors):
        return Minds()
    actors = sorted({decision.actor for decision in model.decisions})
    uncertain = {actor: _uncertain(model, actor) for actor in actors}
    group = _groups(model, uncertain)
    hidden = frozenset(
        (observer, owner)
        for observer in actors
        for owner in actors
        if model.case.actors[observer].knows == "chances" and group[observer] != group[owner] and uncertain[owner]
    )
    owners = {owner for _, owner in hidden}
    return Minds(hidden, _memory(model, group, owners) if hidden else {})


def _uncertain(model: Model, actor: int) -> frozenset[str]:
    """Names of the parameters of an actor's mind that are not plain numbers."""
    slots = {model.precision[actor]}
    for utility in model.utilities:
        if utility.actor == actor:
            slots |= {utility.weight, *utility.slots.ravel().tolist()}
    for (who, _), table in model.beliefs.items():
        if who == actor:
            slots |= set(_slots(table))
    return frozenset(name for parameter, own in _placed(model.parameters) for name in _names(parameter, own & slots))


def _slots(table: FactorTable) -> Iterable[int]:
    """Every slot that a table reads."""
    match table:
        case RowTable():
            return map(int, table.slots.ravel())
        case InfluenceTable():
            return [*map(int, table.base), *(slot for _, slot in table.shifts)]
        case FunctionTable():
            return table.slots()


def _placed(parameters: Sequence[Parameter]) -> Iterable[tuple[Parameter, set[int]]]:
    first = 0
    for parameter in parameters:
        yield parameter, set(range(first, first + parameter.n_slots))
        first += parameter.n_slots


def _names(parameter: Parameter, read: set[int]) -> Iterable[str]:
    """A parameter that is read and uncertain, with the scalars that stand in it."""
    if not read:
        return
    if parameter.n_dimensions:
        yield parameter.name
    if isinstance(parameter, Tied):
        yield from parameter.shared


def _groups(model: Model, uncertain: Mapping[int, frozenset[str]]) -> dict[int, int]:
    """Group of each actor, by the lowest number in it."""
    moves_with = {p.name: {other for other, _ in p.moves_with} for p in model.parameters if isinstance(p, Scalar)}
    reach = {actor: names.union(*(moves_with.get(name, set()) for name in names)) for actor, names in uncertain.items()}
    group = {actor: actor for actor in uncertain}
    for one in uncertain:
        for other in uncertain:
            if one < other and (reach[one] & uncertain[other] or uncertain[one] & reach[other]):
                low, high = sorted((group[one], group[other]))
                group = {actor: low if number == high else number for actor, number in group.items()}
    return group


def _memory(model: Model, group: Mapping[int, int], owners: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """By choice of a hidden mind, what its average rule depends on besides what it sees: see `Minds.memory`."""
    place = {variable: number for number, variable in enumerate(_in_order(model))}
    decisions = sorted(model.decisions, key=lambda decision: place[decision.variable])
    found: dict[int, tuple[int, ...]] = {}
    for at, decision in enumerate(decisions):
        if decision.actor in owners:
            earlier = (one for one in decisions[:at] if group[one.actor] == group[decision.actor])
            found[decision.variable] = tuple(one.variable for one in earlier)
    return found


def _in_order(model: Model) -> tuple[int, ...]:
    """Variables in an order in which every parent comes first."""
    return tuple(TopologicalSorter({v.index: model.parents(v.index) for v in model.variables}).static_order())
