"""A name that nothing in the case has."""

import re
from collections.abc import Collection, Iterable, Iterator

from melian.case.case import Case, Influences, Name, Row, Table, Test
from melian.case.functions import Conditional, Noisy, Tally
from melian.case.mending import renamed
from melian.case.rules.scope import all_stakes, conditions, parents_of, rules_of, states_of
from melian.case.suggestions import Suggestions
from melian.source.diagnostic import Diagnostic, error

CODE = "unknown-name"


def check(case: Case) -> Iterator[Diagnostic]:
    """Report every use of a name that is not defined."""
    yield from _Names(case).check()


class _Names:
    """The names that a case defines, and how often a near one was looked for."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.nodes = case.nodes.keys()
        self.factors = {factor.name: None for factor in case.factors}.keys()
        self.actors = {actor.name: None for actor in case.actors}.keys()
        self.sources = {source.name: None for source in case.sources}.keys()
        self.reports = {report.name: None for report in case.evidence}.keys()
        self.suggestions = Suggestions()

    def check(self) -> Iterator[Diagnostic]:
        for choice in self.case.choices:
            yield from self.actor(choice.actor)
            for _, when in conditions(choice):
                yield from self.tests(when.tests(), {name.text for name in choice.sees})
        for node in self.case.nodes.values():
            for parent in parents_of(node):
                yield from self.node(parent)
        for factor in self.case.factors:
            if self.case.nodes[factor.name] is factor:  # two of one name are told elsewhere
                yield from self.table(factor.table, factor.name)
        yield from self.stakes()
        yield from self.beliefs()
        yield from self.evidence()
        yield from self.tests(self.case.question.event.tests())

    def stakes(self) -> Iterator[Diagnostic]:
        for stakes in self.case.stakes:
            yield from self.actor(stakes.actor)
            names = {stake.name: None for stake in stakes.stakes}.keys()
            weighted = [name for name, _ in stakes.weights.entries] if stakes.weights is not None else []
            for name in [name for group in stakes.order for name in group] + weighted:
                yield from self.known(name, names, f"stake of `{stakes.actor}`")
        for stake in all_stakes(self.case):
            for name in stake.given:
                yield from self.node(name)
            tests = (test for rule in stake.rules for test in rule.when)
            yield from self.tests(tests, {name.text for name in stake.given})

    def beliefs(self) -> Iterator[Diagnostic]:
        for belief in self.case.beliefs:
            yield from self.actor(belief.actor)
            if belief.factor.text in self.nodes and belief.factor.text not in self.factors:
                headline = f"`{belief.factor}` is a choice, and beliefs are about factors"
                cure = "take it out: what others will choose, an actor works out from their stakes"
                yield error(CODE, headline, belief.factor.span, "chosen by an actor", help=cure)
                continue
            yield from self.known(belief.factor, self.factors, "factor", "factors")
            for name in belief.table.given:
                yield from self.node(name)
            yield from self.table(belief.table, belief.factor.text)

    def evidence(self) -> Iterator[Diagnostic]:
        for report in self.case.evidence:
            yield from self.node(report.bears_on)
            yield from self.row(report.likelihood, report.bears_on.text)
            if report.source is not None:
                yield from self.known(report.source, self.sources, "source", "sources")
            if report.superseded_by is not None:
                yield from self.known(report.superseded_by, self.reports, "report")
        for prospect in self.case.watch:
            yield from self.node(prospect.bears_on)
            yield from self.row(prospect.likelihood, prospect.bears_on.text)

    def table(self, table: Table, node: str) -> Iterator[Diagnostic]:
        """Names in the rules of a table; nodes that they test are those of `given`, and reported there."""
        listed = {name.text for name in table.given}
        for rule in rules_of(table):
            yield from self.tests(rule.when, listed)
            yield from self.row(rule.outcome, node)
            if rule.otherwise is not None:
                yield from self.row(rule.otherwise, node)
        if isinstance(table, Influences):
            yield from self.row(table.base, node)
        elif isinstance(table, Noisy) and table.leak is not None:
            yield from self.row(table.leak, node)
        elif isinstance(table, Conditional | Tally):
            yield from self.tests(table.tests(), listed)
            led_to = [table.then] if isinstance(table, Conditional) else [one.state for one in table.then]
            for name in led_to if states_of(self.case, node) else ():
                yield from self.known(name, states_of(self.case, node), f"state of `{node}`")

    def row(self, row: Row, node: str) -> Iterator[Diagnostic]:
        states = states_of(self.case, node)
        for name, judgement in row.entries if states else ():
            if not judgement.is_unread:
                yield from self.known(name, states, f"state of `{node}`")

    def tests(self, tests: Iterable[Test], listed: Collection[str] = ()) -> Iterator[Diagnostic]:
        """Unknown nodes and states of tests; nodes that are listed elsewhere are reported there."""
        for test in tests:
            states = states_of(self.case, test.node.text)
            if test.node.text not in listed:
                yield from self.node(test.node)
            for state in test.states if states else ():
                yield from self.known(state, states, f"state of `{test.node}`")

    def actor(self, name: Name) -> Iterator[Diagnostic]:
        return self.known(name, self.actors, "actor", "actors")

    def node(self, name: Name) -> Iterator[Diagnostic]:
        return self.known(name, self.nodes, "factor or choice", "factors", "choices")

    def known(self, name: Name, names: Collection[str], kind: str, *sections: str) -> Iterator[Diagnostic]:
        """One diagnostic if a name is not among `names`, and the sections that define them could be read."""
        if name.text in names or name.is_unread or self.case.unread & set(sections):
            return
        near = self.suggestions.nearest(name.text, names)
        article = "an" if kind[0] in "aeiou" else "a"
        cure = f"did you mean `{near}`?" if near else _there_is(names, kind)
        fix = renamed(name.span, near, names, is_clear=near is not None and self.is_rarer(name, near))
        headline = f"`{name}` is not {article} {kind} in this case"
        yield error(CODE, headline, name.span, "nothing has this name", help=cure, fix=fix)

    def is_rarer(self, name: Name, known: str) -> bool:
        """Whether a name stands in the text no more often than the known one, which else may be the mistyped one."""
        text = "\n".join(source.text for source in {name.span.source, self.case.source} if source is not None)
        uses = [len(re.findall(rf"(?<![\w-]){re.escape(each)}(?![\w-])", text)) for each in (name.text, known)]
        return uses[0] <= uses[1]


def _there_is(known: Collection[str], kind: str) -> str:
    shown = ", ".join(f"`{name}`" for name in list(known)[:8])
    more = ", ..." if len(known) > 8 else ""
    return f"known here: {shown}{more}" if known else f"the case has no {kind} yet: define one"
