"""How far two judgements go together."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from melian.case.judgement import Provenance
from melian.source.text import Span

if TYPE_CHECKING:
    from melian.case.case import Name


@dataclass(frozen=True, slots=True)
class Correlation:
    """Two judgements that are likely to err the same way, or opposite ways.

    Attributes
    ----------
    rank : Spearman's rank correlation before any evidence, within (-1, 1).
    """

    one: "Name"
    other: "Name"
    rank: float
    span: Span = field(compare=False, repr=False)
    provenance: Provenance
