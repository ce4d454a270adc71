"""Random texts in YAML, as untidy as people write them: every style, comments in every place that takes one."""

from collections.abc import Callable, Sequence

from hypothesis import strategies as st

Draw = Callable[..., "object"]
WORDS = (
    "open",
    "closed",
    "very likely",
    "0.2..0.4",
    "no",
    "NO",
    "on",
    "12:30",
    "1e3",
    "~",
    "2022-03-24",
    "30 %",
    "é漢",
    "x" * 50,
)
LONG = (
    "a b, c",
    "it's so",
    'say "so"',
    "a: b",
    "c #d",
    "# d",
    "- e",
    "[f]",
    "tail ",
    "",
    "\\n",
    "https://x.y/z#a",
    "stalled:0.3",
)
BLOCKS = (
    "one\n",
    "one\ntwo\n",
    "one\n\ntwo",
    "one\n  two\n",
    "  one\ntwo\n",
    "one\n\n\n",
    "# no comment\n",
    "\n one\n",
)
KEYS = ("when", "is", "on", "a key", "é漢", "1", "why", "states", "given", "at")


@st.composite
def untidy(draw: st.DrawFn) -> str:
    """Text with a mapping at its top."""
    writer = _Writer(draw)
    text = "".join(draw(st.sampled_from(["", "", "---\n", "\n\n", "# first\n---\n", "%YAML 1.1\n---\n"])))
    text += writer.comments(0) + writer.mapping(0, 3)
    text += draw(st.sampled_from(["", "\n", "# last", "\n\n# last\n\n", "...\n", "...\n# last\n"]))
    return text.replace("\n", draw(st.sampled_from(["\n", "\n", "\n", "\r\n", "\r"])))


class _Writer:
    """Writes a random tree; every draw is one of a few ways to write the same."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.n_comments = 0

    def of(self, *ways: str) -> str:
        return self.draw(st.sampled_from(ways))

    def is_so(self, one_in: int) -> bool:
        return self.draw(st.integers(1, one_in)) == one_in

    def comment(self) -> str:
        self.n_comments += 1
        return f"#{self.of('', ' ')}c{self.n_comments}{self.of('', '', ' # not another', ': {', '  ')}"

    def comments(self, indent: int) -> str:
        """Lines between entries: blank ones and comments, indented like the block, less, or more."""
        lines = []
        while self.is_so(3):
            lines.append(self.of("", "", "   ", " " * (indent + self.draw(st.integers(-2, 3))) + self.comment()))
        return "".join(f"{line}\n" for line in lines)

    def end(self) -> str:
        """End of a line that holds something."""
        return self.of("", "", "", " ", "  ", f" {self.comment()}", f"      {self.comment()}") + "\n"

    def mapping(self, indent: int, depth: int) -> str:
        keys = self.draw(st.lists(st.sampled_from(KEYS), unique=True, min_size=1, max_size=4))
        first, *others = [self.key(key) + self.value(indent, depth) for key in keys]
        return " " * indent + first + "".join(self.comments(indent) + " " * indent + other for other in others)

    def sequence(self, indent: int, depth: int) -> str:
        items = [self.item(indent, depth) for _ in range(self.draw(st.integers(1, 3)))]
        return "".join((self.comments(indent) if number else "") + item for number, item in enumerate(items))

    def item(self, indent: int, depth: int) -> str:
        dash = " " * indent + "-"
        if depth and self.is_so(2):
            gap = self.draw(st.integers(1, 3))
            inner = self.draw(st.sampled_from([self.mapping, self.sequence]))(indent + 1 + gap, depth - 1)
            if self.is_so(4):
                return dash + self.end() + self.comments(indent + 1 + gap) + inner
            return dash + inner[indent + 1 :]
        return dash + self.value(indent, depth)

    def key(self, key: str) -> str:
        return self.of(key, key, key, f'"{key}"', f"'{key}'") + self.of(":", ":", ":", " :")

    def value(self, indent: int, depth: int) -> str:
        """What follows a key or a dash, with its line end."""
        ways = [self.scalar, self.scalar, self.text, self.flow_value, self.nothing]
        if depth:
            ways += [self.block, self.block, self.block]
        return self.draw(st.sampled_from(ways))(indent, depth)

    def nothing(self, indent: int, depth: int) -> str:
        return self.end()

    def scalar(self, indent: int, depth: int) -> str:
        lead = self.of(" ", " ", "  ", self.end() + self.comments(indent + 1) + " " * (indent + 2))
        return lead + self.one(in_flow=False) + self.end()

    def text(self, indent: int, depth: int) -> str:
        """A text over several lines."""
        said = self.draw(st.sampled_from(BLOCKS))
        deeper = self.draw(st.integers(1, 4))
        if self.is_so(3):
            way = self.of("{}", '"{}"', "'{}'")
            return (
                " " + way.format(f"one\n{' ' * (indent + deeper)}two  \n\n{' ' * (indent + deeper)}three") + self.end()
            )
        first = next(line for line in said.split("\n") if line)
        digit = str(deeper) if first.startswith(" ") or said.startswith("\n") else self.of("", str(deeper))
        header = self.of("|", ">") + self.of(f"{digit}", f"{digit}-", f"+{digit}") + self.of("", f" {self.comment()}")
        lines = "".join(
            (" " * (indent + deeper) + line if line else "") + "\n" for line in said.split("\n")[:-1] or [said]
        )
        return f" {header}\n{lines}"

    def block(self, indent: int, depth: int) -> str:
        wide = indent + self.draw(st.integers(1, 4))
        head = self.end() + self.comments(wide)
        if self.is_so(2):
            return head + self.mapping(wide, depth - 1)
        return head + self.sequence(wide, depth - 1)

    # In braces

    def flow_value(self, indent: int, depth: int) -> str:
        return " " + self.flow(indent + 1, max(depth, 1)) + self.end()

    def flow(self, indent: int, depth: int) -> str:
        inner = [self.flow_part(indent, depth) for _ in range(self.draw(st.integers(0, 4)))]
        if self.is_so(2):
            parts = [f"{self.key(KEYS[number])} {part}" for number, part in enumerate(inner)]
            return "{" + self.joined(parts, indent) + "}"
        return "[" + self.joined(inner, indent) + "]"

    def joined(self, parts: Sequence[str], indent: int) -> str:
        return (
            self.gap(indent) + ",".join(self.gap(indent) + part + self.gap(indent) for part in parts) + self.gap(indent)
        )

    def gap(self, indent: int) -> str:
        """Between brackets, commas and values; a comment needs a blank before it and a line end behind."""
        way = self.draw(st.integers(0, 14))
        if way < 12:
            return ("", " ", "  ")[way % 3]
        return ("" if way == 12 else f" {self.comment()}") + "\n" + " " * (indent + self.draw(st.integers(0, 2)))

    def flow_part(self, indent: int, depth: int) -> str:
        return self.flow(indent, depth - 1) if depth and self.is_so(3) else self.one(in_flow=True)

    def one(self, *, in_flow: bool) -> str:
        """A text on one line, with quotes or without where it can be."""
        if self.is_so(3):
            said = self.draw(st.sampled_from(LONG))
            return (
                "'" + said.replace("'", "''") + "'"
                if self.is_so(2)
                else '"' + said.replace("\\", "\\\\").replace('"', '\\"') + '"'
            )
        said = self.draw(st.sampled_from(WORDS))
        return self.of(said, said, f'"{said}"', f"'{said}'")
