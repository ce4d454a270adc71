"""What is taken where nobody says otherwise; apart from the solver, so that a help text does not have to load it."""

from typing import Final

DEFAULT_WORLDS: Final = 20_000
DEFAULT_SEED: Final = 0
# Share of the worlds that has to be left after the evidence; with less, worlds are drawn anew.
ADAPT_BELOW: Final = 0.05
