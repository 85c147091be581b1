"""Values of the history file, each of the kind that a run has written there; ValueError for any other.

SQLite holds any kind of value in any column, and a file may come from anywhere.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_report.history.runs import Standing, Total

_CURRENCY = re.compile(r"(?:[A-Z]{3})?")
_DAY_LETTERS = len("2026-03-17")


def text(value: object) -> str:
    """A text."""
    if not isinstance(value, str):
        raise ValueError("no text")  # noqa: TRY004 - the file is wrong, not the caller
    return value


def whole(value: object) -> int:
    """A whole number."""
    if not isinstance(value, int):
        raise ValueError("no whole number")  # noqa: TRY004
    return value


def maybe_whole(value: object) -> int | None:
    """A whole number or nothing."""
    return None if value is None else whole(value)


def yes_or_no(value: object) -> bool:
    """1 or 0."""
    if whole(value) not in (0, 1):
        raise ValueError("neither yes nor no")
    return bool(value)


def sum_of(value: object) -> int:
    """A whole number that is written as text, as it may be larger than 64 bits can hold."""
    return int(text(value))


def currency(value: object) -> str:
    """A code of three capitals, or "" where it is not known."""
    if not _CURRENCY.fullmatch(code := text(value)):
        raise ValueError("no currency")
    return code


def day(value: object) -> dt.date:
    """A day as YYYY-MM-DD."""
    if len(text(value)) != _DAY_LETTERS:
        raise ValueError("no day")
    return dt.date.fromisoformat(text(value))


def sums_agree(totals: Sequence[Total], standings: Sequence[Standing]) -> None:
    """The totals of a run are the sums of its milestones: the opening of a bridge is what its items start from."""
    outstanding = {total.currency: total.outstanding for total in totals}
    overdue = {total.currency: total.overdue for total in totals}
    for one in standings:
        if one.counted and one.outstanding:
            outstanding[one.currency] = outstanding.get(one.currency, 0) - one.outstanding
            if one.overdue:
                overdue[one.currency] = overdue.get(one.currency, 0) - one.outstanding
    if len(outstanding) != len(totals) or any(outstanding.values()) or any(overdue.values()):
        raise ValueError("the totals are not the sums of the milestones")
