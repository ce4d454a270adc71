"""The sheet of `melian diff`: what two versions of a case say differently, and what each change does to the answer."""

from collections.abc import Iterator
from typing import Final

from melian.answer import rounding
from melian.answer.compare import Difference, Share
from melian.case.case import Case
from melian.case.difference import Edit, Part
from melian.view import wording
from melian.view.sheet import Block, Entries, Entry, Heading, Paragraph, Sheet, Words

SHOWN: Final = 6
LONGEST: Final = 60
SETTINGS: Final = {
    "words": "the scale of words",
    "behaviour": "how actors choose",
    "as_of": "the day of the forecast",
    "correlations": "judgements that err together",
    "question": "the question",
}


def diff_sheet(one: Case, other: Case, found: Difference, names: tuple[str, str]) -> Sheet:
    """What to show of two versions of a case.

    Parameters
    ----------
    names : what the two are called.
    """
    blocks: list[Block] = []
    step = rounding.step_for(found.error, found.worlds)
    if not found.shares:
        said = "Both say the same; what differs is wording that no number depends on, if anything."
        return Sheet(other.title, (Paragraph(said), Paragraph(_answer(names[0], one, found.before, step))))
    blocks += [
        Paragraph(_answer(names[0], one, found.before, step)),
        Paragraph(_answer(names[1], other, found.after, step)),
    ]
    blocks.append(Paragraph(_difference(found, step), "lead"))
    blocks.append(Heading("What changed, and what it does to the answer"))
    blocks.append(Entries(tuple(_entry(one, other, share) for share in found.shares)))
    blocks.append(Paragraph(_making(found), "quiet"))
    return Sheet(other.title, tuple(blocks))


def _answer(name: str, case: Case, chance: float, step: float) -> str:
    return f"{name}: {wording.likelihood(chance, case.scale, step=step, by=case.question.by)}."


def _difference(found: Difference, step: float) -> str:
    if not found.is_told:
        return "The difference cannot be told from none."
    return (
        f"The answer goes {wording.moved(found.before, found.after, step) or 'hardly anywhere: by less than a point'}."
    )


def _entry(one: Case, other: Case, share: Share) -> Entry:
    """One group of changes: what it moves, what it is, how it reads in both."""
    lines = [line for part, edits in zip(share.parts, share.edits, strict=True) for line in _lines(part, edits)]
    more = [f"and {len(lines) - SHOWN} more"] if len(lines) > SHOWN else []
    details = "; ".join([*lines[:SHOWN], *more])
    if share.is_told and wording.shift(share.alone) != wording.shift(share.moved):
        details += f". By itself it would move it {wording.shift(share.alone) or 'by less than a point'}"
    said = wording.sentence(group_label(one, other, share))
    return Entry(Words(_moved(share)), said, f"({details})" if details else "")


def group_label(one: Case, other: Case, share: Share) -> str:
    """What the changes of a group are about."""
    return "; ".join(part_label(one, other, part) for part in share.parts)


def _moved(share: Share) -> str:
    if not share.is_told:
        return "none to tell"
    return wording.shift(share.moved) or "less than a point"


def _lines(part: Part, edits: tuple[Edit, ...]) -> Iterator[str]:
    if part.before is None:
        yield "new"
    elif part.after is None:
        yield "dropped"
    else:
        for edit in edits:
            change = f"{_said(edit.before)}, now {_said(edit.after)}"
            yield f"{_short(edit.where)}: {change}, line {edit.place.line}"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."


def _said(text: str | None) -> str:
    return "nothing" if text is None else f'"{_short(text)}"'


def part_label(one: Case, other: Case, part: Part) -> str:
    """What a part is, in the labels of the case that has it."""
    case = one if part.after is None else other
    first = part.names[0] if part.names else ""
    match part.section:
        case "factors" | "choices":
            return case.nodes[first].label
        case "actors":
            return case.actor(first).label
        case "stakes":
            return f"what {case.actor(first).label} weighs"
        case "beliefs":
            return f"{case.nodes[part.names[1]].label}, as {case.actor(first).label} sees it"
        case "evidence":
            claims = [report.claim for report in case.evidence if report.name == first]
            return f"report: {claims[0].rstrip('.')}" if claims else "a report"
        case "sources":
            cited = case.citation(first)
            return f"source: {cited.title if cited else first}"
        case "grades":
            return f"what grade {first} is worth"
        case "judgements":
            return f"the judgement {first}"
        case setting:
            return SETTINGS.get(setting, setting)


def _making(found: Difference) -> str:
    orders = "in all orders" if found.is_exact else "in orders drawn by lot"
    return (
        f"Changes that stand alone are taken over one by one, {orders}, and what each adds is averaged, so that they"
        f" add up to the difference. {wording.counted(found.mixes, 'version')} of {found.worlds:,} worlds solved."
    )
