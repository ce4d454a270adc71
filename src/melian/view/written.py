"""What a file with a report holds, by the format that its name asks for."""

from pathlib import Path

from melian.errors import AskError
from melian.view.kinds import REPORT_FORMATS
from melian.view.report import Report


def refuse_unknown(suffix: str) -> None:
    """Refuse early what `written` would refuse after the work is done.

    Raises
    ------
    AskError
        If there is no such format.
    """
    if suffix.casefold() not in REPORT_FORMATS:
        raise AskError(
            f"a report cannot be written as `{suffix}`", ["the file's name should end in .html, .pdf or .md"]
        )


def written(report: Report, suffix: str, *, beside: Path) -> str | bytes:
    """Report in one format.

    Parameters
    ----------
    suffix : says which, such as .html.
    beside : folder for what a browser works on, where one prints the report: see `melian.view.printing.run.printed`.

    Raises
    ------
    AskError
        If there is no such format.
    PrintError
        If it is to be printed, and no browser does so.
    """
    refuse_unknown(suffix)
    if suffix.casefold() == ".md":
        from melian.view.markdown import markdown_of

        return markdown_of(report)
    from melian.view.page.page import page_of

    if suffix.casefold() != ".pdf":
        return page_of(report)
    from melian.view.printing.print import page_as_pdf

    return page_as_pdf(page_of(report), beside=beside)
