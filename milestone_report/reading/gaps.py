"""Why a sheet's own total may differ from its milestones: amounts above it that cannot be read."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING

from milestone_report.facts import both, listed, phrase, phrases
from milestone_report.money import amount_readings

if TYPE_CHECKING:
    from collections.abc import Sequence

_CHECK_THE_RANGE = phrase("Check the range of the SUM formula, and amounts stored as text, which SUM passes over.")
_MOST_NAMED = 5
"""So many cells are named in a row; the others are counted."""
_MOST_READ = 6
"""With so many amounts of two readings each there are 64 sums to try."""


def lacking(unread: Sequence[tuple[str, object]], gap: Decimal) -> tuple[str, str]:
    """What a message says of amounts that are not in a sum, and what to do; "" where there are none.

    `unread` has the cells and what stands there, `gap` what the sheet's total says beyond the sum.
    """
    if not unread:
        return "", _CHECK_THE_RANGE
    named = [cell for cell, _value in unread[:_MOST_NAMED]]
    if len(unread) > _MOST_NAMED:
        named.append(phrase("{n} more", n=str(len(unread) - _MOST_NAMED)))
    cells = both([listed(named[:-1]), named[-1]]) if len(named) > 1 else named[0]
    message = phrases(
        " The amount in {cells} could not be read and is not in that sum.",
        " The amounts in {cells} could not be read and are not in that sum.",
        len(unread),
        cells=cells,
    )
    if not _may_make([value for _cell, value in unread], gap):
        return message, phrase("Correct {cells} first. {then}", cells=cells, then=_CHECK_THE_RANGE)
    may_be = phrases(" It may be the whole difference.", " They may be the whole difference.", len(unread))
    how = phrase("Correct {cells} first, then run again.", cells=cells)
    return phrase("{message}{may_be}", message=message, may_be=may_be), how


def _may_make(values: Sequence[object], gap: Decimal) -> bool:
    """Whether amounts that could not be read may make a gap together: those that say nothing may be any."""
    readings = [amount_readings(value) if isinstance(value, str) else () for value in values]
    if not all(readings):
        return gap > 0
    if len(readings) > _MOST_READ:
        return False
    return any(sum((each.value for each in one), Decimal(0)) == gap for one in product(*readings))
