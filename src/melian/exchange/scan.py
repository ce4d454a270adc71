"""The words of Gambit's files: quoted texts, brackets, commas and bare words, each with its place."""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from melian.exchange.numbers import NumberError, parse_number
from melian.source.diagnostic import Diagnostic, error
from melian.source.text import Source, Span

TokenKind = Literal["text", "open", "close", "comma", "word", "end"]

_TOKEN: Final = re.compile(
    r'[ \t\r\n\f\v]*(?:"(?P<text>[^"\\]*(?:\\.[^"\\]*)*)"|(?P<mark>[{},])|(?P<word>[^\s"{},]+)|(?P<quote>"))', re.DOTALL
)
_ESCAPE: Final = re.compile(r'\\(["\\])')
_MARKS: Final[dict[str, TokenKind]] = {"{": "open", "}": "close", ",": "comma"}
LONGEST_SHOWN: Final = 40


@dataclass(frozen=True, slots=True)
class Token:
    r"""A word of the file.

    Attributes
    ----------
    text : the word itself; of a quoted text what is inside, with `\"` and `\\` undone.
    """

    kind: TokenKind
    text: str
    span: Span


class FormatError(Exception):
    """What ends the reading of a file; carries the one diagnostic that says why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic
        super().__init__(diagnostic.headline)


class Scanner:
    """Gives the words of a file one by one, with one word of foresight.

    Parameters
    ----------
    code : of the diagnostic for a word that does not fit, such as `efg-syntax`.
    """

    def __init__(self, source: Source, code: str) -> None:
        self.source = source
        self.code = code
        self._at = 0
        self.next = self._scan()

    def _scan(self) -> Token:
        """Read the word after the current one."""
        match = _TOKEN.match(self.source.text, self._at)
        if not match:
            return self._no_token()
        self._at = match.end()
        kind = match.lastgroup
        span = Span(self.source, match.start(kind or 0), match.end())
        if kind == "text":
            return Token("text", _ESCAPE.sub(r"\1", match["text"]), Span(self.source, span.start - 1, match.end()))
        if kind == "quote":
            raise self.trouble("a quote is never closed", span, "it opens here")
        return Token(_MARKS[match["mark"]] if kind == "mark" else "word", span.text, span)

    def _no_token(self) -> Token:
        """Return the end of the text; any white space that Gambit does not know is refused."""
        rest = self.source.text[self._at :]
        at = self._at + len(rest) - len(rest.lstrip(" \t\r\n\f\v"))
        if at < len(self.source.text):
            raise self.trouble("a space stands outside quotes that Gambit does not know", Span(self.source, at, at + 1))
        return Token("end", "", Span(self.source, at, at))

    def trouble(self, headline: str, span: Span, label: str = "", *, help: str | None = None) -> FormatError:
        """Return an error in the form of the file."""
        return FormatError(error(self.code, headline, span, label, help=help))

    def take(self, kind: TokenKind, what: str) -> Token:
        """Take the next word, which has to be of a kind; `what` says what it stands for."""
        token = self.next
        if token.kind != kind:
            raise self.expected(what)
        self._advance()
        return token

    def expected(self, what: str) -> FormatError:
        """Return an error that says what should have stood where the next word is."""
        if self.next.kind == "end":
            return self.trouble("the file ends too early", self.next.span, f"{what} was expected here")
        shown = self.next.span.text
        shown = shown if len(shown) <= LONGEST_SHOWN else shown[: LONGEST_SHOWN - 1] + "\u2026"
        cure = "put it in quotes" if self.next.kind == "word" and "text" in what else None
        if self.next.kind == "comma":
            cure = "take out the comma"
        return self.trouble(f"`{shown}` stands out of place", self.next.span, f"{what} was expected here", help=cure)

    def maybe(self, kind: TokenKind) -> Token | None:
        """Take the next word if it is of a kind."""
        token = self.next
        if token.kind != kind:
            return None
        self._advance()
        return token

    def _advance(self) -> None:
        if self.next.kind != "end":
            self.next = self._scan()

    def integer(self, what: str, *, least: int | None = None) -> tuple[int, Token]:
        """Take a whole number."""
        token = self.next
        if token.kind != "word" or not re.fullmatch(r"[+-]?[0-9]{1,9}", token.text, re.ASCII):
            raise self.expected(what)
        self._advance()
        value = int(token.text)
        if least is not None and value < least:
            raise self.trouble(f"{what} is {value}", token.span, f"it has to be at least {least}")
        return value, token

    def number(self, what: str) -> tuple[Fraction, Token]:
        """Take an exact number."""
        token = self.next
        if token.kind != "word" or token.text[0] not in "+-.0123456789":
            raise self.expected(what)
        try:
            value = parse_number(token.text)
        except NumberError as problem:
            raise FormatError(error("game-number", f"{what} {problem}", token.span)) from None
        self._advance()
        return value, token

    def texts(self, what: str) -> list[Token]:
        """Take quoted texts between braces; commas do not part them."""
        self.take("open", f"a list of {what} in braces")
        found = []
        while not self.maybe("close"):
            found.append(self.take("text", f"a quoted text or a closing brace for the {what}"))
        return found
