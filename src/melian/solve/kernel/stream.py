"""Parameters drawn inside the kernel, straight into its file of registers: no array of them ever goes to memory.

That serves numbers that are drawn evenly from a range, which need one coordinate of the cube, one product and one sum.
In a tree whose every payoff is uncertain they are nearly all that the kernel reads.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from melian.solve.kernel.compiled import compiled
from melian.solve.kernel.rows import LANES
from melian.solve.kernel.words import CHUNK, REPLICATES, fill_offsets, fill_words, replicate_of, unit_of

__all__ = ["NOTHING", "Stream", "stream_lanes", "stream_rows"]

Words = NDArray[np.uint32]
Floats = NDArray[np.float64]


class Stream(NamedTuple):
    """K parameters that are drawn evenly from a range each.

    Attributes
    ----------
    slots : [K] where they go.
    dimensions : [K] 0, 1, 2 ... : rows of the arrays below.
    points : [CHUNK / LANES, K, LANES] first chunk of points, mirrored, by lane block.
    directions : [K, 32] direction numbers, mirrored.
    keys : [REPLICATES, K, 6] of the scramblings.
    widths, lows, highs : [K] of the ranges.
    """

    slots: NDArray[np.int64]
    dimensions: NDArray[np.int64]
    points: Words
    directions: Words
    keys: Words
    widths: Floats
    lows: Floats
    highs: Floats


def _nothing() -> Stream:
    indices, words, numbers = np.zeros(0, dtype=np.int64), np.zeros((0, 0), dtype=np.uint32), np.zeros(0)
    points = np.zeros((CHUNK // LANES, 0, LANES), dtype=np.uint32)
    keys = np.zeros((REPLICATES, 0, 0), dtype=np.uint32)
    return Stream(indices, indices, points, words, keys, numbers, numbers, numbers)


NOTHING: Final = _nothing()
"""Stream of no parameters, for worlds that are drawn elsewhere."""


@compiled
def stream_lanes(stream: Stream, first: int, offsets: Words, words: NDArray[np.int32], rows: Floats) -> None:
    """Draw one lane block of worlds.

    Parameters
    ----------
    first : number of its first world, a multiple of `LANES`.
    offsets : [K] kept from lane block to lane block; made anew where a chunk begins.
    words : [LANES] overwritten.
    rows : [P, LANES] whose rows of `stream.slots` are filled.
    """
    # Unpacked once: every look into the tuple counts references, which costs as much as a row.
    slots, dimensions, points, directions, keys, widths, lows, highs = stream
    if first % CHUNK == 0:
        fill_offsets(directions, dimensions, first, offsets)
    here, own = points[first % CHUNK // LANES], keys[replicate_of(first)]
    for at in range(slots.shape[0]):
        fill_words(here[at], offsets[at], own[at], words)
        row, width, low, high = rows[slots[at]], widths[at], lows[at], highs[at]
        for lane in range(LANES):
            row[lane] = min(max(unit_of(words[lane]) * width + low, low), high)


@compiled
def stream_rows(stream: Stream, first: int, theta: Floats) -> None:
    """Draw worlds into [P, W]; `first` and W are multiples of `CHUNK`. The numbers are those of `stream_lanes`."""
    slots = stream.slots
    if slots.shape[0] == 0:
        return
    rows = np.empty((theta.shape[0], LANES))
    offsets, words = np.empty(slots.shape[0], dtype=np.uint32), np.empty(LANES, dtype=np.int32)
    for start in range(0, theta.shape[1], LANES):
        stream_lanes(stream, first + start, offsets, words, rows)
        for slot in slots:
            for lane in range(LANES):
                theta[slot, start + lane] = rows[slot, lane]
