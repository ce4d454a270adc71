"""A plan for the chances of combinations of states: of several variables at once, with all the evidence."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from melian.case.dependence import ancestors
from melian.model.diagram import Model
from melian.plan.bounds import too_wide
from melian.plan.make import all_of, seen_among, small_plan, solved_rules, tables_of, witnesses_of
from melian.plan.plan import Enquiry, Plan
from melian.plan.program import Program, TooWideError
from melian.plan.relevance import Outlooks
from melian.plan.steps import Axes, Event, Fixed, Register


def plan_joints(model: Model, enquiry: Enquiry, wanted: Iterable[Axes]) -> Plan:
    """Plan how to find the chance of every combination of states of some variables, and of the evidence with it.

    Parameters
    ----------
    wanted : sets of variables, each rising; the number of variables stands for the event's own axis (does not hold,
        holds). A variable that is observed has chance 0 in every state but the one seen.

    Raises
    ------
    PlanError
        As for `melian.plan.make.make_plan`.
    """
    program = Program(model, frozenset(enquiry.do))
    witnesses = witnesses_of(program, enquiry)
    wanted = tuple(dict.fromkeys(wanted))
    known = {*enquiry.observe, *enquiry.among}.union(*(program.axes[register] for register in witnesses.values()))
    needs = {axes: _needed(program, enquiry, known, axes) for axes in ((), *wanted)}
    try:
        rules, stages = solved_rules(program, enquiry.do if enquiry.announced else {}, set().union(*needs.values()))
        tables = {axes: tables_of(program, rules, enquiry.do, needed) for axes, needed in needs.items()}
        found = {axes: _joint(program, all_of(tables[axes]), [*witnesses.values()], enquiry, axes) for axes in needs}
    except TooWideError as problem:
        raise too_wide(program, problem.axes) from None
    return replace(small_plan(program, found[()], stages, {}), joints={axes: found[axes] for axes in wanted})


def _needed(program: Program, enquiry: Enquiry, known: Collection[int], axes: Axes) -> set[int]:
    """Variables on which the chance of these axes and of the evidence depends."""
    graph = Outlooks(program.model, frozenset(enquiry.do)).graph(None)
    event = set(program.model.event.axes) if program.event_axis in axes or not axes else set()
    return ancestors(graph, {*known, *event, *axes} - {program.event_axis})


def _joint(
    program: Program, tables: Iterable[Register], witnesses: Iterable[Register], enquiry: Enquiry, axes: Axes
) -> Register:
    """Register over these axes; over the event's own where there are none, as every plan needs it."""
    seen = enquiry.observe
    operands = [*(program.pick(register, seen) for register in tables), *witnesses, *seen_among(program, enquiry)]
    operands += [program.add(Fixed(axis, seen[axis])) for axis in axes if axis in seen]
    keep = set(axes) or {program.event_axis}
    if program.event_axis in keep:
        operands.append(program.pick(program.add(Event()), seen))
    return program.contract(operands, keep)
