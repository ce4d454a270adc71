"""A belief about nothing: of an actor for whom it changes nothing, or the same as what the case says anyway."""

from collections.abc import Iterator

from melian.case.case import Belief, Case, Factor
from melian.case.rules.scope import parents_of, upstream
from melian.source.diagnostic import Diagnostic, Label, warning

CODE = "idle-belief"


def check(case: Case) -> Iterator[Diagnostic]:
    """Report beliefs that change nothing about what their actor does."""
    choosing = {choice.actor.text for choice in case.choices}
    acting = choosing & {stakes.actor.text for stakes in case.stakes if stakes.stakes}  # the others are told elsewhere
    for actor in dict.fromkeys(belief.actor.text for belief in case.beliefs if belief.actor.text in acting):
        beliefs = [belief for belief in case.beliefs if belief.actor.text == actor]
        matters = _what_matters(case, actor, beliefs)
        for belief in beliefs:
            factor = case.nodes.get(belief.factor.text)
            if belief.factor.text not in matters:
                headline = f"what `{actor}` believes of `{belief.factor}` changes nothing that it does"
                cure = "leave it out, or let one of its stakes depend on it"
                yield warning(CODE, headline, belief.span, "bears on none of its stakes", help=cure)
            elif isinstance(factor, Factor) and factor.table == belief.table:
                headline = f"`{actor}` believes of `{belief.factor}` what the case says anyway"
                also = [Label(factor.span, "the same is said here")]
                cure = "leave it out: an actor sees a factor as the analyst does, unless something else is said"
                yield warning(CODE, headline, belief.span, "no other view", secondary=also, help=cure)


def _what_matters(case: Case, actor: str, beliefs: list[Belief]) -> set[str]:
    """Nodes whose chances can bear on an actor's choices: those behind its stakes and behind what it sees.

    What lies behind something seen counts, because it explains what is seen, and so tells of its other causes.
    """
    given = {name: parents_of(node) for name, node in case.nodes.items()}
    given |= {belief.factor.text: belief.table.given for belief in beliefs}
    parents = {name: {parent.text for parent in above} for name, above in given.items()}
    weighed = [name.text for own in case.stakes if own.actor.text == actor for one in own.stakes for name in one.given]
    seen = [name.text for choice in case.choices if choice.actor.text == actor for name in choice.sees]
    return upstream(parents, [*weighed, *seen])
