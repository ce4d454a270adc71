"""Reports that other reports take the place of: left out, visibly; never in a circle, never by an earlier one."""

from collections.abc import Iterator

from melian.case.case import Case, Report
from melian.case.rules.scope import reports
from melian.source.diagnostic import Diagnostic, Label, error, info

CODES = ("superseded-report", "wrong-supersession")


def check(case: Case) -> Iterator[Diagnostic]:
    """Report replaced reports, and replacements that cannot be."""
    by_name = {report.name: report for report in case.evidence}
    circles: set[str] = set()
    for report in reports(case):
        place = report.superseded_by
        if place is None or place.text not in by_name:
            continue
        later = by_name[place.text]
        circle = _circle(report, by_name)
        if circle:
            if not circles & set(circle):
                names = " -> ".join(f"`{name}`" for name in (*circle, circle[0]))
                headline = (
                    f"reports take each other's place: {names}"
                    if circle[1:]
                    else f"report `{report.name}` replaces itself"
                )
                cure = "let only the older of two reports say `superseded_by`"
                yield error("wrong-supersession", headline, place.span, "back to a report before", help=cure)
            circles.update(circle)
        elif report.date is not None and later.date is not None and later.date < report.date:
            headline = f"report `{later.name}` is older than `{report.name}`, which it should replace"
            also = [Label(later.span, f"dated {later.date}")]
            cure = "check the two dates, or turn the two around"
            label = f"replaces a report of {report.date}"
            yield error("wrong-supersession", headline, place.span, label, help=cure, secondary=also)
        elif case.is_known(report) and case.is_known(later):
            headline = f"report `{report.name}` is left out: `{later.name}` has taken its place"
            yield info("superseded-report", headline, report.span, "not counted")


def _circle(report: Report, by_name: dict[str, Report]) -> list[str]:
    """Names of the reports from one back to itself, each replaced by the next; none where the way ends elsewhere."""
    way = [report.name]
    following = report.superseded_by
    while following is not None and following.text in by_name:
        if following.text == report.name:
            return way
        if following.text in way:
            return []
        way.append(following.text)
        following = by_name[following.text].superseded_by
    return []
