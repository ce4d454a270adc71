"""The sheet of `melian convert`: the size of the game that was written, and what a reader of it has to know."""

from melian.answer.conversion import Conversion, notes_on
from melian.view import wording
from melian.view.sheet import Block, Paragraph, Sheet


def conversion_sheet(made: Conversion, path: str) -> Sheet:
    """Size of the game, and what a reader of the file has to know."""
    parts = [wording.counted(len(made.players), "player")]
    parts += [wording.counted(number, part) for part, number in made.sizes.items()]
    blocks: list[Block] = [Paragraph(wording.sentence(wording.listed(parts)))]
    blocks += [Paragraph(note, "quiet") for note in notes_on(made)]
    return Sheet(f"Written to {path}", tuple(blocks))
