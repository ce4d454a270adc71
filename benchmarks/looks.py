"""Looking at answers: figures, the page, a notebook's card, and what each part of a report waits for."""

import io
import time
from collections.abc import Callable
from typing import Any, Final

from measure import Figures, best, seconds

import melian
from melian.answer.drivers import Drivers
from melian.answer.solution import Solution
from melian.view.figures.drivers import MOST
from melian.view.figures.svg import standalone
from melian.view.markdown import markdown_of
from melian.view.page.fragment import fragment_of
from melian.view.page.page import page_of
from melian.view.sheets import pictures
from melian.view.sheets.drivers import drivers_sheet
from melian.view.sheets.report import report_of

CASE: Final = "belarus-2022"
ACTOR: Final = "west"


def bench() -> Figures:
    """What each part takes, and a figure of ours against the same bars by matplotlib."""
    solution = melian.read(CASE).solve()
    asked: dict[str, Callable[[], Any]] = {
        "drivers": solution.drivers,
        "indicators": solution.indicators,
        "levers": lambda: solution.levers(ACTOR),
        "timeline": solution.timeline,
        "incentives": solution.incentives,
        "storylines": solution.storylines,
    }
    found: Figures = {
        f"seconds_to_answer_{name}_all_cores": seconds(ask, time.perf_counter) for name, ask in asked.items()
    }
    drivers = solution.drivers()
    tornado = best(lambda: standalone(pictures.drivers_picture(solution, drivers)))
    found["seconds_to_draw_the_case"] = best(lambda: standalone(pictures.case_picture(solution)))
    found["seconds_to_draw_drivers"] = tornado
    found["times_faster_than_matplotlib_drivers"] = best(lambda: by_matplotlib(drivers)) / tornado
    found["seconds_of_a_card"] = best(lambda: fragment_of(drivers_sheet(solution, drivers)))
    return found | _written(solution)


def _written(solution: Solution) -> Figures:
    """The report as a page and as Markdown, once its answers are there."""
    report = report_of(solution, actors=[ACTOR])
    page, text = page_of(report), markdown_of(report)
    return {
        "seconds_to_write_the_page": best(lambda: page_of(report)),
        "seconds_to_write_markdown": best(lambda: markdown_of(report)),
        "kilobytes_of_the_page": len(page.encode()) / 1000,
        "kilobytes_of_markdown": len(text.encode()) / 1000,
    }


def by_matplotlib(drivers: Drivers) -> str:
    """The same bars and dots as SVG, without words: what a plotting library would take."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7.2, 6))
    FigureCanvasSVG(figure)
    shares, answers = figure.subplots(1, 2, sharey=True)
    for at, driver in enumerate(drivers.drivers[:MOST]):
        shares.errorbar(driver.total.value, at, xerr=[[0], [driver.total.high - driver.total.value]], fmt="o")
        answers.plot([driver.tenths.low, driver.tenths.high], [at, at], "o-")
    stream = io.StringIO()
    figure.savefig(stream, format="svg")
    return stream.getvalue()
