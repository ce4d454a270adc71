"""Actors that a command is asked about: checked before anything is solved, since solving takes long."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from melian.cli.options import Settings
from melian.errors import AskError

if TYPE_CHECKING:
    from melian.case.case import Case


def refuse_idle_actors(case: "Case", actors: Iterable[str], settings: Settings) -> None:
    """Refuse actors of whom it cannot be said what they can do.

    Raises
    ------
    AskError
        If one is no actor, has nothing to choose, or nothing left, as in `melian.answer.levers.levers_of`.
    """
    from melian.answer.actors import UNSEEN, check_chooser

    supposed = {**settings.do, **settings.observe}
    choices: dict[str, list[str]] = {actor.name: [] for actor in case.actors}
    for choice in case.choices:
        choices[choice.actor.text].append(choice.name)
    for actor in actors:
        check_chooser(actor, choices, supposed)
        if settings.do and settings.unannounced:
            raise AskError(*UNSEEN)
