"""A name that nothing in the case has."""

from collections.abc import Iterable, Iterator

from melian.case.case import Case, Condition, Influences, Name, Row, Rule, Test
from melian.case.rules.scope import all_stakes, parents_of, rules_of, states_of
from melian.source.diagnostic import Diagnostic, error
from melian.source.suggest import nearest

CODE = "unknown-name"


def check(case: Case) -> Iterator[Diagnostic]:
    """Report every use of a name that is not defined."""
    nodes, actors = sorted(case.nodes), [actor.name for actor in case.actors]
    for choice in case.choices:
        yield from _known(choice.actor, actors, "actor")
    for node in case.nodes.values():
        yield from _all_known(parents_of(node), nodes, "factor or choice")
    for factor in case.factors:
        yield from _rules(case, rules_of(factor.table), factor.name)
        if isinstance(factor.table, Influences):
            yield from _row(case, factor.table.base, factor.name)
    yield from _stakes(case, nodes, actors)
    yield from _beliefs(case, nodes, actors)
    yield from _evidence(case, nodes)
    yield from _tests(case, case.question.event.tests())


def _stakes(case: Case, nodes: list[str], actors: list[str]) -> Iterator[Diagnostic]:
    for stakes in case.stakes:
        yield from _known(stakes.actor, actors, "actor")
        names = [stake.name for stake in stakes.stakes]
        for group in stakes.order:
            yield from _all_known(group, names, f"stake of `{stakes.actor}`")
        if stakes.weights is not None:
            yield from _all_known((name for name, _ in stakes.weights.entries), names, f"stake of `{stakes.actor}`")
    for stake in all_stakes(case):
        yield from _all_known(stake.given, nodes, "factor or choice")
        yield from _tests(
            case, (test for rule in stake.rules for test in rule.when), {name.text for name in stake.given}
        )


def _beliefs(case: Case, nodes: list[str], actors: list[str]) -> Iterator[Diagnostic]:
    factors = [factor.name for factor in case.factors]
    for belief in case.beliefs:
        yield from _known(belief.actor, actors, "actor")
        yield from _known(belief.factor, factors, "factor")
        yield from _all_known(belief.table.given, nodes, "factor or choice")
        yield from _rules(case, rules_of(belief.table), belief.factor.text)
        if isinstance(belief.table, Influences):
            yield from _row(case, belief.table.base, belief.factor.text)


def _evidence(case: Case, nodes: list[str]) -> Iterator[Diagnostic]:
    sources = [source.name for source in case.sources]
    for report in case.evidence:
        yield from _known(report.bears_on, nodes, "factor or choice")
        yield from _row(case, report.likelihood, report.bears_on.text)
        if report.source is not None:
            yield from _known(report.source, sources, "source")


def _rules(case: Case, rules: Iterable[Rule[Row]], node: str) -> Iterator[Diagnostic]:
    for rule in rules:
        yield from _tests(case, rule.when)
        yield from _row(case, rule.outcome, node)


def _row(case: Case, row: Row, node: str) -> Iterator[Diagnostic]:
    states = states_of(case, node)
    if states:
        yield from _all_known((name for name, _ in row.entries), states, f"state of `{node}`")


def _tests(case: Case, tests: Iterable[Test | Condition], checked: Iterable[str] = ()) -> Iterator[Diagnostic]:
    """Report unknown nodes and states of tests; nodes in `checked` were reported where they are listed."""
    for test in tests:
        assert isinstance(test, Test)
        states = states_of(case, test.node.text)
        if test.node.text not in checked:
            yield from _known(test.node, sorted(case.nodes), "factor or choice")
        if states:
            yield from _all_known(test.states, states, f"state of `{test.node}`")


def _all_known(names: Iterable[Name], known: Iterable[str], kind: str) -> Iterator[Diagnostic]:
    listed = list(known)
    for name in names:
        yield from _known(name, listed, kind)


def _known(name: Name, known: Iterable[str], kind: str) -> Iterator[Diagnostic]:
    listed = list(known)
    if name.text in listed:
        return
    near = nearest(name.text, listed)
    article = "an" if kind[0] in "aeiou" else "a"
    cure = f"did you mean `{near}`?" if near else _there_is(listed, kind)
    yield error(CODE, f"`{name}` is not {article} {kind} in this case", name.span, "nothing has this name", help=cure)


def _there_is(known: list[str], kind: str) -> str:
    shown = ", ".join(f"`{name}`" for name in known[:8])
    more = ", ..." if len(known) > 8 else ""
    return f"known here: {shown}{more}" if known else f"the case has no {kind} yet: define one"
