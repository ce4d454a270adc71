"""The scrambled Sobol sequence written down as its definition reads, point by point, on whole numbers of any size.

What the compiled code is held to: no vectors, no mirrored words, no first chunk, no words read as signed.
"""

from melian.solve.kernel.words import MULTIPLIERS

N_BITS = 32
ALL = 2**N_BITS - 1


def mirrored(word: int) -> int:
    """Bits in reverse order."""
    return int(f"{word:032b}"[::-1], 2)


def plain_word(directions: list[int], point: int) -> int:
    """Unscrambled word of one coordinate; `directions` have the binary point before their top bit."""
    gray, word = point ^ (point >> 1), 0
    for bit, direction in enumerate(directions):
        if gray >> bit & 1:
            word ^= direction
    return word


def scrambled(word: int, keys: list[int]) -> int:
    """Word whose every bit is flipped by a hash of the bits above it and of six keys."""
    turned = mirrored(word)
    for added, odd, multiplier in zip(keys[:3], keys[3:], MULTIPLIERS, strict=True):
        turned = (turned + added) * odd & ALL
        turned ^= turned * multiplier & ALL
    return mirrored(turned)


def centred(word: int) -> float:
    """Middle of the word's cell, the top bit flipped once more."""
    return ((word ^ 1 << (N_BITS - 1)) + 0.5) / 2**N_BITS
