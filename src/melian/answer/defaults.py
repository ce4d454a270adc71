"""What is taken where nobody says otherwise; apart from the solver, so that a help text does not have to load it."""

from typing import Final

DEFAULT_WORLDS: Final = 20_000
DEFAULT_SEED: Final = 0
