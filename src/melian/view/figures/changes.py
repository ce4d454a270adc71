"""Chances before and after: what follows from a supposition, and what two versions of a case differ by."""

from collections.abc import Sequence
from typing import Final

from melian.answer.compare import Difference
from melian.answer.ranking import ranked
from melian.answer.whatif import WhatIf
from melian.case.case import Case
from melian.view import wording
from melian.view.figures.bands import (
    WIDTH,
    About,
    Band,
    Column,
    Meaning,
    Scale,
    banded,
    chances_scale,
    lines_height,
    words,
)
from melian.view.figures.drawing import Drawing
from melian.view.figures.svg import broken, circle, line, rectangle, text

LABEL: Final = 316.0
LEFT, PLOT = 336.0, 270.0
NUMBERS: Final = WIDTH
SHOWN: Final = 12
LINES: Final = 6


def whatif_drawing(case: Case, found: WhatIf, step: float) -> Drawing:
    """The event and the chances that moved most, before and after a supposition.

    Parameters
    ----------
    step : points to which chances are rounded.
    """
    moved = [change for change in found.nodes if change.is_told and wording.moved(change.before, change.after, step)]
    moved = ranked(moved, key=lambda change: abs(change.difference))
    rows = [("The event", found.event.before, found.event.after, True)]
    rows += [
        (wording.state(case, change.node, change.state), change.before, change.after, False)
        for change in moved[:SHOWN]
        if change.node is not None
    ]
    scale = chances_scale(LEFT, PLOT, [chance for _, before, after, _ in rows for chance in (before, after)])
    bands = [_row(said, before, after, scale, step, is_event=first) for said, before, after, first in rows]
    rest = f" The {SHOWN} largest of {len(moved)} changes." if len(moved) > SHOWN else ""
    return banded(About("Before and after", f"{DESCRIBED}{rest}"), _SIGNS, (Column("", LEFT, scale=scale),), bands)


DESCRIBED: Final = (
    "Chance of the event, and of what else moves by what can be told from chance, before (ring) and after (dot) the"
    " supposition, on the same worlds; the numbers at the right are those two."
)
_SIGNS: Final[tuple[Meaning, ...]] = (
    (lambda x, y: circle(x, y, 4, "hollow"), "before"),
    (lambda x, y: circle(x, y, 4, "dot"), "after"),
)


def _row(said: str, before: float, after: float, scale: Scale, step: float, *, is_event: bool) -> Band:
    lines = broken(said, LABEL, LINES, is_bold=is_event)
    height = lines_height(len(lines))

    def drawn(y: float) -> str:
        middle, old, new = y + height / 2, scale.at(before), scale.at(after)
        marks = words(0, middle, lines, "strong" if is_event else "")
        marks += line(old, middle, new, middle, "bar-line")
        marks += circle(old, middle, 4.5, "hollow") + circle(new, middle, 4.5, "dot")
        both = f"{wording.percent(before, step)} → {wording.percent(after, step)}"
        return marks + text(NUMBERS, middle + 4, both, "strong" if is_event else "small", "end")

    return Band(height, drawn)


def diff_drawing(found: Difference, names: Sequence[str], step: float) -> Drawing:
    """How the answer of one version becomes that of the other, change by change.

    Parameters
    ----------
    names : what each group of changes is called.
    step : points to which chances are rounded.
    """
    rows: list[tuple[str, float, float, str | None]] = [("the earlier version", found.before, found.before, None)]
    at = found.before
    for name, share in list(zip(names, found.shares, strict=True))[:SHOWN]:
        rows.append((name, at, at + share.moved, wording.shift(share.moved, step) if share.is_told else "none to tell"))
        at += share.moved
    if len(found.shares) > SHOWN:
        rows.append((wording.counted(len(found.shares) - SHOWN, "other change"), at, found.after, ""))
    rows.append(("the later version", found.after, found.after, None))
    scale = chances_scale(LEFT, PLOT, [chance for _, before, after, _ in rows for chance in (before, after)])
    about = About("From one version to the other", STAIRS)
    return banded(about, (), (Column("", LEFT, scale=scale),), [_stair(*row, scale, step) for row in rows])


STAIRS: Final = (
    "From the answer of the earlier version to that of the later one. Each bar is what one group of changes adds,"
    " averaged over the orders in which they could be taken over, so that they add up to the difference."
)


def _stair(said: str, before: float, after: float, moved: str | None, scale: Scale, step: float) -> Band:
    """One step of the stairs, or, where nothing is moved, one of the two answers."""
    lines = broken(said, LABEL, LINES, is_bold=moved is None)
    height = lines_height(len(lines))

    def drawn(y: float) -> str:
        middle, old, new = y + height / 2, scale.at(before), scale.at(after)
        if moved is None:
            marks = circle(new, middle, 5, "dot")
            marks += text(NUMBERS, middle + 4, wording.percent(after, step), "strong", "end")
            return words(0, middle, lines, "strong") + marks
        kind = "for" if after > before else "against"
        bar = rectangle(min(old, new), middle - 6, max(abs(new - old), 1.0), 12, kind)
        ends = line(old, y, old, middle, "axis") + line(new, middle, new, y + height, "axis")
        number = text(NUMBERS, middle + 4, moved or "less than a point", "small", "end")
        return words(0, middle, lines) + ends + bar + number

    return Band(height, drawn)
