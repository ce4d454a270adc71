"""The sheet of `melian levers`: what an actor can do, and what it is worth to it."""

from collections.abc import Iterator
from typing import Final

from melian.answer.difference import LEAST_WORTH
from melian.answer.knowing import Knowledge, Known
from melian.answer.levers import Contest, Lever, Levers
from melian.answer.ranking import ranked
from melian.answer.solution import Solution
from melian.case.case import Case
from melian.view import wording
from melian.view.naming import origin_of, taken
from melian.view.sheet import Block, Cell, Heading, Paragraph, Share, Sheet, Spread, Table, Words
from melian.view.sheets.run import making, supposed_blocks

PAIRS: Final = 8
KNOWN: Final = 6
NAMED: Final = 4
SETTLED: Final = 1e-9
COLUMNS: Final = ("option", "event", "change", "worth to it", "best in", "regret")
READING: Final = (
    "Worth is the actor's expected utility: 0 where all its stakes are at their worst, 100 where all are at their best,"
    " as the analyst sees the world. Best in: the share of worlds in which no other option is worth more to it. Regret:"
    " how many points the best option of each world is worth more, on average. Changes are against the case as it"
    " stands, on the same worlds. What is best on average need not be likeliest: in each world the actor picks by"
    " what weighs there, with limited consistency, and reports on its choice tell what it does."
)


def levers_sheet(solution: Solution, levers: Levers) -> Sheet:
    """What to show of an actor's levers."""
    case, actor = solution.case, solution.case.actor(levers.actor).label
    step = solution.step
    said = wording.likelihood(levers.event, case.scale, step=step, by=case.question.by)
    blocks: list[Block] = [
        *supposed_blocks(case, solution.supposed),
        Paragraph(f"What {actor} can do. It takes an option openly: the others know it, and answer it."),
        Paragraph(f"As things stand: {said}. That is worth {levers.worth:.1f} points of 100 to {actor}."),
    ]
    for contest in levers.contests:
        blocks += _contest(solution, levers, contest, step)
    blocks += _contradicted(case, levers)
    blocks += _pairs(case, levers, step)
    blocks += _knowledge(case, levers.knowledge, actor)
    if levers.unsettled:
        failed = wording.counted(levers.unsettled, "world")
        blocks.append(Paragraph(f"Under some option choices could not be settled together in {failed}.", "warn"))
    blocks += [Paragraph(READING, "quiet"), Paragraph(making(solution), "quiet")]
    return Sheet(case.title, tuple(blocks))


def _contest(solution: Solution, levers: Levers, contest: Contest, step: float) -> Iterator[Block]:
    case = solution.case
    yield Heading(" and ".join(case.nodes[choice].label for choice in contest.choices))
    rows: list[tuple[Cell, ...]] = [
        (
            Words(taken(case, lever)),
            Spread(lever.event, lever.q05, lever.q95, step),
            Words(_points(lever, levers.event, step)),
            Words(f"{lever.worth:.1f} ({_worth(lever, levers.worth)})"),
            Share(lever.best),
            Words(f"{lever.regret:.1f}"),
        )
        for lever in contest.levers
    ]
    yield Table(COLUMNS, tuple(rows))
    yield Paragraph(_advice(solution, contest))
    unheard = list(dict.fromkeys(name for lever in contest.levers for name in lever.unheard))
    if unheard:
        yield Paragraph(_unheard(case, unheard), "quiet")


def _contradicted(case: Case, levers: Levers) -> Iterator[Block]:
    """Say of choices why none of their options is compared."""
    for choices in levers.contradicted:
        if len(choices) == 1:
            yield Heading(case.nodes[choices[0]].label)
            yield Paragraph(
                "Whichever option it took openly, what is known for certain could not have come about: others would"
                " have answered otherwise. There is nothing to compare."
            )


def _points(lever: Lever, before: float, step: float) -> str:
    """Change of the event's chance; what cannot be told from zero says so."""
    if not lever.event_change.is_told:
        return "none to tell"
    side = "up" if lever.event_change.value > 0 else "down"
    return wording.moved(before, lever.event, step) or f"{side} less than a point"


def _worth(lever: Lever, before: float) -> str:
    """Change of what it is worth, from what is shown of both."""
    if not lever.worth_change.is_told:
        return "none to tell"
    return wording.more_or_less(round(lever.worth, 1) - round(before, 1))


def _advice(solution: Solution, contest: Contest) -> str:
    """Say which option is best, and whether that hangs on how best is meant."""
    if len(contest.levers) < 2:
        return "No other option agrees with what is supposed."
    case = solution.case
    average, worst, regret = contest.best_on_average, contest.best_at_worst, contest.least_regret
    first, second = ranked((round(lever.worth, 1) for lever in contest.levers), key=float)[:2]
    lead = f"by {first - second:.1f} points over the next" if contest.lead.is_told else "by hardly anything"
    said = best_and_likeliest(solution, contest, f", {lead}")
    if average.taken == worst.taken == regret.taken:
        return (
            f"{said} It is also the safest: best in its worst tenth of worlds, and with the least regret in 99 of 100."
        )
    safest = f'Best in its worst tenth of worlds: "{taken(case, worst)}" ({worst.worst_decile:.0f} points or less).'
    least = f'Least regret in 99 of 100 worlds: "{taken(case, regret)}" ({regret.high_regret:.0f} points at the most).'
    return f"{said} {safest} {least}"


def best_and_likeliest(solution: Solution, contest: Contest, lead: str = "") -> str:
    """Say which option is worth most to the actor, beside what it is likeliest to do: the two need not be the same."""
    case, best = solution.case, contest.best_on_average
    said = f'Best for it on average: "{taken(case, best)}"{lead}.'
    if len(best.taken) != 1:
        return said
    ((choice, option),) = best.taken
    chances, labels = solution.nodes()[choice], {state.name: state.label for state in case.nodes[choice].states}
    likeliest = ranked(chances, key=chances.__getitem__)[0]
    more, less = (wording.percent(chances[name], solution.step) for name in (likeliest, option))
    if likeliest == option:
        return f"{said} As things stand it is also what it is likeliest to choose ({more})."
    return f'{said} As things stand it is likelier to choose "{labels[likeliest]}" ({more}) than that ({less}).'


def _unheard(case: Case, names: list[str]) -> str:
    """Say which reports are no evidence any more where the choice is set."""
    shown = [origin_of(case, name) for name in names[:NAMED]]
    shown += [f"{len(names) - NAMED} more"] if len(names) > NAMED else []
    return (
        f"They bear on a choice that is set here, so these are no evidence under it: {wording.listed(shown)}. Part of"
        " each change of the event is that; the options themselves are compared on the same evidence."
    )


def _pairs(case: Case, levers: Levers, step: float) -> Iterator[Block]:
    if not levers.pairs:
        return
    with_whom = f" with those of {case.actor(levers.partner).label}" if levers.partner else ""
    yield Heading(f"Options in pairs{with_whom}")
    found = [lever for contest in levers.pairs for lever in contest.levers]
    found = ranked(found, key=lambda lever: lever.worth)
    rows: list[tuple[Cell, ...]] = [
        (
            Words(taken(case, lever)),
            Share(lever.event, step),
            Words(_points(lever, levers.event, step)),
            Words(_together(lever, step)),
            Words(_worth(lever, levers.worth)),
        )
        for lever in found[:PAIRS]
    ]
    yield Table(("options", "event", "change", "beyond each alone", "worth to it"), tuple(rows))
    rest = [f"The {PAIRS} worth most of {len(found)} pairs; --json has all."] if len(found) > PAIRS else []
    rest += (
        [f"{wording.counted(levers.left_out, 'pair')} of options left out, being too many."] if levers.left_out else []
    )
    if rest:
        yield Paragraph(" ".join(rest), "quiet")


def _together(lever: Lever, step: float) -> str:
    """By how much two options do more than each alone; nothing where one of them settles the question by itself."""
    change = lever.more_than_apart
    if change is None or not SETTLED < lever.event < 1 - SETTLED:
        return ""
    return (wording.shift(change.value, step) or "next to nothing") if change.is_told else "none to tell"


def _knowledge(case: Case, knowledge: Knowledge, actor: str) -> Iterator[Block]:
    """What knowing a factor before the choice would be worth."""
    if not (knowledge.known or knowledge.too_large):
        return
    yield Heading("What it would be worth to know first")
    told = [one for one in knowledge.known if one.gain.is_told]
    if told:
        rows = tuple(_known(case, one) for one in told[:KNOWN])
        yield Table(("known before the choice", "choice", "worth to it", "of what is at stake"), rows)
    rest = len(knowledge.known) - len(told)
    if rest:
        others = ("the other" if rest == 1 else f"the other {rest}") if told else "any of them" if rest > 1 else "it"
        nothing = (
            f"knowing {others} would be worth less than {LEAST_WORTH} points to {actor}, or nothing that can be told"
        )
        asked = f" ({_factors(case, [one.factor for one in knowledge.known if one not in told])})"
        yield Paragraph(wording.sentence(nothing + asked))
    if any(one.gain.value < 0 for one in told):
        yield Paragraph(
            "Knowing more costs where others answer one who is known to know, and where small differences are told"
            " apart with limited consistency.",
            "quiet",
        )
    secret = [one.factor for one in knowledge.known if one.is_secret]
    if secret:
        names = _factors(case, secret)
        yield Paragraph(
            f"Taken to be known in secret, the others choosing as before: {names}. Openly they would read the choice"
            " for what it tells, which is too large to be solved.",
            "quiet",
        )
    if knowledge.too_large:
        names = _factors(case, [factor for _, factor in knowledge.too_large])
        yield Paragraph(f"Too large to be solved: {names}.", "quiet")
    if knowledge.left_out:
        yield Paragraph(f"{wording.counted(knowledge.left_out, 'factor')} left out, being too many.", "quiet")


def _factors(case: Case, names: list[str]) -> str:
    labels = list(dict.fromkeys(case.nodes[name].label for name in names))
    return wording.listed(labels[:KNOWN] + ([f"{len(labels) - KNOWN} more"] if len(labels) > KNOWN else []))


def _share(share: float) -> Cell:
    return Share(share) if share <= 1 else Words(f"{share:.1f} times")


def _known(case: Case, one: Known) -> tuple[Cell, ...]:
    share = Words("") if one.share is None or one.share < 0 else _share(one.share)
    factor = f"{case.nodes[one.factor].label}{' (in secret)' if one.is_secret else ''}"
    labels = Words(factor), Words(case.nodes[one.choice].label)
    return (*labels, Words(f"{wording.more_or_less(one.gain.value)} (± {2 * one.gain.error:.1g})"), share)
