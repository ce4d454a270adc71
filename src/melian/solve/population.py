"""Which worlds are solved, and what each counts for before the evidence is weighed."""

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from melian.solve.draws.draw import Sampler, Shares
from melian.solve.powers import Powers, exponential

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Population:
    """Worlds to be solved.

    Attributes
    ----------
    sampler : of the judgements.
    n_worlds : how many.
    unit : [D, W] points of the unit cube that worlds were drawn anew at; None for the sampler's own worlds.
    log_factor : [W] log of what the chance of the evidence in a world is multiplied by to give the world's weight; None
        for 0. Of worlds drawn given the evidence it is one over the chance of that evidence, so that they weigh alike,
        and still weigh right when something else is supposed of them.
    """

    sampler: Sampler
    n_worlds: int
    unit: Floats | None = None
    log_factor: Floats | None = None

    def first(self, n_worlds: int) -> "Population":
        """Return the first worlds, by themselves."""
        return replace(self, n_worlds=min(n_worlds, self.n_worlds))

    def shared(self, slots: Collection[int]) -> Shares:
        """Shares of drawing in which the kernel draws what it can of some slots: nothing of worlds drawn anew."""
        return self.sampler.shared(slots if self.unit is None else ())

    def block(self, start: int, count: int) -> Floats:
        """Parameters [P, count] of worlds from `start` on; those past the last are the last one again.

        `start` and `count` are multiples of 256.
        """
        theta = np.empty((self.sampler.n_slots, count))
        self.fill(start, theta)
        return theta

    def fill(self, start: int, theta: Floats, shares: Shares | None = None) -> None:
        """Parameters of worlds from `start` on into `theta` [P, W], but for those of the kernel's share."""
        if self.unit is None:
            self.sampler.fill(start, theta, shares)
        else:
            here = np.minimum(np.arange(start, start + theta.shape[1]), self.n_worlds - 1)
            self.sampler.transform(self.unit[:, here], theta)

    def factors(self, start: int, count: int) -> tuple[Floats, Powers | None]:
        """What worlds from `start` on are multiplied by, [count], 0 past the last world; and powers of two, if any."""
        found = np.zeros(count)
        n_here = max(0, min(count, self.n_worlds - start))
        if self.log_factor is None:
            found[:n_here] = 1.0
            return found, None
        found[:n_here], own = exponential(self.log_factor[start : start + n_here])
        if own is None:
            return found, None
        powers = np.zeros(count, dtype=np.int64)
        powers[:n_here] = own
        return found, powers
