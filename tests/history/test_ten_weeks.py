"""Random histories of random books: whatever happens to them in ten weeks, every bridge closes to the minor unit."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from milestone_report.changes import Change
from milestone_report.history.remembering import overview, recall, remember
from milestone_report.history.store import Store
from milestone_report.history.telling import run_of, with_changes
from milestone_report.model import Evidence, Report, Status
from tests.history.building import Row, closes, report_of

if TYPE_CHECKING:
    from collections.abc import Mapping

BOOKS = ("a.xlsx", "b.xlsx")
SHEETS = ("One", "Two")
MONDAY = dt.date(2026, 1, 5)
AMOUNTS = st.integers(-2000, 2000) | st.integers(-(10**17), 10**17)
DAYS = st.none() | st.dates(MONDAY - dt.timedelta(30), MONDAY + dt.timedelta(100))
OVERDUE: Row = {"milestone": "Advance", "amount": 5, "status": "sent", "due_date": MONDAY - dt.timedelta(1)}
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


class Reading(NamedTuple):
    """What was read of a workbook: its sheets, and the name of one that could not be used, "" for none."""

    sheets: dict[str, list[Row]]
    skipped: str = ""


def report_on(read: Mapping[str, Reading | None], as_of: dt.date) -> Report:
    """A report on workbooks, None for those that could not be read."""
    held = {path: reading for path, reading in read.items() if reading}
    return report_of(
        {path: reading.sheets for path, reading in held.items()},
        as_of,
        [path for path in read if path not in held],
        {path: reading.skipped for path, reading in held.items() if reading.skipped},
    )


class TenWeeks(RuleBasedStateMachine):
    """Two workbooks of two sheets that people work on, and a report each Monday, sometimes two, or on one of them."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.store = Store(self.folder / "history.sqlite")
        self.books: dict[str, dict[str, list[Row]]] = {path: {name: [] for name in SHEETS} for path in BOOKS}
        self.week = 0
        self.read: dict[str, Reading | None] = {}
        self.told: list[tuple[dt.date, Report]] = []

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    def sheet(self, data: st.DataObject) -> list[Row]:
        return self.books[data.draw(st.sampled_from(BOOKS))][data.draw(st.sampled_from(SHEETS))]

    @initialize(rows=st.lists(ROWS, max_size=4), others=st.lists(ROWS, max_size=4))
    def begin(self, rows: list[Row], others: list[Row]) -> None:
        self.books["a.xlsx"]["One"] += rows
        self.books["b.xlsx"]["Two"] += [OVERDUE, *others]

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
        days=st.just(0) | st.integers(1, 9),
        given=st.sets(st.sampled_from(BOOKS), min_size=1).map(sorted),
        unreadable=st.sets(st.sampled_from(BOOKS), max_size=1),
        skipped=st.sampled_from([None, *((path, name) for path in BOOKS for name in SHEETS)]),
        gone=st.just(frozenset()) | st.frozensets(st.sampled_from(BOOKS), max_size=1),
        back=st.none() | st.integers(1, 40),
    )
    def report(
        self,
        *,
        days: int,
        given: list[str],
        unreadable: set[str],
        skipped: tuple[str, str] | None,
        gone: frozenset[str],
        back: int | None,
    ) -> None:
        """A report some days later, or again on the same day, on all workbooks or on one.

        Now and then a workbook or a sheet cannot be read, or a workbook is not there any more.
        """
        self.week += 1
        as_of = (self.told[-1][0] if self.told else MONDAY) + dt.timedelta(days)
        if not self.told or as_of > self.told[-1][0]:
            self.read = {}
        now: dict[str, Reading | None] = {
            path: None
            if path in unreadable
            else Reading(
                {name: list(rows) for name, rows in self.books[path].items() if (path, name) != skipped},
                skipped[1] if skipped and skipped[0] == path else "",
            )
            for path in given
        }
        gone -= {path for path, reading in now.items() if reading}
        report = report_on(now, as_of)
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
        there = {path: path for path in BOOKS if path not in gone}
        assert remember(self.store, run_of(report), memory.files, lambda place: there.get(place.name)) == ""
        # The same run again tells the same.
        again, _told = recall(self.store, as_of, since)
        assert again is not None
        same = with_changes(report, again)
        assert (same.changes, same.trend) == (finished.changes, finished.trend)
        stays = {path: reading for path, reading in self.read.items() if path not in gone}
        self.read = stays | {path: reading or stays.get(path) for path, reading in now.items()}
        self.told.append((as_of, report_on(self.read, as_of)))

    @precondition(lambda self: bool(self.told))
    @rule(path=st.sampled_from(BOOKS))
    def look_at_one(self, path: str) -> None:
        """Another report that day, on one workbook."""
        self.report(days=0, given=[path], unreadable=set(), skipped=None, gone=frozenset(), back=None)

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
    def remembers_of_the_last_day_what_was_read_last_of_each_workbook(self) -> None:
        if self.told:
            day, report = self.told[-1]
            memory, _told = recall(self.store, day + dt.timedelta(1))
            assert memory is not None
            assert memory.earlier is not None
            held, read = memory.earlier, run_of(report)
            for one, other in ((held.books, read.books), (held.standings, read.standings), (held.totals, read.totals)):
                assert Counter[object](one) == Counter[object](other)
            assert held.unread == read.unread

    @invariant()
    def remembers_each_day_once(self) -> None:
        days = {day: len(run_of(report).standings) for day, report in self.told}
        assert [(run.as_of, run.milestones) for run in overview(self.store).runs] == sorted(days.items())


TestTenWeeks = TenWeeks.TestCase
TestTenWeeks.settings = settings(max_examples=25, stateful_step_count=40, deadline=None)
