"""The first line of every answer: how likely, with what could not be settled in the same breath."""

from melian.answer.likelihood import Likelihood
from melian.case.words import Scale
from melian.view import wording


def headline(answer: Likelihood, scale: Scale, step: float, *, dated: bool = True) -> str:
    """Chance of the event as people are to read it; a range alone where too many worlds could not be settled.

    Parameters
    ----------
    step : points to which chances are rounded.
    dated : whether to say until when.
    """
    by = answer.by if dated else None
    said = wording.likelihood(answer.mean, scale, step=step, by=by)
    if not answer.unsettled:
        return said
    low, high = wording.percent(answer.least, step), wording.percent(answer.most, step)
    within = f"between {low.removesuffix(' %')} and {high}" if low != high else f"{low} whatever happens there"
    since = f"since {answer.unsettled:,} of {answer.worlds:,} worlds could not be settled"
    if not answer.is_open:
        return f"{said}; {within}, {since}"
    until = f", by {wording.day(by)}" if by else ""
    return f"{within[:1].upper()}{within[1:]}{until}, {since}"


def shortly(answer: Likelihood, step: float) -> str:
    """The same in the least room: one number, or the range."""
    return (
        wording.percent_range(answer.least, answer.most, step) if answer.is_open else wording.percent(answer.mean, step)
    )
