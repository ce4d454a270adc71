"""Model to plan: the choices in an order in which each can be solved, then the analyst's own calculation."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from melian.case.dependence import Requisite, ancestors, reached_from
from melian.model.diagram import Decision, Model
from melian.plan.alone import worth_alone
from melian.plan.bounds import refuse_if_too_large, refuse_if_too_many, too_wide
from melian.plan.cost import cost_of
from melian.plan.plan import Enquiry, Plan, Stage
from melian.plan.program import Program, TooWideError
from melian.plan.relevance import Outlooks, relies_on, seen_that_matters, solving_order
from melian.plan.steps import (
    Among,
    Average,
    Axes,
    Event,
    Fixed,
    Guess,
    Register,
    Registers,
    Respond,
    Settle,
    Term,
    Value,
    Witness,
)


def make_plan(model: Model, enquiry: Enquiry | None = None) -> Plan:
    """Plan how to solve a model.

    Raises
    ------
    PlanError
        If a table, or a number of choices that answer each other, would grow beyond bounds.
    """
    enquiry = enquiry or Enquiry()
    program = Program(model, frozenset(enquiry.do))
    try:
        return _plan(program, enquiry)
    except TooWideError as problem:
        raise too_wide(program, problem.axes) from None


def _plan(program: Program, enquiry: Enquiry) -> Plan:
    rules, stages = solved_rules(program, enquiry.do if enquiry.announced else {})
    tables = tables_of(program, rules, enquiry.do, range(len(program.model.variables)))
    joint, marginals, without = _posterior(program, tables, enquiry)
    prior = _prior(program, tables, enquiry)
    found = small_plan(program, joint, stages, {})
    return replace(found, rules=rules, prior=prior, marginals=marginals, without=without)


def plan_evidence(model: Model, enquiry: Enquiry | None = None) -> Plan:
    """Plan how to find the chance of the evidence and of the event, and nothing else: a third of the whole work.

    Raises
    ------
    PlanError
        As for `make_plan`.
    """
    enquiry = enquiry or Enquiry()
    program = Program(model, frozenset(enquiry.do))
    witnesses = witnesses_of(program, enquiry)
    asked = asked_about(program, witnesses, enquiry, None)
    rules, stages = solved_rules(program, enquiry.do if enquiry.announced else {}, asked)
    joint = _chance(program, rules, witnesses, enquiry, None)
    return small_plan(program, joint, stages, {})


def plan_subsets(
    model: Model, enquiry: Enquiry, subsets: Iterable[frozenset[int]], hypotheses: int | None = None
) -> Plan:
    """Plan how to find the chance of parts of the evidence, and of each hypothesis with them.

    Parameters
    ----------
    subsets : sets of origins, by their places in the model's evidence; each is taken as all the evidence there is.
    hypotheses : variable whose states are the hypotheses; that the event does not happen, and that it does, where None.

    Raises
    ------
    PlanError
        As for `make_plan`.
    """
    program = Program(model, frozenset(enquiry.do))
    witnesses = witnesses_of(program, enquiry)
    asked = asked_about(program, witnesses, enquiry, hypotheses) | asked_about(program, witnesses, enquiry, None)
    rules, stages = solved_rules(program, enquiry.do if enquiry.announced else {}, asked)
    found = {
        held: _chance(program, rules, {o: r for o, r in witnesses.items() if o in held}, enquiry, hypotheses)
        for held in subsets
    }
    return small_plan(program, _chance(program, rules, {}, enquiry, None), stages, found)


def small_plan(
    program: Program, joint: Register, stages: tuple[Stage, ...], subsets: Mapping[frozenset[int], Register]
) -> Plan:
    """Plan of a chance of the event, and of what else is asked, without the marginals and rules."""
    cost = cost_of(program)
    refuse_if_too_large(program, cost)
    return Plan(
        steps=tuple(program.steps),
        axes=tuple(program.axes),
        rules={},
        joint=joint,
        prior=joint,
        marginals={},
        without={},
        event_axis=program.event_axis,
        layout=program.layout,
        stages=stages,
        cost=cost,
        subsets=subsets,
        forced=program.forced,
        known=program.known,
    )


# The actors' calculations


@dataclass(frozen=True, slots=True)
class _Play:
    """What decides each variable when a choice is made: interventions, the rules found so far, and else the tables."""

    program: Program
    outlooks: Outlooks
    do: Mapping[int, int]
    rules: Mapping[int, Register]

    def tables(self, variable: int, actor: int | None = None) -> Registers:
        """Registers whose product decides a variable as an actor (None: the analyst) sees it; the last has its axis."""
        if variable in self.do:
            return (self.program.add(Fixed(variable, self.do[variable])),)
        if self.program.model.is_hidden(variable, actor):
            return (self.program.add(Average(variable)),)
        if variable in self.rules:
            return (self.rules[variable],)
        believed = actor if actor is not None and (actor, variable) in self.program.model.beliefs else None
        return self.program.chances(variable, believed)


def solved_rules(
    program: Program, do: Mapping[int, int], wanted: Collection[int] | None = None
) -> tuple[dict[int, Register], tuple[Stage, ...]]:
    """Solve every choice that `do` leaves to its actor and that is wanted, each after those that it relies on."""
    rules: dict[int, Register] = {}
    program.known = do
    play = _Play(program, Outlooks(program.model, frozenset(do)), do, rules)
    relied = relies_on(play.outlooks)
    if wanted is not None:
        kept = reached_from(relied, wanted)
        relied = {choice: others for choice, others in relied.items() if choice in kept}
    stages, decisions = [], {d.variable: d for d in program.model.decisions if d.variable in relied}
    for component in solving_order(relied):
        earlier = set().union(*(relied[variable] for variable in component)) - set(component)
        if len(component) == 1:
            rules[component[0]] = _respond(play, decisions[component[0]])
        else:
            rules |= _settle(play, [decisions[variable] for variable in component])
        unknown = sum(program.n_unknown(rules[variable]) for variable in component if len(component) > 1)
        stages.append(Stage(component, tuple(sorted(earlier)), unknown))
    return {variable: rules[variable] for variable in decisions}, tuple(stages)


def informed_rules(
    program: Program, rules: Mapping[int, Register], do: Mapping[int, int], informed: Model, choices: Iterable[int]
) -> dict[int, Register]:
    """Answer some choices anew in a model in which they see more, while all other rules stay as they are."""
    found = dict(rules)
    decisions = {decision.variable: decision for decision in informed.decisions}
    for choice in choices:
        play = _Play(program, Outlooks(informed, frozenset(do)), do, {v: r for v, r in found.items() if v != choice})
        found[choice] = _respond(play, decisions[choice])
    return found


def _settle(play: _Play, decisions: Sequence[Decision]) -> dict[int, Register]:
    """Solve choices that answer each other together; their rules are the guesses that come to rest."""
    program, guesses = play.program, {}
    for decision in decisions:
        axes = {decision.variable, *seen_that_matters(play.outlooks, decision)}
        guesses[decision.variable] = program.add(Guess(decision.variable, tuple(sorted(axes))))
    answers, rules = [], {**play.rules, **guesses}
    for decision in decisions:
        reckoned = replace(play, rules={v: r for v, r in rules.items() if v != decision.variable})
        answers.append(_respond(reckoned, decision, program.axes[guesses[decision.variable]]))
    refuse_if_too_many(program, list(guesses.values()))
    worth = worth_alone(program, play.outlooks, replace(play, rules=rules).tables, decisions, {*rules, *play.do})
    program.add(Settle(tuple(guesses.values()), tuple(answers), worth))
    return guesses


def _respond(play: _Play, decision: Decision, axes: Axes = ()) -> Register:
    """Answer of a choice to the rules of others; `axes` where the answer is to have more axes than it depends on."""
    program = play.program
    terms = [_term(play, utility, decision, need) for utility, need in play.outlooks.needs(decision).items()]
    found = {*decision.options.axes, *axes}.union(*(program.axes[term.expectation] for term in terms))
    found = found.union(*(program.axes[term.reach] for term in terms if term.reach is not None))
    return program.add(Respond(decision.variable, decision.actor, tuple(terms), tuple(sorted(found))))


def _term(play: _Play, utility: int, decision: Decision, need: Requisite[int]) -> Term:
    """Expectation of a stake given what the actor knows and each option, over the chance of knowing that."""
    program, known = play.program, frozenset({decision.variable, *decision.sees})
    operands = [table for variable in sorted(need.tables) for table in play.tables(variable, decision.actor)]
    expectation = program.contract([*operands, program.add(Value(utility))], known)
    reach = program.contract(operands, known) if need.tables & known else None
    return Term(utility, expectation, reach)


# The analyst's calculation


def tables_of(
    program: Program, rules: Mapping[int, Register], do: Mapping[int, int], variables: Iterable[int]
) -> dict[int, Registers]:
    """Registers of what decides some variables, by the analyst's own tables."""
    play = _Play(program, Outlooks(program.model), do, rules)
    return {variable: play.tables(variable) for variable in sorted(variables)}


def all_of(tables: Mapping[int, Registers]) -> list[Register]:
    """Registers of several variables, one after the other."""
    return [register for registers in tables.values() for register in registers]


def _posterior(
    program: Program, tables: Mapping[int, Registers], enquiry: Enquiry
) -> tuple[Register, dict[int, Register], dict[int, Register]]:
    """Joint chance of evidence and event, that of each variable's states too, and that without each origin's reports.

    Of what is observed only the state that was seen counts, so every table is read there and is that much smaller.
    """
    seen, event = enquiry.observe, {program.event_axis}
    chances = {variable: program.pick(registers[-1], seen) for variable, registers in tables.items()}
    witnesses = witnesses_of(program, enquiry)
    joint = _joint(program, tables, witnesses, enquiry)
    slopes = program.derivatives(joint, [*chances.values(), *witnesses.values()])
    marginals = {
        variable: program.product(program.add(Fixed(variable, seen[variable])), joint, {variable} | event)
        if variable in seen
        else program.product(register, slopes[register], {variable} | event)
        for variable, register in chances.items()
    }
    without = {origin: program.total(slopes[register], event) for origin, register in witnesses.items()}
    return joint, marginals, without


def seen_among(program: Program, enquiry: Enquiry) -> list[Register]:
    """Registers of what was seen to be one of several states."""
    found = (program.add(Among(variable, states)) for variable, states in sorted(enquiry.among.items()))
    return [program.pick(register, enquiry.observe) for register in found]


def witnesses_of(program: Program, enquiry: Enquiry) -> dict[int, Register]:
    """Registers of what each origin of reports says, read where something was observed."""
    return {
        index: program.pick(program.add(Witness(index)), enquiry.observe)
        for index, origin in enumerate(program.model.evidence)
        if not set(origin.axes) & set(enquiry.do)  # what was forced says nothing about what would have been chosen
    }


def _joint(
    program: Program,
    tables: Mapping[int, Registers],
    witnesses: Mapping[int, Register],
    enquiry: Enquiry,
    hypotheses: int | None = None,
) -> Register:
    """Register of the chance of the evidence and of each hypothesis: no event and the event, or a variable's states."""
    seen = enquiry.observe
    operands = [program.pick(register, seen) for register in all_of(tables)]
    operands += [*witnesses.values(), *seen_among(program, enquiry)]
    if hypotheses is None:
        return program.contract([*operands, program.pick(program.add(Event()), seen)], {program.event_axis})
    if hypotheses in seen:
        operands.append(program.add(Fixed(hypotheses, seen[hypotheses])))
    return program.contract(operands, {hypotheses})


def _chance(
    program: Program,
    rules: Mapping[int, Register],
    witnesses: Mapping[int, Register],
    enquiry: Enquiry,
    hypotheses: int | None,
) -> Register:
    """Like `_joint`, from those tables only that can make a difference."""
    asked = asked_about(program, witnesses, enquiry, hypotheses)
    tables = tables_of(program, rules, enquiry.do, asked)
    return _joint(program, tables, witnesses, enquiry, hypotheses)


def asked_about(
    program: Program, witnesses: Mapping[int, Register], enquiry: Enquiry, hypotheses: int | None
) -> set[int]:
    """Variables on which the chance of hypotheses and reports depends."""
    asked = {*enquiry.observe, *enquiry.among, *(program.model.event.axes if hypotheses is None else [hypotheses])}
    asked = asked.union(*(program.axes[register] for register in witnesses.values()))
    return ancestors(Outlooks(program.model, frozenset(enquiry.do)).graph(None), asked)


def _prior(program: Program, tables: Mapping[int, Registers], enquiry: Enquiry) -> Register:
    """Chance of the event before any evidence, from the nodes that can influence it."""
    graph = Outlooks(program.model, frozenset(enquiry.do)).graph(None)
    needed = sorted(ancestors(graph, program.model.event.axes))
    operands = all_of({variable: tables[variable] for variable in needed})
    return program.contract([*operands, program.add(Event())], {program.event_axis})
