"""The sheet of `melian whatif`: before and after something is supposed."""

from collections.abc import Iterator
from typing import Final

from melian.answer import rounding
from melian.answer.ranking import ranked
from melian.answer.solution import Solution
from melian.answer.supposed import Supposed
from melian.answer.whatif import Change, Verb, WhatIf
from melian.case.case import Case
from melian.view import wording
from melian.view.headline import headline
from melian.view.sheet import Block, Cell, Heading, Paragraph, Share, Sheet, Table, Words
from melian.view.sheets.run import making, supposed_blocks

SHOWN: Final = 10
SAID: Final[dict[Verb, str]] = {
    "announced": "done openly: the actors know it, and answer it",
    "unannounced": "done unseen: the actors choose as if nothing had been done",
    "observed": "only observed: you learn it, with all that it tells of why",
}


def whatif_sheet(solution: Solution, supposed: Supposed, found: WhatIf) -> Sheet:
    """What to show of a supposition, beside the answer without it."""
    case = solution.case
    step = solution.sampled.step_at(found.event.error, found.effective_worlds)
    blocks: list[Block] = [*supposed_blocks(case, supposed)]
    blocks.append(Paragraph(wording.likelihood(found.event.after, case.scale, step=step, by=case.question.by), "lead"))
    blocks.append(Paragraph(_against(case, found.event, step)))
    blocks += _verbs(found, step)
    blocks += _nodes(case, found, step)
    if found.effective_worlds < rounding.FINE_WORLDS:
        few = f"only about {found.effective_worlds:,.0f} worlds carry the answer under this supposition"
        blocks.append(Paragraph(wording.sentence(few), "warn"))
    blocks.append(Paragraph(making(solution), "quiet"))
    return Sheet(case.title, tuple(blocks))


def patched_sheet(before: Solution, after: Solution, name: str) -> Sheet:
    """What to show of a case with parts of it replaced, beside the case as it was."""
    case = after.case
    now, then = after.likelihood(), before.likelihood()
    step = after.sampled.step_at(now.error, after.effective_worlds)
    error = (now.error**2 + then.error**2) ** 0.5
    change = Change(None, "yes", then.mean, now.mean, error)
    pairs = [
        Change(node, state, before.nodes()[node][state], chance, error)
        for node, states in after.nodes().items()
        if node in before.nodes()
        for state, chance in states.items()
        if state in before.nodes()[node]
    ]
    found = WhatIf(change, tuple(pairs), after.effective_worlds, {})
    blocks: list[Block] = [Paragraph(f"Supposed: what {name} says, in place of what the case says there.", "warn")]
    blocks += supposed_blocks(case, after.supposed)
    blocks.append(Paragraph(headline(now, case.scale, step), "lead"))
    blocks.append(Paragraph(_against(case, change, step)))
    blocks += _nodes(case, found, step)
    blocks.append(Paragraph(making(after), "quiet"))
    return Sheet(case.title, tuple(blocks))


def _against(case: Case, event: Change, step: float) -> str:
    before = wording.likelihood(event.before, case.scale, step=step)
    if not event.is_told:
        return f"Without it: {before}. The difference cannot be told from none."
    return f"Without it: {before}. It goes {wording.moved(event.before, event.after, step) or 'hardly anywhere'}."


def _verbs(found: WhatIf, step: float) -> Iterator[Block]:
    """The same supposition by each of the three verbs."""
    if len(found.verbs) > 1:
        yield Heading("Done or observed: three different questions")
        rows: list[tuple[Cell, ...]] = [
            (Words(SAID[verb]), Share(change.after, step), Words(_difference(change, step)))
            for verb, change in found.verbs.items()
        ]
        yield Table(("if it is", "answer", "difference"), tuple(rows))


def _difference(change: Change, step: float) -> str:
    if not change.is_told:
        return "none to tell"
    return wording.moved(change.before, change.after, step) or "less than a point"


def _nodes(case: Case, found: WhatIf, step: float) -> Iterator[Block]:
    """Chances that moved, the most first."""
    moved = [change for change in found.nodes if change.is_told and wording.moved(change.before, change.after, step)]
    moved = ranked(moved, key=lambda change: abs(change.difference))
    yield Heading("What else changes")
    if not moved:
        yield Paragraph("Nothing that can be told from chance.")
        return
    rows: list[tuple[Cell, ...]] = []
    for change in moved[:SHOWN]:
        assert change.node is not None
        said = wording.state(case, change.node, change.state)
        shares = Share(change.before, step), Share(change.after, step)
        rows.append((Words(said), *shares, Words(wording.moved(change.before, change.after, step))))
    yield Table(("state", "before", "after", "difference"), tuple(rows))
    if len(moved) > SHOWN:
        yield Paragraph(f"The {SHOWN} largest of {len(moved)} changes; --json has all.", "quiet")
