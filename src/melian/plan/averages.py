"""A plan for rules on average over minds, as those see them who cannot read these minds."""

from collections.abc import Mapping
from dataclasses import replace

from melian.model.diagram import Model
from melian.plan.bounds import too_wide
from melian.plan.make import small_plan, solved_rules
from melian.plan.plan import Plan
from melian.plan.program import Program, TooWideError
from melian.plan.steps import Average, Event, Register

__all__ = ["hidden_choices", "plan_averages"]


def hidden_choices(model: Model, known: Mapping[int, int]) -> tuple[int, ...]:
    """Choices that their actors still make and whose rules somebody knows on average only."""
    owners = {owner for _, owner in model.minds.hidden}
    return tuple(d.variable for d in model.decisions if d.actor in owners and d.variable not in known)


def plan_averages(model: Model, known: Mapping[int, int]) -> Plan:
    """Plan how to find, for each hidden choice, the chance of its options together with the earlier moves of its mind.

    Over many minds the mean of that product of rules, divided by its sum over the options, is the average rule: each
    mind counts by the chance that it would have made those moves.

    Parameters
    ----------
    known : variable to state, of what is brought about and the actors know of.

    Raises
    ------
    PlanError
        As for `melian.plan.make.make_plan`.
    """
    program = Program(model, frozenset(known))
    try:
        rules, stages = solved_rules(program, known)
        found = {choice: _with_earlier_moves(program, rules, choice) for choice in hidden_choices(model, known)}
        nothing = program.total(program.add(Event()), {program.event_axis})
        return replace(small_plan(program, nothing, stages, {}), averaged=found)
    except TooWideError as problem:
        raise too_wide(program, problem.axes) from None


def _with_earlier_moves(program: Program, rules: Mapping[int, Register], choice: int) -> Register:
    """Product of the rule of a choice and those of the earlier moves of the same mind, over the axes of its average."""
    register = rules[choice]
    for move in program.model.minds.memory[choice]:
        if move in rules:
            both = {*program.axes[register], *program.axes[rules[move]]}
            register = program.product(register, rules[move], both)
    assert set(program.axes[register]) <= set(program.axes[program.add(Average(choice))])
    return register
