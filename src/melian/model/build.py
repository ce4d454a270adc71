"""Case to model: names become indices, judgements become parameters, rules become tables of slots.

The parameters come first, in the order in which they are drawn: what bears on the event, then evidence, then the rest.
So a factor that has nothing to do with the question, added to a case, takes its dimensions of the unit cube after all
others and changes no digit of the answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from melian.case.case import (
    Case,
    Choice,
    Condition,
    Influences,
    Name,
    Report,
    Stakes,
    Table,
    Test,
)
from melian.case.functions import Function
from melian.model.bearing import bearing
from melian.model.diagram import (
    Decision,
    EventTable,
    FactorTable,
    InfluenceTable,
    Model,
    OpenTable,
    Origin,
    RowTable,
    Slots,
    Testimony,
    Utility,
    Variable,
)
from melian.model.evidence import group, likelihood_key, likelihoods, manner_key, reliability_key, strength_key
from melian.model.functional import Scope, function_table
from melian.model.judged import key_of
from melian.model.minds import minds_of
from melian.model.parameter import Parameter
from melian.model.parameters import parameters_of, strengths
from melian.model.shared import join_shared, with_correlations
from melian.model.wide_event import with_event_as_factor

Booleans = NDArray[np.bool_]


def build_model(case: Case) -> Model:
    """Build the diagram of a sound case.

    Raises
    ------
    ValueError, KeyError
        If the case is not sound; the rules of soundness are what keeps a user's case from getting here.
    """
    case = with_event_as_factor(case)
    joined = join_shared(case, parameters_of(case))
    correlated = with_correlations(case, joined.parameters)
    parameters = tuple(sorted(correlated, key=bearing(case)))
    model = _Builder(case, parameters, joined.aliases).model()
    return replace(model, minds=minds_of(model))


# The diagram over slots


class _Builder:
    """Holds the names' indices and the parameters' slots while tables are made."""

    def __init__(self, case: Case, parameters: tuple[Parameter, ...], aliases: Mapping[str, str]) -> None:
        self.case = case
        self.parameters = parameters
        self.slots: dict[str, Slots] = {}
        first = 0
        for parameter in parameters:
            self.slots[parameter.name] = np.arange(first, first + parameter.n_slots)
            first += parameter.n_slots
        self.slots |= {alias: self.slots[name] for alias, name in aliases.items()}
        self.variables = tuple(
            Variable(
                index,
                node.name,
                "choice" if isinstance(node, Choice) else "factor",
                tuple(state.name for state in node.states),
            )
            for index, node in enumerate(case.nodes.values())
        )
        self.index = {variable.name: variable.index for variable in self.variables}
        self.actors = {actor.name: index for index, actor in enumerate(case.actors)}

    def model(self) -> Model:
        case = self.case
        tables = {self.index[f.name]: self.table(("factor", f.name), f.name, f.table) for f in case.factors}
        beliefs = {
            (self.actors[b.actor.text], self.index[b.factor.text]): self.table(
                ("belief", b.actor.text, b.factor.text), b.factor.text, b.table
            )
            for b in case.beliefs
        }
        return Model(
            case=case,
            behaviour=case.behaviour,
            variables=self.variables,
            actors=tuple(actor.name for actor in case.actors),
            tables=tables,
            beliefs=beliefs,
            decisions=tuple(self.decision(choice) for choice in case.choices),
            utilities=tuple(utility for stakes in case.stakes for utility in self.utilities(stakes)),
            precision=tuple(int(self.slots[f"precision {actor.name}"][0]) for actor in case.actors),
            evidence=self.evidence(),
            event=self.event(case.question.event),
            parameters=self.parameters,
        )

    def decision(self, choice: Choice) -> Decision:
        sees = tuple(sorted(self.index[name.text] for name in choice.sees))
        return Decision(self.index[choice.name], self.actors[choice.actor.text], sees, self.options(choice))

    def options(self, choice: Choice) -> OpenTable:
        own = self.index[choice.name]
        whens = {place: state.available.when for place, state in enumerate(choice.states) if state.available}
        axes = self.axes([test.node for when in whens.values() for test in when.tests()], own)
        is_open = np.ones(self.shape(axes), dtype=bool)
        for place, when in whens.items():
            option = (slice(None),) * axes.index(own) + (place,)
            is_open[option] = self.condition(when, axes)[option]
        return OpenTable(own, axes, is_open)

    def axes(self, names: Sequence[Name], *own: int) -> tuple[int, ...]:
        return tuple(sorted({self.index[name.text] for name in names} | set(own)))

    def shape(self, axes: Sequence[int]) -> tuple[int, ...]:
        return tuple(self.variables[axis].n_states for axis in axes)

    def holds(self, tests: Sequence[Test], axes: Sequence[int]) -> Booleans:
        """Where all tests hold, over the combinations of states of the axes."""
        found = np.ones(self.shape(axes), dtype=bool)
        for test in tests:
            axis = self.index[test.node.text]
            states = self.variables[axis].states
            hit = np.isin(np.arange(len(states)), [states.index(state.text) for state in test.states])
            shape = [1] * len(axes)
            shape[list(axes).index(axis)] = len(states)
            found &= hit.reshape(shape)
        return found

    def table(self, about: tuple[str, ...], name: str, table: Table) -> FactorTable:
        own = self.index[name]
        if isinstance(table, Function):
            return function_table(name, table, self.scope(about))
        if isinstance(table, Influences):
            return self.influence_table(about, own, table)
        axes = self.axes(table.given, own)
        parents = tuple(axis for axis in axes if axis != own)
        rule_of = self.first_rule([rule.when for rule in table.rules], parents)
        rows = np.stack([self.slots[key_of(*about, index)] for index in range(len(table.rules))])
        return RowTable(axes, np.ascontiguousarray(np.moveaxis(rows[rule_of], -1, axes.index(own))))

    def scope(self, about: tuple[str, ...]) -> Scope:
        """What the table of a function is built from."""
        states = {variable.name: variable.states for variable in self.variables}
        return Scope(states, self.index, lambda *form: self.slots[key_of(*about, *form)], self.condition)

    def first_rule(self, whens: Sequence[Sequence[Test]], axes: Sequence[int]) -> Slots:
        """Return the index of the first rule that matches, over the combinations of states of the axes."""
        found = np.full(self.shape(axes), -1, dtype=np.intp)
        for index, when in enumerate(whens):
            found[(found < 0) & self.holds(when, axes)] = index
        if (found < 0).any():
            raise ValueError("first_rule(): a combination is covered by no rule")
        return found

    def influence_table(self, about: tuple[str, ...], own: int, table: Influences) -> InfluenceTable:
        axes = self.axes(table.given, own)
        parents = tuple(axis for axis in axes if axis != own)
        states = self.variables[own].states
        shifts, active = [], []
        for index, rule in enumerate(table.influences):
            where = self.holds(rule.when, parents).ravel()
            for form, row in strengths(rule):
                for name, _ in row.entries:
                    slot = int(self.slots[key_of(*about, form, index, name.text)][0])
                    shifts.append((states.index(name.text), slot))
                    active.append(where if form == "influence" else ~where)
        n_combinations = int(np.prod(self.shape(parents), dtype=int))
        on = np.array(active, dtype=bool).reshape(len(shifts), n_combinations).T
        patterns, pattern_of = np.unique(on, axis=0, return_inverse=True)
        return InfluenceTable(
            axes,
            self.slots[key_of(*about, "base")],
            tuple(shifts),
            patterns,
            pattern_of.reshape(self.shape(parents)),
            axes.index(own),
        )

    def utilities(self, stakes: Stakes) -> list[Utility]:
        actor = self.actors[stakes.actor.text]
        found = []
        for index, stake in enumerate(stakes.stakes):
            axes = self.axes(stake.given)
            rule_of = self.first_rule([rule.when for rule in stake.rules], axes)
            keys = (key_of("stake", stakes.actor.text, stake.name, rule) for rule in range(len(stake.rules)))
            values = np.array([self.slots[key][0] for key in keys])
            weight = int(self.slots[key_of("weights", stakes.actor.text)][index])
            found.append(Utility(stake.name, actor, weight, axes, values[rule_of]))
        return found

    def evidence(self) -> tuple[Origin, ...]:
        """Group the reports that count by origin; a report that names none is its own."""
        groups: dict[str, list[Report]] = {}
        for report in self.case.evidence:
            if self.case.counts(report):
                groups.setdefault(group(self.case, report), []).append(report)
        found = []
        for reports in groups.values():
            name = self.case.origins[reports[0].name]
            axes = self.axes([report.bears_on for report in reports])
            found.append(Origin(name, axes, tuple(self.testimony(report) for report in reports)))
        return tuple(found)

    def testimony(self, report: Report) -> Testimony:
        variable = self.index[report.bears_on.text]
        if report.is_believed:
            told = tuple(self.slot(strength_key(report, state)) for state in self.variables[variable].states)
            return Testimony(report.name, variable, told, *[self.slot(strength_key(report, ""))] * 2)
        said = likelihoods(report)
        keys = (
            likelihood_key(self.case, report, name, said[name])
            for state in self.variables[variable].states
            for name in (state if state in said else "others",)
        )
        return Testimony(
            report.name,
            variable,
            tuple(int(self.slots[key][0]) for key in keys),
            int(self.slots[manner_key(self.case, report, "anyway")][0]),
            int(self.slots[reliability_key(self.case, report)][0]),
            self.deception(report),
        )

    def slot(self, key: str) -> int:
        return int(self.slots[key][0])

    def deception(self, report: Report) -> int | None:
        if self.case.deceptive_of(report) is None:
            return None
        return int(self.slots[manner_key(self.case, report, "deceptive")][0])

    def event(self, condition: Condition) -> EventTable:
        axes = self.axes([test.node for test in condition.tests()])
        return EventTable(axes, self.condition(condition, axes))

    def condition(self, condition: Condition | Test, axes: Sequence[int]) -> Booleans:
        if isinstance(condition, Test):
            return self.holds([condition], axes)
        parts = [self.condition(part, axes) for part in condition.parts]
        joined: Booleans = np.logical_or.reduce(parts) if condition.kind == "any" else np.logical_and.reduce(parts)
        return joined
