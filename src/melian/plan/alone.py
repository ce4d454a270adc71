"""What rules are worth to an actor whose choices depend on its own others alone, so that its best rules can be told."""

from collections.abc import Callable, Collection, Sequence

from melian.case.dependence import ancestors
from melian.model.diagram import Decision
from melian.plan.program import Program
from melian.plan.relevance import Outlooks
from melian.plan.steps import Register, Value


def worth_alone(
    program: Program,
    outlooks: Outlooks,
    tables: Callable[[int, int], Sequence[Register]],
    decisions: Sequence[Decision],
    decided: Collection[int],
) -> tuple[tuple[int, Register], ...]:
    """Each stake that choices of one rational actor can move, with what it is worth; nothing where there are others.

    Parameters
    ----------
    tables : from a variable and an actor, what decides the variable by that actor's lights.
    decided : choices whose rules are known or tried. Others are solved later and cannot change which rules are best,
        so that each of their options counts alike.
    """
    actor, model = decisions[0].actor, program.model
    if model.behaviour != "rational" or any(decision.actor != actor for decision in decisions):
        return ()
    later = {decision.variable for decision in model.decisions}.difference(decided)
    found = []
    for utility in sorted({utility for decision in decisions for utility in outlooks.needs(decision)}):
        asked = ancestors(outlooks.graph(actor), model.utilities[utility].axes) - later
        operands = [register for variable in sorted(asked) for register in tables(variable, actor)]
        found.append((utility, program.contract([*operands, program.add(Value(utility))], frozenset())))
    return tuple(found)
