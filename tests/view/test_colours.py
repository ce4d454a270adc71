"""Colours of figures and pages: read by everybody, in light and dark, by people who are colour-blind, and in grey.

Contrast is that of WCAG 2.2 (1.4.3 and 1.4.11). What colour-blind people see is simulated by the matrices of Machado,
Oliveira and Fernandes (2009), A physiologically-based model for simulation of color vision deficiency, IEEE
Transactions on Visualization and Computer Graphics 15 (severity 1); how far two colours then lie apart is the distance
in CIELAB, of which about 2.3 is what people can just tell.
"""

import re
from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from melian.view.figures.drawing import COLOURS, style

Floats = NDArray[np.float64]

TEXT, MARK = 4.5, 3.0  # least contrast of text, and of a mark that says something
APART = 10.0  # CIELAB: some four times what can just be told
VISIONS = {
    "full": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def themes() -> dict[str, dict[str, Floats]]:
    """Linear red, green and blue of each colour, by theme and name."""
    found = {}
    for theme, block in zip(("light", "dark"), re.findall(r":root \{(.*?)\}", style(), re.DOTALL), strict=True):
        found[theme] = {name: linear(code) for name, code in re.findall(r"--([\w-]+): #([0-9a-f]{6})", block)}
    return found


def linear(code: str) -> Floats:
    shares = np.array([int(code[at : at + 2], 16) / 255 for at in (0, 2, 4)])
    return np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)


def contrast(one: Floats, other: Floats) -> float:
    low, high = sorted(float(TO_XYZ[1] @ colour) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def lab(colour: Floats) -> Floats:
    x, y, z = np.cbrt(np.maximum(TO_XYZ @ np.clip(colour, 0, 1), 1e-6) / TO_XYZ.sum(axis=1))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest) -> dict[str, Floats]:
    return themes()[request.param]


def test_both_themes_have_the_same_colours() -> None:
    light, dark = themes().values()
    assert set(light) == set(dark)
    assert sum(name.startswith("actor-") for name in light) == COLOURS


@pytest.mark.parametrize("ground", ["paper", "panel"])
@pytest.mark.parametrize("name", ["ink", "quiet", "main", "for", "against", "warn"])
def test_text_can_be_read(theme: dict[str, Floats], name: str, ground: str) -> None:
    assert contrast(theme[name], theme[ground]) >= TEXT


@pytest.mark.parametrize("ground", ["for-soft", "against-soft", "main-soft"])
def test_text_can_be_read_on_a_tint(theme: dict[str, Floats], ground: str) -> None:
    assert contrast(theme["ink"], theme[ground]) >= TEXT


@pytest.mark.parametrize("ground", ["for", "against"])
def test_text_of_paper_can_be_read_on_full_colour(theme: dict[str, Floats], ground: str) -> None:
    assert contrast(theme["paper"], theme[ground]) >= TEXT


@pytest.mark.parametrize("name", ["main", "event", "for", "against", *(f"actor-{at}" for at in range(COLOURS))])
def test_marks_can_be_seen(theme: dict[str, Floats], name: str) -> None:
    assert contrast(theme[name], theme["paper"]) >= MARK


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("names", [("for", "against"), ("event", "quiet"), tuple(f"actor-{at}" for at in range(4))])
def test_colours_that_are_told_apart_are_apart_for_everybody(
    theme: dict[str, Floats], names: tuple[str, ...], vision: str
) -> None:
    seen = {name: lab(np.asarray(VISIONS[vision]) @ theme[name]) for name in names}
    for one, other in combinations(names, 2):
        assert np.linalg.norm(seen[one] - seen[other]) >= APART, (one, other)
