"""Who must reason about whom: requisite nodes, strategic relevance, and the order in which choices are solved.

A choice D' is strategically relevant to D when the rule of D' can change what is best at D (s-reachability). Both that
and which tables a choice's expected utility needs come out of one Bayes-ball.

References
----------
Koller and Milch 2003, Multi-agent influence diagrams for representing and solving games, Games and Economic Behavior
45, definition 5.2 (s-reachable) and theorem 5.1 (an acyclic relevance graph is solved one choice at a time).
"""

from collections.abc import Collection, Mapping, Sequence

from melian.case.dependence import Graph, Requisite, descendants, graph_of, requisite
from melian.model.diagram import Decision, Model


class Outlooks:
    """The diagram as each actor sees it, and what each choice needs; everything is worked out once.

    Parameters
    ----------
    cut : variables that are brought about from outside, and so have no parents.
    """

    def __init__(self, model: Model, cut: frozenset[int] = frozenset()) -> None:
        self.model, self.cut = model, cut
        self._apart = {actor for actor, _ in model.beliefs} | {actor for actor, _ in model.minds.hidden}
        self._graphs: dict[int | None, Graph[int]] = {}
        self._needs: dict[int, dict[int, Requisite[int]]] = {}

    def graph(self, actor: int | None) -> Graph[int]:
        """The diagram as an actor sees it (None: the analyst); those who see it as the analyst does share one."""
        if actor not in self._apart:
            actor = None
        if actor not in self._graphs:
            model = self.model
            parents = {d.variable: self._known_to_decide(d, actor) for d in model.decisions}
            parents |= {v: tuple(a for a in model.table(v, actor).axes if a != v) for v in model.tables}
            cut = dict.fromkeys(self.cut, ())
            self._graphs[actor] = graph_of({v.index: (parents | cut)[v.index] for v in model.variables})
        return self._graphs[actor]

    def _known_to_decide(self, decision: Decision, actor: int | None) -> tuple[int, ...]:
        """What decides a choice, as an actor knows it: what it sees, and what tells of a mind that is hidden."""
        is_hidden = self.model.is_hidden(decision.variable, actor)
        return self.model.remembered(decision.variable, self.cut) if is_hidden else decision.sees

    def needs(self, decision: Decision) -> dict[int, Requisite[int]]:
        """Stakes of the chooser that its choice can change, each with what its expectation needs given what is known.

        The other stakes shift all options alike and drop out.
        """
        if decision.variable not in self._needs:
            graph = self.graph(decision.actor)
            reach = descendants(graph, decision.variable)
            known = frozenset({decision.variable, *decision.sees})
            self._needs[decision.variable] = {
                index: requisite(graph, utility.axes, known)
                for index, utility in enumerate(self.model.utilities)
                if utility.actor == decision.actor and not reach.isdisjoint(utility.axes)
            }
        return self._needs[decision.variable]


def relies_on(outlooks: Outlooks) -> dict[int, set[int]]:
    """Relevance graph: for each choice that is not cut, the choices whose rules must be known to solve it.

    Those that it knows on average only are none of them: their averages are found beforehand.
    """
    model = outlooks.model
    decisions = [d for d in model.decisions if d.variable not in outlooks.cut]
    choices = {decision.variable for decision in decisions}
    found = {}
    for decision in decisions:
        needed = set().union(*(need.tables for need in outlooks.needs(decision).values()))
        needed &= choices - {decision.variable}
        found[decision.variable] = {other for other in needed if not model.is_hidden(other, decision.actor)}
    return found


def solving_order(graph: Mapping[int, Collection[int]]) -> tuple[tuple[int, ...], ...]:
    """Components of choices in an order in which each can be solved: those that rely on each other go together.

    Parameters
    ----------
    graph : for each choice the choices that it relies on.

    Returns
    -------
    Strongly connected components, each rising, after those that they rely on.

    References
    ----------
    Tarjan 1972, Depth-first search and linear graph algorithms, SIAM Journal on Computing 1: a component is complete
    when the search leaves its first member, and by then all that it relies on has been left.
    """
    number: dict[int, int] = {}
    lowest: dict[int, int] = {}
    open_: list[int] = []
    found: list[tuple[int, ...]] = []
    done: set[int] = set()
    for root in graph:
        ahead = [(root, iter(sorted(graph[root])))] if root not in number else []
        while ahead:
            choice, others = ahead[-1]
            if choice not in number:
                number[choice] = lowest[choice] = len(number)
                open_.append(choice)
            following = next(others, None)
            if following is None:
                ahead.pop()
                if ahead:
                    above = ahead[-1][0]
                    lowest[above] = min(lowest[above], lowest[choice])
                if lowest[choice] == number[choice]:
                    place = open_.index(choice)
                    found.append(tuple(sorted(open_[place:])))
                    done |= set(open_[place:])
                    del open_[place:]
            elif following not in number:
                ahead.append((following, iter(sorted(graph[following]))))
            elif following not in done:
                lowest[choice] = min(lowest[choice], number[following])
    return tuple(found)


def seen_that_matters(outlooks: Outlooks, decision: Decision) -> tuple[int, ...]:
    """Return what a choice sees and can make use of: nodes on which its expected utilities or options may depend."""
    observed = set(decision.options.axes).union(*(need.observed for need in outlooks.needs(decision).values()))
    return tuple(sorted(observed - {decision.variable}))


def names(model: Model, variables: Sequence[int]) -> str:
    """Names of variables in backticks, for a message."""
    quoted = [f"`{model.variables[index].name}`" for index in variables]
    return " and ".join([", ".join(quoted[:-1]), quoted[-1]]) if len(quoted) > 1 else "".join(quoted)
