"""The neutral sheet: what there is to show, without a word on how it looks.

Builders turn answers into sheets; the terminal, a page and a notebook turn sheets into what people see. Every text of a
sheet may hold the user's own words, so whoever shows it has to make it safe for the place where it is shown.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from melian.answer import rounding
from melian.view import wording
from melian.view.figures.drawing import Drawing

Tone = Literal["plain", "lead", "quiet", "warn"]


@dataclass(frozen=True, slots=True)
class Words:
    """Text."""

    words: str
    tone: Tone = "plain"

    @property
    def text(self) -> str:
        """What it says."""
        return self.words


@dataclass(frozen=True, slots=True)
class Share:
    """A chance or a share, which a view may also draw as a bar.

    Attributes
    ----------
    value : in [0, 1].
    step : points to which its number is rounded.
    """

    value: float
    step: float = rounding.FINE

    @property
    def text(self) -> str:
        """Return the number in per cent."""
        return wording.percent(self.value, self.step)


@dataclass(frozen=True, slots=True)
class Spread:
    """A chance with its 5 to 95 % range over worlds, all in [0, 1]."""

    value: float
    low: float
    high: float
    step: float = rounding.FINE

    @property
    def text(self) -> str:
        """Return the number in per cent."""
        return wording.percent(self.value, self.step)

    @property
    def range_text(self) -> str:
        """Range in per cent."""
        return wording.percent_range(self.low, self.high, self.step)


@dataclass(frozen=True, slots=True)
class Bits:
    """Weight of evidence in bits: above 0 for the event, below 0 against it."""

    value: float

    @property
    def text(self) -> str:
        """Return the amount and the side."""
        return wording.bits(self.value)


@dataclass(frozen=True, slots=True)
class Day:
    """A date."""

    value: date

    @property
    def text(self) -> str:
        """Date as `30 June 2022`."""
        return wording.day(self.value)


@dataclass(frozen=True, slots=True)
class Mark:
    """Whether something is a `fact`, a `judgement` or an `assumption`; None where nobody said."""

    basis: str | None

    @property
    def text(self) -> str:
        """Return the word for it."""
        return self.basis or "not said"


Cell = Words | Share | Spread | Bits | Day | Mark


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the sheet's own title."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences; `lead` is what to read first, `quiet` what to read last, `warn` what not to miss."""

    text: str
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Bar:
    """A named share; `note` is a second, quieter name, such as the one that the case file has."""

    label: str
    share: Share
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bars:
    """Shares that make up a whole, such as the options of one choice; `note` says whose they are."""

    label: str
    bars: tuple[Bar, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class BarGroups:
    """Several wholes beside each other."""

    groups: tuple[Bars, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a list: a cell in front, its text, and quieter details below.

    Attributes
    ----------
    anchor : part of a report that says more, to which a page leads from the cell in front; none where empty.
    """

    lead: Cell
    text: str
    details: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Entries:
    """A list of entries."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first column says what each row is about."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Text to be shown as it stands, such as an example of a case."""

    text: str


@dataclass(frozen=True, slots=True)
class Listing:
    """Lines of a file with their numbers, from 1."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure; where none can be shown, its description stands for it."""

    drawing: Drawing


@dataclass(frozen=True, slots=True)
class Fold:
    """Blocks that a page shows when they are asked for; elsewhere they stand below their title."""

    title: str
    blocks: "tuple[Block, ...]"


Block = Heading | Paragraph | BarGroups | Entries | Table | Verbatim | Listing | Picture | Fold


@dataclass(frozen=True, slots=True)
class Sheet:
    """Blocks to be shown one below the other."""

    title: str
    blocks: tuple[Block, ...]
