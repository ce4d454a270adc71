"""How large a game from a file may be: files are untrusted input, and the bounds are far above any game in print."""

from typing import Final

MAX_NODES: Final = 100_000
MAX_DEPTH: Final = 1_000
MAX_ACTIONS: Final = 1_000
MAX_PLAYERS: Final = 100
