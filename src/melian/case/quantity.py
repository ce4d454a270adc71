"""The kinds of quantity that judgements are about: their bounds and units, and examples of how to write them."""

from typing import Final, Literal

Kind = Literal["chance", "value", "influence", "precision", "weight"]

BOUNDS: Final[dict[Kind, tuple[float, float]]] = {
    "chance": (0.0, 1.0),
    "value": (0.0, 100.0),
    "influence": (-20.0, 20.0),
    "precision": (0.0, 1000.0),
    "weight": (0.0, 1e6),
}
# Of all but plain numbers: plain weights are shares of their sum, any other weight is itself a share.
SPREAD_BOUNDS: Final[dict[Kind, tuple[float, float]]] = BOUNDS | {"weight": (0.0, 1.0)}
UNITS: Final[dict[Kind, str]] = {
    "chance": "a chance is between 0 and 1 (or 0 % and 100 %)",
    "value": "a value is between 0 (worst) and 100 (best)",
    "influence": "an influence in log-odds is between -20 and 20",
    "precision": "a precision is between 0 and 1000",
    "weight": "weights are plain numbers up to 1,000,000, or shares between 0 and 1",
}
EXAMPLES: Final[dict[Kind, str]] = {
    "chance": "write a number `0.3`, a range `0.2..0.4`, a word such as `unlikely`, or `about 0.3`",
    "value": "write a number `70`, a range `60..80`, or `about 70`",
    "influence": "write `slightly more`, `strongly less`, `times 2..4`, or log-odds such as `0.5..1`",
    "precision": "write `erratic`, `ordinary`, `calculating`, a number, or a range such as `4..12`",
    "weight": "write a number `0.3`, a range `0.2..0.4`, or `about 0.3`",
}
