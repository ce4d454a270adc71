"""Codes of cases that are split over several files."""

from typing import Final

from melian.case.codes.examples import HEAD, STRAIT
from melian.source.codes import Code

_ACTORS: Final = "actors:\n  navy: {name: The northern navy}\n"
_CHOICES: Final = (
    "choices: {strait: {actor: navy, options: [open, closed]}}\n"
    "stakes: {navy: {trade: {given: [strait], values: {open: 100, closed: 0}}}}\n"
)
_CASE: Final = HEAD + "include: [actors.yaml]\n" + _CHOICES
_PARTS: Final = (("actors.yaml", _ACTORS),)

PARTS: Final = (
    Code(
        "bad-path",
        "error",
        "a path in `include` cannot be read on every system",
        "A case should work wherever its folder is copied to. So paths are written with `/`, name `.yaml` files, and "
        "avoid names that mean a device on some systems.",
        _CASE.replace("actors.yaml", "more\\actors.yaml"),
        _CASE.replace("actors.yaml", "more/actors.yaml"),
        (("more/actors.yaml", _ACTORS),),
    ),
    Code(
        "outside-folder",
        "error",
        "a path in `include` leads out of the case's folder",
        "A case is untrusted input: it may come from anyone, and what it includes is shown in diagnostics. It reads "
        "nothing but files of its own folder and the folders in it: no absolute path, no `..`, no link that leads out.",
        _CASE.replace("actors.yaml", "../actors.yaml"),
        _CASE,
        _PARTS,
    ),
    Code(
        "include-missing",
        "error",
        "no file is there for a path in `include`",
        "What the file would say is missing from the case. Paths start from the folder of the file that they are "
        "written in, and capitals count.",
        _CASE.replace("actors.yaml", "players.yaml"),
        _CASE,
        _PARTS,
    ),
    Code(
        "included-twice",
        "error",
        "a file is included twice, or includes the case itself",
        "Each judgement counts once. Parts that include each other in a circle would never end.",
        _CASE.replace("[actors.yaml]", "[actors.yaml, ./actors.yaml]"),
        _CASE,
        _PARTS,
    ),
    Code(
        "too-many-parts",
        "error",
        "a case includes too many files, or files that include files too many times over",
        "A case is untrusted input, so its size is bounded. One that is spread over hundreds of files cannot be read "
        "by anyone.",
        HEAD + "include: [step1.yaml]\n" + STRAIT,
        HEAD + "include: [last.yaml]\n" + STRAIT,
        (
            *((f"step{step}.yaml", f"include: [step{step + 1}.yaml]\n") for step in range(1, 5)),
            ("step5.yaml", "x-note: too far\n"),
            ("last.yaml", "x-note: near\n"),
        ),
    ),
    Code(
        "not-in-a-part",
        "error",
        "a part of a case says what holds for the whole case",
        "The question, the day of the forecast, the scale of words and the behaviour are said once, in the file that "
        "includes the others. A part holds sections: actors, sources, factors, choices, stakes, beliefs, evidence.",
        HEAD + "include: [part.yaml]\n" + STRAIT,
        HEAD + "as_of: 2022-03-24\n" + STRAIT,
        (("part.yaml", "as_of: 2022-03-24\n"),),
    ),
    Code(
        "part-alone",
        "error",
        "a file holds only a part of a case",
        "It has sections of a case but neither its name nor its question, so it is most likely a file that a case "
        "includes. What "
        "it says can only be judged together with the rest.",
        STRAIT,
        HEAD + STRAIT,
    ),
    Code(
        "no-folder",
        "error",
        "a case that is read from a text includes files",
        "A text has no folder, so there is nothing that its paths could start from.",
        _CASE,
        _CASE.replace("include: [actors.yaml]\n", _ACTORS),
    ),
)
