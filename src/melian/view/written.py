"""What a file with a report holds, by the format that its name asks for."""

from typing import Final

from melian.errors import AskError
from melian.view.report import Report

FORMATS: Final = (".html", ".htm", ".md")


def refuse_unknown(suffix: str) -> None:
    """Refuse early what `written` would refuse after the work is done.

    Raises
    ------
    AskError
        If there is no such format.
    """
    if suffix.casefold() not in FORMATS:
        raise AskError(f"a report cannot be written as `{suffix}`", ["the file's name should end in .html or .md"])


def written(report: Report, suffix: str) -> str | bytes:
    """Report in one format.

    Parameters
    ----------
    suffix : says which, such as .html.

    Raises
    ------
    AskError
        If there is no such format.
    """
    refuse_unknown(suffix)
    if suffix.casefold() == ".md":
        from melian.view.markdown import markdown_of

        return markdown_of(report)
    from melian.view.page.page import page_of

    return page_of(report)
