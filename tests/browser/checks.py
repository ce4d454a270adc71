"""Opening a page as a reader would, and looking for what is wrong with it."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from playwright.sync_api import Browser, ConsoleMessage, Page, Route

HERE: Final = Path(__file__).parent
WIDE, PHONE, NARROW = 1280, 390, 320  # pixels: a desk, a telephone, and what WCAG 2.2 asks for (1.4.10)
PAPER = 680  # pixels between the margins of A4, 180 mm at 96 to the inch
A4, MARGIN = (595.3, 841.9), 42.5  # points: the sheet, and 15 mm on its left and right
SLACK, LEADING = 1.0, 0.25  # as in layout.js, in points
GRAVE: Final = ("serious", "critical")
_BOX: Final = re.compile(r'<word xMin="([^"]+)" yMin="([^"]+)" xMax="([^"]+)" yMax="([^"]+)">(.*?)</word>')

Scheme = Literal["light", "dark"]


class Visit:
    """A page that is open, and what it asked for or complained about."""

    def __init__(self, page: Page, path: Path) -> None:
        self.page, self.path = page, path
        self.asked: list[str] = []
        self.complaints: list[str] = []

    def let_through(self, route: Route) -> None:
        """Let the page itself through and nothing else."""
        if route.request.url == self.path.as_uri():
            route.continue_()
        else:
            self.asked.append(route.request.url)
            route.abort()

    def heard(self, message: ConsoleMessage) -> None:
        """Take down errors and warnings."""
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def open(self) -> None:
        """Open the file from the disk."""
        self.page.route("**/*", self.let_through)
        self.page.on("console", self.heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(self.path.as_uri(), wait_until="load")

    def seen_as(self, width: int, scheme: Scheme, medium: Literal["screen", "print"] = "screen") -> None:
        """Look at it in a window of a width."""
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.emulate_media(media=medium, color_scheme=scheme)

    @contextmanager
    def unfolded(self) -> Iterator[None]:
        """Show what is folded."""
        fold = "open => document.querySelectorAll('details').forEach(one => { one.open = open; })"
        self.page.evaluate(fold, True)
        try:
            yield
        finally:
            self.page.evaluate(fold, False)


@contextmanager
def visited(browser: Browser, path: Path) -> Iterator[Visit]:
    """Open a file in a window of its own."""
    context = browser.new_context(viewport={"width": WIDE, "height": 900}, service_workers="block")
    try:
        visit = Visit(context.new_page(), path)
        visit.open()
        yield visit
    finally:
        context.close()


def layout_faults(visit: Visit, *, on_paper: bool = False) -> list[str]:
    """Scrolling sideways, texts cut, out of their box or over each other: a sentence each."""
    found: list[str] = visit.page.evaluate(_text("layout.js"), {"onPaper": on_paper})
    return found


def access_faults(visit: Visit) -> list[str]:
    """What keeps people out, by axe-core (rule, impact and place), and texts in figures that are too faint."""
    if not visit.page.evaluate("() => 'axe' in window"):
        visit.page.evaluate(_text("axe.min.js"))
    found: dict[str, Any] = visit.page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    faint: list[str] = visit.page.evaluate(_text("contrast.js"))
    return faint + [
        f"{rule['id']} ({rule['impact']}): {node['html'][:150]}"
        for rule in found["violations"]
        if rule["impact"] in GRAVE
        for node in rule["nodes"]
    ]


def paper_faults(words: str) -> list[str]:
    """Words of sheets of A4 that leave the space between its margins, or lie over each other.

    Parameters
    ----------
    words : what `pdftotext -bbox` says of them.
    """
    found = []
    for at, sheet in enumerate(words.split("<page ")[1:], start=1):
        boxes = [_Word(*map(float, box[:4]), box[4]) for box in _BOX.findall(sheet)]
        found += [f"sheet {at}: beyond the margin: {word.text}" for word in boxes if word.is_outside]
        found += [f"sheet {at}: over each other: {one.text} | {other.text}" for one, other in _pairs(boxes)]
    return found


def lost_on_paper(visit: Visit, text: str) -> str:
    """Characters that a page shows for print and its PDF has not: what was cut off at an edge of a sheet.

    A sheet has more of its own (headings of a table that goes on, its number), so that only what is missing counts.
    """
    visit.seen_as(PAPER, "light", "print")
    with visit.unfolded():  # on paper everything is
        shown: str = visit.page.evaluate("() => document.body.innerText")
    missing = _characters(shown) - _characters(text)
    return "".join(sorted(missing.elements()))


def _characters(text: str) -> Counter[str]:
    return Counter(unicodedata.normalize("NFKC", "".join(text.split())))


class _Word(NamedTuple):
    """A word on a sheet, in points from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float
    text: str

    @property
    def is_outside(self) -> bool:
        return (
            self.left < MARGIN - SLACK or self.right > A4[0] - MARGIN + SLACK or not 0 < self.top < self.bottom < A4[1]
        )

    def is_over(self, other: "_Word") -> bool:
        leading, others = ((one.bottom - one.top) * LEADING for one in (self, other))
        return (
            min(self.right, other.right) - max(self.left, other.left) > SLACK
            and min(self.bottom - leading, other.bottom - others) - max(self.top + leading, other.top + others) > SLACK
        )


def _pairs(words: list[_Word]) -> Iterator[tuple[_Word, _Word]]:
    """Words that lie over each other, found from top to bottom."""
    ordered = sorted(words, key=lambda word: word.top)
    for at, word in enumerate(ordered):
        near = takewhile(lambda other: other.top < word.bottom, ordered[at + 1 :])  # noqa: B023 - used up at once
        yield from ((word, other) for other in near if word.is_over(other))


@cache
def _text(name: str) -> str:
    return (HERE / name).read_text("utf-8")
