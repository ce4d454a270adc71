"""A report: sheets put one after the other, to be read by people who were not there; a page or Markdown shows it."""

from dataclasses import dataclass
from typing import Literal

from melian.view.sheet import Block

Kind = Literal["headline", "confidence", "body", "appendix"]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a report.

    Attributes
    ----------
    anchor : name by which links lead to it.
    kind : the headline stands out, confidence stands apart from it, appendices begin where most readers stop.
    """

    anchor: str
    title: str
    blocks: tuple[Block, ...]
    kind: Kind = "body"


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that there is to say of a solved case.

    Attributes
    ----------
    opening : what was asked, and as of when.
    version : of melian.
    made_by : what made it, in a sentence.
    """

    title: str
    opening: tuple[Block, ...]
    parts: tuple[Part, ...]
    version: str
    made_by: str
