"""Plots of what each form of judgement draws, from the distributions and the sampler that melian itself draws with."""

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

import numpy as np

from melian.case.grades import LETTERS, RELIABILITY
from melian.case.judgement import Judgement, parse_judgement
from melian.case.words import INFLUENCE_WORDS, PRECISION_WORDS, SCALES
from melian.model.distribution import Distribution, beta
from melian.model.judged import distribution_of
from melian.model.parameter import Order, Parameter, Row
from melian.solve.draws.draw import Sampler
from melian.solve.draws.quantile import density, quantile
from scripts.svg import WIDTH, Floats, box, dots, drawing, line, path, share_axis, text

T = TypeVar("T", float, Floats)
LEFT, RIGHT, TOP = 228, 728, 18
TENTHS: Final = (0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100)
FIFTHS: Final = (0, 20, 40, 60, 80, 100)
FORMS: Final = (
    "0.2..0.4", "about 0.3", "triangular(0.1, 0.2, 0.6)", "pert(0.1, 0.2, 0.6)", "normal(0.3, 0.1)", "beta(2, 5)",
    "logitnormal(-0.85, 0.3)", "loguniform(0.1, 0.5)",
)  # fmt: skip
STATES: Final = ("goes_on", "shrinks", "cut_off")
ROWS: Final = (
    {"goes_on": "0..1"},
    {"goes_on": "likely"},
    {"goes_on": "0.3..0.6", "shrinks": "0.1..0.4"},
    {"goes_on": "likely", "shrinks": "unlikely", "cut_off": "very unlikely"},
)
ORDERS: Final = (
    ("three stakes", "[a, b, c]", ((0,), (1,), (2,))),
    ("four stakes", "[a, b, c, d]", ((0,), (1,), (2,), (3,))),
    ("five stakes", "[a, b, c, d, e]", ((0,), (1,), (2,), (3,), (4,))),
    ("a tie", "[a, b = c]", ((0,), (1, 2))),
)
DRAWS: Final = 4096


def scale_words(name: str) -> str:
    """Words of a scale of likelihood, each with its band behind it."""
    scale = SCALES[name]
    rows = [(band.word, distribution_of(_chance(band.word, name)), (band.low, band.high)) for band in scale.bands]
    label = f"What each word of the {scale.title} draws: a hump over its band of chances, with tails beyond it"
    return _ridges(label, rows, axis="chance", alike=True)


def forms() -> str:
    """Forms of a judgement of chance, all of the same area."""
    rows = [(form, distribution_of(_chance(form)), None) for form in FORMS]
    label = "What a range, about, and named distributions draw as a chance, each with the same area"
    return _ridges(label, rows, axis="chance", alike=False, kind="code")


def grades() -> str:
    """Letters of sources with the reliability that each is taken to mean."""
    rows = [(f"{letter}: {LETTERS[letter]}", beta(*RELIABILITY[letter]), None) for letter in RELIABILITY]
    label = "What reliability each letter of a source draws, from A, mostly above 85 %, to F, anything"
    return _ridges(label, rows, axis="reliability: share of reports that say what is so because it is so", alike=True)


Ridge = tuple[str, Distribution, tuple[float, float] | None]


def _ridges(label: str, rows: Sequence[Ridge], *, axis: str, alike: bool, kind: str = "") -> str:
    """Densities below each other on one axis from 0 to 100 %; `alike` draws each to the same height."""
    step, tall = 54, 42
    floor = TOP + step * len(rows)
    shapes = [_outline(distribution) for _, distribution, _ in rows]
    tallest = max(float(height.max()) for _, height in shapes)
    parts = share_axis((LEFT, RIGHT), (TOP, floor), axis, TENTHS)
    for row, ((name, distribution, band), (x, height)) in enumerate(zip(rows, shapes, strict=True)):
        base = TOP + step * (row + 1)
        if band is not None:
            start, end = _across(band[0]), _across(band[1])
            parts.append(box((start, base - tall), end - start, tall, "band"))
        y = base - tall * height / (float(height.max()) if alike else tallest)
        parts.append(path(LEFT + (RIGHT - LEFT) * x, y, "body", closed=True))
        half = _across(float(quantile(distribution, 0.5)))
        parts += [line((half, base), (half, base + 6), "edge"), text((18, base - 12), name, kind=kind)]
        parts.append(line((LEFT, base), (RIGHT, base), "axis" if base == floor else "grid"))
    return drawing(label, floor + 48, parts)


def _outline(distribution: Distribution) -> tuple[Floats, Floats]:
    """Outline of a density from its base and back to it: places and heights [K], closer where it bends more."""
    share = (1 - np.cos(np.pi * np.linspace(0.01, 0.99, 97))) / 2
    x = quantile(distribution, share)
    return np.concatenate([x[:1], x, x[-1:]]), np.concatenate([[0.0], density(distribution, x), [0.0]])


def rows_of_chances() -> str:
    """Rows of three states, as dots in the triangle of all that such a row can be."""
    parts = []
    for number, said in enumerate(ROWS):
        parts += _triangle((18 + 366 * (number % 2), 18 + 262 * (number // 2)), said)
    parts.append(
        text(
            (WIDTH / 2, 556),
            "400 worlds each; the faint lines are the chance of goes_on",
            kind="quiet",
            anchor="middle",
        )
    )
    label = "What four rows of three states draw: dots in triangles, of which each corner is one state for certain"
    return drawing(label, 572, parts)


def _triangle(corner: tuple[float, float], said: dict[str, str]) -> list[str]:
    """One row of chances: 400 worlds, the first state upwards, the second to the right, the third to the left."""
    wide, tall = 230.0, 199.0
    left, top = corner[0] + 108, corner[1] + 16
    parts = [
        text((corner[0], corner[1] + 8 + 17 * row), f"{state}: {judgement}", kind="code")
        for row, (state, judgement) in enumerate(said.items())
    ]
    for quarter in (0.25, 0.5, 0.75):
        y = top + tall * (1 - quarter)
        inset = wide * quarter / 2
        parts.append(line((left + inset, y), (left + wide - inset, y), "grid"))
        parts.append(text((left + inset - 8, y + 4), f"{100 * quarter:.0f} %", kind="quiet", anchor="end"))
    corners = np.array([left, left + wide / 2, left + wide])
    parts.append(path(corners, np.array([top + tall, top, top + tall]), "axis", closed=True))
    stated = tuple(distribution_of(_chance(said[state])) if state in said else None for state in STATES)
    drawn = _drawn(Row("row", stated))[:, :400]
    parts.append(dots(left + wide * (drawn[0] / 2 + drawn[1]), top + tall * (1 - drawn[0]), 1.7))
    parts.append(text((left + wide / 2, top - 7), STATES[0], kind="code", anchor="middle"))
    parts.append(text((left + wide + 8, top + tall + 18), STATES[1], kind="code", anchor="end"))
    return [*parts, text((left - 8, top + tall + 18), STATES[2], kind="code")]


def orders() -> str:
    """Weights that rank orders draw: mean, and between what 90 of 100 draws lie."""
    step, parts, y = 25, [], float(TOP)
    for name, order, groups in ORDERS:
        drawn = _drawn(Order("order", groups))
        parts += [text((18, y + 18), name), text((18, y + 37), order, kind="code")]
        for member, weights in enumerate(drawn):
            y += step
            low, high = (_across(float(edge)) for edge in np.quantile(weights, [0.05, 0.95]))
            mean = float(weights.mean())
            beside, anchor = (high + 8, "start") if high < RIGHT - 80 else (low - 8, "end")
            parts += [
                text((LEFT - 14, y - 3), "abcde"[member], kind="code", anchor="end"),
                box((low, y - 13), high - low, 11, "body"),
                line((_across(mean), y - 16), (_across(mean), y + 1), "edge"),
                text((beside, y - 3), f"mean {100 * mean:.0f} %", kind="quiet", anchor=anchor),
            ]
        y += 16
    axis = share_axis(
        (LEFT, RIGHT), (TOP, y), "weight: bars hold 90 of 100 draws, the line in each is the mean", FIFTHS
    )
    return drawing("What weights rank orders of stakes draw, mean and spread", int(y) + 48, [*axis, *parts])


def influences() -> str:
    """What words of influence make of a chance of 20 % and of one of 50 %."""
    step, gap = 34, 56
    wide = (RIGHT - 150 - gap) / 2
    floor = TOP + 24 + step * len(INFLUENCE_WORDS)
    parts = []
    for panel, start in enumerate((0.2, 0.5)):
        left = 150 + panel * (wide + gap)
        parts += share_axis((left, left + wide), (TOP + 20, floor), "chance with the influence", FIFTHS)
        at = left + wide * start
        parts.append(line((at, TOP + 20), (at, floor), "dash"))
        parts.append(text((at, TOP + 10), f"{100 * start:.0f} % without it", kind="quiet", anchor="middle"))
        for row, odds in enumerate(INFLUENCE_WORDS.values()):
            low, half, high = (
                left + wide * _shifted(start, by) for by in (odds[0], (odds[0] * odds[1]) ** 0.5, odds[1])
            )
            y = TOP + 24 + step * row + 9
            parts += [box((low, y), max(high - low, 3), 16, "body"), line((half, y - 3), (half, y + 19), "edge")]
    for row, word in enumerate(INFLUENCE_WORDS):
        parts.append(text((18, TOP + 24 + step * row + 21), word))
    return drawing("What each word of influence makes of a chance of 20 % and of one of 50 %", floor + 48, parts)


def precisions() -> str:
    """How often an actor picks the better of two options, by how much better it is."""
    left, right, top, floor, most = 70.0, 700.0, 24.0, 344.0, 0.5
    apart = np.linspace(0, most, 101)

    def across(difference: T) -> T:
        return left + (right - left) * difference / most

    def up(times: T) -> T:
        return floor - (floor - top) * (times - 50) / 50

    def curve(precision: float) -> Floats:
        return up(100 / (1 + np.exp(-precision * apart)))

    parts, along = [], across(apart)
    for (low, high), shade in zip(PRECISION_WORDS.values(), ("pale", "deep", "pale"), strict=True):
        outline = np.concatenate([curve(low), curve(high)[::-1]])
        parts.append(path(np.concatenate([along, along[::-1]]), outline, shade, closed=True))
        parts += [path(along, curve(low), "edge"), path(along, curve(high), "edge")]
    for times in range(50, 101, 10):
        parts.append(line((left - 5, up(times)), (left, up(times)), "axis"))
        parts.append(text((left - 10, up(times) + 4), f"{times}", kind="quiet", anchor="end"))
    for tenth in range(6):
        at = across(tenth / 10)
        parts.append(line((at, floor), (at, floor + 5), "axis"))
        parts.append(text((at, floor + 20), f"{tenth / 10:g}", kind="quiet", anchor="middle"))
    parts += [line((left, floor), (right, floor), "axis"), line((left, top), (left, floor), "axis")]
    parts.append(line((across(0.1), top), (across(0.1), floor), "dash"))
    parts.append(text((across(0.25), floor + 40), "difference in expected utility", kind="quiet", anchor="middle"))
    parts.append(text((14, 14), "times in 100 that the better option is picked", kind="quiet"))
    for word, (at, times) in zip(PRECISION_WORDS, ((0.4, 70), (0.24, 82), (0.15, 92)), strict=True):
        parts.append(text((across(at), up(times)), word, anchor="middle"))
    return drawing("How often actors of each word of precision pick the better of two options", int(floor) + 54, parts)


def _chance(words: str, scale: str = "icd203") -> Judgement:
    judgement = parse_judgement(words, "chance", SCALES[scale])
    assert isinstance(judgement, Judgement)
    return judgement


def _drawn(parameter: Parameter) -> Floats:
    return Sampler([parameter], seed=0).block(0, DRAWS)


def _across(share: float) -> float:
    return LEFT + (RIGHT - LEFT) * share


def _shifted(chance: float, odds_factor: float) -> float:
    odds = chance / (1 - chance) * odds_factor
    return odds / (1 + odds)


PLOTS: Final[dict[str, Callable[[], str]]] = {
    "words-icd203": lambda: scale_words("icd203"),
    "words-phia": lambda: scale_words("phia"),
    "forms": forms,
    "rows": rows_of_chances,
    "orders": orders,
    "influences": influences,
    "precisions": precisions,
    "grades": grades,
}
"""Every plot by the name of its file in `docs/pictures`."""
