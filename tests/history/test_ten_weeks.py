"""Random histories of random books: whatever happens to them in ten weeks, every bridge closes to the minor unit."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from milestone_report.changes import Change
from milestone_report.history.remembering import overview, recall, remember
from milestone_report.history.store import Store
from milestone_report.history.telling import run_of, with_changes
from milestone_report.model import Evidence, Report, Status
from tests.history.building import Row, closes, report_of

BOOKS = ("a.xlsx", "b.xlsx")
SHEETS = ("One", "Two")
MONDAY = dt.date(2026, 1, 5)
AMOUNTS = st.integers(-2000, 2000) | st.integers(-(10**17), 10**17)
DAYS = st.none() | st.dates(MONDAY - dt.timedelta(30), MONDAY + dt.timedelta(100))
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "project": st.sampled_from(["Harbour", "harbour", "Verdure"]),
    "milestone": st.sampled_from(["", "Deposit", "DEPOSIT", "Fee", "Final"]),
    "invoice_number": st.sampled_from(["", "INV-1", "inv 1", "INV-2", "3"]),
    "amount": AMOUNTS,
    "currency": st.sampled_from(["EUR", "GBP", "JPY"]),
    "status": st.sampled_from([str(word) for word in Status if word is not Status.UNKNOWN]),
    "paid_cell": AMOUNTS,
    "due_date": DAYS,
    "evidence": st.sampled_from([str(word) for word in Evidence]),
}
ROWS = st.fixed_dictionaries(
    {name: FIELDS[name] for name in ("project", "milestone", "amount", "currency", "status")},
    optional={name: FIELDS[name] for name in ("invoice_number", "paid_cell", "due_date")},
)
LEFT_OUT: tuple[Row, ...] = (
    {"trusted": False, "amount_known": False, "amount": 0},
    {"trusted": False, "status": "unknown"},
    {"trusted": False, "currency": ""},
)


class TenWeeks(RuleBasedStateMachine):
    """Two workbooks of two sheets that people work on, and a report each Monday, sometimes two."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.store = Store(self.folder / "history.sqlite")
        self.books: dict[str, dict[str, list[Row]]] = {path: {name: [] for name in SHEETS} for path in BOOKS}
        self.week = 0
        self.told: list[tuple[dt.date, Report]] = []

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    def sheet(self, data: st.DataObject) -> list[Row]:
        return self.books[data.draw(st.sampled_from(BOOKS))][data.draw(st.sampled_from(SHEETS))]

    @initialize(rows=st.lists(ROWS, max_size=4))
    def begin(self, rows: list[Row]) -> None:
        self.books["a.xlsx"]["One"] += rows

    @rule(data=st.data(), row=ROWS)
    def add(self, data: st.DataObject, row: Row) -> None:
        sheet = self.sheet(data)
        sheet.insert(data.draw(st.integers(0, len(sheet))), row)

    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        if sheet := self.sheet(data):
            sheet.pop(data.draw(st.integers(0, len(sheet) - 1)))

    @rule(data=st.data(), name=st.sampled_from(sorted(FIELDS)))
    def edit(self, data: st.DataObject, name: str) -> None:
        if sheet := self.sheet(data):
            place = data.draw(st.integers(0, len(sheet) - 1))
            sheet[place] = {**sheet[place], name: data.draw(FIELDS[name])}

    @rule(data=st.data(), how=st.sampled_from(LEFT_OUT))
    def spoil(self, data: st.DataObject, how: Row) -> None:
        """A cell that cannot be read."""
        if sheet := self.sheet(data):
            place = data.draw(st.integers(0, len(sheet) - 1))
            sheet[place] = {**sheet[place], **how}

    @rule(data=st.data())
    def move(self, data: st.DataObject) -> None:
        if sheet := self.sheet(data):
            self.sheet(data).append(sheet.pop())

    @precondition(lambda self: self.week < 10)
    @rule(
        days=st.integers(0, 9),
        unreadable=st.sets(st.sampled_from(BOOKS), max_size=1),
        skipped=st.sampled_from([None, *((path, name) for path in BOOKS for name in SHEETS)]),
        back=st.none() | st.integers(1, 40),
    )
    def report(self, days: int, unreadable: set[str], skipped: tuple[str, str] | None, back: int | None) -> None:
        """A report some days later, or again on the same day; now and then a workbook or a sheet cannot be read."""
        self.week += 1
        as_of = (self.told[-1][0] if self.told else MONDAY) + dt.timedelta(days)
        if skipped and skipped[0] in unreadable:
            skipped = None
        readable = {
            path: {name: list(rows) for name, rows in sheets.items() if (path, name) != skipped}
            for path, sheets in self.books.items()
            if path not in unreadable
        }
        report = report_of(readable, as_of, sorted(unreadable), dict([skipped]) if skipped else None)
        since = None if back is None else as_of - dt.timedelta(back)
        memory, _told = recall(self.store, as_of, since)
        assert memory is not None
        finished = with_changes(report, memory)
        earlier = [(day, one) for day, one in self.told if day < as_of and (since is None or day <= since)]
        if not earlier:
            assert finished.changes is None
        else:
            day = max(day for day, _one in earlier)
            before = [one for each, one in earlier if each == day][-1]
            assert finished.changes is not None
            assert finished.changes.since == day
            closes(before, report, finished.changes)
            self.once(finished)
        assert remember(self.store, run_of(report), memory.files) == ""
        # The same run again tells the same.
        again, _told = recall(self.store, as_of, since)
        assert again is not None
        same = with_changes(report, again)
        assert (same.changes, same.trend) == (finished.changes, finished.trend)
        self.told.append((as_of, report))

    @staticmethod
    def once(report: Report) -> None:
        """No milestone is told of twice in one kind, but of its two currencies; those that are told of are there."""
        assert report.changes is not None
        there = {(one.workbook, one.sheet, one.row) for one in run_of(report).standings}
        told = [(item.kind, item.workbook, item.sheet, item.row, item.currency) for item in report.changes.items]
        still = [one for one in told if one[0] is not Change.REMOVED]
        assert len(set(still)) == len(still)
        assert {(workbook, sheet, row) for _kind, workbook, sheet, row, _currency in still} <= there

    @invariant()
    def remembers_each_day_once(self) -> None:
        days = {day: len(run_of(report).standings) for day, report in self.told}
        assert [(run.as_of, run.milestones) for run in overview(self.store).runs] == sorted(days.items())


TestTenWeeks = TenWeeks.TestCase
TestTenWeeks.settings = settings(max_examples=25, stateful_step_count=40, deadline=None)
