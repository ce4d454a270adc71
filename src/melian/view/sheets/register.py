"""What an answer rests on: what was assumed, every judgement with who made it and on what basis, and the sources."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from melian.answer.judgements import Judged, statements_of
from melian.answer.solution import Solution
from melian.case.case import Case, Citation
from melian.case.grades import UNGRADED, mean_reliability
from melian.case.judgement import Provenance
from melian.case.words import PRECISION_WORDS
from melian.model.judged import Ground, GroundKind
from melian.view import wording
from melian.view.naming import about_of, said_of
from melian.view.sheet import Block, Cell, Heading, Mark, Paragraph, Table, Words

KINDS: Final[dict[GroundKind, str]] = {
    "factor": "Chances of factors",
    "belief": "How actors see factors",
    "weights": "What weighs more with whom",
    "stake": "What outcomes are worth to whom",
    "precision": "How consistently actors choose",
    "source": "How far sources are relied on",
    "report": "How readily reports would be made",
    "judgement": "Judgements with a name",
}
LEGEND: Final = (
    "A fact is what anyone could look up. A judgement is what somebody made of what is known, and signed. An assumption"
    " is taken as given so that something can be computed."
)
OURS: Final = "melian's own, published with it; a case can replace it"


def assumption_blocks(solution: Solution) -> Iterator[Block]:
    """What the case says it assumes, and what melian assumes where the case does not say otherwise."""
    yield Paragraph(LEGEND, "quiet")
    case = solution.case
    assumed = [each for each in statements_of(solution.model) if each.ground.provenance.basis == "assumption"]
    rows: list[tuple[Cell, ...]] = [
        (*_about(case, each), Mark("assumption"), Words(_why(case, each.ground))) for each in assumed
    ]
    rows += [(Words(what), Words(how), Mark("assumption"), Words(OURS)) for what, how in _own(case)]
    yield Table(("about", "said", "basis", "by whom, when and why"), tuple(rows))


def judgement_blocks(solution: Solution) -> Iterator[Block]:
    """Every judgement that a number is drawn from, by what it is about."""
    case, stated = solution.case, statements_of(solution.model)
    grounds = [judged.ground for judged in stated]
    yield Paragraph(_counted(grounds), "quiet")
    by_default = _most(grounds)
    if by_default:
        yield Paragraph(f"Unless a row says otherwise: {by_default}.", "quiet")
    for kind, title in KINDS.items():
        held = [judged for judged in stated if judged.ground.kind == kind]
        if held:
            yield Heading(f"{title} ({len(held)})")
            rows = tuple(_row(case, judged, by_default) for judged in held)
            yield Table(("about", "said", "basis", "why, and where it is written"), rows)


def source_blocks(case: Case) -> Iterator[Block]:
    """The sources that reports cite, with their grades in words."""
    if not case.sources:
        yield Paragraph("No source is cited.")
        return
    yield Table(("source", "grade", "which means", "reports"), tuple(_source(case, each) for each in case.sources))


def _source(case: Case, cited: Citation) -> tuple[Cell, ...]:
    day = wording.day(cited.date) if cited.date else None
    said = ". ".join(part for part in (cited.title, cited.publisher, day) if part)
    number = sum(report.source is not None and report.source.text == cited.name for report in case.evidence)
    grade = cited.grade
    return (
        Words(said),
        Words(str(grade) if grade else "none"),
        Words(grade.meaning if grade else ""),
        Words(str(number)),
    )


def _row(case: Case, judged: Judged, by_default: str) -> tuple[Cell, ...]:
    provenance = judged.ground.provenance
    why = _why(case, judged.ground, is_signed=_signed(provenance) != by_default)
    return (*_about(case, judged), Mark(provenance.basis), Words(why))


def _about(case: Case, judged: Judged) -> tuple[Cell, Cell]:
    """What a judgement is about, with its conditions, and the judgement as it was written; both in labels."""
    return Words(about_of(case, judged)), Words(said_of(case, judged))


def _why(case: Case, ground: Ground, *, is_signed: bool = True) -> str:
    """Who judged it and when, why, and the line of the case where it stands."""
    provenance = ground.provenance
    said = [_signed(provenance)] if is_signed else []
    said += [part for part in (provenance.why, provenance.at) if part]
    if ground.span is not None:
        said.append(f"line {ground.span.line}" + (f" of {ground.span.source.path}" if case.parts else ""))
    return "; ".join(part.removesuffix(".") for part in said if part)


def _signed(provenance: Provenance) -> str:
    return ", ".join(part for part in (provenance.by, provenance.on) if part)


def _most(grounds: Sequence[Ground]) -> str:
    """Who signed more than half of them; nobody where none did."""
    signed = Counter(_signed(ground.provenance) for ground in grounds).most_common(1)
    return signed[0][0] if signed and 2 * signed[0][1] > len(grounds) else ""


def _counted(grounds: Sequence[Ground]) -> str:
    bases = Counter(ground.provenance.basis or "not said" for ground in grounds)
    parts = [f"{number} {basis}" for basis, number in bases.most_common()]
    return f"{wording.counted(len(grounds), 'statement')}, by basis: {wording.listed(parts)}. {LEGEND}"


def _known(case: Case) -> str:
    by_kind = {kind: [actor.label for actor in case.actors if actor.knows == kind] for kind in ("minds", "chances")}
    said = {
        "minds": "as they are in each world",
        "chances": "only what the analyst knows, and what the moves that they see tell",
    }
    parts = [f"{wording.listed(names)}: {said[kind]}" for kind, names in by_kind.items() if names]
    return said[case.actors[0].knows] if len(parts) == 1 else "; ".join(parts)


def _own(case: Case) -> Iterator[tuple[str, str]]:
    """What melian assumes, as far as the case uses it."""
    counting = [
        report for report in case.evidence if case.counts(report) and not report.is_certain and not report.is_believed
    ]
    replaced = {letter for letter, _ in case.grades}
    letters = sorted({str(case.grade_of(report) or UNGRADED)[0] for report in counting} - replaced)
    if letters:
        shares = [f"{letter} {wording.percent(mean_reliability(letter))}" for letter in letters]
        yield "How often a source of each grade reports truly, on average", ", ".join(shares)
    used = {actor.precision.text for actor in case.actors}
    words = [word for word in PRECISION_WORDS if word in used]
    if words:
        said = [f"{word} {PRECISION_WORDS[word][0]:g} to {PRECISION_WORDS[word][1]:g}" for word in words]
        yield "How consistently actors choose (logit precision)", ", ".join(said)
    if any(case.anyway_of(report) is None for report in counting):
        yield "How readily a report would be made anyway, where the case does not say", "anything from 0 to 1 alike"
    yield "A word of likelihood in a judgement", f"8 in 10 draws lie in its band of the {case.scale.title} scale"
    if len(case.actors) > 1:
        yield "What actors know of each other's weights, values and precision", _known(case)
    if case.behaviour == "logit":
        yield "How actors choose", "the better an option is for them, the more often they pick it (logit response)"
