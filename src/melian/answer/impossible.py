"""Why there is no answer where no world gives the evidence any chance: the findings that clash."""

from melian.answer.supposed import closed_at_times
from melian.errors import AskError, RefusalError
from melian.model.diagram import Model
from melian.plan.plan import Enquiry
from melian.solve.clash import Finding, smallest_clash


def refusal_to_suppose(model: Model, enquiry: Enquiry) -> AskError:
    """Name the smallest set of findings that leaves no world possible, with their places in the case."""
    clash = smallest_clash(model, enquiry)
    open_at_times = closed_at_times(model, enquiry)
    if not clash:
        return RefusalError(
            "no answer: none of the worlds gives what is observed any chance",
            [*open_at_times, "nothing says that none can; widen judgements that the evidence contradicts"],
        )
    told = [each for finding in clash for each in _told(model, enquiry, finding)]
    both = f"{', '.join(told[:-1])} and {told[-1]}" if len(told) > 1 else told[0]
    headline = f"the evidence is impossible: {both} cannot hold{' together' if len(told) > 1 else ''}"
    kind = RefusalError if all(each.origin is not None for each in clash) else AskError
    cure = "give one of the reports a source that may be wrong (`source:`, graded), or suppose something else"
    return kind(headline, [*open_at_times, cure])


def _told(model: Model, enquiry: Enquiry, finding: Finding) -> list[str]:
    if finding.origin is None:
        (variable,) = finding.axes
        states = [state for state, fits in zip(model.variables[variable].states, finding.fits, strict=True) if fits]
        return [f"`{model.variables[variable].name}: {'|'.join(states)}`"]
    names = {testimony.report for testimony in model.evidence[finding.origin].reports}
    reports = [report for report in model.case.evidence if report.name in names]
    spans = [report.likelihood.span for report in reports]
    return [f"`{r.name}` ({s.source.path}:{s.line})" for r, s in zip(reports, spans, strict=True)]
