"""What bears on the answer: what leads to the event or a stake, and what evidence makes tell of something that does."""

from collections.abc import Iterable

from melian.case.case import Case, Choice, Table
from melian.case.dependence import graph_of, requisite
from melian.case.rules.scope import graph, rows_of, rules_of, stated, upstream

Part = tuple[str, str]
NAMED: Part = ("judgements", "")


def bearing_nodes(case: Case) -> set[str]:
    """Factors and choices that can move the chance of the event, whatever the numbers are.

    That is asked of a graph in which the event is looked for and reports are known, by Bayes-ball. What nobody knows
    has a part in it like factors do, since evidence tells of it too: the chances of a factor, on which also hangs what
    is best for whom; an actor's ways; how far a source or an origin is to be trusted; judgements with a name.
    """
    parents = graph(case)
    above: dict[Part, list[Part]] = {NAMED: []}
    for factor in case.factors:
        above["chances", factor.name] = [NAMED] if _names_judgements(factor.table) else []
    for name, node in case.nodes.items():
        above["node", name] = [("node", parent) for parent in parents[name]]
        own: Part = ("actor", node.actor.text) if isinstance(node, Choice) else ("chances", name)
        above["node", name].append(own)
    for actor, weighed in _weighed(case).items():
        reached = upstream(parents, [name for name in weighed if name in parents])
        above["actor", actor] = [NAMED, *(("chances", name) for name in reached if ("chances", name) in above)]
    observed = _add_reports(case, above)
    for part in [parent for parts in above.values() for parent in parts]:
        above.setdefault(part, [])
    asked: list[Part] = [("node", test.node.text) for test in case.question.event.tests()]
    found = requisite(graph_of(above), asked, frozenset(observed)).tables
    return {name for kind, name in found if kind == "node"} | _leading(case, parents)


def _leading(case: Case, parents: dict[str, set[str]]) -> set[str]:
    """Nodes that lead to the event or a stake; what one only believes leads where the belief does."""
    asked = [test.node.text for test in case.question.event.tests()]
    weighed = [name for names in _weighed(case).values() for name in names]
    return upstream(parents, [name for name in (*asked, *weighed) if name in parents])


def _weighed(case: Case) -> dict[str, list[str]]:
    """Nodes on which each actor's stakes and beliefs depend."""
    found: dict[str, list[str]] = {}
    for stakes in case.stakes:
        found.setdefault(stakes.actor.text, []).extend(name.text for one in stakes.stakes for name in one.given)
    for belief in case.beliefs:
        found.setdefault(belief.actor.text, []).extend(name.text for name in belief.table.given)
    return found


def _add_reports(case: Case, above: dict[Part, list[Part]]) -> list[Part]:
    """Put reports that were made, and those to watch for, below what they bear on; all of them are taken as known."""
    found: list[Part] = []
    for report in case.evidence:
        if case.counts(report):
            source: list[Part] = [("source", report.source.text)] if report.source else []
            part: Part = ("report", report.name)
            above[part] = [("node", report.bears_on.text), ("origin", case.origins[report.name]), *source]
            found.append(part)
    for prospect in case.watch:
        above["prospect", prospect.name] = [("node", prospect.bears_on.text)]
        found.append(("prospect", prospect.name))
    return found


def _names_judgements(table: Table) -> bool:
    """Whether a table uses a judgement that has a name."""
    of_rules: Iterable[object] = (rule.outcome for rule in rules_of(table))
    return any(judgement.shared for row in (*rows_of(table), *of_rules) for judgement in stated(row))  # type: ignore[arg-type]
