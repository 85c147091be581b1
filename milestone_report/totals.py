"""The report's figures as plain data: totals, ageing, coming due, projects, control totals.

Money is whole minor units of a currency. `summary.py` computes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums of one currency over the counted milestones, in minor units."""

    currency: str
    milestones: int
    amount: int
    contract: int | None
    paid: int
    overpaid: int
    outstanding: int
    overdue: int
    not_billed: int
    ready_to_bill: int
    unsigned_billed: int


@dataclass(frozen=True, slots=True)
class AgeingBucket:
    """What is outstanding in one currency and one band of days past due; no empty ones but the standard bands."""

    currency: str
    bucket: str
    milestones: int
    outstanding: int


@dataclass(frozen=True, slots=True)
class WeekDue:
    """What falls due in the week that starts on `week`, a Monday."""

    currency: str
    week: dt.date
    billed: int
    not_billed: int


@dataclass(frozen=True, slots=True)
class Project:
    """One project in one currency. `difference` = contract - amount: above zero is not planned yet.

    `left_out` counts the project's milestones that are in no figure, each in one currency only.
    """

    workbook: str
    sheet: str
    project: str
    client: str
    owner: str
    currency: str
    contract: int | None
    amount: int
    paid: int
    outstanding: int
    not_billed: int
    difference: int | None
    milestones: int
    unsigned: int
    left_out: int = 0

    @property
    def share_paid(self) -> float | None:
        """How much of the contract is paid, or of the milestones where they come to more; None of nothing."""
        whole = max(self.contract or 0, self.amount)
        return self.paid / whole if whole > 0 else None


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units. `currency` is "" where none could be found."""

    currency: str
    amount: int


@dataclass(frozen=True, slots=True)
class InDoubt:
    """The milestones with an error in one of their cells, each once, and the money in them.

    `amounts` sums their whole amounts, whatever was paid of them; credits add to it. `amounts_unknown`
    of the milestones have no readable amount, and `amounts_without_currency` one of nobody knows what: they are in no
    sum. Void milestones are never in doubt.
    """

    milestones: int = 0
    amounts: tuple[Money, ...] = ()
    amounts_unknown: int = 0
    amounts_without_currency: int = 0


@dataclass(frozen=True, slots=True)
class CountedTwice:
    """The milestones that stand alike on another sheet, too, each once, and their amounts: so much is too much."""

    milestones: int = 0
    amounts: tuple[Money, ...] = ()


@dataclass(frozen=True, slots=True)
class Control:
    """What was read, what was not, and the money in it.

    `left_out` and `void` are the amounts whose currency is known; those without one are counted, not added up:
    nobody knows that they are of one kind. `sheets_unread` counts the sheets that an error kept out, as a whole or
    with one of their tables.
    """

    workbooks_read: int
    workbooks_unreadable: int
    sheets_used: int
    sheets_skipped: int
    rows_counted: int
    rows_left_out: int
    rows_void: int
    left_out: tuple[Money, ...]
    void: tuple[Money, ...]
    in_doubt: InDoubt = InDoubt()
    counted_twice: CountedTwice = CountedTwice()
    sheets_unread: int = 0
    left_out_without_currency: int = 0
    void_without_currency: int = 0


@dataclass(frozen=True)
class Summary:
    """The figures of the report."""

    totals: tuple[Totals, ...]
    ageing: tuple[AgeingBucket, ...]
    coming_due: tuple[WeekDue, ...]
    projects: tuple[Project, ...]
    control: Control
