"""Actors, sources, factors and stakes that play no part."""

from collections.abc import Iterator

from melian.case.case import Case
from melian.case.rules.bearing import bearing_nodes
from melian.case.rules.scope import graph, upstream
from melian.source.diagnostic import Diagnostic, warning

CODES = (
    "unused-judgement",
    "idle-actor",
    "choice-without-stakes",
    "unused-source",
    "factor-without-effect",
    "unaffected-stake",
    "choice-without-effect",
)


def check(case: Case) -> Iterator[Diagnostic]:
    """Report what could be left out without changing the answer, or was perhaps meant to do more."""
    yield from _actors(case)
    yield from _sources(case)
    yield from _judgements(case)
    yield from _factors(case)
    yield from _stakes(case)
    yield from _choices(case)


def _actors(case: Case) -> Iterator[Diagnostic]:
    choosing = {choice.actor.text for choice in case.choices}
    weighing = {stakes.actor.text for stakes in case.stakes if stakes.stakes}
    for actor in case.actors:
        if actor.name not in choosing:
            headline = f"the actor `{actor.name}` chooses nothing"
            yield warning(
                "idle-actor", headline, actor.span, "no choice is theirs", help="give them a choice, or leave them out"
            )
        elif actor.name not in weighing:
            headline = f"the actor `{actor.name}` weighs nothing, so it picks every option alike"
            yield warning(
                "choice-without-stakes", headline, actor.span, "no stakes", help=f"add `stakes: {{{actor.name}: ...}}`"
            )


def _sources(case: Case) -> Iterator[Diagnostic]:
    cited = {report.source.text for report in case.evidence if report.source}
    for source in case.sources:
        if source.name not in cited:
            yield warning("unused-source", f"no report cites the source `{source.name}`", source.span, "not cited")


def _judgements(case: Case) -> Iterator[Diagnostic]:
    for named in case.judgements:
        if named.judgement is None:
            cure = f"write `the {named.name}` where it is meant, or take it out"
            headline = f"nothing uses the judgement `{named.name}`"
            yield warning("unused-judgement", headline, named.span, "not used", help=cure)


def _factors(case: Case) -> Iterator[Diagnostic]:
    matters = bearing_nodes(case)
    for factor in case.factors:
        if factor.name not in matters:
            headline = f"the factor `{factor.name}` bears neither on the event nor on any stake"
            cure = "let something depend on it, or leave it out"
            yield warning("factor-without-effect", headline, factor.span, "leads nowhere", help=cure)


def _stakes(case: Case) -> Iterator[Diagnostic]:
    parents = graph(case)
    for stakes in case.stakes:
        own = {choice.name for choice in case.choices if choice.actor.text == stakes.actor.text}
        for stake in stakes.stakes:
            if own and not own & upstream(parents, [name.text for name in stake.given]):
                headline = f"no choice of `{stakes.actor}` can change its stake `{stake.name}`"
                cure = "let it be given by something that a choice of theirs influences, or leave it out"
                yield warning("unaffected-stake", headline, stake.span, "weighs alike on every option", help=cure)


def _choices(case: Case) -> Iterator[Diagnostic]:
    """Choices that bear on none of their actor's stakes, of actors that have others which do."""
    parents = graph(case)
    for stakes in case.stakes:
        reached = upstream(parents, [name.text for stake in stakes.stakes for name in stake.given])
        own = [choice for choice in case.choices if choice.actor.text == stakes.actor.text]
        for choice in own if any(choice.name in reached for choice in own) else ():
            if choice.name not in reached:
                headline = f"no stake of `{stakes.actor}` hangs on its choice `{choice.name}`"
                label, cure = (
                    "picks every option alike",
                    "let a stake of theirs depend on what comes of it, or leave it out",
                )
                yield warning("choice-without-effect", headline, choice.span, label, help=cure)
