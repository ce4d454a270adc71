"""How likely: the answer, how far it hangs on what nobody knows, and how much confidence it deserves."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import numpy as np

from melian.answer.confidence import OPEN, Confidence, judge_confidence
from melian.answer.sampling import Sampled, effective_of
from melian.answer.shown import Answer
from melian.answer.weighted import monte_carlo_error, weighted_mean, weighted_quantiles
from melian.case.case import Case

QUANTILES: Final = (0.05, 0.5, 0.95)


@dataclass(frozen=True, slots=True)
class Likelihood(Answer):
    """Chance of the event.

    Attributes
    ----------
    mean : chance of the event, over worlds weighted by the evidence: the answer.
    q05, q50, q95 : quantiles over worlds of the chance in each: how far the answer hangs on what nobody knows; they are
        no error bar.
    error : Monte Carlo standard error of the mean; bounds the digits that can be shown.
    least, most : the mean if the event happened in none, or in all, of the worlds whose choices could not be settled;
        both the mean itself where all were.
    unsettled, worlds : worlds whose choices could not be settled, and all.
    before_evidence : chance before any report.
    word : word of the case's scale for the mean.
    scale : name of that scale.
    by : the question's horizon, if it has one.
    """

    mean: float
    q05: float
    q50: float
    q95: float
    error: float
    least: float
    most: float
    unsettled: int
    worlds: int
    before_evidence: float
    word: str
    scale: Literal["icd203", "phia"]
    by: date | None
    confidence: Confidence

    @property
    def is_open(self) -> bool:
        """Whether so much hangs on worlds that could not be settled that no single number can be told."""
        return self.most - self.least > OPEN


def likelihood_of(case: Case, sampled: Sampled) -> Likelihood:
    """Chance of the event from solved worlds."""
    worlds = sampled.worlds
    mean = weighted_mean(worlds.event, worlds.evidence)
    q05, q50, q95 = weighted_quantiles(worlds.event, worlds.evidence, QUANTILES)
    before = float(sampled.first.before.mean())
    effective = effective_of(sampled.sampling, worlds)
    least, most = (
        weighted_mean(np.where(worlds.unsettled, certain, worlds.event), worlds.evidence) for certain in (0.0, 1.0)
    )
    error = monte_carlo_error(worlds.event, worlds.evidence)
    step = sampled.step_at(error, effective)
    failed = int(worlds.unsettled.sum())
    return Likelihood(
        mean=mean,
        q05=q05,
        q50=q50,
        q95=q95,
        error=error,
        least=least,
        most=most,
        unsettled=failed,
        worlds=worlds.event.size,
        before_evidence=before,
        word=case.scale.band_at(mean).word,
        scale="phia" if case.scale.name == "phia" else "icd203",
        by=case.question.by,
        confidence=judge_confidence(
            case,
            spread=(q05, q95),
            moved=(before, mean),
            effective=effective,
            step=step,
            left_open=(least, most) if failed else (0.0, 0.0),
        ),
    )
