"""Several runs of one day are remembered as one: of each workbook the newest reading of that day."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from milestone_report.history.remembering import overview, recall, remember
from milestone_report.history.runs import Book
from milestone_report.history.store import Store
from milestone_report.history.telling import run_of, with_changes
from tests.history.building import FEE, FIRST, SECOND, Row, closes, report_of

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Hashable, Mapping

    from milestone_report.changes import Changes
    from milestone_report.history.runs import Run

PAST = FIRST.replace(day=1)
A: Row = FEE
B: Row = {"project": "Verdure", "milestone": "Final", "amount": 70, "status": "sent", "due_date": PAST}
C: Row = {"project": "Quay", "milestone": "Design", "amount": -5, "status": "sent", "due_date": PAST, "currency": "GBP"}
ROWS = {"a.xlsx": A, "b.xlsx": B, "c.xlsx": C}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "history.sqlite", seconds=0)


def run(*names: str, unreadable: tuple[str, ...] = (), skipped: Mapping[str, str] | None = None, **cells: Row) -> Run:
    """A run of some of the workbooks; `cells` are other ones of a workbook, by its letter."""
    books = {name: {"One": [ROWS[name] | cells.get(name[0], {})]} for name in names}
    return run_of(report_of(books, FIRST, unreadable, skipped))


def on_disk(names: Container[str] = ROWS) -> Callable[[Path], Hashable | None]:
    return lambda place: place.name if place.name in names else None


def after(store: Store, *runs: Run, there: Callable[[Path], Hashable | None] | None = None) -> Run:
    """What is remembered of the day after these runs of it."""
    for each in runs:
        assert remember(store, each, {}, there or on_disk()) == ""
    memory = recall(store, SECOND).memory
    assert memory is not None
    assert memory.earlier is not None
    return memory.earlier


def told_a_week_later(store: Store, *names: str, **cells: Row) -> Changes:
    report = report_of({name: {"One": [ROWS[name] | cells.get(name[0], {})]} for name in names}, SECOND)
    memory = recall(store, SECOND).memory
    assert memory is not None
    finished = with_changes(report, memory)
    assert finished.changes is not None
    return finished.changes


def test_a_run_of_one_workbook_leaves_the_others_as_they_were_read_that_day(store: Store) -> None:
    assert after(store, run(*ROWS), run("b.xlsx")) == run(*ROWS)
    changes = told_a_week_later(store, *ROWS)
    assert [(each.currency, each.opening, each.closing) for each in changes.bridge] == [
        ("EUR", 1070, 1070),
        ("GBP", -5, -5),
    ]
    assert (changes.items, changes.not_compared, changes.workbooks_new) == ((), (), ())


def test_what_was_read_again_is_as_it_was_read_last(store: Store) -> None:
    assert after(store, run(*ROWS), run("b.xlsx", b={"amount": 90})) == run(*ROWS, b={"amount": 90})
    [item] = told_a_week_later(store, *ROWS, b={"amount": 100}).items
    assert (item.kind, item.before, item.after, item.moved) == ("amount_changed", 90, 100, 10)


def test_a_milestone_that_the_second_run_did_not_find_in_its_workbook_is_gone(store: Store) -> None:
    nothing = run_of(report_of({"b.xlsx": {"One": []}}, FIRST))
    assert after(store, run(*ROWS), nothing).standings == run("a.xlsx", "c.xlsx").standings


def test_runs_of_different_workbooks_add_up_in_the_order_of_the_runs(store: Store) -> None:
    day = after(store, run("b.xlsx"), run("c.xlsx", "a.xlsx"))
    assert [book.path for book in day.books] == ["b.xlsx", "c.xlsx", "a.xlsx"]
    assert [one.workbook for one in day.standings] == ["b.xlsx", "c.xlsx", "a.xlsx"]
    assert {(each.currency, each.outstanding, each.overdue) for each in day.totals} == {
        ("EUR", 1070, 70),
        ("GBP", -5, 0),
    }
    assert not told_a_week_later(store, *ROWS).items


def test_a_third_run_goes_on_from_the_two_before(store: Store) -> None:
    day = after(store, run(*ROWS), run("b.xlsx", b={"amount": 90}), run("a.xlsx", a={"amount": 1}))
    assert day == run(*ROWS, a={"amount": 1}, b={"amount": 90})


def test_the_runs_of_a_day_are_listed_as_one(store: Store) -> None:
    after(store, run("a.xlsx", "c.xlsx"), run("b.xlsx"))
    found = overview(store)
    assert [(one.as_of, one.workbooks, one.milestones) for one in found.runs] == [(FIRST, 3, 3)]
    assert [(each.currency, each.outstanding, each.overdue) for each in found.trend] == [
        ("EUR", 1070, 70),
        ("GBP", -5, 0),
    ]


@pytest.mark.parametrize("names", [("a.xlsx", "b.xlsx"), ("b.xlsx",)])
def test_a_workbook_that_was_deleted_or_renamed_since_does_not_stay(store: Store, names: tuple[str, ...]) -> None:
    there = on_disk({"a.xlsx", "b.xlsx"})
    after(store, run(*ROWS))
    assert after(store, run(*names), there=there) == run("a.xlsx", "b.xlsx")


def test_a_workbook_that_could_not_be_read_again_stays_as_it_was_read(store: Store) -> None:
    again = run("a.xlsx", "c.xlsx", unreadable=("b.xlsx",), a={"amount": 1})
    assert after(store, run(*ROWS), again) == run(*ROWS, a={"amount": 1})


def test_a_workbook_that_could_not_be_read_and_is_not_there_does_not_stay(store: Store) -> None:
    again = run("a.xlsx", "c.xlsx", unreadable=("b.xlsx",))
    after(store, run(*ROWS))
    assert after(store, again, there=on_disk({"a.xlsx", "c.xlsx"})) == again


def test_a_workbook_that_no_run_of_the_day_could_read_is_remembered_as_unread(store: Store) -> None:
    day = after(store, run("a.xlsx", unreadable=("b.xlsx",)), run("a.xlsx"))
    assert day.books[1] == Book("b.xlsx", "", readable=False)
    assert after(store, run("a.xlsx", unreadable=("b.xlsx",))) == day
    assert after(store, run("b.xlsx")) == run("a.xlsx", "b.xlsx")


def test_sheets_that_could_not_be_used_go_with_their_workbook(store: Store) -> None:
    first = run("a.xlsx", "b.xlsx", skipped={"a.xlsx": "Two", "b.xlsx": "Three"})
    assert after(store, first, run("b.xlsx")).unread == {("a.xlsx", "Two")}


def test_one_file_under_two_names_is_never_counted_twice(store: Store) -> None:
    """Of workbooks of one name, the folder is part of it only where both are given: “2026/a.xlsx”, “a.xlsx” alone."""
    two = {"2025/a.xlsx": {"One": [A]}, "2026/a.xlsx": {"One": [B]}}
    whole = run_of(report_of(two, FIRST))
    alone = replace(run("a.xlsx"), places={"a.xlsx": Path("2025/a.xlsx")})
    day = after(store, whole, alone, there=Path.absolute)
    assert {book.path for book in day.books} == {"2026/a.xlsx", "a.xlsx"}
    assert [total.outstanding for total in day.totals] == [1070]
    # One that could not be read under its other name is still the one that was read.
    unread = replace(run(unreadable=("a.xlsx",)), places=alone.places)
    store.file.unlink()
    assert after(store, whole, unread, there=Path.absolute) == whole


def test_of_two_files_of_one_name_the_second_run_s_counts(store: Store) -> None:
    other = replace(run("a.xlsx", a={"amount": 1}), places={"a.xlsx": Path("other/a.xlsx")})
    assert after(store, run("a.xlsx"), other, there=Path.absolute) == other
    unread = replace(run(unreadable=("a.xlsx",)), places={"a.xlsx": Path("third/a.xlsx")})
    assert after(store, unread, there=Path.absolute) == unread


def test_sums_are_exact_by_currency_with_what_is_overdue_and_what_is_in_no_figure(store: Store) -> None:
    much = 2**62
    rows: list[Row] = [
        {"milestone": "1", "amount": much, "status": "sent", "due_date": PAST},
        {"milestone": "2", "amount": much, "status": "sent", "due_date": PAST, "currency": "GBP"},
        {"milestone": "3", "amount": 7, "status": "sent", "currency": "JPY"},
        {"milestone": "4", "amount": 9, "status": "planned", "currency": "USD"},
        {"milestone": "5", "amount": 100, "status": "sent", "currency": "", "trusted": False},
        {"milestone": "6", "amount": 100, "status": "void", "due_date": PAST},
    ]
    books = {"a.xlsx": {"One": rows}, "b.xlsx": {"One": [*rows[:2], *rows[2:3]]}, "c.xlsx": {"One": rows[:1]}}
    day = after(
        store,
        run_of(report_of(books, FIRST)),
        run_of(report_of({"c.xlsx": {"One": [rows[1]]}}, FIRST)),
    )
    assert [tuple(total) for total in day.totals] == [
        ("EUR", 2 * much, 2 * much),
        ("GBP", 3 * much, 3 * much),
        ("JPY", 14, 0),
        ("USD", 0, 0),
    ]
    assert [one.milestone for one in day.standings if not one.counted] == ["5", "6"]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE milestones SET outstanding = 7",
        "UPDATE milestones SET project = X'00'",
        "UPDATE milestones SET project = CAST(X'3130FF' AS TEXT)",
        "UPDATE workbooks SET path = X'00'",
        "UPDATE workbooks SET file = 5",
        "UPDATE totals SET overdue = 'much'",
        "DELETE FROM totals",
    ],
)
def test_a_first_run_that_makes_no_sense_any_more_is_replaced(store: Store, change: str) -> None:
    after(store, run(*ROWS))
    with sqlite3.connect(store.file) as connection:
        connection.execute(change)
    assert after(store, run("b.xlsx")) == run("b.xlsx")


def test_a_run_of_a_history_that_did_not_know_where_workbooks_lie_is_replaced(store: Store) -> None:
    after(store, run(*ROWS))
    with sqlite3.connect(store.file) as connection:
        connection.execute("ALTER TABLE workbooks DROP COLUMN file")
        connection.execute("PRAGMA user_version = 2")
    assert after(store, run("b.xlsx")) == run("b.xlsx")
    assert after(store, run("a.xlsx")).books == run("b.xlsx", "a.xlsx").books


def test_where_a_workbook_lies_is_known_when_folder_and_history_have_moved(tmp_path: Path) -> None:
    before, now = tmp_path / "before", tmp_path / "now"
    (before / "out").mkdir(parents=True)
    for name in ROWS:
        (before / name).touch()

    def there(folder: Path, names: tuple[str, ...]) -> Run:
        return replace(run(*names), places={name: folder / name for name in names})

    assert remember(Store(before / "out" / "h.db"), there(before, tuple(ROWS)), {}) == ""
    before.rename(now)
    assert remember(Store(now / "out" / "h.db"), there(now, ("c.xlsx",)), {}) == ""
    [day] = overview(Store(now / "out" / "h.db")).runs
    assert day.workbooks == 3
    (now / "b.xlsx").unlink()
    assert remember(Store(now / "out" / "h.db"), there(now, ("c.xlsx",)), {}) == ""
    [day] = overview(Store(now / "out" / "h.db")).runs
    assert day.workbooks == 2


def test_no_other_share_is_asked_whatever_a_history_says(store: Store) -> None:
    """A file of unknown origin may name any machine; asking for a file there would tell it who asks."""
    after(store, run(*ROWS))
    with sqlite3.connect(store.file) as connection:
        connection.execute("UPDATE workbooks SET file = CAST('//elsewhere/share/' || path AS BLOB)")
    asked: list[Path] = []

    def there(place: Path) -> Hashable:
        asked.append(place)
        return place

    assert after(store, run("b.xlsx"), there=there) == run("b.xlsx")
    assert {place.anchor for place in asked} <= {"/"}


def test_the_same_workbooks_again_ask_the_disk_nothing(store: Store) -> None:
    asked: list[Path] = []
    after(store, run(*ROWS), run(*ROWS), there=asked.append)
    assert not asked


def test_bridges_from_a_joined_day_close(store: Store) -> None:
    first = {name: {"One": [row]} for name, row in ROWS.items()}
    after(store, run_of(report_of(first, FIRST)), run("b.xlsx"))
    now = report_of({"a.xlsx": {"One": [A | {"status": "paid"}]}, "c.xlsx": {"One": [C]}}, SECOND)
    memory = recall(store, SECOND).memory
    assert memory is not None
    finished = with_changes(now, memory)
    assert finished.changes is not None
    closes(report_of(first, FIRST), now, finished.changes)
    assert [held.workbook for held in finished.changes.not_compared] == ["b.xlsx"]
