"""The sheet of `melian behaviour`: how each actor chooses, overall and in each situation."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from melian.answer.behaviour import Situation, SolvedChoice
from melian.answer.learned import Believed, Learned
from melian.answer.ranking import ranked
from melian.answer.solution import Solution
from melian.case.case import Case, Choice
from melian.source.diagnostic import Diagnostic
from melian.view import wording
from melian.view.naming import origin_of
from melian.view.sheet import BarGroups, Bars, Block, Cell, Heading, Paragraph, Sheet, Spread, Table, Words
from melian.view.sheets.run import making, option_bars, supposed_blocks
from melian.view.sheets.together import together_blocks, unsettled

LEARNED: Final = 8
ROWS: Final = 12  # situations shown of one choice where not all are asked for
READING: Final = (
    "A row says what the actor does if it finds itself there, before anything was reported: its rule. Below a chance "
    "stands its range in 90 of 100 worlds. After the evidence, overall, takes in how often each situation then comes "
    "about and what was reported of the choice and of what follows from it; it can lie beyond every row."
)


def behaviour_sheet(solution: Solution, *, whole: bool = False, remarks: tuple[str, ...] = ()) -> Sheet:
    """What to show of the solved rules.

    Parameters
    ----------
    whole : whether to show every situation of a long table.
    remarks : what else to know, such as who forgets what.
    """
    case, behaviour = solution.case, solution.behaviour()
    step = solution.step
    by_name = {choice.name: choice for choice in case.choices}
    blocks: list[Block] = [*supposed_blocks(case, solution.supposed)]
    if solution.unconverged_worlds:
        blocks.append(Paragraph(unsettled(solution), "warn"))
    for solved in behaviour.choices:
        blocks += choice_rule(case, by_name[solved.name], solved, step, whole)
    blocks += learned_blocks(case, solution)
    if behaviour.choices:
        blocks += [Heading("How to read this"), Paragraph(READING)]
    else:
        blocks.append(Paragraph("Nobody chooses anything here."))
    blocks += [Paragraph(remark) for remark in remarks]
    blocks += together_blocks(solution, step)
    blocks.append(Paragraph(making(solution), "quiet"))
    return Sheet(case.title, tuple(blocks))


def forgotten(diagnostics: Iterable[Diagnostic]) -> tuple[str, ...]:
    """Who no longer knows what, in sentences: what a check of the case said of it."""
    said = (one.headline.replace("`", "") for one in diagnostics if one.code == "imperfect-recall")
    return tuple(wording.sentence(headline) for headline in said)


def learned_blocks(case: Case, solution: Solution, numbers: Mapping[str, int] | None = None) -> Iterator[Block]:
    """What the evidence taught about what actors weigh, where it can be told from chance.

    Parameters
    ----------
    numbers : by which reports are called where they are listed beside it; by what they claim where None.
    """
    if not solution.evidence().moved and not solution.supposed.observe:
        return
    told = [learned for learned in solution.learned() if learned.is_told]
    yield Heading("What the evidence taught about them")
    if not told:
        yield Paragraph("Nothing that can be told from chance: the reports fit every weight that was judged possible.")
        return
    most = ranked(told, key=_moved_share)[:LEARNED]
    yield Table(
        ("weighs", "before", "after", "mostly by"),
        tuple(
            (Words(_what(case, one)), _quantity(one, one.before), _quantity(one, one.after), _by(case, one, numbers))
            for one in most
        ),
    )
    if len(told) > len(most):
        yield Paragraph(f"The {len(most)} largest of {len(told)} shifts that can be told from chance.", "quiet")


def _moved_share(learned: Learned) -> float:
    """Shift as a share of the range before."""
    return abs(learned.after.mean - learned.before.mean) / max(learned.before.q95 - learned.before.q05, 1e-12)


def _what(case: Case, learned: Learned) -> str:
    actor = case.actor(learned.actor).label
    if learned.stake is None:
        return f"{actor}: consistency (precision)"
    stakes = {(s.actor.text, stake.name): stake.label for s in case.stakes for stake in s.stakes}
    return f"{actor}: {stakes[learned.actor, learned.stake]}"


def _quantity(learned: Learned, believed: Believed) -> Cell:
    if learned.stake is None:
        return Words(f"{believed.mean:.1f} ({believed.q05:.1f}-{believed.q95:.1f})")
    return Spread(believed.mean, believed.q05, believed.q95)


def _by(case: Case, learned: Learned, numbers: Mapping[str, int] | None) -> Words:
    foremost = [origin for origin, _ in learned.moved_by[:2]]
    if numbers is None:
        return Words(wording.listed([origin_of(case, origin) for origin in foremost]))
    noun = "report" if len(foremost) == 1 else "reports"
    return Words(f"{noun} {wording.listed([str(numbers[origin]) for origin in foremost])}")


def choice_rule(case: Case, choice: Choice, solved: SolvedChoice, step: float, whole: bool) -> Iterator[Block]:
    """What one choice comes to overall, and in each situation that its actor may find itself in."""
    yield Heading(choice.label if choice.label == choice.name else f"{choice.label} ({choice.name})")
    yield Paragraph(_sight(case, choice, solved, step), "quiet")
    for option in choice.states:
        if option.available is not None:
            where = wording.condition(case, option.available.when)
            yield Paragraph(wording.sentence(f'"{option.label}" is open only where {where}'), "quiet")
    yield BarGroups((Bars("after the evidence, overall", option_bars(case, choice, solved.overall, step, named=True)),))
    least = _least(step) if whole else _table_least(solved, step)
    places = solved.distinct(least)
    yield Table(("when", *solved.options), tuple(_row(solved, place, step) for place in places))
    held = [name for name in _strongest(solved) if _least(step) < solved.sway[name] <= least]
    held = [name for name in held if name not in solved.opening]
    if held:
        at = wording.listed([f"{name} is {solved.rule[0].sees[name]}" for name in held])
        number = len(solved.distinct(_least(step)))
        yield Paragraph(f"In these rows {at}; melian behaviour --all shows all {number} situations.", "quiet")


def _strongest(solved: SolvedChoice) -> list[str]:
    """Nodes that are seen, the one that moves the choice most first."""
    return ranked(solved.sway, key=lambda name: solved.sway[name])


def _table_least(solved: SolvedChoice, step: float) -> float:
    """Sway above which nodes are told apart, so that the table stays short: the weakest are held in one state."""
    weakest_first = [_least(step), *sorted(sway for sway in solved.sway.values() if sway > _least(step))]
    return next((least for least in weakest_first if len(solved.distinct(least)) <= ROWS), weakest_first[-1])


def _least(step: float) -> float:
    """Sway that does not show in the digits: half a step."""
    return step / 200


def _sight(case: Case, choice: Choice, solved: SolvedChoice, step: float) -> str:
    """Who chooses, and how far each thing that is known moves the choice."""
    actor = case.actor(solved.actor).label
    if not choice.sees:
        return f"{actor} chooses without knowing anything else."
    strong = [name for name in _strongest(solved) if solved.sway[name] > _least(step)]
    weak = [name for name in _strongest(solved) if name not in strong]
    moved = [f"{name} by up to {wording.points(solved.sway[name], step)}" for name in strong]
    said = [f"{actor} knows {wording.listed([name.text for name in choice.sees])}."]
    if moved:
        said.append(f"The chances are moved: {wording.listed(moved)}.")
    if weak:
        said.append(f"No difference that would show: {wording.listed(weak)}.")
    return " ".join(said)


def _row(solved: SolvedChoice, place: Situation, step: float) -> tuple[Cell, ...]:
    seen = ", ".join(f"{name}: {state}" for name, state in place.sees.items()) or "always"
    return Words(seen), *(_cell(place, option, step) for option in solved.options)


def _cell(place: Situation, option: str, step: float) -> Cell:
    if option in place.closed:
        return Words("closed", "quiet")
    if len(place.options) == 1:
        return Words("only option")
    chance = place.options[option]
    return Spread(chance.mean, chance.q05, chance.q95, step)
