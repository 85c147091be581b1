"""summary.xlsx: the report as a workbook of real Excel tables, live totals and charts."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from milestone_report.rendering.excel import book as names
from milestone_report.rendering.excel.book import ACCENT, BILL, CHASE, FIX, INK, LONGEST_LIST, QUIET, SIGN, Book
from milestone_report.rendering.excel.changes import write_changes
from milestone_report.rendering.excel.control import write_control
from milestone_report.rendering.excel.lists import write_ready, write_unpaid, write_unsigned
from milestone_report.rendering.excel.rows import Places
from milestone_report.rendering.excel.sheets import write_coming_due, write_problems, write_projects
from milestone_report.rendering.excel.summary import write_summary

if TYPE_CHECKING:
    from milestone_report.model import Report


@lru_cache(maxsize=1)
def render(report: Report, longest_list: int = LONGEST_LIST) -> bytes:
    """Make the bytes of summary.xlsx, the same for the same report; the mail attaches them too.

    Its links are relative to `report.settings.out`, where the file is to lie. A list of more than `longest_list` rows
    goes on on further sheets.
    """
    book, places = Book(report, longest_list), Places(report)
    summary = book.add_page(names.SUMMARY_SHEET, INK)
    write_unpaid(book.add_page(names.UNPAID_SHEET, CHASE), places)
    write_ready(book.add_page(names.READY_SHEET, BILL), places)
    write_unsigned(book.add_page(names.UNSIGNED_SHEET, SIGN), places)
    write_projects(book.add_page(names.PROJECTS_SHEET, QUIET), places)
    write_coming_due(book.add_page(names.COMING_DUE_SHEET, ACCENT))
    if report.changes:
        write_changes(book.add_page(names.CHANGES_SHEET, ACCENT), places, report.changes)
    write_problems(book.add_page(names.PROBLEMS_SHEET, FIX), places)
    # These two last, because their formulas name the lists.
    checks = write_control(book.add_page(names.CONTROL_SHEET, QUIET), places)
    write_summary(summary, checks)
    summary.sheet.activate()
    return book.close()
