"""What the spread comes from, and what would have to be otherwise."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from melian.source.diagnostic import Diagnostic
from melian.source.render import as_json
from melian.view.documents.document import Document, head, making

if TYPE_CHECKING:
    from melian.answer.cruxes import Crux
    from melian.answer.drivers import Driver, Drivers
    from melian.answer.judgements import Judged
    from melian.answer.shares import Share
    from melian.answer.solution import Solution


def drivers_document(solution: "Solution", drivers: "Drivers", diagnostics: Iterable[Diagnostic] = ()) -> Document:
    """Give what the spread comes from, and what would have to be otherwise."""
    cruxes = drivers.cruxes
    return {
        **head(solution),
        "mean": None if (answer := solution.likelihood()).is_open else answer.mean,
        "deviation": drivers.deviation,
        "drivers": [_driver(driver) for driver in drivers.drivers],
        "groups": [
            {
                "kind": each.group.kind,
                "name": each.group.name,
                "judgements": each.judgements,
                "first": _share(each.first),
                "total": _share(each.total),
            }
            for each in drivers.groups
        ],
        "screened": [
            {"judgement": glance.judged.name, "first": _share(glance.first), "total": _share(glance.total)}
            for glance in drivers.screened
        ],
        "cruxes": {
            "line": cruxes.line,
            "side": "above" if cruxes.is_above else "below",
            "beyond": cruxes.beyond,
            "found": [_crux(drivers, crux) for crux in cruxes.found],
            "nearest": _crux(drivers, cruxes.nearest) if cruxes.nearest is not None else None,
        },
        **making(solution),
        "diagnostics": as_json(diagnostics),
    }


def _driver(driver: "Driver") -> Document:
    tenths = driver.tenths
    return {
        **_judged(driver.judged),
        "first": _share(driver.first),
        "total": _share(driver.total),
        "tenths": {
            "member": tenths.member.name,
            "below": tenths.below,
            "above": tenths.above,
            "low": tenths.low,
            "low_error": tenths.low_error,
            "high": tenths.high,
            "high_error": tenths.high_error,
            "told": tenths.is_told,
        },
    }


def _judged(judged: "Judged") -> Document:
    return {
        "judgement": judged.name,
        "form": judged.form,
        "group": {"kind": judged.group.kind, "name": judged.group.name},
        "about": list(judged.ground.about),
        "text": judged.ground.text,
        "when": [{test.node.text: [state.text for state in test.states]} for test in judged.when],
        "by": judged.ground.provenance.by,
        "basis": judged.ground.provenance.basis,
    }


def _share(share: "Share") -> Document:
    return {"value": share.value, "low": share.low, "high": share.high, "told": share.is_told}


def _crux(drivers: "Drivers", crux: "Crux") -> Document:
    bounds = []
    for bound in crux.bounds:
        driver = drivers.drivers[bound.candidate]
        side = "above" if bound.is_above else "below"
        bounds.append(
            {
                "judgement": driver.judged.name,
                "member": driver.tenths.member.name,
                side: bound.value,
                "share": bound.share,
            }
        )
    return {
        "bounds": bounds,
        "share": crux.mass,
        "mean": crux.mean,
        "error": crux.error,
        "density": crux.density,
        "coverage": crux.coverage,
    }
