"""Temperatures: how much of the evidence to take in next, and which worlds go on.

At temperature t, from 0 to 1, a world counts for the chance of the evidence in it to the power of t. Letters: I islands
of K worlds each, so that W = I K; islands never exchange worlds, hence their answers differ by chance alone.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.intp]

HALVINGS: Final = 60


def next_temperature(log_evidence: Floats, temperature: float, wanted: float) -> float:
    """Highest temperature up to 1 at which equally weighted worlds still leave `wanted` effective ones.

    Parameters
    ----------
    log_evidence : [W] of worlds that stand at `temperature`; -inf where the evidence is impossible.
    wanted : effective worlds to keep; below the number of worlds with possible evidence.

    References
    ----------
    Jasra, Stephens, Doucet and Tsagaris 2011, Inference for Levy-driven stochastic volatility models via adaptive
    sequential Monte Carlo, Scandinavian Journal of Statistics 38, section 3.2.
    """
    low, high = temperature, 1.0
    if _effective((high - temperature) * log_evidence) >= wanted:
        return high
    for _ in range(HALVINGS):
        middle = 0.5 * (low + high)
        if _effective((middle - temperature) * log_evidence) >= wanted:
            low = middle
        else:
            high = middle
    return high


def _effective(log_weight: Floats) -> float:
    weight = np.exp(log_weight - log_weight.max())
    return float(weight.sum() ** 2 / np.square(weight).sum())


def go_on(log_weight: Floats, n_kept: int, points: Floats) -> tuple[Indices, Floats]:
    """Choose the worlds of each island that go on, by systematic resampling.

    Parameters
    ----------
    log_weight : [I, K] of the worlds of each island.
    n_kept : worlds of an island that go on.
    points : [I] in [0, 1): where each island's comb begins.

    Returns
    -------
    [I, n_kept] worlds within each island, rising, and [I] log of the mean weight of each island; where nothing in an
    island is possible its first world stands for all, with -inf.

    References
    ----------
    Kitagawa 1996, Monte Carlo filter and smoother for non-Gaussian nonlinear state space models, Journal of
    Computational and Graphical Statistics 5, appendix.
    """
    best = log_weight.max(axis=1, keepdims=True)
    weight = np.exp(log_weight - np.where(np.isfinite(best), best, 0.0))
    total = weight.sum(axis=1)
    with np.errstate(divide="ignore"):
        mean = np.log(total / log_weight.shape[1]) + np.where(np.isfinite(best[:, 0]), best[:, 0], 0.0)
    chosen = np.zeros((len(weight), n_kept), dtype=np.intp)
    for island in np.flatnonzero(total > 0):
        reached = np.cumsum(weight[island]) / total[island]
        comb = (points[island] + np.arange(n_kept)) / n_kept
        chosen[island] = np.searchsorted(reached, comb, side="right")
        last = np.flatnonzero(weight[island])[-1]  # rounding may leave the last tooth past the end
        np.minimum(chosen[island], last, out=chosen[island])
    return chosen, mean
