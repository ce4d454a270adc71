"""Quantities that factors are of: their middle, their range, and the chance of each band."""

from collections.abc import Iterator

from melian.answer.quantity import Level, Quantity
from melian.answer.solution import Solution
from melian.view import wording
from melian.view.sheet import Block, Heading, Paragraph, Share, Table, Words

WITHIN = "Within a band every value is taken to be as likely as any other."


def quantity_blocks(solution: Solution, step: float) -> Iterator[Block]:
    """Every quantity of a case; nothing where it has none."""
    found = solution.quantities()
    if not found:
        return
    yield Heading("Quantities")
    for quantity in found.values():
        yield Paragraph(_said(solution, quantity))
        shares = (Share(band.chance, step) for band in quantity.bands)
        rows = tuple((Words(_band(solution, quantity, at)), share) for at, share in enumerate(shares))
        yield Table((solution.case.nodes[quantity.node].label, "chance"), rows)
    if any(band.low != band.high for quantity in found.values() for band in quantity.bands):
        yield Paragraph(WITHIN, "quiet")


def _said(solution: Solution, quantity: Quantity) -> str:
    label, unit = solution.case.nodes[quantity.node].label, f" {quantity.unit}" if quantity.unit else ""
    low, high = _level(quantity.q05), _level(quantity.q95)
    middle = _level(quantity.median)
    return wording.sentence(
        f"{label}: {middle}{unit} in the middle; 5 % of the chance lies below {low}, and 5 % above {high}"
    )


def _level(level: Level) -> str:
    number = plain(level.value)
    return number if level.relation == "at" else f"a level {level.relation} {number}"


def plain(number: float) -> str:
    """Return a number to three digits, or as whole as it is."""
    whole = round(number)
    return f"{whole:,}" if abs(number) >= 100 or number == whole else f"{number:.3g}"


def _band(solution: Solution, quantity: Quantity, at: int) -> str:
    band = quantity.bands[at]
    label = wording.state_of(solution.case, quantity.node, band.state)
    if band.low is None or band.high is None:
        return f"{label}: below {plain(band.high or 0.0)}" if band.low is None else f"{label}: above {plain(band.low)}"
    return f"{label}: {plain(band.low)}" + (f" to {plain(band.high)}" if band.high != band.low else "")
