"""What changed since an earlier report, and how it went run by run, as plain data.

Money is whole minor units of a currency. `history/` works it out from what it remembers of earlier runs.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import datetime as dt

    from milestone_report.totals import Money


class Change(StrEnum):
    """What can happen to a milestone between two runs, in the order in which a report tells it."""

    NEW = "new"
    REMOVED = "removed"
    BILLED = "billed"
    PAID = "paid"
    PART_PAID = "part_paid"
    PAYMENT_REVERSED = "payment_reversed"
    AMOUNT_CHANGED = "amount_changed"
    STATUS_CHANGED = "status_changed"
    BECAME_OVERDUE = "became_overdue"
    DUE_MOVED = "due_moved"
    SIGNED = "signed"
    SIGNOFF_LOST = "signoff_lost"
    SIGNOFF_CHANGED = "signoff_changed"


Value: TypeAlias = "int | dt.date | str | None"
"""What stood there before or stands there now: minor units of the item's currency, a day, a word; None for nothing."""


@dataclass(frozen=True, slots=True)
class Item:
    """One change of one milestone.

    `workbook`, `sheet` and `row` are where it stands now, of a removed one where it last stood. `amount` is the
    milestone's amount now, of a removed one its last. `moved` is by how much this change moved what is outstanding:
    the items of a kind and currency add up to the movement of the bridge.
    """

    kind: Change
    workbook: str
    sheet: str
    row: int
    project: str
    milestone: str
    before: Value
    after: Value
    currency: str
    amount: int
    moved: int = 0


@dataclass(frozen=True, slots=True)
class Movement:
    """What the changes of one kind did to what is outstanding, and how many milestones they concern."""

    kind: Change
    amount: int
    milestones: int


@dataclass(frozen=True, slots=True)
class Bridge:
    """From what was outstanding in one currency to what is: opening + movements = closing, exactly."""

    currency: str
    opening: int
    movements: tuple[Movement, ...]
    closing: int


@dataclass(frozen=True, slots=True)
class NotCompared:
    """What a workbook held, or a sheet of it ("" for all), that was read then and could not be read (or found) now.

    `outstanding` is what was outstanding in it then, by currency. It is in no item, and in no bridge's opening: the
    openings and it add up to what the earlier report had outstanding.
    """

    workbook: str
    sheet: str
    milestones: int
    outstanding: tuple[Money, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since the report as of `since`.

    `workbooks_new` are those that the earlier run had not read: all that they hold is new here. `sheets_new` are
    sheets, as (workbook, name), of a workbook that it had read, which could not be used then. `last_read` is the
    newest day before `since` as of which all of them that are known from then were read, None where none is.
    """

    since: dt.date
    bridge: tuple[Bridge, ...]
    items: tuple[Item, ...]
    not_compared: tuple[NotCompared, ...] = ()
    workbooks_new: tuple[str, ...] = ()
    last_read: dt.date | None = None
    sheets_new: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """What was outstanding and overdue in one currency as of a day.

    Of an earlier day, the newest reading of each workbook counts. `unread` counts the workbooks that could not be read
    that day: what they held is lacking.
    """

    as_of: dt.date
    currency: str
    outstanding: int
    overdue: int
    unread: int = 0
