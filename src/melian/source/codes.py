"""The codes of diagnostics, with the text that `melian explain CODE` shows.

A code names the pattern that was found and reads as "allow X". Each layer lists its own codes in a tuple; this one
has those of a text before anyone asks what it means.
"""

from dataclasses import dataclass
from typing import Final

from melian.source.diagnostic import Severity


@dataclass(frozen=True, slots=True)
class Code:
    """What a code stands for.

    Attributes
    ----------
    code : kebab-case, stable across releases.
    title : what was found, one clause.
    why : why that is refused or worth telling.
    bad : a text that shows it; None where no short text can.
    good : the same, mended.
    parts : other files that the examples include, by path.
    """

    code: str
    severity: Severity
    title: str
    why: str
    bad: str | None = None
    good: str | None = None
    parts: tuple[tuple[str, str], ...] = ()


SOURCE_CODES: Final = (
    Code(
        "file-missing",
        "error",
        "there is no file of that name",
        "The path is read as it stands, from the folder in which the command runs.",
    ),
    Code(
        "file-unreadable",
        "error",
        "the file cannot be read",
        "A case is read from a regular file that may be read. Folders, pipes and devices are refused, because they "
        "may never end.",
    ),
    Code(
        "foreign-file",
        "error",
        "the file is something else than a case",
        "What a file is shows in its first bytes, whatever its name says. A case is a text in YAML, in UTF-8.",
    ),
    Code(
        "file-unwritable",
        "error",
        "the file cannot be written",
        "What would have changed is lost, and the file is what it was: it is replaced whole or not at all.",
    ),
    Code(
        "not-tidied",
        "error",
        "the text cannot be put in good order without changing what it says",
        "`melian fmt` reads what it has written and gives it away only if it says the same, with every comment. Line "
        "ends that editors do not show and keys over several lines are left to you.",
    ),
    Code(
        "not-utf8",
        "error",
        "the file is not in UTF-8",
        "Names and claims are compared letter by letter, so melian does not guess an encoding. Every editor can "
        "save a file as UTF-8.",
    ),
    Code(
        "too-large",
        "error",
        "the file is too large",
        "A case is untrusted input, so its size is bounded before it is read. A case of judgements is far smaller; "
        "long texts belong in the sources that it cites.",
    ),
    Code(
        "yaml-syntax",
        "error",
        "the text is not valid YAML",
        "Nothing after the place shown can be understood with certainty. Often a colon, a quote or a bracket is "
        "missing, or a tab stands where spaces should be.",
        "title: Belarus: will it enter?\n",
        'title: "Belarus: will it enter?"\n',
    ),
    Code(
        "tight-colon",
        "error",
        "no space stands after a colon",
        "YAML takes `{stalled:0.3}` for one key, `stalled:0.3`, that has no value. Only a colon and a space part a "
        "key from its value.",
        "chances: {stalled:0.3}\n",
        "chances: {stalled: 0.3}\n",
    ),
    Code(
        "odd-space",
        "error",
        "a space stands in the text that YAML does not know",
        "Text from a web page or a word processor brings no-break spaces along. They look like indentation and "
        "count for none, and they make two names differ that look alike.",
        "army:\n\u00a0\u00a0base: 0.3\n",
        "army:\n  base: 0.3\n",
    ),
    Code(
        "look-alike",
        "error",
        "a character stands in the text that only looks like the one that is meant",
        "Text from a web page, a word processor or another keyboard brings other colons and spaces along, and commas "
        "in numbers. YAML takes them for letters, or for the end of an entry.",
        "chances: {stalled:\u00a00.3}\n",
        "chances: {stalled: 0.3}\n",
    ),
    Code(
        "duplicate-key",
        "error",
        "a key stands twice in one mapping",
        "Most readers of YAML silently keep the last of the two, so that a judgement would vanish unseen.",
        "actors:\n  putin: {precision: ordinary}\n  putin: {precision: erratic}\n",
        "actors:\n  putin: {precision: ordinary}\n",
    ),
    Code(
        "yaml-tag",
        "error",
        "a YAML tag is used",
        "Tags ask the reader to build something else than a text. A case is data, and melian reads every value by "
        "what the place calls for.",
        "chance: !!float 0.3\n",
        "chance: 0.3\n",
    ),
    Code(
        "yaml-anchor",
        "error",
        "a YAML anchor is used",
        "An anchor only serves aliases, which are refused: each judgement is read where it stands.",
        "stalled: &same 0.3\n",
        "stalled: 0.3\n",
    ),
    Code(
        "yaml-alias",
        "error",
        "a YAML alias is used",
        "An alias makes two judgements look like one and hides the value from who reads the case. Nested aliases "
        "can also blow a small file up to any size.",
        "stalled: &same 0.3\nadvancing: *same\n",
        "stalled: 0.3\nadvancing: 0.3\n",
    ),
    Code(
        "merge-key",
        "error",
        "a YAML merge key is used",
        "`<<` copies keys from elsewhere, so that what holds in a place can no longer be read there. YAML 1.2 has "
        "dropped it.",
        "army: {<<: {base: 0.3}, label: The army}\n",
        "army: {base: 0.3, label: The army}\n",
    ),
    Code(
        "key-not-plain",
        "error",
        "a key is a mapping, a list or nothing",
        "A key is a name, and every name in a case is one text. Two braces where one was meant, or a colon without "
        "a name before it, read as such a key.",
        "base: {{wavers}: 0.3}\n",
        "base: {wavers: 0.3}\n",
    ),
    Code(
        "several-documents",
        "error",
        "the file holds several documents",
        "One file is one case. What follows a second `---` would be ignored, so it is refused.",
        "case: belarus\n---\ncase: moldova\n",
        "---\ncase: belarus\n",
    ),
    Code(
        "too-deep",
        "error",
        "mappings and lists are nested too deep",
        "A case is untrusted input, so its depth is bounded. The language itself needs far less.",
        "all: " + "[" * 24 + "]" * 24 + "\n",
        "all: [[[]]]\n",
    ),
    Code(
        "too-many-nodes",
        "error",
        "the file has too many keys, values and lists",
        "A case is untrusted input, so its size is bounded. Tables of data belong elsewhere.",
    ),
    Code(
        "and-more",
        "info",
        "there is more to say than is shown",
        "A thousand diagnostics are shown, errors before warnings. Most often one slip has led to many of them.",
    ),
    Code(
        "empty-file",
        "error",
        "the file says nothing",
        "A case starts with `melian: 1`. The smallest one has a question, an actor or a factor, and what bears on it.",
        "# nothing yet\n",
        "melian: 1\n",
    ),
)

CODES: Final = {code.code: code for code in SOURCE_CODES}
