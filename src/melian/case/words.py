"""Verbal scales: what a word means as numbers, each table with its source.

A word that an analyst types is a distribution with most of its mass in the word's band, never a point: the band's edges
are read as the 10 % and 90 % quantiles. The tables are data; nothing here draws.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Band:
    """A word of likelihood with its band of chances, both edges in [0, 1], and its other spellings."""

    word: str
    low: float
    high: float
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scale:
    """A published scale of words of likelihood, in rising order."""

    name: str
    title: str
    bands: tuple[Band, ...]

    def band_of(self, word: str) -> Band | None:
        """Band that a word or one of its synonyms names, or None."""
        wanted = word.casefold()
        return next((b for b in self.bands if wanted == b.word or wanted in b.synonyms), None)

    def band_at(self, chance: float) -> Band:
        """Band that holds a chance; a lower edge belongs to its own band, a gap to the nearer band.

        Chances beyond the outermost edges belong to the outermost bands: neither scale has a word for 0 % or 100 %.
        """
        inside = [b for b in self.bands if b.low <= chance < b.high]
        if inside:
            return inside[-1]
        return min(self.bands, key=lambda b: max(b.low - chance, chance - b.high))

    def words(self) -> tuple[str, ...]:
        """Every word and synonym of the scale."""
        return tuple(word for band in self.bands for word in (band.word, *band.synonyms))


# Intelligence Community Directive 203 (Analytic Standards, 2015), the two rows of its table of likelihood.
ICD203: Final = Scale(
    "icd203",
    "ICD 203",
    (
        Band("almost no chance", 0.01, 0.05, ("remote",)),
        Band("very unlikely", 0.05, 0.20, ("highly improbable",)),
        Band("unlikely", 0.20, 0.45, ("improbable", "improbably")),
        Band("roughly even chance", 0.45, 0.55, ("roughly even odds",)),
        Band("likely", 0.55, 0.80, ("probable", "probably")),
        Band("very likely", 0.80, 0.95, ("highly probable",)),
        Band("almost certain", 0.95, 0.99, ("almost certainly", "nearly certain")),
    ),
)

# Professional Head of Intelligence Assessment (UK), probability yardstick; the gaps between the bands are deliberate.
PHIA: Final = Scale(
    "phia",
    "PHIA yardstick",
    (
        Band("remote chance", 0.0, 0.05),
        Band("highly unlikely", 0.10, 0.20),
        Band("unlikely", 0.25, 0.35),
        Band("realistic possibility", 0.40, 0.50),
        Band("likely", 0.55, 0.75, ("probable", "probably")),
        Band("highly likely", 0.80, 0.90),
        Band("almost certain", 0.95, 1.0),
    ),
)

SCALES: Final = {scale.name: scale for scale in (ICD203, PHIA)}
DEFAULT_SCALE: Final = ICD203

# Our own table, published as an assumption in the documentation: factors on the odds, log-uniform between the two.
INFLUENCE_WORDS: Final = {
    "strongly less": (1 / 10, 1 / 4),
    "less": (1 / 4, 1 / 2),
    "slightly less": (1 / 2, 1 / 1.25),
    "no change": (1.0, 1.0),
    "slightly more": (1.25, 2.0),
    "more": (2.0, 4.0),
    "strongly more": (4.0, 10.0),
}

# Our own table, published as an assumption: ranges of logit precision on utilities in [0, 1], log-uniform.
PRECISION_WORDS: Final = {"erratic": (1.0, 4.0), "ordinary": (4.0, 12.0), "calculating": (12.0, 40.0)}
DEFAULT_PRECISION: Final = "ordinary"
