"""The report with what is remembered: its changes, the trend, and how long its workbooks are the same."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from milestone_report.changes import TrendPoint
from milestone_report.history.comparing import compare
from milestone_report.history.runs import Run  # noqa: TC001
from milestone_report.history.taking import taken

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from milestone_report.changes import Changes
    from milestone_report.history.runs import Memory
    from milestone_report.model import Report, Workbook


def run_of(report: Report) -> Run:
    """The run that made a report, as it is remembered."""
    return taken(report.milestones, report.workbooks, report.summary.totals)


def with_changes(report: Report, memory: Memory) -> Report:
    """The report with `changes`, `trend` and its workbooks' `unchanged_since`."""
    now = run_of(report)
    books = (replace(book, unchanged_since=_unchanged_since(book, memory)) for book in report.workbooks)
    return replace(
        report,
        workbooks=tuple(books),
        changes=None if memory.earlier is None else _compared(memory, memory.earlier, now),
        trend=tuple(_trend(memory, now)),
    )


def _compared(memory: Memory, earlier: Run, now: Run) -> Changes:
    """The changes, with the day since which workbooks that the earlier run had not read can be compared."""
    changes = compare(earlier, now)
    before = [read for day, read in memory.books if day < earlier.as_of]
    known = [path for path in changes.workbooks_new if any(read.get(path) for read in before)]
    days = (day for day, read in memory.books if day < earlier.as_of and all(read.get(path) for path in known))
    return replace(changes, last_read=next(days, None) if known else None)


def _trend(memory: Memory, now: Run) -> Iterator[TrendPoint]:
    """A point for each day and each currency of any day, oldest first: 0 where nothing was outstanding in it."""
    unread = {day: sum(not fingerprint for fingerprint in read.values()) for day, read in memory.books}
    unread[now.as_of] = sum(not book.readable for book in now.books)
    points = {(point.as_of, point.currency): point for point in memory.trend}
    for each in now.totals:
        points[now.as_of, each.currency] = TrendPoint(now.as_of, each.currency, each.outstanding, each.overdue)
    currencies = sorted({currency for _day, currency in points})
    for day in sorted(unread):
        for currency in currencies:
            yield replace(points.get((day, currency), TrendPoint(day, currency, 0, 0)), unread=unread[day])


def _unchanged_since(book: Workbook, memory: Memory) -> dt.date | None:
    """The earliest of the runs in a row before this one that read the same bytes of a workbook."""
    if not book.fingerprint:
        return None
    same = takewhile(lambda run: run[1].get(book.path) == book.fingerprint, memory.books)
    return min((day for day, _books in same), default=None)
