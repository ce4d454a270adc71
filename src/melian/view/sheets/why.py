"""The sheet of `melian why`: the situations, judgements and reports that carry a chance, level by level."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from melian.answer.ranking import ranked
from melian.answer.solution import Solution
from melian.answer.why import Pull, Reason, Statement, Why
from melian.case.case import Case
from melian.view import wording
from melian.view.sheet import Block, Entries, Entry, Heading, Paragraph, Share, Sheet, Words
from melian.view.sheets.run import making, supposed_blocks

MOST_PULLS: Final = 4
MOST_REPORTS: Final = (3, 2, 1)
ABOUT: Final = {"weights": "what {} weighs", "precision": "how consistently {} picks what is best for it"}


def why_sheet(solution: Solution, found: Why) -> Sheet:
    """What to show of the reasons of a chance."""
    case = solution.case
    step = solution.step
    blocks: list[Block] = [*supposed_blocks(case, solution.supposed)]
    told: set[int] = set()
    for reason in found.reasons:
        blocks += _reason(case, reason, step, told)
        told |= {id(one.ground) for one in reason.statements}
    blocks.append(Paragraph(making(solution), "quiet"))
    return Sheet(case.title, tuple(blocks))


def _reason(case: Case, reason: Reason, step: float, told: set[int]) -> Iterator[Block]:
    """One level; statements that were told above are not told again."""
    states = wording.listed([wording.state_of(case, reason.node, state) for state in reason.states], "or")
    yield Heading(f"{case.nodes[reason.node].label}: {states}")
    if reason.level == 0:
        yield Paragraph(wording.likelihood(reason.chance, case.scale, step=step), "lead")
    else:
        yield Paragraph(f"It has a chance of {wording.percent(reason.chance, step)}.")
    if reason.situations:
        yield Paragraph("In the situations that are likeliest:")
        yield Entries(tuple(_situations(case, reason, step)))
    if reason.pulls:
        yield Paragraph(_pulls(case, reason, step))
    statements = [one for one in reason.statements if id(one.ground) not in told]
    if statements:
        yield Paragraph("What was judged:")
        yield Entries(tuple(_statement(case, one) for one in statements))
    elif reason.statements:
        yield Paragraph("What was judged: as above.")
    if reports := _reports(case, reason, step):
        yield Paragraph(reports)


def _situations(case: Case, reason: Reason, step: float) -> Iterator[Entry]:
    for situation in reason.situations:
        said = "; ".join(wording.happening(case, *pair) for pair in situation.states.items())
        yield Entry(
            Share(situation.chance, step), said, f"({wording.percent(situation.weight, step)} of what may happen)"
        )


def _pulls(case: Case, reason: Reason, step: float) -> str:
    """How much each parent moves it, the most first."""
    said = [_pull(case, pull, step) for pull in reason.pulls[:MOST_PULLS]]
    more = len(reason.pulls) - len(said)
    rest = f"; and {more} more, less" if more else ""
    return wording.sentence(f"what it depends on most: {'; '.join(said)}{rest}")


def _pull(case: Case, pull: Pull, step: float) -> str:
    in_order = ranked(pull.chances, key=lambda state: pull.chances[state])
    ends = [in_order[0], in_order[-1]]
    said = [f"{wording.percent(pull.chances[s], step)} given {wording.state_of(case, pull.node, s)}" for s in ends]
    return f"{case.nodes[pull.node].label} ({', '.join(said)})"


def _statement(case: Case, statement: Statement) -> Entry:
    """One judgement as written, with where, by whom and why."""
    ground = statement.ground
    about = ABOUT.get(ground.kind)
    what = f"{about.format(case.actor(ground.about[0]).label)}: " if about is not None else ""
    lead = Share(statement.weight) if about is None and statement.weight < 1.0 else Words("always")
    said, details = ground.provenance, []
    if ground.span is not None:
        details.append(f"{Path(ground.span.source.path).name}, line {ground.span.line}")
    details += [part for part in (said.basis, said.by) if part]
    reason = f" {said.why}" if said.why else ""
    return Entry(lead, f'{what}"{ground.text}"', f"({', '.join(details)}){reason}")


def _reports(case: Case, reason: Reason, step: float) -> str:
    """What the chance would be without the reports that moved it most."""
    said = []
    shown = wording.percent(reason.chance, step)
    moved = [pull for pull in reason.reports if wording.percent(pull.without_it, step) != shown]
    for pull in moved[: MOST_REPORTS[min(reason.level, len(MOST_REPORTS) - 1)]]:
        claims = [r.claim for r in case.evidence if case.origins[r.name] == pull.origin and case.counts(r)]
        said.append(f"{wording.percent(pull.without_it, step)} without: {' '.join(claims).rstrip('.')}")
    return wording.sentence(f"by the reports: {'; '.join(said)}") if said else ""
