"""Judgements as distributions, and what in a case each parameter comes from."""

from dataclasses import dataclass, field
from typing import Final, Literal

from melian.case.judgement import Judgement, Provenance
from melian.model import distribution as family
from melian.model.distribution import Distribution
from melian.model.parameter import Scalar
from melian.source.text import Span

GroundKind = Literal["factor", "belief", "stake", "weights", "precision", "source", "report", "judgement"]

# A band edge of 0 or 1 has no finite log-odds; it is read as this close to it.
EDGE: Final = 0.002


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a parameter comes from: what it is about, in the case's own names, and who judged it.

    Attributes
    ----------
    about : names from the outside in, such as actor and stake, or factor.
    text : the judgement in the user's words.
    shared : name of the judgement that it is, where it is stated once and used by its name.
    uses : of a judgement that has a name: what it is used for.
    """

    kind: GroundKind
    about: tuple[str, ...]
    text: str
    span: Span | None = field(default=None, compare=False, repr=False)
    provenance: Provenance = field(default=Provenance(), compare=False)
    shared: str | None = None
    uses: tuple["Ground", ...] = field(default=(), compare=False, repr=False)


def distribution_of(judgement: Judgement) -> Distribution:
    """Distribution that a judgement draws from; values are brought from 0..100 to 0..1.

    Raises
    ------
    ValueError
        If the judgement's numbers fit no distribution (a normal with almost no mass on the scale).
    """
    unit = 100.0 if judgement.kind == "value" else 1.0
    low, high = judgement.low / unit, judgement.high / unit
    arguments = judgement.arguments
    first, second = arguments[0], arguments[-1]
    scaled = tuple(argument / unit for argument in arguments)
    match judgement.family:
        case "point":
            return family.point(*scaled)
        case "uniform":
            return family.uniform(*scaled)
        case "loguniform":
            return family.log_uniform(*scaled)
        case "band":
            return family.logit_normal_from_band(max(first, EDGE), min(second, 1 - EDGE))
        case "logitnormal":
            return family.logit_normal(first, second, low, high)
        case "normal":
            return family.normal(first / unit, second / unit, low, high)
        case "lognormal":
            return family.log_normal(first, second, low, high)
        case "beta":
            return family.beta(first, second, low, high)
        case "triangular":
            return family.triangular(*scaled)
        case "pert":
            return family.pert(*scaled)
    raise ValueError(f"distribution_of(): unknown family {judgement.family!r}")


def key_of(*parts: object) -> str:
    """Name of a parameter, from what it is about."""
    return " ".join(str(part) for part in parts)


def scalar(key: str, about: tuple[str, ...], judgement: Judgement) -> Scalar:
    """One number that a judgement speaks of; `about` says of what kind and of whom, from the outside in."""
    kind = about[0]
    assert kind in ("factor", "belief", "stake", "report", "source")
    ground = Ground(
        kind,  # type: ignore[arg-type]
        about[1:],
        judgement.text,
        judgement.span,
        judgement.provenance,
        judgement.shared,
    )
    return Scalar(key, distribution_of(judgement), about[1], ground)
