"""Columns as a pandas DataFrame; pandas is loaded only here, and melian does without it."""

from typing import Any

Columns = dict[str, list[Any]]


def frame_of(columns: Columns) -> Any:
    """Table as a DataFrame.

    Raises
    ------
    ImportError
        If pandas is not installed.
    """
    try:
        import pandas as pd
    except ImportError as problem:
        raise ImportError("tables need pandas, which is not installed: pip install 'melian[tables]'") from problem
    return pd.DataFrame(columns)
