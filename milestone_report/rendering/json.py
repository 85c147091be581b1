"""summary.json: every figure, milestone and finding (schema milestone-report/1, see summary.schema.json)."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from milestone_report.model import LIST_COLUMNS, Part, Report, Sheet, Workbook
from milestone_report.money import decimal_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd

    from milestone_report.changes import Bridge, Changes, Item, Value
    from milestone_report.totals import Money, Project, Totals

SCHEMA = "milestone-report/1"

Json = dict[str, Any]


def render(report: Report) -> bytes:
    """The whole report. Money is a decimal string in its currency's precision; dates are ISO."""
    summary = report.summary
    return _dump(
        {
            **_head(report),
            "totals": [_totals(totals) for totals in summary.totals],
            "ageing": [
                {
                    "currency": each.currency,
                    "bucket": each.bucket,
                    "milestones": each.milestones,
                    "outstanding": decimal_text(each.outstanding, each.currency),
                }
                for each in summary.ageing
            ],
            "coming_due": [
                {
                    "currency": each.currency,
                    "week": each.week.isoformat(),
                    "billed": decimal_text(each.billed, each.currency),
                    "not_billed": decimal_text(each.not_billed, each.currency),
                }
                for each in summary.coming_due
            ],
            "projects": [_project(project) for project in summary.projects],
            "milestones": list(_milestones(report)),
            "findings": _findings(report),
            "changes": _changes(report.changes) if report.changes else None,
            "trend": [
                {
                    "as_of": point.as_of.isoformat(),
                    "currency": point.currency,
                    "outstanding": decimal_text(point.outstanding, point.currency),
                    "overdue": decimal_text(point.overdue, point.currency),
                    "workbooks_unread": point.unread,
                }
                for point in report.trend
            ],
        }
    )


def render_check(report: Report) -> bytes:
    """What `check --format json` prints: the same without the figures."""
    return _dump({**_head(report), "findings": _findings(report)})


def _dump(document: Json) -> bytes:
    """One line for each item of a list: as easy to compare as an indented text, and far quicker to write."""
    return ("{\n" + ",\n".join(f" {_text(key)}: {_value(value)}" for key, value in document.items()) + "\n}\n").encode()


def _value(value: object) -> str:
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(f"  {_text(item)}" for item in value) + "\n ]"
    return _text(value)


_text = json.JSONEncoder(ensure_ascii=False).encode


def _head(report: Report) -> Json:
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
            "left_out": _money(control.left_out),
            "left_out_without_currency": control.left_out_without_currency,
            "void": _money(control.void),
            "void_without_currency": control.void_without_currency,
            "in_doubt": {
                "milestones": control.in_doubt.milestones,
                "amounts": _money(control.in_doubt.amounts),
                "amounts_unknown": control.in_doubt.amounts_unknown,
                "amounts_without_currency": control.in_doubt.amounts_without_currency,
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


def _money(amounts: Iterable[Money]) -> list[Json]:
    return [{"currency": each.currency, "amount": decimal_text(each.amount, each.currency)} for each in amounts]


def _totals(totals: Totals) -> Json:
    names = ("amount", "paid", "overpaid", "outstanding", "overdue", "not_billed", "ready_to_bill", "unsigned_billed")
    return {
        "currency": totals.currency,
        "milestones": totals.milestones,
        "contract": None if totals.contract is None else decimal_text(totals.contract, totals.currency),
        **{name: decimal_text(getattr(totals, name), totals.currency) for name in names},
    }


def _project(project: Project) -> Json:
    words = ("workbook", "sheet", "project", "client", "owner", "currency", "milestones", "unsigned")
    amounts = ("contract", "amount", "paid", "outstanding", "not_billed", "difference")
    shown: Json = {name: getattr(project, name) for name in words}
    for name in amounts:
        minor = getattr(project, name)
        shown[name] = None if minor is None else decimal_text(minor, project.currency)
    return shown


def _milestones(report: Report) -> Iterator[Json]:
    frame = report.milestones.frame
    sheets = report.milestones.sheets
    dates = {name: _iso(frame[name]) for name in ("invoice_date", "due_date")}
    for position, row in enumerate(frame.to_dict("records")):
        currency = row["currency"]
        sheet = sheets[row["sheet_id"]]
        due = dates["due_date"][position]
        yield {
            "workbook": sheet.workbook,
            "sheet": sheet.name,
            "row": row["row"],
            "project": row["project"],
            "milestone": row["milestone"],
            "description": row["description"],
            "amount": decimal_text(row["amount"], currency) if row["amount_known"] else None,
            "currency": currency or None,
            "invoice_number": row["invoice_number"],
            "invoice_date": dates["invoice_date"][position],
            "status": str(row["status"]),
            "state": str(row["state"]),
            "paid": decimal_text(row["paid"], currency),
            "outstanding": decimal_text(row["outstanding"], currency),
            "due_date": due,
            "days_overdue": row["days_overdue"],
            "signoff": row["signoff"].split("\n") if row["signoff"] else [],
            "evidence": row["evidence"],
            "counted": row["counted"],
            "lists": [name for name in LIST_COLUMNS if row[name]],
        }


def _iso(dates: pd.Series[Any]) -> list[str | None]:
    return [None if text == "NaT" else text for text in dates.to_numpy().astype("datetime64[D]").astype(str).tolist()]


def _findings(report: Report) -> list[Json]:
    return [
        {
            "code": finding.code,
            "severity": str(finding.severity),
            "workbook": finding.workbook,
            "sheet": finding.sheet or None,
            "cell": finding.cell or None,
            "value": finding.value,
            "message": finding.message,
            "fix": finding.fix,
        }
        for finding in report.findings
    ]


def _changes(changes: Changes) -> Json:
    return {
        "since": changes.since.isoformat(),
        "bridge": [_bridge(bridge) for bridge in changes.bridge],
        "items": [_item(item) for item in changes.items],
        "not_compared": [
            {
                "workbook": each.workbook,
                "sheet": each.sheet or None,
                "milestones": each.milestones,
                "outstanding": _money(each.outstanding),
            }
            for each in changes.not_compared
        ],
        "workbooks_new": list(changes.workbooks_new),
        "sheets_new": [{"workbook": workbook, "sheet": sheet} for workbook, sheet in changes.sheets_new],
        "last_read": changes.last_read.isoformat() if changes.last_read else None,
    }


def _bridge(bridge: Bridge) -> Json:
    return {
        "currency": bridge.currency,
        "opening": decimal_text(bridge.opening, bridge.currency),
        "movements": [
            {
                "kind": str(each.kind),
                "amount": decimal_text(each.amount, bridge.currency),
                "milestones": each.milestones,
            }
            for each in bridge.movements
        ],
        "closing": decimal_text(bridge.closing, bridge.currency),
    }


def _item(item: Item) -> Json:
    return {
        "kind": str(item.kind),
        "workbook": item.workbook,
        "sheet": item.sheet,
        "row": item.row,
        "project": item.project,
        "milestone": item.milestone,
        "before": _was(item.before, item.currency),
        "after": _was(item.after, item.currency),
        "currency": item.currency or None,
        "amount": decimal_text(item.amount, item.currency) if item.currency else None,
        "outstanding_change": decimal_text(item.moved, item.currency),
    }


def _was(value: Value, currency: str) -> str | None:
    if isinstance(value, int):
        return decimal_text(value, currency)
    return value.isoformat() if isinstance(value, dt.date) else value
