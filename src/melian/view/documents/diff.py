"""Two versions of a case."""

from typing import TYPE_CHECKING

from melian.view.documents.document import Document

if TYPE_CHECKING:
    from melian.answer.compare import Difference, Share
    from melian.case.difference import Edit


def diff_document(found: "Difference", names: tuple[str, str]) -> Document:
    """Return the answers of both, the changes, and what each group of changes carries of the difference."""
    from melian import __version__

    return {
        "one": names[0],
        "other": names[1],
        "before": found.before,
        "after": found.after,
        "difference": found.difference,
        "error": found.error,
        "is_told_from_none": found.is_told,
        "changes": [_share(share) for share in found.shares],
        "all_orders": found.is_exact,
        "versions_solved": found.mixes,
        "worlds": found.worlds,
        "melian": __version__,
    }


def _share(share: "Share") -> Document:
    return {
        "moved": share.moved,
        "alone": share.alone,
        "error": share.error,
        "is_told_from_none": share.is_told,
        "parts": [
            {
                "section": part.section,
                "names": list(part.names),
                "is_new": part.before is None,
                "is_dropped": part.after is None,
                "edits": [_edit(edit) for edit in edits],
            }
            for part, edits in zip(share.parts, share.edits, strict=True)
        ],
    }


def _edit(edit: "Edit") -> Document:
    return {
        "where": edit.where,
        "before": edit.before,
        "after": edit.after,
        "file": edit.place.source.path,
        "line": edit.place.line,
    }
