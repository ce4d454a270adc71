"""What things are called in a case's own words: judgements and their numbers, stakes, options, outcomes, signs."""

import math
import re
from collections.abc import Mapping
from typing import Final

from melian.answer.indicators import MADE, Indicator
from melian.answer.judgements import Group, Judged, Member
from melian.answer.levers import Lever
from melian.answer.matrix import Hypothesis
from melian.case.case import Case, Choice, Report, Table, Test
from melian.view import wording

_NAME: Final = re.compile(r"[^\W\d][\w-]*")
_BEFORE_COLON: Final = re.compile(r"[^\W\d][\w-]*(?=:)")
MANNERS: Final = {"anyway": "would be made anyway", "deceptive": "says the opposite of what is so"}


def name_of(case: Case, judged: Judged, member: Member) -> str:
    """What one number of a judgement is, in the case's labels."""
    about = judged.ground.about
    where = _where(case, judged.when)
    match judged.form:
        case "weights":
            return f"{case.actor(about[0]).label}: weight of {_stake(case, about[0], member.name)}"
        case "precision":
            return f"{case.actor(about[0]).label}: consistency"
        case "value":
            return f"{case.actor(about[0]).label}: worth of {_stake(case, *about)}{where}"
        case "reliability":
            return f"{source_of(case, about[0])}: reliability"
        case "anyway" | "deceptive":
            by_source = judged.ground.kind == "source"
            whose = f"a report by {source_of(case, about[0])}" if by_source else _report(case, about[0])
            return f"Chance that {whose} {MANNERS[judged.form]}"
        case "likelihood":
            return f"Likelihood of {_report(case, about[0])}{_if_state(case, about[0], member.name)}"
        case "named":
            return f"The judgement `{about[0]}`"
        case "influence" | "otherwise":
            holds = "" if judged.form == "influence" else "the lack of "
            shifted = f"the odds of {_state(case, judged, member)}"
            return f"{_node(case, judged)}: what {holds}{_tests(case, judged.when)} does to {shifted}"
    base = " to begin with" if judged.form == "base" else ""
    return f"{_node(case, judged)}: chance of {_state(case, judged, member)}{base}{where}"


def whole_name(case: Case, judged: Judged, member: Member) -> str:
    """What a judgement is; of several numbers it names that on which the answer turns most."""
    name = name_of(case, judged, member)
    if len(judged.members) == 1:
        return name
    for one, many in (("weight of", "weights, above all of"), ("chance of", "chances, above all of")):
        name = name.replace(f": {one} ", f": {many} ", 1)
    return name


def number(judged: Judged, value: float) -> str:
    """A number of a judgement on the scale on which it is stated."""
    match judged.form:
        case "value":
            return f"{100 * value:.0f} of 100"
        case "precision":
            return f"{value:.3g}"
        case "influence" | "otherwise":
            return f"odds times {math.exp(value):.2g}"
        case "named":
            return f"{value:.2g}"
    return wording.percent(value)


def group_name(case: Case, group: Group) -> str:
    """What all judgements of a group are about."""
    match group.kind:
        case "node":
            return f"Chances of {case.nodes[group.name].label}"
        case "actor":
            return f"Aims and ways of {case.actor(group.name).label}"
        case "source":
            return f"What {source_of(case, group.name)} reports"
    return f"The judgement `{group.name}`"


def choice_label(case: Case, choice: str) -> str:
    """Label of a choice, with whose it is where the label does not say so."""
    node = case.nodes[choice]
    assert isinstance(node, Choice)
    actor = case.actor(node.actor.text).label
    return node.label if actor.casefold() in node.label.casefold() else f"{node.label} ({actor})"


def stake_labels(case: Case, actor: str) -> dict[str, str]:
    """Labels of an actor's stakes."""
    return {stake.name: stake.label for own in case.stakes if own.actor.text == actor for stake in own.stakes}


def taken(case: Case, lever: Lever) -> str:
    """Options that a lever takes, in the case's own words."""
    labels = [{state.name: state.label for state in case.nodes[node].states}[option] for node, option in lever.taken]
    return "; ".join(labels)


def outcome_label(case: Case, hypothesis: Hypothesis) -> str:
    """Outcome in the case's own words."""
    if hypothesis.node is None:
        return "it happens" if hypothesis.is_event else "it does not happen"
    states = {state.name: state.label for state in case.nodes[hypothesis.node].states}
    return states[hypothesis.state]


def thing_label(case: Case, one: Indicator) -> str:
    """What people call it: a node's label, a report's claim in quotes."""
    if one.kind == "report":
        claim = next(prospect.claim for prospect in case.watch if prospect.name == one.name)
        return f'"{claim.removesuffix(".")}"'
    return case.nodes[one.node].label


def result_label(case: Case, one: Indicator, name: str) -> str:
    """One result, with what it is a result of."""
    if one.kind == "report":
        return f"{'reported' if name == MADE[0] else 'not reported'}: {thing_label(case, one)}"
    return wording.state(case, one.node, name)


def source_of(case: Case, name: str) -> str:
    """Who reported: a source's publisher or title; the report's own name where it has no source."""
    cited = case.citation(name)
    return (cited.publisher or cited.title) if cited else f"`{name}`"


def reporter_of(case: Case, report: Report) -> str:
    """Who made a report: the publisher or the title of its source."""
    cited = case.citation(report.source.text) if report.source else None
    return (cited.publisher or cited.title) if cited else "no source"


def origin_of(case: Case, name: str) -> str:
    """What the reports of an origin claim, in quotes; its name where they claim nothing."""
    claims = [report.claim for report in case.evidence if case.origins[report.name] == name and report.claim]
    if not claims:
        return f"`{name}`"
    more = f" with {wording.counted(len(claims) - 1, 'report')} more of its origin" if len(claims) > 1 else ""
    return f'"{claims[0].removesuffix(".")}"{more}'


def report_of(case: Case, name: str) -> str:
    """What a report claims, in quotes; its name where it claims nothing."""
    claim = next((report.claim for report in case.evidence if report.name == name), "")
    return f'"{claim.removesuffix(".")}"' if claim else f"`{name}`"


def about_of(case: Case, judged: Judged) -> str:
    """What a judgement is about, with the conditions of the rule that it stands in, in the case's labels."""
    match judged.form:
        case "row":
            return f"{_node(case, judged)}{_where(case, judged.when) or _otherwise(case, judged)}"
        case "base":
            return f"{_node(case, judged)}, to begin with"
        case "weights":
            return f"{case.actor(judged.ground.about[0]).label}: weights"
    return f"{name_of(case, judged, judged.members[0])}{_otherwise(case, judged) if judged.form == 'value' else ''}"


def _otherwise(case: Case, judged: Judged) -> str:
    """That a rule holds where none of those before it does; nothing where there is no other."""
    about = judged.ground.about
    if judged.when or judged.form not in ("row", "value"):
        return ""
    tables: dict[tuple[str, ...], Table] = {(factor.name,): factor.table for factor in case.factors}
    tables |= {(belief.actor.text, belief.factor.text): belief.table for belief in case.beliefs}
    stakes = {(own.actor.text, stake.name): stake.rules for own in case.stakes for stake in own.stakes}
    rules = stakes[about[0], about[1]] if judged.form == "value" else getattr(tables[about], "rules", ())
    return ", otherwise" if len(rules) > 1 else ""


def said_of(case: Case, judged: Judged) -> str:
    """A judgement as it was written, with labels in the place of names."""
    ground = judged.ground
    said = f"the {ground.shared}: {ground.text}" if ground.shared else ground.text
    if judged.form == "weights":
        names = stake_labels(case, ground.about[0])
        return _NAME.sub(lambda found: _quoted(names, found), said)
    if ground.kind in ("factor", "belief"):
        names = {state.name: state.label for state in case.nodes[ground.about[-1]].states}
        return _BEFORE_COLON.sub(lambda found: _quoted(names, found), said)
    return said


def _quoted(names: Mapping[str, str], found: re.Match[str]) -> str:
    name = found.group()
    label = names.get(name, name)
    return name if label == name else f'"{label}"'


def _node(case: Case, judged: Judged) -> str:
    about = judged.ground.about
    label = case.nodes[about[-1]].label
    return f"{case.actor(about[0]).label} on {label}" if judged.ground.kind == "belief" else label


def _state(case: Case, judged: Judged, member: Member) -> str:
    states = {state.name: state.label for state in case.nodes[judged.ground.about[-1]].states}
    return f'"{states[member.name]}"' if member.name in states else "it"


def _stake(case: Case, actor: str, name: str | None) -> str:
    labels = {stake.name: stake.label for each in case.stakes if each.actor.text == actor for stake in each.stakes}
    return f'"{labels[name]}"' if name in labels else "a stake"


def _report(case: Case, name: str) -> str:
    claims = {report.name: report.claim for report in case.evidence}
    claim = claims.get(name) or name
    return f'the report "{claim.rstrip(".")}"'


def _if_state(case: Case, report: str, state: str | None) -> str:
    bears_on = {each.name: each.bears_on.text for each in case.evidence}[report]
    labels = {each.name: each.label for each in case.nodes[bears_on].states}
    if state in labels:
        return f', if {case.nodes[bears_on].label}: "{labels[state]}"'
    return f", if {case.nodes[bears_on].label} is otherwise"


def _where(case: Case, tests: tuple[Test, ...]) -> str:
    return f", where {_tests(case, tests)}" if tests else ""


def _tests(case: Case, tests: tuple[Test, ...]) -> str:
    return wording.listed([wording.condition(case, test) for test in tests])
