"""The sheet of `melian incentives`: what each actor gains and loses by each option, stake by stake."""

from collections.abc import Iterator
from string import ascii_uppercase
from typing import Final

from melian.answer.incentives import Incentive, Incentives, Preference, Prospect
from melian.answer.ranking import ranked
from melian.answer.solution import Solution
from melian.case.case import Case
from melian.view import wording
from melian.view.naming import choice_label, stake_labels
from melian.view.sheet import Block, Cell, Heading, Paragraph, Share, Sheet, Table, Words
from melian.view.sheets.run import making, supposed_blocks

SAID: Final = 0.05  # points below which a stake is not named
READING: Final = (
    "In points of the actor's expected utility, as the actor sees it: the weight of a stake times its expected value."
    " Of stakes that the choice cannot change there is nothing to tell. What would make it indifferent is reckoned in"
    " the mean world: one number otherwise, all else as it is, the other weights keeping their proportions."
)


def incentives_sheet(solution: Solution, found: Incentives) -> Sheet:
    """What to show of the actors' incentives."""
    case = solution.case
    step = solution.step
    blocks: list[Block] = [*supposed_blocks(case, solution.supposed)]
    for incentive in found.incentives:
        blocks += _incentive(case, incentive, step)
    if not found.incentives:
        blocks.append(Paragraph("Nobody is left with anything to choose."))
    blocks += [Paragraph(READING, "quiet"), Paragraph(making(solution), "quiet")]
    return Sheet(case.title, tuple(blocks))


def _incentive(case: Case, incentive: Incentive, step: float) -> Iterator[Block]:
    labels = {state.name: state.label for state in case.nodes[incentive.choice].states}
    yield Heading(choice_label(case, incentive.choice))
    yield Paragraph(_situation(case, incentive), "quiet")
    if len(incentive.prospects) < 2:
        yield Paragraph("Only one option is open there.")
        return
    yield _legend(incentive, labels, step)
    yield _table(case, incentive)
    for preference in incentive.preferences:
        yield Paragraph(_preference(case, incentive.actor, preference, labels))


def _situation(case: Case, incentive: Incentive) -> str:
    if not incentive.sees:
        return "Nothing that is seen before it makes a difference."
    seen = "; ".join(wording.state(case, node, state) for node, state in incentive.sees.items())
    return f"In the likeliest situation ({wording.percent(incentive.likelihood)}): {seen}."


def _table(case: Case, incentive: Incentive) -> Table:
    """Points by stake and option, and their sums."""
    names, letters = stake_labels(case, incentive.actor), [letter for letter, _ in _lettered(incentive)]
    rows: list[tuple[Cell, ...]] = [
        (Words(names[stake]), *(Words(f"{prospect.by_stake[stake]:.1f}") for prospect in incentive.prospects))
        for stake in incentive.prospects[0].by_stake
    ]
    rows.append((Words("together"), *(Words(f"{prospect.total:.1f}") for prospect in incentive.prospects)))
    if incentive.sees:
        average = (Words(f"{prospect.total_everywhere:.1f}") for prospect in incentive.prospects)
        rows.append((Words("together, over all situations"), *average))
    return Table(("points by stake", *letters), tuple(rows))


def _lettered(incentive: Incentive) -> Iterator[tuple[str, Prospect]]:
    """Options with a letter for each, since their labels are long."""
    return zip(ascii_uppercase, incentive.prospects, strict=False)


def _legend(incentive: Incentive, labels: dict[str, str], step: float) -> Table:
    rows = [
        (Words(f"{letter}  {labels[prospect.option]}"), Share(prospect.chosen, step))
        for letter, prospect in _lettered(incentive)
    ]
    return Table(("option", "chosen then"), tuple(rows))


def _preference(case: Case, actor: str, preference: Preference, labels: dict[str, str]) -> str:
    """Say who prefers what to what, why, and what would change that."""
    names, who = stake_labels(case, actor), case.actor(actor).label
    first, second = f'"{labels[preference.favourite]}"', f'"{labels[preference.other]}"'
    if not preference.lead.is_told:
        return f"{who} is as good as indifferent between {first} and {second}: the difference cannot be told from none."
    said = [f"{who} has {preference.lead.value:.1f} points more to gain by {first} than by {second}."]
    for what, side in (("For it", 1.0), ("Against it", -1.0)):
        moved = [motive for motive in preference.motives if side * motive.points >= SAID]
        moved = ranked(moved, key=lambda motive: side * motive.points)
        if moved:
            listed = wording.listed([f"{names[motive.stake]} ({abs(motive.points):.1f})" for motive in moved])
            said.append(f"{what}: {listed}.")
    if even := _even(preference, names):
        said.append(f"They would be alike to it if {even}.")
    else:
        said.append("No single weight or gap, changed alone, would make them alike to it.")
    said.append(_reversed(preference))
    return " ".join(said)


def _reversed(preference: Preference) -> str:
    if preference.reversed_in <= 0.0:
        return "It is so in every world that was looked at."
    return f"It is the other way round in {wording.percent(preference.reversed_in)} of worlds."


def _even(preference: Preference, names: dict[str, str]) -> str:
    """Say what has to change least, of weights and of gaps of the stakes that are named, for the two to be alike."""
    named = [motive for motive in preference.motives if abs(motive.points) >= SAID]
    weights = [(motive, motive.even_weight) for motive in named if motive.even_weight is not None]
    gaps = [(motive, motive.even_gap) for motive in named if motive.even_gap is not None and motive.points > 0]
    parts = []
    if weights:
        motive, even = ranked(weights, key=lambda pair: abs(pair[1] - pair[0].weight), least_first=True)[0]
        now, then = wording.percent(motive.weight), wording.percent(even)
        slightly = f"slightly {'more' if even > motive.weight else 'less'} than its {now}"
        parts.append(f"{names[motive.stake]} weighed {slightly if now == then else f'{then} instead of {now}'}")
    if gaps:
        motive, even = ranked(gaps, key=lambda pair: abs(pair[1] - pair[0].gap), least_first=True)[0]
        now, then = _gap(motive.gap), _gap(even)
        changed = f"slightly less than {now}" if now == then else f"{then} instead of {now}"
        parts.append(f"the first were {changed} for {names[motive.stake]}, on that stake's own scale of 100")
    return ", or if ".join(parts)


def _gap(points: float) -> str:
    """How much better one option is than another for one stake."""
    if round(abs(points)) == 0:
        return "no better"
    return f"{wording.counted(round(abs(points)), 'point')} {'better' if points > 0 else 'worse'}"
