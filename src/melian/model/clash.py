"""Which statements of a row clash: a smallest part of them that cannot be met together."""

from dataclasses import replace

from melian.model.parameter import Row, infeasibility

MOST: int = 12  # statements looked at one by one; of more, all are named


def clashing(row: Row) -> tuple[int, ...]:
    """States whose statements cannot be met together though any of them alone could be left out; of a row that fails.

    Statements are taken out one after the other, and put back where the rest could then be met (a deletion filter,
    Chinneck and Dravnieks 1991, ORSA Journal on Computing 3(2)). What is left is minimal; it need not be the only one.
    """
    stated = tuple(place for place, part in enumerate(row.parts) if part is not None)
    if len(stated) > MOST:
        return stated
    left = row
    for place in stated:
        fewer = replace(left, parts=tuple(None if at == place else part for at, part in enumerate(left.parts)))
        if infeasibility(fewer) is not None:
            left = fewer
    return tuple(place for place in stated if left.parts[place] is not None)
