"""Draw the picture of the README from a solved case: the way of an answer, and how it lies over the worlds.

Plain SVG without scripts or fonts from elsewhere, so that a code host shows it, and on paper of its own, so that it
reads on a light page and on a dark one. Everything is rounded to whole pixels: it changes only when the answer does.
"""

from typing import Final
from xml.sax.saxutils import escape

import numpy as np
from numpy.typing import NDArray

import melian
from melian.answer.likelihood import Likelihood
from melian.view import wording
from melian.view.lettering.faces import faces

CASE: Final = "belarus-2022"
WIDTH: Final = 860
HEIGHT: Final = 410
INK, QUIET, LINE, BAR, MARK, PAPER = "#1f2933", "#52606d", "#9aa5b1", "#7b93ab", "#b4431c", "#fbfaf8"
STEPS: Final = (
    ("What is said", "words, ranges,", "rank orders"),
    ("Worlds", "20,000 full sets", "of numbers"),
    ("Choices", "solved in each:", "actors answer actors"),
    ("Evidence", "worlds weighed by", "dated, graded reports"),
    ("The answer", "likelihood, spread,", "confidence, reasons"),
)
LEFT, RIGHT, FLOOR, TALL = 60, 800, 346, 150
N_BARS: Final = 50


def picture() -> str:
    """Picture as SVG."""
    solution = melian.read(CASE).solve()
    answer = solution.likelihood()
    worlds = solution.worlds
    said = wording.likelihood(answer.mean, solution.case.scale, by=answer.by)
    parts = [
        f'<rect width="{WIDTH}" height="{HEIGHT}" rx="10" fill="{PAPER}"/>',
        *_steps(),
        _text((LEFT, 128), solution.case.title, size=15, weight="600"),
        _text((LEFT, 150), said, size=15, fill=MARK, weight="600"),
        *_bars(worlds.event, worlds.evidence),
        *_axis(),
        *_marks(answer),
        _text((LEFT, 394), _caption(answer), size=12, fill=QUIET),
    ]
    label = escape(f"How melian answers, and the answer to {CASE}: {said}")
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{label}">'
    marks = "\n".join(parts)
    return "\n".join([opening, f"<style>\n{faces(marks)}</style>", marks, "</svg>"]) + "\n"


def _text(
    at: tuple[int, int], text: str, *, size: int, fill: str = INK, weight: str = "400", anchor: str = "start"
) -> str:
    family = "Melian, system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif"
    style = f'font-family="{family}" font-size="{size}" font-weight="{weight}" fill="{fill}" text-anchor="{anchor}"'
    return f'<text x="{at[0]}" y="{at[1]}" {style}>{escape(text)}</text>'


def _steps() -> list[str]:
    """Row of the five steps with arrows between them."""
    wide, gap = 140, 25
    parts = []
    for place, (title, *lines) in enumerate(STEPS):
        x = 30 + place * (wide + gap)
        middle = x + wide // 2
        parts.append(
            f'<rect x="{x}" y="22" width="{wide}" height="70" rx="7" fill="white" stroke="{LINE}" stroke-width="1"/>'
        )
        parts.append(_text((middle, 44), title, size=14, weight="600", anchor="middle"))
        parts += [
            _text((middle, 62 + 16 * row), line, size=12, fill=QUIET, anchor="middle") for row, line in enumerate(lines)
        ]
        if place:
            parts.append(
                f'<path d="M{x - gap + 4} 57h14m-5 -5l5 5l-5 5" fill="none" stroke="{INK}" stroke-width="1.5"/>'
            )
    return parts


def _bars(event: NDArray[np.float64], weight: NDArray[np.float64]) -> list[str]:
    """One bar for each two points of chance: the share of the weighted worlds that give it."""
    shares = np.histogram(event, bins=N_BARS, range=(0.0, 1.0), weights=weight)[0] / weight.sum()
    parts = []
    for place, share in enumerate(shares):
        x, end = _across(place / N_BARS), _across((place + 1) / N_BARS)
        tall = round(TALL * float(share / shares.max()))
        if tall:
            parts.append(f'<rect x="{x}" y="{FLOOR - tall}" width="{end - x - 2}" height="{tall}" fill="{BAR}"/>')
    return parts


def _axis() -> list[str]:
    parts = [f'<path d="M{LEFT} {FLOOR}H{RIGHT}" stroke="{LINE}"/>']
    for tens in range(0, 101, 20):
        parts.append(_text((_across(tens / 100), FLOOR + 18), f"{tens} %", size=12, fill=QUIET, anchor="middle"))
    return parts


def _marks(answer: Likelihood) -> list[str]:
    """Where the answer lies, and between what 90 of 100 worlds do."""
    at, low, high = _across(answer.mean), _across(answer.q05), _across(answer.q95)
    spread = f"90 of 100 worlds: {wording.percent(answer.q05)} to {wording.percent(answer.q95)}"
    return [
        f'<path d="M{at} {FLOOR}V176" stroke="{MARK}" stroke-width="2.5"/>',
        _text((at + 8, 188), f"the answer: {wording.percent(answer.mean)}", size=13, fill=MARK, weight="600"),
        f'<path d="M{low} 216v-6H{high}v6" fill="none" stroke="{INK}" stroke-width="1.2"/>',
        _text((high + 8, 216), spread, size=12, fill=QUIET),
    ]


def _caption(answer: Likelihood) -> str:
    return (
        "Chance of the event in each world, by share of worlds. "
        f"The spread is what nobody knows, no error bar. Confidence is {answer.confidence.level}."
    )


def _across(chance: float) -> int:
    return round(LEFT + (RIGHT - LEFT) * chance)
