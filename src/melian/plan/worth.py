"""What the case is worth to an actor: its stakes under the evidence, and how it reckons when it chooses.

The two are not the same. What stakes are worth is the analyst's calculation, by the analyst's tables and with the
evidence. How an actor reckons is its own: by its beliefs, without the reports, given what it sees.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from melian.case.dependence import ancestors
from melian.model.diagram import Model
from melian.plan.bounds import too_wide
from melian.plan.make import (
    all_of,
    asked_about,
    informed_rules,
    seen_among,
    small_plan,
    solved_rules,
    tables_of,
    witnesses_of,
)
from melian.plan.plan import Enquiry, Plan
from melian.plan.program import Program, TooWideError
from melian.plan.relevance import Outlooks
from melian.plan.steps import Event, Fixed, Guess, Reckoning, Register, Respond, Settle, Value


def plan_worth(model: Model, enquiry: Enquiry, actors: Collection[int]) -> Plan:
    """Plan how to find what each stake of some actors is worth, and the chances of the evidence and of the event.

    Raises
    ------
    PlanError
        As for `melian.plan.make.make_plan`.
    """
    program = Program(model, frozenset(enquiry.do))
    try:
        witnesses = witnesses_of(program, enquiry)
        own = {index: utility.axes for index, utility in enumerate(model.utilities) if utility.actor in actors}
        asked = asked_about(program, witnesses, enquiry, None) | {axis for axes in own.values() for axis in axes}
        graph = Outlooks(model, frozenset(enquiry.do)).graph(None)
        rules, stages = solved_rules(program, _known(enquiry), ancestors(graph, asked))
        sought = _Sought(program, rules, witnesses, enquiry)
        joint = sought.chance(program.add(Event()), {program.event_axis})
        stakes = {index: sought.chance(program.add(Value(index)), ()) for index in own}
        return replace(small_plan(program, joint, stages, {}), stakes=stakes)
    except TooWideError as problem:
        raise too_wide(program, problem.axes) from None


def plan_secret(
    model: Model, informed: Model, enquiry: Enquiry, actors: Collection[int], choices: Sequence[int]
) -> Plan:
    """Plan like `plan_worth` where some choices see more in secret: nobody else knows, and all others stay as they are.

    Parameters
    ----------
    informed : the model in which they see more.
    choices : those who do, in the order in which they are to be answered: later ones first.

    Raises
    ------
    PlanError
        As for `melian.plan.make.make_plan`.
    """
    program = Program(model, frozenset(enquiry.do))
    try:
        witnesses = witnesses_of(program, enquiry)
        unaware, stages = solved_rules(program, _known(enquiry))
        rules = informed_rules(program, unaware, _known(enquiry), informed, choices)
        sought = _Sought(program, rules, witnesses, enquiry, informed)
        joint = sought.chance(program.add(Event()), {program.event_axis})
        own = [index for index, utility in enumerate(model.utilities) if utility.actor in actors]
        stakes = {index: sought.chance(program.add(Value(index)), ()) for index in own}
        return replace(small_plan(program, joint, stages, {}), stakes=stakes)
    except TooWideError as problem:
        raise too_wide(program, problem.axes) from None


def plan_reckoning(model: Model, enquiry: Enquiry, actors: Collection[int]) -> Plan:
    """Plan how to find what every option of some actors' choices brings them, as they see it, in each situation.

    Raises
    ------
    PlanError
        As for `melian.plan.make.make_plan`.
    """
    program = Program(model, frozenset(enquiry.do))
    try:
        rules, stages = solved_rules(program, _known(enquiry))
        sought = _Sought(program, rules, witnesses_of(program, enquiry), enquiry)
        joint = sought.chance(program.add(Event()), {program.event_axis})
        own = {decision.variable for decision in model.decisions if decision.actor in actors}
        reckonings = {
            choice: Reckoning(rule, _reckoned(program, rule).terms, sought.situations(choice))
            for choice, rule in rules.items()
            if choice in own
        }
        return replace(small_plan(program, joint, stages, {}), reckonings=reckonings)
    except TooWideError as problem:
        raise too_wide(program, problem.axes) from None


def _known(enquiry: Enquiry) -> Mapping[int, int]:
    """What the actors know to be brought about."""
    return enquiry.do if enquiry.announced else {}


def _reckoned(program: Program, rule: Register) -> Respond:
    """Step that reckons a rule; of choices that are settled together it is the answer to the guess."""
    step = program.steps[rule]
    if isinstance(step, Guess):
        settled = (each for each in program.steps if isinstance(each, Settle) and rule in each.guesses)
        found = next(settled)
        step = program.steps[found.answers[found.guesses.index(rule)]]
    assert isinstance(step, Respond)
    return step


class _Sought:
    """The analyst's sums over everything, with the evidence, from those tables only that can make a difference."""

    def __init__(
        self,
        program: Program,
        rules: Mapping[int, Register],
        witnesses: Mapping[int, Register],
        enquiry: Enquiry,
        informed: Model | None = None,
    ) -> None:
        self.program, self.rules, self.witnesses, self.enquiry = program, rules, witnesses, enquiry
        self.graph = Outlooks(informed or program.model, frozenset(enquiry.do)).graph(None)
        self.axes = {*enquiry.observe, *enquiry.among}.union(
            *(program.axes[register] for register in witnesses.values())
        )

    def chance(self, last: Register, keep: Collection[int]) -> Register:
        """Sum of the chance of everything with the evidence, times a register."""
        program, seen = self.program, self.enquiry.observe
        axes = {axis for axis in program.axes[last] if axis != program.event_axis}
        return program.contract([*self._operands(self.axes | axes), program.pick(last, seen)], keep)

    def situations(self, choice: int) -> Register:
        """Chance of what is seen before a choice, as far as its rule depends on it."""
        program, seen = self.program, self.enquiry.observe
        keep = {axis for axis in program.axes[self.rules[choice]] if axis != choice}
        fixed = [program.add(Fixed(axis, seen[axis])) for axis in sorted(keep & seen.keys())]
        return program.contract([*self._operands(self.axes | keep | {choice}), *fixed], keep)

    def _operands(self, axes: Collection[int]) -> list[Register]:
        program, needed = self.program, ancestors(self.graph, axes)
        tables = tables_of(program, self.rules, self.enquiry.do, needed)
        picked = [program.pick(register, self.enquiry.observe) for register in all_of(tables)]
        return [*picked, *self.witnesses.values(), *seen_among(program, self.enquiry)]
