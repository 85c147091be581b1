"""The head of summary.json, which `check --format json` has, too: what was read, what was not, and the money in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from milestone_report.money import decimal_text

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from milestone_report.model import Part, Report, Sheet, Workbook
    from milestone_report.totals import Money

SCHEMA = "milestone-report/1"

Json = dict[str, Any]


def head(report: Report) -> Json:
    """The schema, the date, the workbooks and `control`."""
    control = report.summary.control
    totals_rows = [
        {
            "workbook": sheet.workbook,
            "sheet": sheet.name,
            "cell": row.cell,
            "label": row.label,
            "says": row.says,
            "adds_up_to": row.adds_up_to,
            "agrees": row.agrees,
        }
        for sheet in report.milestones.sheets
        for row in sheet.totals
    ]
    return {
        "schema": SCHEMA,
        "as_of": report.settings.as_of.isoformat(),
        "workbooks": [_workbook(book, report.settings.as_of) for book in report.workbooks],
        "control": {
            "workbooks_read": control.workbooks_read,
            "workbooks_unreadable": control.workbooks_unreadable,
            "sheets_used": control.sheets_used,
            "sheets_skipped": control.sheets_skipped,
            "rows_counted": control.rows_counted,
            "rows_left_out": control.rows_left_out,
            "rows_void": control.rows_void,
            "left_out": amounts(control.left_out),
            "left_out_without_currency": control.left_out_without_currency,
            "void": amounts(control.void),
            "void_without_currency": control.void_without_currency,
            "in_doubt": {
                "milestones": control.in_doubt.milestones,
                "amounts": amounts(control.in_doubt.amounts),
                "amounts_unknown": control.in_doubt.amounts_unknown,
                "amounts_without_currency": control.in_doubt.amounts_without_currency,
            },
            "counted_twice": {
                "milestones": control.counted_twice.milestones,
                "amounts": amounts(control.counted_twice.amounts),
            },
            "sheets_unread": control.sheets_unread,
            "totals_rows": totals_rows,
            "totals_rows_unread": [
                {"workbook": sheet.workbook, "sheet": sheet.name, "cell": cell}
                for sheet in report.milestones.sheets
                for cell in sheet.totals_unread
            ],
            "ignored": [
                {
                    "code": each.code,
                    "severity": str(each.severity),
                    "findings": each.findings,
                    "by": str(each.by),
                    "reason": each.reason or None,
                }
                for each in report.ignored
            ],
            "unused_ignores": [
                {
                    "code": each.code or None,
                    "workbook": each.workbook or None,
                    "sheet": each.sheet or None,
                    "reason": each.reason or None,
                }
                for each in report.unused
            ],
            "severity": {code: str(severity) for code, severity in report.settings.choice.severity},
            "settings_file": report.settings.settings_file or None,
            "part": _part(report.part) if report.part else None,
        },
    }


def _part(part: Part) -> Json:
    return {
        "by": part.by,
        "value": part.value or None,
        "also_written": list(part.spellings),
        "milestones_of_all": part.milestones,
    }


def _workbook(book: Workbook, as_of: dt.date) -> Json:
    return {
        "path": book.path,
        "readable": book.readable,
        "last_saved": book.last_saved.isoformat() if book.last_saved else None,
        "last_saved_by": book.saved_by or None,
        "age_days": (as_of - book.last_saved.date()).days if book.last_saved else None,
        "unchanged_since": book.unchanged_since.isoformat() if book.unchanged_since else None,
        "sheets_used": [_sheet(sheet) for sheet in book.sheets_used],
        "sheets_skipped": [{"sheet": sheet.name, "why": sheet.why} for sheet in book.sheets_skipped],
    }


def _sheet(sheet: Sheet) -> Json:
    columns = {name: column.header for name, column in sheet.columns.items()}
    return {"sheet": sheet.name, "header_row": sheet.header_row, "columns": columns}


def amounts(monies: Iterable[Money]) -> list[Json]:
    """Money by currency."""
    return [{"currency": each.currency, "amount": decimal_text(each.amount, each.currency)} for each in monies]
