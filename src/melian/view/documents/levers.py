"""What an actor can do, what it is worth to it, and what knowing more would be."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from melian.source.diagnostic import Diagnostic
from melian.source.render import as_json
from melian.view.documents.document import Document, head, likelihood, making

if TYPE_CHECKING:
    from melian.answer.difference import Difference
    from melian.answer.knowing import Knowledge
    from melian.answer.levers import Contest, Lever, Levers
    from melian.answer.solution import Solution


def levers_document(solution: "Solution", levers: "Levers", diagnostics: Iterable[Diagnostic] = ()) -> Document:
    """Give every lever with what follows from it."""
    return {
        **head(solution),
        "likelihood": likelihood(solution),
        "actor": levers.actor,
        "with": levers.partner,
        "as_it_stands": {"event": levers.event, "worth": levers.worth},
        "choices": [_contest(contest) for contest in levers.contests],
        "pairs": [_contest(contest) for contest in levers.pairs],
        "pairs_left_out": levers.left_out,
        "contradicted": [list(choices) for choices in levers.contradicted],
        "knowledge": _knowledge(levers.knowledge),
        "worlds_compared": levers.worlds,
        "unsettled_worlds": levers.unsettled,
        **making(solution),
        "diagnostics": as_json(diagnostics),
    }


def _contest(contest: "Contest") -> Document:
    return {
        "choices": list(contest.choices),
        "levers": [_lever(lever) for lever in contest.levers],
        "best_on_average": dict(contest.best_on_average.taken),
        "best_in_worst_tenth": dict(contest.best_at_worst.taken),
        "least_regret": dict(contest.least_regret.taken),
        "lead": difference(contest.lead),
        "at_stake": contest.at_stake,
    }


def _lever(lever: "Lever") -> Document:
    apart = lever.more_than_apart
    return {
        "taken": dict(lever.taken),
        "event": {"mean": lever.event, "q05": lever.q05, "q95": lever.q95},
        "event_change": difference(lever.event_change),
        "more_than_apart": None if apart is None else difference(apart),
        "worth": lever.worth,
        "worth_change": difference(lever.worth_change),
        "best": lever.best,
        "regret": {"mean": lever.regret, "q99": lever.high_regret},
        "worst_tenth": lever.worst_decile,
        "no_evidence_any_more": list(lever.unheard),
    }


def _knowledge(knowledge: "Knowledge") -> Document:
    return {
        "known": [
            {
                "choice": one.choice,
                "factor": one.factor,
                "in_secret": one.is_secret,
                "gain": difference(one.gain),
                "share_of_what_is_at_stake": one.share,
                "event_change": difference(one.event_change),
            }
            for one in knowledge.known
        ],
        "too_large": [{"choice": choice, "factor": factor} for choice, factor in knowledge.too_large],
        "left_out": knowledge.left_out,
    }


def difference(found: "Difference") -> Document:
    """Give a difference, how exactly it is known, and whether it can be told from zero."""
    return {"value": found.value, "error": found.error, "is_told": found.is_told}
