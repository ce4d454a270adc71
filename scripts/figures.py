"""Draw the figures that the pages show, each the very figure that `melian figure` draws of the case named here."""

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Final

import melian
from melian.answer.solution import Solution
from melian.view.figures.svg import standalone
from melian.view.kinds import Kind
from melian.view.sheets.pictures import picture_of

DOCS: Final = Path(__file__).parents[1] / "docs"
KELL: Final = "reference/kell-pass.yaml"
STANDOFF: Final = "how-to/standoff.yaml"
BELARUS: Final = "belarus-2022"


@cache
def _solved(case: str) -> Solution:
    path = DOCS / case
    return melian.read(path if path.exists() else case).solve()


def _figure(case: str, kind: Kind, actor: str | None = None) -> str:
    return standalone(picture_of(_solved(case), kind, actor=actor))


FIGURES: Final[dict[str, Callable[[], str]]] = {
    "belarus-case": partial(_figure, BELARUS, "case"),
    "belarus-drivers": partial(_figure, BELARUS, "drivers"),
    "belarus-storylines": partial(_figure, BELARUS, "storylines"),
    "pass-case": partial(_figure, KELL, "case"),
    "pass-worlds": partial(_figure, KELL, "worlds"),
    "pass-drivers": partial(_figure, KELL, "drivers"),
    "pass-evidence": partial(_figure, KELL, "evidence"),
    "pass-timeline": partial(_figure, KELL, "timeline"),
    "pass-indicators": partial(_figure, KELL, "indicators"),
    "standoff-weights": partial(_figure, STANDOFF, "weights"),
    "standoff-incentives": partial(_figure, STANDOFF, "incentives"),
    "standoff-levers": partial(_figure, STANDOFF, "levers", "tarn"),
}
