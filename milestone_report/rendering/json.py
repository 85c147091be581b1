"""summary.json: every figure, milestone and finding (schema milestone-report/1, see summary.schema.json)."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from itertools import compress
from typing import TYPE_CHECKING, Any

from milestone_report.model import LIST_COLUMNS, Report
from milestone_report.money import decimal_text
from milestone_report.rendering.jsonhead import Json, amounts, head

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from milestone_report.changes import Bridge, Changes, Item, Value
    from milestone_report.totals import Project, Totals


def render(report: Report) -> bytes:
    """The whole report. Money is a decimal string in its currency's precision; dates are ISO."""
    summary = report.summary
    return _dump(
        {
            **head(report),
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
            "milestones": _milestones(report),
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
    return _dump({**head(report), "findings": _findings(report)})


def _dump(document: Json) -> bytes:
    """One line for each item of a list: as easy to compare as an indented text, and far quicker to write.

    Written piece by piece: of a large report neither its lines nor its text are ever held as a whole beside the bytes.
    """
    written, start = BytesIO(), "{\n"
    for key, value in document.items():
        written.write(f"{start} {_text(key)}: ".encode())
        written.writelines(map(str.encode, _pieces(value)))
        start = ",\n"
    written.write(b"\n}\n")
    return written.getvalue()


def _pieces(value: object) -> Iterator[str]:
    """A value of the document. An iterator gives lines that are JSON already."""
    if not isinstance(value, list | Iterator):
        yield _text(value)
        return
    end, start = "[]", "[\n  "
    for line in map(_text, value) if isinstance(value, list) else value:
        yield start + line
        end, start = "\n ]", ",\n  "
    yield end


def _lines(columns: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """Objects by their keys, of columns that are JSON already."""
    line = "{" + ", ".join(f"{_text(key)}: %s" for key in columns) + "}"
    return map(line.__mod__, zip(*columns.values(), strict=True))


def _each(values: Iterable[object]) -> Iterator[str]:
    """A column's values of one kind as JSON. Many stand in many rows: these are worked out once."""
    return map(lru_cache(maxsize=4096)(_text), values)


_text = json.JSONEncoder(ensure_ascii=False).encode


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


def _milestones(report: Report) -> Iterator[str]:
    frame = report.milestones.frame
    sheets = [report.milestones.sheets[index] for index in frame["sheet_id"].tolist()]
    currencies = frame["currency"].tolist()

    def column(name: str) -> list[Any]:
        return frame[name].tolist()

    def money(name: str) -> Iterator[str]:
        return (f'"{text}"' for text in map(decimal_text, column(name), currencies))

    amounts = zip(money("amount"), column("amount_known"), strict=True)
    lists = zip(*map(column, LIST_COLUMNS), strict=True)
    return _lines(
        {
            "workbook": _each(sheet.workbook for sheet in sheets),
            "sheet": _each(sheet.name for sheet in sheets),
            "row": _each(column("row")),
            "project": _each(column("project")),
            "milestone": map(_text, column("milestone")),
            "description": _each(column("description")),
            "amount": (amount if known else "null" for amount, known in amounts),
            "currency": _each(code or None for code in currencies),
            "invoice_number": map(_text, column("invoice_number")),
            "invoice_date": _each(_iso(frame["invoice_date"])),
            "status": _each(column("status")),
            "state": _each(column("state")),
            "paid": money("paid"),
            "outstanding": money("outstanding"),
            "due_date": _each(_iso(frame["due_date"])),
            "days_overdue": _each(column("days_overdue")),
            "signoff": map(_names, column("signoff")),
            "evidence": _each(column("evidence")),
            "counted": _each(column("counted")),
            "lists": _each(tuple(compress(LIST_COLUMNS, flags)) for flags in lists),
        }
    )


def _names(lines: str) -> str:
    """The lines of a cell as a list."""
    return "[" + ", ".join(map(_text, lines.split("\n") if lines else ())) + "]"


def _iso(dates: pd.Series[Any]) -> list[str | None]:
    return [None if text == "NaT" else text for text in dates.to_numpy().astype("datetime64[D]").astype(str).tolist()]


def _findings(report: Report) -> Iterator[str]:
    found = report.findings
    return _lines(
        {
            "code": _each(one.code for one in found),
            "severity": _each(str(one.severity) for one in found),
            "workbook": _each(one.workbook for one in found),
            "sheet": _each(one.sheet or None for one in found),
            "cell": _each(one.cell or None for one in found),
            "value": _each(one.value for one in found),
            "message": (_text(one.message) for one in found),
            "fix": _each(one.fix for one in found),
        }
    )


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
                "outstanding": amounts(each.outstanding),
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
