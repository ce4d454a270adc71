"""What answers say of themselves that have nothing to show."""

from melian.errors import AskError, RefusalError
from melian.view import wording
from melian.view.sheet import Paragraph, Sheet


def refused_sheet(title: str, problem: RefusalError) -> Sheet:
    """What to show where too few worlds carry the evidence for any answer: why, and what to do about it."""
    said = [Paragraph(wording.sentence(problem.message), "warn")]
    return Sheet(title, (*said, *(Paragraph(wording.sentence(note)) for note in problem.notes)))


def no_figure(answer: object) -> AskError:
    """Error that says that answers of a kind have no figure."""
    return AskError(f"an answer of the kind {type(answer).__name__} has no figure", ["print it, or tabulate it"])
