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

    from milestone_report.history.runs import Memory
    from milestone_report.model import Report, Workbook


def run_of(report: Report) -> Run:
    """The run that made a report, as it is remembered."""
    return taken(report.milestones, report.workbooks, report.summary.totals)


def with_changes(report: Report, memory: Memory) -> Report:
    """The report with `changes`, `trend` and its workbooks' `unchanged_since`."""
    now = run_of(report)
    points = (TrendPoint(now.as_of, each.currency, each.outstanding, each.overdue) for each in now.totals)
    books = (replace(book, unchanged_since=_unchanged_since(book, memory)) for book in report.workbooks)
    return replace(
        report,
        workbooks=tuple(books),
        changes=None if memory.earlier is None else compare(memory.earlier, now),
        trend=(*memory.trend, *points),
    )


def _unchanged_since(book: Workbook, memory: Memory) -> dt.date | None:
    """The earliest of the runs in a row before this one that read the same bytes of a workbook."""
    if not book.fingerprint:
        return None
    same = takewhile(lambda run: run[1].get(book.path) == book.fingerprint, memory.books)
    return min((day for day, _books in same), default=None)
