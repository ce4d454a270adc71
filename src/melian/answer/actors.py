"""Who can be asked what it can do: an actor of the case who has a choice left."""

from collections.abc import Collection, Hashable, Mapping
from typing import Final, TypeVar

from melian.errors import AskError
from melian.source.suggest import nearest

UNSEEN: Final = (
    "levers are taken openly, and what is supposed is done unseen",
    ("suppose it announced: leave out --unannounced",),
)
"""Message and notes where an actor is asked about while something is done unannounced."""

T = TypeVar("T", bound=Hashable)


def check_chooser(actor: str, choices: Mapping[str, Collection[T]], supposed: Collection[T]) -> tuple[T, ...]:
    """Choices of an actor that are not supposed.

    Parameters
    ----------
    choices : those of every actor of the case.
    supposed : what is brought about or learned already.

    Raises
    ------
    AskError
        If there is no such actor, or nothing is left for it to choose.
    """
    if not isinstance(actor, str):
        raise TypeError(f"the actor must be the name of one, got {actor!r}")
    if actor not in choices:
        near = nearest(actor, choices)
        hint = [f"did you mean `{near}`?"] if near else []
        raise AskError(f"`{actor}` is no actor of this case", [*hint, f"known here: {', '.join(choices)}"])
    if not choices[actor]:
        choosing = ", ".join(name for name, own in choices.items() if own)
        raise AskError(f"`{actor}` makes no choice in this case", [f"those who choose: {choosing}"])
    left = tuple(choice for choice in choices[actor] if choice not in supposed)
    if not left:
        raise AskError(f"every choice of `{actor}` is supposed already", ["leave one of them open"])
    return left
