"""Reports to parameters: what each says, how readily it would be said anyway, and how far its source is to be trusted.

What reports of one origin say in the same words is one draw; what is said of a source is one draw for all its reports.
"""

from collections.abc import Collection
from typing import Final, Literal

from melian.case.case import Case, Report
from melian.case.grades import RELIABILITY, UNGRADED
from melian.case.judgement import Judgement
from melian.model import distribution as family
from melian.model.distribution import Distribution
from melian.model.judged import Ground, distribution_of, key_of, scalar
from melian.model.parameter import Parameter, Scalar

__all__ = [
    "evidence_parameters",
    "group",
    "idle_keys",
    "likelihood_key",
    "likelihoods",
    "manner_key",
    "reliability_key",
]

Manner = Literal["anyway", "deceptive"]

ANYWAY_UNSAID = family.uniform(0.0, 1.0)
UNSAID: Final = "anyway: not said"
"""What stands where a case does not say how readily a report would be made anyway: the number is melian's own."""
BEYOND_DOUBT: Final = "reliability certain"
CERTAIN = family.point(1.0)
IDLE = family.point(0.0)


def evidence_parameters(case: Case) -> list[Parameter]:
    """Parameters of all reports, each once, also of those that a forecast leaves out."""
    found: dict[str, Parameter] = {}
    idle = idle_keys(case)
    for report in case.evidence:
        if report.is_believed:
            found |= {parameter.name: parameter for parameter in _strengths(case, report)}
            continue
        key = reliability_key(case, report)
        if key not in found:
            found[key] = Scalar(key, _reliability(case, report), None, _reliability_ground(case, report))
        about = ("report", report.name)
        for state, judgement in likelihoods(report).items():
            key = likelihood_key(case, report, state, judgement)
            found.setdefault(key, scalar(key, about, judgement))
        for parameter in _manner_parameters(case, report, idle):
            found.setdefault(parameter.name, parameter)
    return list(found.values())


def _strengths(case: Case, report: Report) -> list[Parameter]:
    """Strengths of what is believed: not known before everything else is weighed, and 1 until then."""
    text = ", ".join(f"{name}: {judgement.text}" for name, judgement in report.likelihood.entries)
    ground = Ground("report", (report.name,), text, report.span, report.provenance)
    states = [state.name for state in case.nodes[report.bears_on.text].states]
    found = [Scalar(strength_key(report, state), CERTAIN, None, ground) for state in states]
    return [*found, Scalar(strength_key(report, ""), CERTAIN, None, ground)]


def strength_key(report: Report, state: str) -> str:
    """Parameter of how strongly what is believed speaks for a state; without a state, one that is always 1."""
    return key_of("believed", report.name, state)


def is_strength(name: str) -> bool:
    """Whether a parameter is the strength of what is believed, and so no judgement."""
    return name.startswith("believed ")


def is_stated(parameter: Parameter) -> bool:
    """Whether a case says it, be it by a grade; what melian puts where it says nothing is no judgement of anybody."""
    is_unsaid = isinstance(parameter.origin, Ground) and parameter.origin.text == UNSAID
    return not is_unsaid and parameter.name != BEYOND_DOUBT and not is_strength(parameter.name)


def idle_keys(case: Case) -> frozenset[str]:
    """Keys of how readily reports would be made anyway that are all beyond doubt: it cannot matter."""
    by_key: dict[str, bool] = {}
    for report in case.evidence:
        if report.is_believed:
            continue
        key = manner_key(case, report, "anyway")
        by_key[key] = by_key.get(key, True) and _is_certain(report)
    return frozenset(key for key, is_idle in by_key.items() if is_idle)


def _manner_parameters(case: Case, report: Report, idle: Collection[str]) -> list[Parameter]:
    """How readily a report would be made anyway, and the chance that it says the opposite of what is so.

    What was not said and cannot matter is not drawn.
    """
    key, anyway = manner_key(case, report, "anyway"), case.anyway_of(report)
    ground = Ground("report", (report.name,), UNSAID, report.span, report.provenance)
    unsaid = Scalar(key, IDLE if key in idle else ANYWAY_UNSAID, None, ground)
    found: list[Parameter] = [unsaid if anyway is None else scalar(key, _whose(report, report.anyway), anyway)]
    deceptive = case.deceptive_of(report)
    if deceptive is not None:
        key = manner_key(case, report, "deceptive")
        found.append(scalar(key, _whose(report, report.deceptive), deceptive))
    return found


def _whose(report: Report, own: Judgement | None) -> tuple[str, str]:
    """What a judgement on the manner of a report is about: the report if it says so itself, else its source."""
    return ("report", report.name) if own is not None or report.source is None else ("source", report.source.text)


def likelihoods(report: Report) -> dict[str, Judgement]:
    """Judgements of a report's row by state, `others` among them."""
    row = report.likelihood
    said = {name.text: judgement for name, judgement in row.entries}
    return said | ({"others": row.others} if row.others is not None else {})


def group(case: Case, report: Report) -> str:
    """What reports share their draws by: what they go back to."""
    origin = case.origins[report.name]
    return f"report {origin}" if origin in case.origins else f"origin {origin!r}"


def likelihood_key(case: Case, report: Report, state: str, judgement: Judgement) -> str:
    """One draw an origin, node, state and wording: what one origin's reports say alike is one statement."""
    return key_of(group(case, report), report.bears_on.text, state, judgement.text)


def manner_key(case: Case, report: Report, manner: Manner) -> str:
    """One draw an origin and wording where reports say so themselves; one a source where it does."""
    if manner == "anyway":
        own, said = report.anyway, case.anyway_of(report)
    else:
        own, said = report.deceptive, case.deceptive_of(report)
    if own is None and said is not None and report.source is not None:
        return key_of("source", report.source.text, manner)
    return key_of(group(case, report), manner, own.text if own is not None else "unsaid")


def reliability_key(case: Case, report: Report) -> str:
    """One draw a source and letter, shared by all its reports; where no source is named, by all of one origin."""
    if _is_certain(report):
        return BEYOND_DOUBT
    grade = case.grade_of(report)
    return key_of(
        "reliability", report.source.text if report.source else group(case, report), grade.letter if grade else UNGRADED
    )


def _is_certain(report: Report) -> bool:
    return report.is_certain or (report.source is None and report.grade is None)


def _reliability(case: Case, report: Report) -> Distribution:
    if _is_certain(report):
        return CERTAIN
    grade = case.grade_of(report)
    letter = grade.letter if grade else UNGRADED
    replaced = dict(case.grades).get(letter)
    return distribution_of(replaced) if replaced is not None else family.beta(*RELIABILITY[letter])


def _reliability_ground(case: Case, report: Report) -> Ground:
    grade = case.grade_of(report)
    name = report.source.text if report.source else report.name
    cited = case.citation(name)
    text = f"grade {grade}" if grade else "ungraded"
    provenance = cited.provenance if cited else report.provenance
    replaced = None if _is_certain(report) else dict(case.grades).get(grade.letter if grade else UNGRADED)
    shared = replaced.shared if replaced is not None else None
    return Ground("source", (name,), text, cited.span if cited else report.span, provenance, shared)
