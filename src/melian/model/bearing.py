"""What bears on the question: the nodes and actors through which anything can reach the event or the evidence."""

from collections.abc import Callable

from melian.case.case import Case, Choice
from melian.model.evidence import idle_keys
from melian.model.judged import Ground
from melian.model.parameter import Parameter

Bearing = Callable[[Parameter], int]
BEARS, EVIDENCE, REST = 0, 1, 2


def bearing(case: Case) -> Bearing:
    """Rank of a parameter: 0 if it can move the event or what evidence is about, 1 if it is evidence, 2 if it is idle.

    The date of the case plays no part, so that an earlier date draws the same worlds.
    """
    reached = reached_nodes(case)
    nodes, idle = case.nodes, idle_keys(case)
    choosing = {node.actor.text for name in reached if isinstance(node := nodes[name], Choice)}

    def rank(parameter: Parameter) -> int:
        ground = parameter.origin
        assert isinstance(ground, Ground)
        return REST if parameter.name in idle else rank_of(ground)

    def rank_of(ground: Ground) -> int:
        if ground.kind == "judgement":
            return min(rank_of(use) for use in ground.uses)
        if ground.kind in ("source", "report"):
            return EVIDENCE
        if ground.kind == "factor":
            return BEARS if ground.about[0] in reached else REST
        if ground.kind == "belief":
            return BEARS if ground.about[0] in choosing and ground.about[1] in reached else REST
        return BEARS if ground.about[0] in choosing else REST

    return rank


def reached_nodes(case: Case) -> set[str]:
    """Nodes from which a path of chances, sight or stakes leads to the event or to a node with evidence."""
    nodes = case.nodes
    ahead = [test.node.text for test in case.question.event.tests()]
    ahead += [report.bears_on.text for report in case.evidence]
    reached: set[str] = set()
    while ahead:
        name = ahead.pop()
        if name in reached:
            continue
        reached.add(name)
        node = nodes[name]
        if isinstance(node, Choice):
            ahead += [seen.text for seen in node.sees] + _weighed(case, node.actor.text)
        else:
            ahead += [parent.text for parent in node.table.given]
            ahead += [p.text for belief in case.beliefs if belief.factor.text == name for p in belief.table.given]
    return reached


def _weighed(case: Case, actor: str) -> list[str]:
    """Nodes that an actor's stakes depend on."""
    of_actor = (stakes for stakes in case.stakes if stakes.actor.text == actor)
    return [name.text for stakes in of_actor for stake in stakes.stakes for name in stake.given]
