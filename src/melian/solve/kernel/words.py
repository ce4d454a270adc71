"""Points of scrambled Sobol sequences, compiled: what `melian.solve.draws.sobol` describes, a row of lanes at a time.

A point's coordinate is a word of 32 bits: the XOR of the direction numbers that the Gray code of its number names. The
first `CHUNK` points are kept; every aligned run of as many is the same run XORed with one word a dimension. Words are
kept with their bits in reverse order, which is the order in which the scrambling hashes them.

Worlds take chunks of the replicates in turn: chunk c of the worlds is chunk c // `REPLICATES` of replicate
c % `REPLICATES`, so that any number of worlds is spread over them evenly.
"""

from typing import Any, Final

import numpy as np
from numba.core import types
from numba.extending import intrinsic
from numpy.typing import NDArray

from melian.solve.kernel.compiled import compiled
from melian.solve.kernel.rows import LANES

__all__ = ["CHUNK", "MULTIPLIERS", "REPLICATES", "fill_offsets", "fill_units", "fill_words", "replicate_of", "unit_of"]

Words = NDArray[np.uint32]
Floats = NDArray[np.float64]

CHUNK: Final = 256
"""Points that are kept of every dimension."""

REPLICATES: Final = 16
"""Independent scramblings of the sequence: their spread tells the error, of which sixteen leave a fifth uncertain."""

MULTIPLIERS: Final = (0x6C50B47C, 0xB82F1E52, 0x8D22F6E6)
"""Even numbers from the permutation of Laine and Karras, one a round."""

_FIRST, _SECOND, _THIRD = (np.uint32(number) for number in MULTIPLIERS)
_CELL: Final = 2.0**-32
_MIDDLE: Final = 0.5 + 2.0**-33
_N_BITS: Final = 32


@intrinsic
def mirrored(typing_context: Any, word: Any) -> tuple[Any, Any]:
    """A word with its bits in reverse order: one instruction or a few, where shifts and masks would take fifteen."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.bitreverse(arguments[0])

    return types.uint32(types.uint32), generate


@compiled(inline="always")
def replicate_of(first: int) -> int:
    """Replicate to which the world of some number belongs."""
    return first // CHUNK % REPLICATES


@compiled
def fill_offsets(directions: Words, dimensions: NDArray[np.int64], first: int, offsets: Words) -> None:
    """Word by which the chunk that begins with world `first` differs from the first chunk of its replicate.

    Parameters
    ----------
    directions : [D, 32] direction numbers, mirrored.
    dimensions : [K] rows of them.
    offsets : [K] filled.
    """
    point = first // CHUNK // REPLICATES * CHUNK
    gray = point ^ (point >> 1)
    for at in range(dimensions.shape[0]):
        word = np.uint32(0)
        for bit in range(_N_BITS):
            if gray >> bit & 1:
                word ^= directions[dimensions[at], bit]
        offsets[at] = word


@compiled
def fill_words(points: Words, offset: np.uint32, keys: Words, words: NDArray[np.int32]) -> None:
    """Scrambled words of one lane block of one dimension, mirrored back.

    Parameters
    ----------
    points : [LANES] of the first chunk.
    keys : [6] three words to add, then three odd ones to multiply by.
    words : [LANES] filled; signed, because such numbers turn into floating-point ones at less cost.
    """
    one, two, three, first, second, third = keys[0], keys[1], keys[2], keys[3], keys[4], keys[5]
    for lane in range(LANES):
        word = np.uint32(np.uint32(points[lane] ^ offset) + one) * first
        word = np.uint32(word) ^ np.uint32(word) * _FIRST
        word = np.uint32(np.uint32(word) + two) * second
        word = np.uint32(word) ^ np.uint32(word) * _SECOND
        word = np.uint32(np.uint32(word) + three) * third
        word = np.uint32(word) ^ np.uint32(word) * _THIRD
        words[lane] = np.int32(mirrored(np.uint32(word)))  # type: ignore[call-arg]


@compiled(inline="always")
def unit_of(word: np.int32) -> float:
    """Number strictly between 0 and 1: the middle of one of 2**32 cells.

    Reading a word as signed swaps the halves of the interval: one more flip of the top bit.
    """
    return np.float64(word) * _CELL + _MIDDLE


@compiled
def fill_units(
    points: Words, directions: Words, keys: Words, dimensions: NDArray[np.int64], first: int, units: Floats
) -> None:
    """Coordinates of points in some dimensions.

    Parameters
    ----------
    points : [D, CHUNK] first chunk, mirrored.
    directions : [D, 32] direction numbers, mirrored.
    keys : [REPLICATES, D, 6] of the scramblings.
    dimensions : [K] wanted.
    first : number of the first world, a multiple of `CHUNK`.
    units : [K, W] filled; W is a multiple of `CHUNK`.
    """
    offsets, words = np.empty(dimensions.shape[0], dtype=np.uint32), np.empty(LANES, dtype=np.int32)
    for start in range(0, units.shape[1], CHUNK):
        fill_offsets(directions, dimensions, first + start, offsets)
        own = keys[replicate_of(first + start)]
        for at in range(dimensions.shape[0]):
            row = dimensions[at]
            for lanes in range(0, CHUNK, LANES):
                fill_words(points[row, lanes : lanes + LANES], offsets[at], own[row], words)
                for lane in range(LANES):
                    units[at, start + lanes + lane] = unit_of(words[lane])
