"""Runs made in memory, from rows as tests/building.py has them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from milestone_report.history.runs import Memory
from milestone_report.history.telling import run_of, with_changes
from milestone_report.model import Milestones, Report, Settings, Sheet, SkippedSheet, Workbook
from milestone_report.summary import summarise
from tests.building import COLUMNS, frame_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from milestone_report.changes import Changes, Item

Row = dict[str, Any]
FIRST, SECOND = dt.date(2026, 3, 17), dt.date(2026, 3, 24)
FEE: Row = {"project": "Harbour", "milestone": "Deposit", "amount": 1000, "status": "sent", "invoice_number": "INV-1"}


def report_of(
    books: Mapping[str, Mapping[str, Sequence[Row]]],
    as_of: dt.date,
    unreadable: Sequence[str] = (),
    skipped: Mapping[str, str] | None = None,
) -> Report:
    """A report over workbooks: path → sheet → rows. `unreadable` are more of them, `skipped` unread sheets."""
    from pathlib import Path  # noqa: PLC0415

    sheets = {(path, name): Sheet(path, name, 1, COLUMNS) for path, each in books.items() for name in each}
    places = list(sheets)
    rows = [
        {**row, "sheet_id": places.index((path, name)), "row": number}
        for path, each in books.items()
        for name, content in each.items()
        for number, row in enumerate(content, 2)
    ]
    workbooks = tuple(
        Workbook(
            path,
            Path(path),
            fingerprint=f"{path}: {books[path]}",  # of the same bytes only one would count: none is another's twin
            sheets_used=tuple(sheet for (book, _name), sheet in sheets.items() if book == path),
            sheets_skipped=tuple(SkippedSheet(name, "damaged") for name in [(skipped or {}).get(path)] if name),
        )
        for path in books
    ) + tuple(Workbook(path, Path(path), readable=False) for path in unreadable)
    settings = Settings(as_of)
    milestones = Milestones(frame_of(rows, as_of), tuple(sheets.values()), as_of)
    return Report(settings, workbooks, milestones, (), summarise(milestones, workbooks, settings.ageing, ()))


def one_sheet(*rows: Row, as_of: dt.date) -> Report:
    """A report over the rows of one sheet."""
    return report_of({"Book.xlsx": {"Harbour": rows}}, as_of)


def told(before: Report, now: Report) -> Changes:
    """What a report tells of its changes when another one is remembered."""
    changes = with_changes(now, Memory(earlier=run_of(before))).changes
    assert changes is not None
    closes(before, now, changes)
    return changes


def closes(before: Report, now: Report, changes: Changes) -> None:
    """Raise AssertionError where a bridge does not close to the minor unit, or its items do not make it."""
    was = {total.currency: total.outstanding for total in before.summary.totals}
    closing = {total.currency: total.outstanding for total in now.summary.totals}
    bridges = {bridge.currency: bridge for bridge in changes.bridge}
    for money in (money for held in changes.not_compared for money in held.outstanding):
        was[money.currency] -= money.amount
    for currency in {*was, *closing, *bridges}:
        if currency not in bridges:
            assert currency not in closing
            assert not was[currency]
            continue
        bridge = bridges[currency]
        assert bridge.opening == was.get(currency, 0)
        assert bridge.closing == closing.get(currency, 0)
        assert bridge.opening + sum(movement.amount for movement in bridge.movements) == bridge.closing
        for movement in bridge.movements:
            items = [one for one in changes.items if (one.kind, one.currency) == (movement.kind, currency)]
            assert movement.amount == sum(item.moved for item in items)
            assert movement.milestones == sum(item.moved != 0 for item in items)
    assert all(item.currency in bridges for item in changes.items if item.moved)


def items_of(before: Sequence[Row], now: Sequence[Row]) -> list[Item]:
    """The changes from some rows to others, on one sheet."""
    return list(told(one_sheet(*before, as_of=FIRST), one_sheet(*now, as_of=SECOND)).items)


def kinds(before: Row, now: Row) -> list[tuple[str, object, object, int]]:
    """The changes of one milestone: kind, before, after and by how much it moved what is outstanding."""
    return [
        (str(item.kind), item.before, item.after, item.moved)
        for item in items_of([{**FEE, **before}], [{**FEE, **now}])
    ]
