"""What callers pass to the public calls, looked over where it comes in: each refusal names the call and the argument.

A mistake in the calling code is a `TypeError` where another kind of thing is needed, and a `ValueError` where it is of
the right kind and out of range.
"""

import os
from collections.abc import Collection, Mapping
from datetime import date, datetime
from operator import index
from typing import Any, NoReturn, SupportsFloat, SupportsIndex


def whole(call: str, name: str, value: object, *, least: int, most: int | None = None) -> int:
    """Return a whole number within bounds.

    Examples
    --------
    >>> whole("solve", "worlds", "a", least=1)
    Traceback (most recent call last):
        ...
    TypeError: solve(): worlds must be a whole number of at least 1, got 'a'
    """
    if isinstance(value, bool) or not isinstance(value, SupportsIndex):
        _refuse(TypeError, call, name, f"a whole number of at least {least}", value)
    number = index(value)
    if number < least:
        _refuse(ValueError, call, name, f"a whole number of at least {least}", value)
    if most is not None and number > most:
        _refuse(ValueError, call, name, f"a whole number of at most {most:,}", value)
    return number


def number(call: str, name: str, value: object) -> float:
    """Return a number."""
    if isinstance(value, bool | str) or not isinstance(value, SupportsFloat):
        _refuse(TypeError, call, name, "a number", value)
    return float(value)


def share(call: str, name: str, value: object) -> float:
    """Return a number from 0 to 1."""
    if isinstance(value, bool | str) or not isinstance(value, SupportsFloat):
        _refuse(TypeError, call, name, "a number from 0 to 1", value)
    number = float(value)
    if not 0 <= number <= 1:  # neither is what is no number
        _refuse(ValueError, call, name, "a number from 0 to 1", value)
    return number


def text(call: str, name: str, value: object) -> str:
    """Return a text."""
    if not isinstance(value, str):
        _refuse(TypeError, call, name, "a text", value)
    return value


def path(call: str, name: str, value: object) -> str | os.PathLike[str]:
    """Return a path, or the name of something."""
    if not isinstance(value, str | os.PathLike):
        _refuse(TypeError, call, name, "a path or a name", value)
    return value


def states(call: str, name: str, value: object, *, several: bool = False) -> dict[str, Any]:
    """Return nodes with their states; nothing for None.

    Parameters
    ----------
    several : whether a node may have several states, of which one is so.
    """
    if value is None:
        return {}
    needed = "a mapping of nodes to states, such as {'entry': 'stays_out'}"
    if not isinstance(value, Mapping):
        _refuse(TypeError, call, name, needed, value)
    for node, state in value.items():
        parts = state if several and isinstance(state, list | tuple | set | frozenset) else [state]
        if not all(isinstance(part, str) for part in (node, *parts)):
            _refuse(TypeError, call, name, needed, value)
    return dict(value)


def day(call: str, name: str, value: object) -> None:
    """Refuse what is neither a day nor None."""
    if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
        _refuse(TypeError, call, name, "a datetime.date", value)


def one_of(call: str, name: str, value: object, known: Collection[str]) -> None:
    """Refuse what is none of a few words."""
    if value not in known:
        _refuse(ValueError, call, name, f"one of {', '.join(map(repr, known))}", value)


def instance(call: str, name: str, value: object, kind: type, what: str) -> None:
    """Refuse what is of another kind."""
    if not isinstance(value, kind):
        _refuse(TypeError, call, name, what, value)


def _refuse(error: type[Exception], call: str, name: str, needed: str, value: object) -> NoReturn:
    shown = repr(value)
    raise error(f"{call}(): {name} must be {needed}, got {shown if len(shown) <= 60 else f'{shown[:57]}...'}")
