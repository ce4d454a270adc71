"""What each actor gains and loses by each option, stake by stake."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from melian.source.diagnostic import Diagnostic
from melian.source.render import as_json
from melian.view.documents.document import Document, head, making
from melian.view.documents.levers import difference

if TYPE_CHECKING:
    from melian.answer.incentives import Incentive, Incentives, Preference
    from melian.answer.solution import Solution


def incentives_document(solution: "Solution", found: "Incentives", diagnostics: Iterable[Diagnostic] = ()) -> Document:
    """Give every choice with its options and preferences."""
    return {
        **head(solution),
        "incentives": [_incentive(incentive) for incentive in found.incentives],
        "worlds_compared": found.worlds,
        **making(solution),
        "diagnostics": as_json(diagnostics),
    }


def _incentive(incentive: "Incentive") -> Document:
    return {
        "choice": incentive.choice,
        "actor": incentive.actor,
        "situation": {"sees": dict(incentive.sees), "chance": incentive.likelihood},
        "options": [
            {
                "option": prospect.option,
                "chosen": prospect.chosen,
                "worth": prospect.total,
                "by_stake": dict(prospect.by_stake),
                "worth_over_situations": prospect.total_everywhere,
                "by_stake_over_situations": dict(prospect.by_stake_everywhere),
            }
            for prospect in incentive.prospects
        ],
        "preferences": [_preference(preference) for preference in incentive.preferences],
    }


def _preference(preference: "Preference") -> Document:
    return {
        "favourite": preference.favourite,
        "other": preference.other,
        "lead": difference(preference.lead),
        "reversed_in": preference.reversed_in,
        "stakes": [
            {
                "stake": motive.stake,
                "weight": motive.weight,
                "points": motive.points,
                "gap": motive.gap,
                "indifferent_at_weight": motive.even_weight,
                "indifferent_at_gap": motive.even_gap,
            }
            for motive in preference.motives
        ],
    }
