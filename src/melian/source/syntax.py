"""What the YAML parser chokes on, said so that the user can mend it.

The parser says where it gave up, and that is often a line too late and in its own terms. Each rule below recognises
one common slip from the parser's message and the text around it; the first that fits speaks, and a plain sentence is
the last resort. Messages are matched by the parts that libyaml and PyYAML's own parser have in common.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import yaml

from melian.source.diagnostic import Diagnostic, Label, error
from melian.source.fixes import inserted, quoted, written
from melian.source.slips import LONGEST_SHOWN, split_tight_colon, tabs_out, tight_colon
from melian.source.text import Source, Span

CODE: Final = "yaml-syntax"
QUOTE_IT: Final = "put the value in quotes"
_CONTROL: Final = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONGEST_KEY: Final = 1024  # libyaml looks no further for a key's colon
_MOST_CONTROLS: Final = 20
_SENTENCE: Final = 3  # so many words after a colon are no value of a key


@dataclass(frozen=True, slots=True)
class _Trouble:
    """Where the parser gave up.

    Attributes
    ----------
    at : offset where it could not go on.
    start : offset of what it was reading, or None.
    last : the last scalar before, or None.
    """

    source: Source
    problem: str
    context: str
    at: int
    start: int | None
    last: Span | None

    @property
    def character(self) -> str:
        """Character at `at`, or nothing at the end."""
        return self.source.text[self.at : self.at + 1]

    @property
    def bounds(self) -> tuple[int, int]:
        """Offsets of the line of `at`."""
        return self.source.bounds(self.row(self.at))

    def row(self, offset: int) -> int:
        """Line of an offset."""
        return self.source.position(offset)[0]

    def span(self, start: int, end: int) -> Span:
        """Place in the text."""
        return Span(self.source, start, min(end, len(self.source.text)))

    def rest(self, start: int) -> Span:
        """From `start` to the end of its line, without blanks and comment."""
        text = self.source.text[start : self.source.bounds(self.row(start))[1]]
        return self.span(start, start + len(re.split(r"\s#", text, maxsplit=1)[0].rstrip()))

    def content(self, row: int) -> Span:
        """What stands on a line, without indentation and comment."""
        start, end = self.source.bounds(row)
        line = self.source.text[start:end]
        return self.rest(start + len(line) - len(line.lstrip()))


def control_characters(source: Source) -> list[Diagnostic]:
    """Diagnostics for the first characters that YAML does not allow in a text at all."""
    found: list[Diagnostic] = []
    for match in _CONTROL.finditer(source.text):
        span = Span(source, match.start(), match.end())
        label = f"the character U+{ord(match[0]):04X}"
        found.append(error(CODE, "a control character stands in the text", span, label, help="delete it"))
        if len(found) == _MOST_CONTROLS:
            break
    return found


def explain(problem: yaml.YAMLError, source: Source, shift: int, last: Span | None) -> Diagnostic:
    """Diagnostic for a text that the parser refused.

    Parameters
    ----------
    shift : offset in the source of where the parser's text begins.
    last : the last scalar that was read.
    """

    def offset(name: str) -> int | None:
        mark = getattr(problem, name, None)
        return min(int(mark.index) + shift, len(source.text)) if mark else None

    said_of = {name: str(getattr(problem, name, None) or "") for name in ("problem", "context")}
    trouble = _Trouble(source, **said_of, at=offset("problem_mark") or 0, start=offset("context_mark"), last=last)
    return next((said for rule in _RULES if (said := rule(trouble))), None) or _anything(trouble)


def _open_quote(trouble: _Trouble) -> Diagnostic | None:
    """`a: "x` and no other quote."""
    if "quoted scalar" not in trouble.context or "unexpected" not in trouble.problem or trouble.start is None:
        return None
    quote = trouble.source.text[trouble.start]
    span = trouble.span(trouble.start, trouble.start + 1)
    return error(CODE, "a quoted text is never closed", span, f"no `{quote}` closes this one", help=_inner_quote(quote))


def _escape(trouble: _Trouble) -> Diagnostic | None:
    r"""`"C:\Users"`."""
    if "scalar" not in trouble.context or not re.search("escape|hexdecimal|hexadecimal", trouble.problem):
        return None
    start = trouble.source.text.rfind("\\", trouble.start, trouble.at + 1)
    span = trouble.span(start, max(start + 2, trouble.at))
    cure = "write `\\\\` for a backslash, or put the text in single quotes"
    return error(CODE, f"`{span.text}` is no escape that YAML knows", span, help=cure)


def _bracket(trouble: _Trouble) -> Diagnostic | None:
    """A list or mapping in brackets that does not go on as it should."""
    match = re.search(r"',' or '([\]}])'", trouble.problem)
    if match is None or trouble.start is None:
        return None
    opener, closer = trouble.source.text[trouble.start], match[1]
    open_span = trouble.span(trouble.start, trouble.start + 1)
    opened = Label(open_span, "it opens here")
    if trouble.character and trouble.character in "]}":
        here = trouble.span(trouble.at, trouble.at + 1)
        headline = f"`{opener}` is closed by `{trouble.character}`"
        return error(CODE, headline, here, f"`{closer}` was expected", secondary=[opened])
    if not trouble.character or trouble.row(trouble.at) > trouble.row(trouble.start):
        here = trouble.content(trouble.row(trouble.at))
        runs = [Label(here, "it still runs on here")] if here.text else []
        label = f"no `{closer}` closes this one"
        return error(CODE, f"`{opener}` is never closed", open_span, label, secondary=runs, help=f"add `{closer}`")
    return _comma(trouble, closer, opened)


def _comma(trouble: _Trouble, closer: str, opened: Label) -> Diagnostic:
    """`{x: 1 y: 2}` and `[a: b: c]`."""
    last = trouble.last
    if trouble.character == ":" and last and last.end <= trouble.at:
        if " " in last.text and not last.text.startswith(("'", '"')):
            word = trouble.span(last.end - len(last.text.split()[-1]), last.end)
            headline = f"no comma stands before `{word.text}`"
            return error(CODE, headline, word, "a comma was expected before this", secondary=[opened])
        return error(CODE, "a colon stands inside a value", trouble.span(trouble.at, trouble.at + 1), help=QUOTE_IT)
    here = trouble.rest(trouble.at)
    label = f"a comma or `{closer}` was expected"
    return error(CODE, "a comma or a closing bracket is missing", here, label, secondary=[opened])


def _tab(trouble: _Trouble) -> Diagnostic | None:
    """Tabs that indent."""
    start, end = trouble.bounds
    line = trouble.source.text[start:end]
    tab = line.find("\t", 0, len(line) - len(line.lstrip()))
    at = trouble.at if trouble.character == "\t" else start + tab if tab >= 0 else -1
    if at < 0:
        return None
    width = len(trouble.source.text[at:end]) - len(trouble.source.text[at:end].lstrip("\t"))
    cure = "use spaces: YAML does not take tabs as indentation"
    here, fix = trouble.span(at, at + width), tabs_out(trouble.source, trouble.span(at, at + width))
    return error(CODE, "a tab stands where spaces should", here, "this is a tab", help=cure, fix=fix)


def _after_marker(trouble: _Trouble) -> Diagnostic | None:
    """`--- a: 1`."""
    if "not allowed" not in trouble.problem or not trouble.content(trouble.row(trouble.at)).text.startswith("---"):
        return None
    here = trouble.content(trouble.row(trouble.at))
    return error(CODE, "text stands on the line of `---`", here, help="begin it on the next line, or take out `---`")


def _second_colon(trouble: _Trouble) -> Diagnostic | None:
    """`title: Belarus: will it enter`, and keys that run into the text above them."""
    if "mapping values are not allowed" not in trouble.problem:
        return None
    last = trouble.last
    if last and last.end <= trouble.at and not trouble.source.text[last.end : trouble.at].strip():
        if last.line < trouble.row(trouble.at) and not last.text.startswith(("'", '"')):
            return _run_on(trouble, last)
        if last.start > trouble.content(last.line).start:
            return _colon_in_value(trouble, trouble.rest(last.start))
    colon = trouble.span(trouble.at, trouble.at + 1)
    return error(CODE, "a colon stands where none can", colon, "what is before it is no key", help=QUOTE_IT)


def _colon_in_value(trouble: _Trouble, value: Span) -> Diagnostic:
    """`title: Belarus: will it enter`."""
    colon = trouble.span(trouble.at, trouble.at + 1)
    curly = value.text[:1] in ("\u201c", "\u201d", "\u201e", "\u2018", "\u2019")
    why = "curly quotes are ordinary letters to YAML" if curly else None
    text = value.text.strip("\u201c\u201d\u201e\u2018\u2019") if curly else value.text
    cure = f"{QUOTE_IT}: {quoted(text)}" if len(text) <= LONGEST_SHOWN else QUOTE_IT
    is_sentence = curly or len(value.text[colon.end - value.start :].split()) >= _SENTENCE or text[-1:] in "?!."
    fix = written(value, quoted(text), "put the value in quotes", is_safe=is_sentence)
    label = "YAML reads this as the end of a key"
    return error(CODE, "a colon and a space stand inside a value", colon, label, help=cure, info=why, fix=fix)


def _run_on(trouble: _Trouble, last: Span) -> Diagnostic:
    """A line that goes on into the next, where a key stands."""
    first, key = trouble.rest(last.start), trouble.content(trouble.row(trouble.at))
    if last.start == trouble.content(last.line).start:
        return _no_colon(first)
    key = trouble.span(key.start, trouble.at)
    headline = f"the key `{key.text.strip()}` is indented under a line that has a value"
    goes_on = [Label(first, "this value takes in the more indented lines below it")]
    return error(CODE, headline, key, "indented more than the line above", secondary=goes_on, help="indent both alike")


def _missing_colon(trouble: _Trouble) -> Diagnostic | None:
    """A line without a colon among keys."""
    if "could not find expected ':'" not in trouble.problem or trouble.start is None:
        return None
    line = trouble.rest(trouble.start)
    if len(line.text) > _LONGEST_KEY and ":" in line.text:
        label = f"no colon in the first {_LONGEST_KEY:,} characters"
        return error(CODE, "a key is too long", trouble.span(line.start, line.start + 1), label)
    return _no_colon(line)


def _no_colon(line: Span) -> Diagnostic:
    """`b` or `b:1` where `b: 1` was meant."""
    label = "a colon and a space were expected"
    if parts := split_tight_colon(line.text):
        return tight_colon(CODE, line, parts)
    if re.match(r"-[^\s-]", line.text):
        dash = Span(line.source, line.start, line.start + 1)
        fix = inserted(line.source, dash.end, " ", "put a space after the dash", is_safe=line.text[1:2].isalpha())
        return error(CODE, "no space stands after a dash", dash, "a space was expected after this", fix=fix)
    cure = "write a colon after it if it is a key; indent it more if it belongs to the text above"
    return error(CODE, "a line without a colon stands where a key should", line, label, help=cure)


def _after_close(trouble: _Trouble) -> Diagnostic | None:
    """`a: "say "hi" now"` and `a: [1, 2]]`."""
    start, _ = trouble.bounds
    before = trouble.source.text[start : trouble.at].rstrip()
    if "block" not in trouble.context or not before or before[-1] not in "\"']}":
        return None
    here = trouble.rest(trouble.at)
    if trouble.character in "]}":
        return _closes_nothing(trouble)
    if before[-1] in "]}":
        return error(CODE, f"text follows a closing `{before[-1]}`", here, "nothing was expected here")
    last = trouble.last
    opened = [Label(trouble.span(last.start, last.start + 1), "it opens here")] if last and last.text else []
    headline, cure = "text follows a closing quote", _inner_quote(before[-1])
    return error(CODE, headline, here, "nothing was expected here", secondary=opened, help=cure)


def _closes_nothing(trouble: _Trouble) -> Diagnostic:
    here = trouble.span(trouble.at, trouble.at + 1)
    return error(CODE, f"`{trouble.character}` closes nothing", here, "no bracket is open here", help=QUOTE_IT)


def _odd_line(trouble: _Trouble) -> Diagnostic | None:
    """A line whose indentation or dash fits nothing above it."""
    if "block mapping" not in trouble.context or trouble.start is None:
        return None
    here, above = trouble.rest(trouble.at), trouble.span(trouble.start, trouble.start + 1)
    if trouble.character == ":":
        return error(CODE, "a colon has no key before it", trouble.span(trouble.at, trouble.at + 1))
    if re.match(r"-(\s|$)", here.text):
        label, cure = "this begins a list", "give the list a key of its own, or take out the dash"
        keys = [Label(above, "the keys start here")]
        return error(CODE, "a list item stands among keys", here, label, secondary=keys, help=cure)
    return _indentation(trouble, here, above)


def _indentation(trouble: _Trouble, here: Span, around: Span) -> Diagnostic:
    """A line that lines up with none above."""
    above = trouble.content(trouble.row(len(trouble.source.text[: trouble.bounds[0]].rstrip())))
    depths = sorted({above.column - 1, around.column - 1}, reverse=True)
    known = [Label(Span(above.source, above.start, above.start + 1), f"indented by {above.column - 1}")]
    cure = f"indent it by {' or '.join(map(str, depths))}"
    headline = "a line is indented unlike any that it could belong to"
    return error(CODE, headline, here, f"indented by {here.column - 1}", secondary=known, help=cure)


def _key_in_list(trouble: _Trouble) -> Diagnostic | None:
    """A key at the level of list items."""
    if not re.search("block (collection|sequence)", trouble.context) or trouble.start is None:
        return None
    known = [Label(trouble.span(trouble.start, trouble.start + 1), "the list starts here")]
    cure = "begin it with `- ` if it is an item; indent it less if it belongs above the list"
    here = trouble.rest(trouble.at)
    return error(
        CODE, "something else stands among list items", here, "no `- ` before this", secondary=known, help=cure
    )


def _odd_start(trouble: _Trouble) -> Diagnostic | None:
    """`@x`, `%x`, `**bold**`: characters that mean something else to YAML."""
    if re.search("alias|anchor|tag", trouble.context + trouble.problem):
        at = trouble.at if trouble.start is None else trouble.start
    elif re.search("cannot start any token|mapping keys are not allowed", trouble.problem):
        at = trouble.at
    else:
        return None
    here = trouble.span(at, at + 1)
    name = "a backtick" if here.text == "`" else f"`{here.text}`"
    return error(CODE, f"a value begins with {name}", here, "this means something else to YAML", help=QUOTE_IT)


def _nothing_there(trouble: _Trouble) -> Diagnostic | None:
    """`[1, , 2]` and `a: }`."""
    if "node content" not in trouble.problem or trouble.rest(trouble.at).text == "...":
        return None
    if trouble.character and trouble.character in "]}":
        return _closes_nothing(trouble)
    if not trouble.character:
        end = trouble.span(len(trouble.source.text.rstrip()), len(trouble.source.text.rstrip()))
        return error(CODE, "the text ends inside brackets", end, "a value and a closing bracket were expected")
    here = trouble.span(trouble.at, trouble.at + 1)
    return error(CODE, f"no value stands before `{here.text}`", here, help="take it out, or put the value in quotes")


def _top_level(trouble: _Trouble) -> Diagnostic | None:
    """A line outside everything above it."""
    if "document start" not in trouble.problem:
        return None
    here = trouble.rest(trouble.at)
    before = trouble.source.text[: trouble.at].rstrip()
    if before.endswith("..."):
        return error(CODE, "text follows the end mark `...`", here, help="take out the line `...`")
    cure = "begin every key of the top level in the first column"
    return error(CODE, "a line is indented less than the first line", here, help=cure)


def _block_text(trouble: _Trouble) -> Diagnostic | None:
    """`a: | text`."""
    if "block scalar" not in trouble.context:
        return None
    here = trouble.rest(trouble.at)
    cure = "start the text on the next line and indent it, or put it in quotes"
    return error(CODE, "text stands on the line of `|` or `>`", here, "nothing was expected here", help=cure)


def _dash_after_key(trouble: _Trouble) -> Diagnostic | None:
    """`a: - b`."""
    if "sequence entries are not allowed" not in trouble.problem:
        return None
    here = trouble.span(trouble.at, trouble.at + 1)
    cure = "begin the list on the next line, or write it in brackets: `[a, b]`"
    return error(CODE, "a list begins on the line of its key", here, help=cure)


def _directive(trouble: _Trouble) -> Diagnostic | None:
    """`%foo`, and versions of YAML that are not known."""
    if not re.search("directive|incompatible YAML", trouble.context + trouble.problem):
        return None
    here = trouble.content(trouble.row(trouble.at))
    return error(CODE, "a line at the start is a YAML directive", here, "not a known one", help="take it out")


def _anything(trouble: _Trouble) -> Diagnostic:
    """The last resort: the parser's own words; at the end of the text, the last thing said."""
    at = min(trouble.at, len(trouble.source.text.rstrip()))
    info = f"the parser says: {trouble.problem}" if trouble.problem else None
    return error(CODE, "the text is not valid YAML", trouble.span(at, at + 1), "it cannot go on here", info=info)


def _inner_quote(quote: str) -> str:
    """How to write a quote inside quotes."""
    if quote == "'":
        return "inside single quotes write an apostrophe twice: `''`"
    return 'inside double quotes write a quote as `\\"`, or use single quotes around the text'


_RULES: Final[tuple[Callable[[_Trouble], Diagnostic | None], ...]] = (
    _open_quote,
    _escape,
    _bracket,
    _tab,
    _after_marker,
    _second_colon,
    _missing_colon,
    _after_close,
    _odd_line,
    _key_in_list,
    _odd_start,
    _nothing_there,
    _top_level,
    _block_text,
    _dash_after_key,
    _directive,
)
