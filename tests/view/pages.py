"""Reading pages as a browser would, strictly: every tag closed in order, every name once."""

from html.parser import HTMLParser

VOID = {"meta", "br", "hr", "img", "link", "input", "col"}
# What SVG may write as closed at once.
ALONE = {"rect", "line", "circle", "path", "use"}
SILENT = {"style", "title"}


class Page(HTMLParser):
    """A page's tags, attributes and text; a fault is an assertion."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.ids: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == [], self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._seen(tag, attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALONE, tag
        self._seen(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, tag
        assert self.open.pop() == tag, (tag, self.getpos())

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] not in SILENT:
            self.text.append(data)

    def _seen(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), (tag, names)
        self.tags.append((tag, dict(attrs)))
        self.ids += [value for name, value in attrs if name == "id" and value]
        assert len(self.ids) == len(set(self.ids)), self.ids

    @property
    def words(self) -> str:
        """Text as it is read, blanks that hold included."""
        return " ".join(" ".join(self.text).replace("\u00a0", " ").split())

    def headings(self) -> list[int]:
        """Levels of the headings, in order."""
        return [int(tag[1]) for tag, _ in self.tags if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit()]
