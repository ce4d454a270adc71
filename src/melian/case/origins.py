"""What each report goes back to: an origin of its own, one that it names, or the report that it repeats."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from melian.case.case import Report


def origins_of(evidence: "Sequence[Report]") -> dict[str, str]:
    """Origin of each report, by its name.

    An origin that is the name of another report is whatever that one goes back to; a report that names none goes back
    to itself. Reports that name each other in a circle go back to the first of them.
    """
    reports = {report.name: report for report in evidence}
    place = {name: at for at, name in enumerate(reports)}
    found: dict[str, str] = {}
    for report in evidence:
        way: dict[str, None] = {}
        name = report.name
        while name in reports and name not in found and name not in way:
            way[name] = None
            name = reports[name].origin or name
        circle = list(way)[list(way).index(name) :] if name in way else [name]
        root = found.get(name) or min(circle, key=lambda one: place.get(one, 0))
        found |= dict.fromkeys(way, root)
    return found
