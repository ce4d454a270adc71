"""What there is to watch: when and how readily a thing can be seen, and reports that may yet come."""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from melian.case.grades import Grade
from melian.case.judgement import Judgement, Provenance
from melian.source.text import Span

if TYPE_CHECKING:
    from melian.case.case import Name, Row

# How readily something can be seen, in words, and how many times the effort of what is there for all to see: our own.
EASE: Final = {"easily": 1.0, "with effort": 2.0, "hardly": 4.0}


@dataclass(frozen=True, slots=True)
class Observable:
    """When something can be known, and how readily.

    Attributes
    ----------
    when : a date as it was written, or words; None where nothing is said.
    how : a word of `EASE`; None where nothing is said.
    """

    when: str | None
    how: str | None

    @property
    def day(self) -> date | None:
        """Date before which it cannot be known; None where words say when, or nothing."""
        try:
            return date.fromisoformat(self.when) if self.when else None
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Prospect:
    """A report that may yet come: how likely it would be in each state of what it bears on.

    Attributes
    ----------
    is_finding : whether it names the states of which it would show that one holds.
    grade : of the source that it would come from; None where it is as good as seen.
    """

    name: str
    claim: str
    bears_on: "Name"
    likelihood: "Row"
    is_finding: bool
    grade: Grade | None
    anyway: Judgement | None
    observable: Observable | None
    span: Span = field(compare=False, repr=False)
    provenance: Provenance = field(default=Provenance(), compare=False)
