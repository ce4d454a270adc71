"""The sheet of `melian indicators`: what to watch, what it would tell, and where the answer would go."""

from collections.abc import Iterator, Sequence
from typing import Final

from melian.answer.indicators import Indicator, Indicators
from melian.answer.information import Information
from melian.answer.solution import Solution
from melian.case.case import Case
from melian.view import wording
from melian.view.headline import headline
from melian.view.naming import result_label, thing_label
from melian.view.sheet import Block, Cell, Heading, Paragraph, Share, Sheet, Table, Words
from melian.view.sheets.run import making, supposed_blocks
from melian.view.sheets.watch import LEAST_MOVE, first_to_watch

DETAILED: Final = 4
SIGNS: Final = 4
READING: Final = (
    "Bits say how much of the doubt about the answer seeing it takes away on average. Reported: the same where a source"
    " of grade {letter} names what it saw, and may be wrong. Moves it: how far the answer moves on average, up or down."
    " Crosses: the chance that it ends on the other side of 50 %."
)
EFFORT: Final = (
    "Ordered by bits for the effort: what takes some counts half of what is easily seen, what is hardly seen a quarter."
)
THEN: Final = " Then: bits that are left once the first to watch is known; where few are, the two say the same."


def indicators_sheet(solution: Solution, found: Indicators) -> Sheet:
    """What to show of what to watch."""
    case, answer = solution.case, solution.likelihood()
    step = solution.step
    blocks: list[Block] = [*supposed_blocks(case, solution.supposed)]
    blocks.append(Paragraph(headline(answer, case.scale, step), "lead"))
    warnings = [one for one in found.indicators if not one.is_sign]
    shown = [one for one in warnings if is_worth_a_row(one)]
    if shown:
        blocks += [Paragraph(text) for text in _watch(case, found, step)]
        blocks += [Heading("What to watch"), _table(case, shown, step)]
        blocks += [Heading("Where the answer would go"), _results(case, shown[:DETAILED], step)]
    else:
        blocks.append(Paragraph("Nothing that could still be seen would move the answer by as much as half a point."))
    signs = [one for one in found.indicators if one.is_sign and is_worth_a_row(one)]
    if signs:
        blocks += [Heading("Signs, not warnings: known only after what the question asks about")]
        blocks.append(_table(case, signs[:SIGNS], step))
    blocks += _rest(case, found)
    if any(one.observable for one in shown):
        blocks.append(Paragraph(EFFORT, "quiet"))
    if shown or signs:
        has_then = any(one.then is not None for one in (*shown, *signs))
        blocks.append(Paragraph(READING.format(letter=found.letter) + (THEN if has_then else ""), "quiet"))
    blocks.append(Paragraph(making(solution), "quiet"))
    return Sheet(case.title, tuple(blocks))


def _watch(case: Case, found: Indicators, step: float) -> Iterator[str]:
    """Which to watch first, and which then."""
    by_name = {(one.kind, one.name): one for one in found.indicators}
    watch = [each for each in found.watch if is_worth_a_row(by_name[each.kind, each.name])]
    for place, each in enumerate(watch):
        if place == 0:
            yield f"Watch first: {first_to_watch(case, by_name[each.kind, each.name], step)}"
            continue
        before = f"the {_bits(watch[0].information)} of the first" if place == 1 else "those of the first two"
        added = f"it adds {_bits(each.information)} bits to {before}"
        label = thing_label(case, by_name[each.kind, each.name])
        yield f"Watch {'second' if place == 1 else 'third'}: {label}; {added}."


def is_worth_a_row(indicator: Indicator) -> bool:
    """Whether something is to be said of an indicator beyond its name."""
    return indicator.information.is_told and indicator.move.points >= LEAST_MOVE


def _table(case: Case, shown: Sequence[Indicator], step: float) -> Table:
    columns = ("", "bits", "reported", "moves it", "crosses", "then")
    has_then = any(one.then is not None for one in shown)
    rows = []
    for one in shown:
        cells: tuple[Cell, ...] = (
            Words(thing_label(case, one) + _how(one)),
            Words(_bits(one.information)),
            Words(_bits(one.reported) if one.reported is not None else ""),
            Words(wording.points(one.move.points, step)),
            _chance(one.move.crosses, step),
            Words(_bits(one.then) if one.then is not None else "first"),
        )
        rows.append(cells if has_then else cells[:-1])
    return Table(columns if has_then else columns[:-1], tuple(rows))


def _how(one: Indicator) -> str:
    """When and how readily it can be seen, in brackets; nothing where the case does not say."""
    seen = one.observable
    said = [part for part in (seen.how, seen.when) if part] if seen is not None else []
    return f" ({', '.join(said)})" if said else ""


def _chance(chance: float, step: float) -> Cell:
    """Chance of what may be impossible: then it is said that it cannot."""
    return Share(chance, step) if chance > 0 else Words("cannot")


def _bits(information: Information) -> str:
    """Bits as far as their error bears digits, or that there are none that could be told from none."""
    if not information.is_told:
        return "none"
    return wording.bits_told(information.bits, information.error)


def _results(case: Case, shown: Sequence[Indicator], step: float) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for one in shown:
        for name, result in zip(one.results, one.move.results, strict=True):
            if result.answer is not None:
                said = result_label(case, one, name)
                rows.append((Words(said), Share(result.chance, step), Share(result.answer, step)))
    return Table(("if you see", "chance of that", "the answer then"), tuple(rows))


def _rest(case: Case, found: Indicators) -> Iterator[Block]:
    """What moves the answer hardly at all, and what tells nothing that could be told from nothing."""
    slight = [one for one in found.indicators if one.information.is_told and not is_worth_a_row(one)]
    if slight:
        labels = wording.listed([thing_label(case, one) for one in slight])
        yield Paragraph(f"Would move the answer by less than half a point: {labels}.", "quiet")
    silent = [one for one in found.indicators if not one.information.is_told]
    if silent:
        labels = wording.listed([thing_label(case, one) for one in silent])
        yield Paragraph(f"No detectable information: {labels}.", "quiet")
