"""What happened to the milestones of a report since the one of a week before, made up for the tests.

The figures fit the report: each bridge closes with what is outstanding in it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, Any

from milestone_report.changes import Bridge, Change, Changes, Item, Movement, NotCompared, TrendPoint
from milestone_report.totals import Money
from tests.rendering.page_sample import NAMES, PROJECTS, sample_report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_report.model import Report

SINCE = dt.date(2026, 3, 24)


def items() -> list[Item]:
    """One change or more of each kind, in the sample report of ten projects."""
    return [
        _item(Change.NEW, 9, 11, "Go live", None, None, 18_750_00),
        _item(Change.REMOVED, 4, 11, "Sound mix", None, None, 1_400_00),
        _item(Change.BILLED, 8, 9, "Installation", "planned", "sent", 2_650_00, 2_650_00),
        _item(Change.BILLED, 7, 9, "Print files", "draft", "sent", 6_000_00, 6_000_00),
        _item(Change.PAID, 0, 9, "Discovery", 0, 6_000_00, 6_000_00, -6_000_00),
        _item(Change.PAID, 9, 8, "Deposit", 0, 10_000_00, 10_000_00, -10_000_00),
        _item(Change.PAID, 3, 8, "Deposit", 0, 8_250_00, 8_250_00, -8_250_00),
        _item(Change.PART_PAID, 0, 10, "Midpoint", 0, 6_000_00, 11_600_00, -6_000_00),
        _item(Change.PART_PAID, 5, 9, "Beta", 0, 0, 1_200_000),
        _item(Change.AMOUNT_CHANGED, 2, 9, "Design sign-off", 7_200_00, 8_200_00, 8_200_00, 1_000_00),
        _item(Change.STATUS_CHANGED, 7, 10, "Extra round", "sent", "void", 900_00, -900_00),
        _item(Change.BECAME_OVERDUE, 0, 10, "Midpoint", dt.date(2026, 2, 20), dt.date(2026, 2, 20), 11_600_00),
        _item(Change.DUE_MOVED, 3, 11, "Launch", dt.date(2026, 5, 15), dt.date(2026, 5, 29), 8_250_00),
        _item(Change.SIGNED, 4, 9, "Rough cut", None, "rough-cut.msg", 5_600_00),
        _item(Change.SIGNOFF_LOST, 2, 9, "Design sign-off", "design-ok.pdf", None, 8_200_00),
        _item(Change.SIGNOFF_CHANGED, 1, 10, "Final delivery", "final.pdf", "final.pdf", 4_400_00),
    ]


def _item(kind: Change, sheet: int, row: int, milestone: str, before: Any, after: Any, *money: int) -> Item:
    project, _client, _owner, currency, _contract = PROJECTS[sheet]
    return Item(kind, "agency.xlsx", NAMES[sheet], row, project, milestone, before, after, currency, *money)


def changes_of(report: Report, happened: Sequence[Item]) -> Changes:
    """Changes whose bridges lead to what is outstanding in the report."""
    bridges = []
    for total in report.summary.totals:
        moved: dict[Change, list[int]] = {kind: [] for kind in Change}
        for item in happened:
            if item.currency == total.currency and item.moved:
                moved[item.kind].append(item.moved)
        movements = tuple(Movement(kind, sum(each), len(each)) for kind, each in moved.items() if each)
        opening = total.outstanding - sum(each.amount for each in movements)
        bridges.append(Bridge(total.currency, opening, movements, total.outstanding))
    return Changes(SINCE, tuple(bridges), tuple(happened))


def trend_of(report: Report, weeks: int = 5) -> tuple[TrendPoint, ...]:
    """A point a week for each currency; the last one is the report's own."""
    return tuple(
        TrendPoint(
            report.settings.as_of - dt.timedelta(weeks=back),
            total.currency,
            total.outstanding * (10 + (back * 7) % 5) // 10,
            total.overdue * (10 - back) // 10,
        )
        for back in reversed(range(weeks))
        for total in report.summary.totals
    )


def with_changes(report: Report, happened: Sequence[Item], weeks: int = 5) -> Report:
    """A report that remembers earlier ones."""
    return dataclasses.replace(report, changes=changes_of(report, happened), trend=trend_of(report, weeks))


def changed_report() -> Report:
    """The sample report of ten projects with changes of every kind."""
    return with_changes(sample_report(), items())


def first_report() -> Report:
    """The sample report with nothing before it."""
    plain = sample_report()
    return dataclasses.replace(plain, trend=trend_of(plain, weeks=1))


NOT_COMPARED = (
    NotCompared("north/studio.xlsx", "", 12, (Money("EUR", 4_200_00), Money("JPY", 900))),
    NotCompared("agency.xlsx", "Old", 1, ()),
)


def partly_compared() -> Report:
    """The same, where a workbook and a sheet could not be read again and another workbook is new."""
    report = changed_report()
    changes = dataclasses.replace(
        changes_of(report, items()),
        not_compared=NOT_COMPARED,
        workbooks_new=("new.xlsx",),
        sheets_new=(("agency.xlsx", "Notes"),),
    )
    return dataclasses.replace(report, changes=changes)
