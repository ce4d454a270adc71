"""Case to model: names become indices, judgements become parameters, rules become tables of slots.

The parameters come first, in the order in which they are drawn: what bears on the event, then evidence, then the rest.
So a factor that has nothing to do with the question, added to a case, takes its dimensions of the unit cube after all
others and changes no digit of the answer.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from melian.case.case import (
    Actor,
    Case,
    Chances,
    Choice,
    Condition,
    Influences,
    Name,
    Report,
    Row,
    Rule,
    Stakes,
    Table,
    Test,
)
from melian.case.grades import RELIABILITY, UNGRADED
from melian.case.judgement import Judgement
from melian.model import distribution as family
from melian.model.bearing import bearing
from melian.model.diagram import (
    Decision,
    EventTable,
    FactorTable,
    InfluenceTable,
    Model,
    Origin,
    RowTable,
    Slots,
    Testimony,
    Utility,
    Variable,
)
from melian.model.distribution import Distribution
from melian.model.judged import Ground, distribution_of
from melian.model.parameter import Order, Parameter, Scalar, Shared, Tied
from melian.model.parameter import Row as RowParameter
from melian.model.shared import join_shared, shared_key

Booleans = NDArray[np.bool_]
Manner = Literal["anyway", "deceptive"]

ANYWAY_UNSAID = family.uniform(0.0, 1.0)
CERTAIN = family.point(1.0)


def build_model(case: Case) -> Model:
    """Build the diagram of a sound case.

    Raises
    ------
    ValueError, KeyError
        If the case is not sound; the rules of soundness are what keeps a user's case from getting here.
    """
    joined = join_shared(case, _parameters(case))
    parameters = tuple(sorted(joined.parameters, key=bearing(case)))
    return _Builder(case, parameters, joined.aliases).model()


# Parameters


def _parameters(case: Case) -> list[Parameter]:
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
    return found + _evidence_parameters(case)


def _precision_parameter(actor: Actor) -> Scalar:
    said = actor.precision
    ground = Ground("precision", (actor.name,), said.text, said.span, actor.provenance, said.shared)
    return Scalar(f"precision {actor.name}", distribution_of(said), actor.name, ground)


def _key(*parts: object) -> str:
    return " ".join(str(part) for part in parts)


def _table_parameters(about: tuple[str, ...], table: Table, states: Sequence[str]) -> list[Parameter]:
    if isinstance(table, Chances):
        return [_row_parameter(about, index, rule.outcome, states) for index, rule in enumerate(table.rules)]
    found: list[Parameter] = [_row_parameter(about, "base", table.base, states)]
    for index, rule in enumerate(table.influences):
        for form, row in _strengths(rule):
            for name, judgement in row.entries:
                found.append(_scalar(_key(*about, form, index, name.text), about, judgement))
    return found


def _strengths(rule: Rule[Row]) -> list[tuple[str, Row]]:
    """What an influence shifts where its tests hold and, if it says so, where they do not."""
    return [("influence", rule.outcome)] + ([("otherwise", rule.otherwise)] if rule.otherwise is not None else [])


def _row_parameter(about: tuple[str, ...], index: object, row: Row, states: Sequence[str]) -> Parameter:
    said = {name.text: judgement for name, judgement in row.entries}
    parts = tuple(_part(said[s]) if s in said else _others(row) for s in states)
    text = ", ".join(f"{name}: {judgement.text}" for name, judgement in row.entries)
    ground = Ground("belief" if about[0] == "belief" else "factor", about[1:], text, row.span, row.provenance)
    return _row_of(_key(*about, index), parts, about[-1], ground)


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


def _scalar(key: str, about: tuple[str, ...], judgement: Judgement) -> Scalar:
    kind = about[0]
    assert kind in ("factor", "belief", "stake", "report", "source")
    ground = Ground(
        kind,  # type: ignore[arg-type]
        about[1:],
        judgement.text,
        judgement.span,
        judgement.provenance,
        judgement.shared,
    )
    return Scalar(key, distribution_of(judgement), about[1], ground)


def _stake_parameters(stakes: Stakes) -> list[Parameter]:
    actor = stakes.actor.text
    found: list[Parameter] = [_weights_parameter(stakes)] if stakes.stakes else []
    for stake in stakes.stakes:
        for index, rule in enumerate(stake.rules):
            found.append(_scalar(_key("stake", actor, stake.name, index), ("stake", actor, stake.name), rule.outcome))
    return found


def _weights_parameter(stakes: Stakes) -> Parameter:
    actor, names = stakes.actor.text, [stake.name for stake in stakes.stakes]
    key = _key("weights", actor)
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


def _evidence_parameters(case: Case) -> list[Parameter]:
    found: dict[str, Parameter] = {}
    for report in case.evidence:
        key = _reliability_key(case, report)
        if key not in found:
            found[key] = Scalar(key, _reliability(case, report), None, _reliability_ground(case, report))
        about = ("report", report.name)
        for state, judgement in _likelihoods(report).items():
            key = _likelihood_key(report, state, judgement)
            found.setdefault(key, _scalar(key, about, judgement))
        for parameter in _manner_parameters(case, report):
            found.setdefault(parameter.name, parameter)
    return list(found.values())


def _manner_parameters(case: Case, report: Report) -> list[Parameter]:
    """How readily a report would be made anyway, and the chance that it says the opposite of what is so."""
    key, anyway = _manner_key(case, report, "anyway"), case.anyway_of(report)
    ground = Ground("report", (report.name,), "anyway: not said", report.span, report.provenance)
    unsaid = Scalar(key, ANYWAY_UNSAID, None, ground)
    found: list[Parameter] = [unsaid if anyway is None else _scalar(key, _whose(report, report.anyway), anyway)]
    deceptive = case.deceptive_of(report)
    if deceptive is not None:
        key = _manner_key(case, report, "deceptive")
        found.append(_scalar(key, _whose(report, report.deceptive), deceptive))
    return found


def _whose(report: Report, own: Judgement | None) -> tuple[str, str]:
    """What a judgement on the manner of a report is about: the report if it says so itself, else its source."""
    return ("report", report.name) if own is not None or report.source is None else ("source", report.source.text)


def _likelihoods(report: Report) -> dict[str, Judgement]:
    """Judgements of a report's row by state, `others` among them."""
    row = report.likelihood
    said = {name.text: judgement for name, judgement in row.entries}
    return said | ({"others": row.others} if row.others is not None else {})


def _group(report: Report) -> str:
    return f"origin {report.origin!r}" if report.origin else f"report {report.name}"


def _likelihood_key(report: Report, state: str, judgement: Judgement) -> str:
    """One draw an origin, node, state and wording: what one origin's reports say alike is one statement."""
    return _key(_group(report), report.bears_on.text, state, judgement.text)


def _manner_key(case: Case, report: Report, manner: Manner) -> str:
    """One draw an origin and wording where reports say so themselves; one a source where it does."""
    if manner == "anyway":
        own, said = report.anyway, case.anyway_of(report)
    else:
        own, said = report.deceptive, case.deceptive_of(report)
    if own is None and said is not None and report.source is not None:
        return _key("source", report.source.text, manner)
    return _key(_group(report), manner, own.text if own is not None else "unsaid")


def _reliability_key(case: Case, report: Report) -> str:
    """One draw a source and letter, shared by all its reports; where no source is named, by all of one origin."""
    if _is_certain(report):
        return "reliability certain"
    grade = case.grade_of(report)
    return _key(
        "reliability", report.source.text if report.source else _group(report), grade.letter if grade else UNGRADED
    )


def _is_certain(report: Report) -> bool:
    return report.is_certain or (report.source is None and report.grade is None)


def _reliability(case: Case, report: Report) -> Distribution:
    if _is_certain(report):
        return CERTAIN
    grade = case.grade_of(report)
    letter = grade.letter if grade else UNGRADED
    replaced = dict(case.grades).get(letter)
    return distribution_of(replaced) if replaced is not None else family.beta(*RELIABILITY[letter])


def _reliability_ground(case: Case, report: Report) -> Ground:
    grade = case.grade_of(report)
    name = report.source.text if report.source else report.name
    cited = case.citation(name)
    text = f"grade {grade}" if grade else "ungraded"
    provenance = cited.provenance if cited else report.provenance
    replaced = None if _is_certain(report) else dict(case.grades).get(grade.letter if grade else UNGRADED)
    shared = replaced.shared if replaced is not None else None
    return Ground("source", (name,), text, cited.span if cited else report.span, provenance, shared)


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
        return Decision(self.index[choice.name], self.actors[choice.actor.text], sees)

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
        if isinstance(table, Influences):
            return self.influence_table(about, own, table)
        axes = self.axes(table.given, own)
        parents = tuple(axis for axis in axes if axis != own)
        rule_of = self.first_rule([rule.when for rule in table.rules], parents)
        rows = np.stack([self.slots[_key(*about, index)] for index in range(len(table.rules))])
        return RowTable(axes, np.ascontiguousarray(np.moveaxis(rows[rule_of], -1, axes.index(own))))

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
            for form, row in _strengths(rule):
                for name, _ in row.entries:
                    slot = int(self.slots[_key(*about, form, index, name.text)][0])
                    shifts.append((states.index(name.text), slot))
                    active.append(where if form == "influence" else ~where)
        n_combinations = int(np.prod(self.shape(parents), dtype=int))
        on = np.array(active, dtype=bool).reshape(len(shifts), n_combinations).T
        patterns, pattern_of = np.unique(on, axis=0, return_inverse=True)
        return InfluenceTable(
            axes,
            self.slots[_key(*about, "base")],
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
            keys = (_key("stake", stakes.actor.text, stake.name, rule) for rule in range(len(stake.rules)))
            values = np.array([self.slots[key][0] for key in keys])
            weight = int(self.slots[_key("weights", stakes.actor.text)][index])
            found.append(Utility(stake.name, actor, weight, axes, values[rule_of]))
        return found

    def evidence(self) -> tuple[Origin, ...]:
        """Group the reports that count by origin; a report that names none is its own."""
        groups: dict[str, list[Report]] = {}
        for report in self.case.evidence:
            if self.case.counts(report):
                groups.setdefault(_group(report), []).append(report)
        found = []
        for reports in groups.values():
            name = reports[0].origin or reports[0].name
            axes = self.axes([report.bears_on for report in reports])
            found.append(Origin(name, axes, tuple(self.testimony(report) for report in reports)))
        return tuple(found)

    def testimony(self, report: Report) -> Testimony:
        variable = self.index[report.bears_on.text]
        said = _likelihoods(report)
        keys = (
            _likelihood_key(report, name, said[name])
            for state in self.variables[variable].states
            for name in (state if state in said else "others",)
        )
        return Testimony(
            report.name,
            variable,
            tuple(int(self.slots[key][0]) for key in keys),
            int(self.slots[_manner_key(self.case, report, "anyway")][0]),
            int(self.slots[_reliability_key(self.case, report)][0]),
            self.deception(report),
        )

    def deception(self, report: Report) -> int | None:
        if self.case.deceptive_of(report) is None:
            return None
        return int(self.slots[_manner_key(self.case, report, "deceptive")][0])

    def event(self, condition: Condition) -> EventTable:
        axes = self.axes([test.node for test in condition.tests()])
        return EventTable(axes, self.condition(condition, axes))

    def condition(self, condition: Condition | Test, axes: Sequence[int]) -> Booleans:
        if isinstance(condition, Test):
            return self.holds([condition], axes)
        parts = [self.condition(part, axes) for part in condition.parts]
        joined: Booleans = np.logical_or.reduce(parts) if condition.kind == "any" else np.logical_and.reduce(parts)
        return joined
