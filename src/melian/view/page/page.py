"""A report as one page that holds everything it needs: no script, no network, light and dark, A4."""

from functools import cache
from importlib.resources import files
from typing import Final

from melian.source.cells import safe
from melian.view.figures.drawing import style
from melian.view.figures.svg import shortened
from melian.view.lettering.faces import faces
from melian.view.page.blocks import Writer, said
from melian.view.report import Part, Report

# Whatever a case may hold, a browser is told to load nothing but the face that the page itself holds.
POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; base-uri 'none'; form-action 'none'"
# What the margin of a sheet holds beside the number of the page, in pixels as figures measure them.
MARGIN: Final = 440.0


@cache
def _style() -> str:
    return style() + (files("melian.view.page") / "static" / "page.css").read_text("utf-8")


def page_of(report: Report) -> str:
    """Report as an HTML document."""
    writer = Writer()
    top = f"<header>\n<h1>{said(report.title)}</h1>\n{writer.blocks(report.opening, 2)}\n</header>"
    parts = "\n".join(_part(part, writer) for part in report.parts)
    body = f"{top}\n{_contents(report)}\n<main>\n{parts}\n</main>\n<footer><p>{said(report.made_by)}</p></footer>"
    head = "\n".join(
        (
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            '<meta name="referrer" content="no-referrer">',
            f'<meta name="generator" content="melian {said(report.version)}">',
            f"<title>{said(report.title)}</title>",
            f"<style>\n{faces(body)}{_style()}{_margin(report.title)}</style>",
        )
    )
    return f'<!DOCTYPE html>\n<html lang="en">\n<head>\n{head}\n</head>\n<body>\n{body}\n</body>\n</html>\n'


def _margin(title: str) -> str:
    """Style that repeats a title in the margin of every printed sheet but the first, which has it in large.

    Every character but letters and digits is written as its number: nothing in it can end the string or the style.
    """
    signs = (sign if sign.isalnum() else f"\\{ord(sign):06x}" for sign in shortened(safe(title), MARGIN))
    words = "".join(signs)
    return f'@page {{ @bottom-left {{ content: "{words}" }} }} @page :first {{ @bottom-left {{ content: none }} }}\n'


def _part(part: Part, writer: Writer) -> str:
    anchor = said(part.anchor)
    heading = f'<h2 id="{anchor}-title">{said(part.title)}</h2>'
    opening = f'<section id="{anchor}" class="{part.kind}" aria-labelledby="{anchor}-title">'
    return f"{opening}\n{heading}\n{writer.blocks(part.blocks, 3)}\n</section>"


def _contents(report: Report) -> str:
    links = "".join(f'<li><a href="#{said(part.anchor)}">{said(part.title)}</a></li>' for part in report.parts)
    return f'<nav aria-label="Contents"><ul>{links}</ul></nav>'
