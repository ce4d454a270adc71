"""The sheet of `melian drivers`: what the spread of the answer comes from, and what would have to be otherwise."""

from collections.abc import Iterator
from typing import Final

from melian.answer import rounding
from melian.answer.cruxes import LEAST_MASS, Bound, Crux, Cruxes
from melian.answer.drivers import Driver, Drivers
from melian.answer.shares import Share
from melian.answer.solution import Solution
from melian.case.case import Case
from melian.view import wording
from melian.view.figures.drivers import LEAST
from melian.view.headline import headline
from melian.view.naming import group_name, name_of, number, whole_name
from melian.view.sheet import Block, Cell, Entries, Entry, Heading, Paragraph, Sheet, Spread, Table, Words
from melian.view.sheet import Share as Percent
from melian.view.sheets.run import making, supposed_blocks

READING: Final = (
    "By itself: what of the spread would be gone on average if this alone were known. In all: what would be left of it"
    " if everything else were known, that is with what it does together with others. Below each is the interval that"
    " holds it in 95 of 100 runs. The last columns have the answer where the number is in its lowest and in its highest"
    " tenth."
)
NONE: Final = "not told from none"
ELSEWHERE: Final = "What each report moved: melian evidence."


def drivers_sheet(solution: Solution, drivers: Drivers) -> Sheet:
    """What to show of the judgements that the spread comes from."""
    case, answer = solution.case, solution.likelihood()
    step = solution.step
    blocks: list[Block] = [*supposed_blocks(case, solution.supposed)]
    lead = headline(answer, case.scale, step)
    blocks.append(Paragraph(lead, "lead"))
    if not drivers.drivers:
        blocks.append(Paragraph("No judgement leaves anything open that bears on it: there is no spread to explain."))
        return Sheet(case.title, (*blocks, Paragraph(making(solution), "quiet")))
    low, high = wording.percent(answer.q05, step), wording.percent(answer.q95, step)
    blocks.append(Paragraph(f"In 90 of 100 worlds it lies between {low} and {high}. {_counted(drivers)}"))
    shown = [driver for driver in drivers.drivers if driver.total.value >= LEAST] or list(drivers.drivers[:1])
    blocks += [Heading("Where the spread comes from"), _table(case, shown, step), Paragraph(READING, "quiet")]
    blocks += [Heading("The same by what judgements are about"), _groups(case, drivers)]
    blocks += cruxes_blocks(case, drivers, step)
    blocks.append(Paragraph(ELSEWHERE, "quiet"))
    blocks.append(Paragraph(making(solution), "quiet"))
    return Sheet(case.title, tuple(blocks))


def _counted(drivers: Drivers) -> str:
    told = sum(glance.first.is_told for glance in drivers.screened)
    judgements = wording.counted(len(drivers.screened), "judgement")
    return f"Of {judgements} that leave something open, {told} can be told to matter by themselves."


def _table(case: Case, shown: list[Driver], step: float) -> Table:
    rows = tuple(
        (
            Words(whole_name(case, driver.judged, driver.tenths.member)),
            _share(driver.first),
            _share(driver.total),
            *_tenths(driver, step),
        )
        for driver in shown
    )
    return Table(("judgement", "by itself", "in all", "lowest tenth", "highest tenth"), rows)


def _share(share: Share) -> Cell:
    return Spread(share.value, share.low, share.high) if share.is_told else Words(NONE)


def _tenths(driver: Driver, step: float) -> tuple[Cell, Cell]:
    tenths = driver.tenths
    if not tenths.is_told:
        return Words("no difference"), Words("told")
    steps = [
        rounding.COARSE if error > rounding.FINE_ERROR else step for error in (tenths.low_error, tenths.high_error)
    ]
    low, high = wording.percent(tenths.low, steps[0]), wording.percent(tenths.high, steps[1])
    below, above = number(driver.judged, tenths.below), number(driver.judged, tenths.above)
    return Words(f"{low} (up to {below})"), Words(f"{high} (from {above})")


def _groups(case: Case, drivers: Drivers) -> Table:
    shown = [group for group in drivers.groups if group.total.value >= LEAST] or list(drivers.groups[:1])
    rows = tuple(
        (
            Words(f"{group_name(case, each.group)} ({wording.counted(each.judgements, 'judgement')})"),
            _share(each.first),
            _share(each.total),
        )
        for each in shown
    )
    return Table(("judgements on", "by themselves", "in all"), rows)


def cruxes_blocks(case: Case, drivers: Drivers, step: float) -> Iterator[Block]:
    """What would have to be otherwise for the answer to cross the line."""
    cruxes = drivers.cruxes
    side, line = _side(cruxes), wording.percent(cruxes.line)
    yield Heading(f"What would have to be otherwise for the answer to lie {side} {line}")
    beyond = f"The chance itself lies {side} {line} in {wording.percent(cruxes.beyond)} of worlds."
    if cruxes.found:
        yield Entries(tuple(_crux(case, drivers, crux, step) for crux in cruxes.found))
        yield Paragraph(f"{beyond} Bounds were found in one half of the worlds, and measured in the other.", "quiet")
        return
    if not cruxes.beyond:
        yield Paragraph(f"In none of the worlds that were looked at does the chance itself lie {side} {line}.")
        return
    yield Paragraph(f"None found, which is no proof that there is none. {_tried(cruxes)} {beyond}")
    if cruxes.nearest is not None and cruxes.nearest.mass > 0:
        yield Paragraph("Nearest to it:")
        yield Entries((_crux(case, drivers, cruxes.nearest, step),))


def _tried(cruxes: Cruxes) -> str:
    """What was looked at in vain."""
    ways = [f"{number} {way}" for number, way in zip(cruxes.tried, ("alone", "in pairs", "in threes"), strict=False)]
    least = wording.percent(LEAST_MASS)
    return (
        f"Tried: bounds at every twentieth of the judgements that matter most ({wording.listed(ways)}), wherever they"
        f" hold in {least} of worlds or more."
    )


def _crux(case: Case, drivers: Drivers, crux: Crux, step: float) -> Entry:
    cruxes = drivers.cruxes
    bounds = wording.listed([_bound(case, drivers, bound) for bound in crux.bounds])
    step = rounding.COARSE if crux.error > rounding.FINE_ERROR else step
    within = f"{wording.percent(crux.mass)} of worlds"
    density = f"in {wording.percent(crux.density)} of them the chance itself is {_side(cruxes)} the line"
    coverage = f"they hold {wording.percent(crux.coverage)} of all worlds of which that is so"
    return Entry(Percent(crux.mean, step), f"where {bounds}", f"({within}; {density}; {coverage})")


def _side(cruxes: Cruxes) -> str:
    return "above" if cruxes.is_above else "below"


def _bound(case: Case, drivers: Drivers, bound: Bound) -> str:
    driver = drivers.drivers[bound.candidate]
    name = name_of(case, driver.judged, driver.tenths.member)
    return f"[{name}] is {'above' if bound.is_above else 'below'} {number(driver.judged, bound.value)}"
