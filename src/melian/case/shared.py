"""Judgements that are stated once and used by their names, as they are met while a case is read.

What kind of quantity such a judgement is, is not said where it is stated: its uses tell, and must agree.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from melian.case.judgement import Judgement
from melian.source.text import Span
from melian.source.tree import Entry

STATED_BY_ANOTHER: Final = "the judgement `{}` is stated by another"
NEEDS_ITS_OWN: Final = "a judgement of its own is needed here"
STATE_IT: Final = "state it in itself: a number, a range, a word or a distribution"


@dataclass(slots=True)
class Stated:
    """A judgement as it is stated.

    Attributes
    ----------
    judgement : None until the first use tells of what kind it is.
    first : place of the first use.
    is_clashing : whether uses were found that do not agree on what kind it is.
    """

    entry: Entry
    judgement: Judgement | None = None
    first: Span | None = None
    is_clashing: bool = False


@dataclass(slots=True)
class SharedJudgements:
    """Every judgement that has a name.

    Attributes
    ----------
    is_readable : whether all names that there are could be read; otherwise a name that is not here may well be stated.
    ahead : name of the one that is being read.
    """

    stated: dict[str, Stated] = field(default_factory=dict)
    is_readable: bool = True
    ahead: str | None = None

    @classmethod
    def of(cls, entries: Iterable[tuple[str, Entry]], *, is_readable: bool) -> "SharedJudgements":
        """Those of a section."""
        return cls({name: Stated(entry) for name, entry in entries}, is_readable)
