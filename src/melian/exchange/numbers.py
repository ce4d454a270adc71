"""Exact numbers as Gambit's files write them: integers, decimals and fractions of integers.

A number from a file is bounded before it is built: `1e999999999` would otherwise fill the memory.
"""

import re
from fractions import Fraction
from math import gcd
from typing import Final

MAX_DIGITS: Final = 100
MAX_EXPONENT: Final = 300
MAX_BITS: Final = 4_000
_NUMBER: Final = re.compile(
    r"[+-]?(?:([0-9]+)/([0-9]+)|(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE]([+-]?[0-9]{1,9}))?)", re.ASCII
)


class NumberError(ValueError):
    """A text that is no number, or one beyond the bounds; the message completes "this number ..."."""


def parse_number(text: str) -> Fraction:
    """Exact value of a number.

    Raises
    ------
    NumberError
        For what is no number, and for one that is too long, too large or too small.

    >>> parse_number("0.1") == parse_number("1/10")
    True
    """
    match = _NUMBER.fullmatch(text)
    if not match:
        raise NumberError("is neither an integer nor a decimal nor a fraction")
    if len(text) > MAX_DIGITS:
        raise NumberError(f"has more than {MAX_DIGITS} characters")
    if match[2] is not None and not match[2].strip("0"):
        raise NumberError("is divided by zero")
    if abs(int(match[3] or 0)) > MAX_EXPONENT:
        raise NumberError(f"has an exponent beyond {MAX_EXPONENT}")
    value = Fraction(text)
    if abs(value) >= 10**MAX_EXPONENT:
        raise NumberError(f"is beyond 1e{MAX_EXPONENT}")
    return value


def common_denominator(values: tuple[Fraction, ...]) -> int | None:
    """Least common denominator of numbers, or None where it would have more than `MAX_BITS` bits."""
    common = 1
    for value in values:
        common *= value.denominator // gcd(common, value.denominator)
        if common.bit_length() > MAX_BITS:
            return None
    return common


def exact_sum(values: tuple[Fraction, ...]) -> Fraction | None:
    """Sum of numbers, or None where it would have more than `MAX_BITS` bits to its denominator."""
    common = common_denominator(values)
    if common is None:
        return None
    return Fraction(sum(value.numerator * (common // value.denominator) for value in values), common)
