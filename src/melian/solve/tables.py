"""Tables in numbers: chances, values and likelihoods of one block of worlds, from its parameters.

Letters: P slots, W worlds of the block (always last), S states. Every function writes into an array that it is given.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from melian.model.diagram import EventTable, InfluenceTable, Origin, Testimony

Floats = NDArray[np.float64]


def fill_influenced(theta: Floats, table: InfluenceTable, out: Floats) -> None:
    """Base row with its log-odds shifted: chances proportional to base times exp of the shifts that are on.

    Parameters
    ----------
    theta : [P, W] parameters.
    out : [states of the table's axes, W] filled.
    """
    base = theta[table.base]
    odds = np.repeat(base[np.newaxis], len(table.patterns), axis=0)
    for shift, (state, slot) in enumerate(table.shifts):
        odds[table.patterns[:, shift], state] *= np.exp(theta[slot])
    odds /= odds.sum(axis=1, keepdims=True)
    np.copyto(np.moveaxis(out, table.own_axis, -2), odds[table.pattern_of])


def slots_of_influences(table: InfluenceTable) -> set[int]:
    """Slots that `fill_influenced` reads."""
    return {*table.base.tolist(), *(slot for _, slot in table.shifts)}


def fill_witness(theta: Floats, origin: Origin, out: Floats) -> None:
    """Likelihood of the reports of one origin, [states of what they bear on, W].

    Notes
    -----
    A report from a source of reliability r has likelihood r l(x) + (1 - r) q. Reports of one origin share one error:
    with r the reliability of the best of their sources, r times the product of what they say of each variable, plus 1 -
    r times the product of how readily that would be said anyway. Where several speak of one variable they count as one,
    by the geometric mean, so that saying it again changes nothing.

    Where every report of an origin may deceive, with chance d (that of the one least likely to), the likelihood is (1 -
    d) times the above, plus d times the product of what would be told of each variable were it in another state: the
    mean of its likelihood over the other states.
    """
    if len(origin.reports) == 1 and origin.reports[0].deception is None:
        _fill_single(theta, origin.reports[0], out)
        return
    n_worlds = theta.shape[1]
    reliability = np.max([theta[report.reliability] for report in origin.reports], axis=0)
    truthful, opposite, anyway = np.ones(()), np.ones(()), np.ones(n_worlds)
    deceptions = [theta[report.deception] for report in origin.reports if report.deception is not None]
    may_deceive = len(deceptions) == len(origin.reports)
    for axis in origin.axes:
        reports = [report for report in origin.reports if report.variable == axis]
        told = _geometric_mean([theta[list(report.likelihood)] for report in _apart(reports)])
        shape = [1] * len(origin.axes) + [n_worlds]
        shape[origin.axes.index(axis)] = told.shape[0]
        truthful = truthful * told.reshape(shape)
        if may_deceive:
            opposite = opposite * _of_other_states(told).reshape(shape)
        anyway = anyway * _geometric_mean([theta[report.anyway] for report in _apart(reports)])
    np.add(reliability * truthful, (1 - reliability) * anyway, out=out)
    if may_deceive:
        deception = np.min(deceptions, axis=0)
        out *= 1 - deception
        out += deception * opposite


def _fill_single(theta: Floats, report: Testimony, out: Floats) -> None:
    """Likelihood of a report that stands alone: most do, and this takes a third of the time."""
    reliability = theta[report.reliability]
    np.multiply(theta[list(report.likelihood)], reliability, out=out)
    out += (1 - reliability) * theta[report.anyway]


def _of_other_states(told: Floats) -> Floats:
    """Mean over all other states, for each state; [S, W]. Summed anew for each: differences of sums lose digits."""
    n_states = told.shape[0]
    mean: Floats = (1.0 - np.eye(n_states)) @ told / (n_states - 1)
    return mean


def slots_of_origin(origin: Origin) -> set[int]:
    """Slots that `fill_witness` reads."""
    slots = {s for each in origin.reports for s in (*each.likelihood, each.anyway, each.reliability, each.deception)}
    return {slot for slot in slots if slot is not None}


def slots_that_matter(origin: Origin, known: Mapping[int, float]) -> set[int]:
    """Those of them on which the likelihood depends.

    Parameters
    ----------
    known : numbers of slots that are the same in every world. Where one report is beyond doubt no other's reliability
        counts, nor how readily any would have been made anyway; where one cannot deceive, none can.
    """
    reliabilities = {report.reliability for report in origin.reports}
    deceptions = {report.deception for report in origin.reports}
    found = {slot for report in origin.reports for slot in report.likelihood}
    if not any(known.get(slot) == 1.0 for slot in reliabilities):
        found |= reliabilities | {report.anyway for report in origin.reports}
    if None not in deceptions and not any(known.get(slot) == 0.0 for slot in deceptions if slot is not None):
        found |= {slot for slot in deceptions if slot is not None}
    return found - known.keys()


def _apart(reports: list[Testimony]) -> list[Testimony]:
    """Reports that differ in what they say, not only in who says it."""
    return list({(report.likelihood, report.anyway): report for report in reports}.values())


def _geometric_mean(arrays: list[Floats]) -> Floats:
    if len(arrays) == 1:
        return arrays[0]
    mean: Floats = np.prod(np.stack(arrays) ** (1.0 / len(arrays)), axis=0)
    return mean


def fill_event(event: EventTable, out: Floats) -> None:
    """Indicator of the event, [states of its variables, 2, W]."""
    out[..., 1, :] = event.holds[..., np.newaxis]
    np.subtract(1.0, out[..., 1, :], out=out[..., 0, :])
