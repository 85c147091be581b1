"""The history file: what is written comes back, and no file, whatever it is, is lost or stops a report."""

from __future__ import annotations

import datetime as dt
import os
import random
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest

from milestone_report.history.remembering import overview, recall, remember
from milestone_report.history.schema import APPLICATION, MIGRATIONS
from milestone_report.history.store import DamagedError, Store, UnusableError
from milestone_report.history.telling import run_of, with_changes
from milestone_report.model import Evidence
from tests.history.building import FEE, FIRST, SECOND, one_sheet, report_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from milestone_report.history.runs import Run

THIRD = dt.date(2026, 3, 31)
SIGNED: dict[str, Any] = {
    "evidence": Evidence.FOUND.value,
    "signoff_path": "/s/a.pdf\n/s/b.pdf",
    "signoff_content": "aa\n",
}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "history.sqlite", seconds=0)


def run(as_of: dt.date = FIRST, **cells: object) -> Run:
    return run_of(one_sheet({**FEE, **cells}, as_of=as_of))


def filled(store: Store, *runs: Run) -> None:
    for each in runs or (run(),):
        assert remember(store, each, {}) == ""


def test_a_run_comes_back_as_it_was(store: Store) -> None:
    books = {
        "Büro.xlsx": {"Harbour": [{**FEE, **SIGNED, "due_date": FIRST, "paid_cell": -3}, {"amount": 10**17}]},
        "b.xlsx": {"Ünï\u2028": [{"currency": "", "trusted": False, "amount_known": False, "status": "unknown"}]},
    }
    written = run_of(report_of(books, FIRST, unreadable=["c.xlsx"], skipped={"b.xlsx": "Notes"}))
    assert written.unread
    filled(store, written)
    memory = recall(store, SECOND).memory
    assert memory is not None
    assert memory.earlier == written
    assert [total.outstanding for total in written.totals] == [1003]


def test_totals_beyond_64_bits_come_back(store: Store) -> None:
    from dataclasses import replace  # noqa: PLC0415

    [one], most = run().standings, 2**63 - 1
    many = tuple(one._replace(row=row, outstanding=most) for row in range(2, 5))
    written = replace(run(), totals=(run().totals[0]._replace(outstanding=3 * most),), standings=many)
    filled(store, written)
    memory = recall(store, SECOND).memory
    assert memory is not None
    assert memory.earlier == written
    assert memory.trend[0].outstanding == 3 * most


def test_a_run_is_compared_with_the_newest_of_an_earlier_day_only(store: Store) -> None:
    filled(store, run(THIRD), run(FIRST), run(SECOND))

    def earlier(as_of: dt.date, since: dt.date | None = None) -> dt.date | None:
        memory = recall(store, as_of, since).memory
        return memory.earlier.as_of if memory and memory.earlier else None

    assert [earlier(day) for day in (FIRST, SECOND, THIRD)] == [None, FIRST, SECOND]
    assert earlier(THIRD, SECOND) == SECOND
    assert earlier(THIRD, SECOND - dt.timedelta(1)) == FIRST
    assert earlier(SECOND, THIRD) == FIRST


def test_the_trend_ends_before_the_run_itself(store: Store) -> None:
    filled(store, run(FIRST), run(SECOND, amount=5), run(THIRD))
    memory = recall(store, THIRD).memory
    assert memory is not None
    assert [(point.as_of, point.outstanding) for point in memory.trend] == [(FIRST, 1000), (SECOND, 5)]


def test_a_second_run_of_a_day_takes_the_place_of_the_first(store: Store) -> None:
    filled(store, run(FIRST), run(FIRST, amount=7))
    assert [(one.as_of, one.milestones) for one in overview(store).runs] == [(FIRST, 1)]
    assert [point.outstanding for point in overview(store).trend] == [7]
    with sqlite3.connect(store.file) as connection:
        assert connection.execute("SELECT count(*) FROM milestones").fetchone() == (1,)


def test_a_since_that_is_too_early_says_which_runs_there_are(store: Store) -> None:
    since = FIRST - dt.timedelta(1)
    assert recall(store, THIRD, since).told == (
        "No report as of 16 March 2026 or before it is remembered, nor any other before this one: it tells no changes.",
    )
    filled(store, run(FIRST))
    assert "only those of 17 March 2026: this" in recall(store, THIRD, since).told[0]
    filled(store, run(SECOND))
    assert "only those of 17 March 2026 and 24 March 2026: this" in recall(store, THIRD, since).told[0]
    filled(store, *(run(SECOND + dt.timedelta(days)) for days in range(1, 6)))
    told = recall(store, THIRD, since).told[0]
    assert "17 March 2026, 24 March 2026, 25 March 2026, 26 March 2026, 27 March 2026 and 2 later ones: this" in told


def test_nothing_is_made_where_nothing_is_remembered(store: Store) -> None:
    assert recall(store, FIRST).memory is not None
    assert overview(store).runs == ()
    assert not store.file.exists()


def other_program(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE messages (body TEXT)")


def with_page_of_zeros(file: Path) -> None:
    filled(Store(file), *(run(FIRST + dt.timedelta(days)) for days in range(30)))
    data = bytearray(file.read_bytes())
    data[4096 : 2 * 4096] = bytes(4096)
    file.write_bytes(data)


def without_a_table(file: Path) -> None:
    filled(Store(file))
    with sqlite3.connect(file) as connection:
        connection.execute("DROP TABLE signoffs")


def with_nonsense(change: str) -> Callable[[Path], None]:
    def damage(file: Path) -> None:
        written = run_of(report_of({"Book.xlsx": {"Harbour": [FEE | SIGNED]}}, FIRST, skipped={"Book.xlsx": "B"}))
        assert remember(Store(file), written, {"/s/a.pdf": (1, 2, "aa")}) == ""
        with sqlite3.connect(file) as connection:
            connection.execute(change)

    return damage


def with_text_in_the_schema(file: Path) -> None:
    """Damage that SQLite quotes in what it says, where it is no UTF-8."""
    filled(Store(file))
    file.write_bytes(file.read_bytes().replace(b"CREATE TABLE totals (", b"CREATE TABLE totals \xff"))


UNUSABLE = [
    pytest.param(lambda file: file.write_bytes(b"PK\x03\x04 a workbook" * 100), "it is damaged", id="no database"),
    pytest.param(lambda file: file.write_bytes(os.urandom(5000)), "it is damaged", id="random"),
    pytest.param(other_program, "it is the database of another program", id="another program's"),
    pytest.param(with_page_of_zeros, "it is damaged", id="a page of zeros"),
    pytest.param(without_a_table, "it is damaged", id="a table less"),
    pytest.param(with_nonsense("UPDATE runs SET as_of = '2026-02-xx'"), "it is damaged", id="no date"),
    pytest.param(with_nonsense("UPDATE milestones SET status = 'lost'"), "it is damaged", id="no status"),
    pytest.param(with_nonsense("UPDATE totals SET outstanding = 'much'"), "it is damaged", id="no number"),
    *(
        pytest.param(with_nonsense(f"UPDATE {change}"), "it is damaged", id=change)
        for change in (
            "milestones SET amount = 'much'",
            "milestones SET paid = 1.5",
            "milestones SET outstanding = 7",
            "milestones SET counted = 2",
            "milestones SET currency = '=A1'",
            "milestones SET project = X'00FF'",
            "milestones SET due = '20260310'",
            "workbooks SET path = X'00FF'",
            "workbooks SET readable = 'yes'",
            "totals SET currency = '=1+1'",
            "totals SET overdue = '5'",
            "unread SET sheet = X'00'",
            "signoffs SET digest = X'00'",
            "files SET size = 'x'",
        )
    ),
    pytest.param(with_text_in_the_schema, "it is damaged", id="schema"),
    pytest.param(with_nonsense("UPDATE runs SET as_of = CAST(X'3130FF' AS TEXT)"), "it is damaged", id="no UTF-8"),
]


@pytest.mark.parametrize(("make", "why"), UNUSABLE)
def test_what_is_no_history_is_said_and_set_aside_and_a_new_one_begun(
    make: Callable[[Path], None], why: str, store: Store
) -> None:
    make(store.file)
    before = store.file.read_bytes()
    memory, [told] = recall(store, SECOND)
    assert told == (
        f"The history “{store.file}” cannot be used: {why}. It is kept as “history.sqlite.damaged-1”, and a new one "
        "begins with this report."
    )
    assert memory is not None
    assert memory.earlier is None
    assert store.file.with_name("history.sqlite.damaged-1").read_bytes() == before
    filled(store, run(SECOND))
    assert len(overview(store).runs) == 1


def test_no_damage_whatever_stops_a_report(store: Store) -> None:
    filled(store, *(run(day, **SIGNED) for day in (FIRST, SECOND)))
    good, chance = store.file.read_bytes(), random.Random(1)  # noqa: S311
    said = 0
    for _ in range(200):
        damaged = bytearray(good)
        for _ in range(chance.choice([1, 2, 8, 64])):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        store.file.write_bytes(damaged)
        memory, told = recall(store, THIRD)
        assert memory is not None or told
        if memory and memory.earlier:
            told_of = with_changes(one_sheet(FEE, as_of=THIRD), memory).changes
            assert told_of is not None
            for bridge in told_of.bridge:
                assert bridge.opening + sum(each.amount for each in bridge.movements) == bridge.closing
        said += bool(told)
        for file in store.file.parent.iterdir():
            file.unlink()
    assert said > 20


def test_listing_a_damaged_file_leaves_it_where_it_is(store: Store) -> None:
    store.file.write_bytes(b"damaged")
    with pytest.raises(DamagedError, match="it is damaged"):
        overview(store)
    assert store.file.read_bytes() == b"damaged"


def test_each_damaged_file_is_kept_under_a_name_of_its_own(store: Store) -> None:
    for number in (1, 2):
        store.file.write_bytes(b"damaged" * number)
        recall(store, SECOND)
        assert store.file.with_name(f"history.sqlite.damaged-{number}").read_bytes() == b"damaged" * number


def test_what_sqlite_keeps_beside_a_damaged_file_goes_with_it(store: Store) -> None:
    store.file.write_bytes(b"damaged")
    store.file.with_name("history.sqlite-journal").write_bytes(b"of the damaged one")
    store.set_aside()
    assert sorted(path.name for path in store.file.parent.iterdir()) == [
        "history.sqlite.damaged-1",
        "history.sqlite.damaged-1-journal",
    ]


def test_a_file_of_nothing_is_a_new_history(store: Store) -> None:
    store.file.touch()
    assert recall(store, SECOND).told == ()
    filled(store)
    assert len(overview(store).runs) == 1


def test_a_newer_history_is_left_as_it_is(store: Store) -> None:
    filled(store)
    with sqlite3.connect(store.file) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    before = store.file.read_bytes()
    memory, [told] = recall(store, SECOND)
    assert memory is None
    assert told == (
        f"The history “{store.file}” cannot be used: it was written by a newer version of milestone-report. "
        "This report tells no changes, and is not remembered."
    )
    assert "newer version" in remember(store, run(SECOND), {})
    assert store.file.read_bytes() == before


def test_a_history_that_is_in_use_is_left_as_it_is(store: Store) -> None:
    filled(store)
    other = sqlite3.connect(store.file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert recall(store, SECOND).memory is None
    assert "another program is using it" in recall(store, SECOND).told[0]
    assert "another program is using it" in remember(store, run(SECOND), {})
    other.execute("ROLLBACK")
    other.close()
    assert recall(store, SECOND).memory is not None


def test_a_folder_in_the_place_of_the_history_is_said(store: Store) -> None:
    store.file.mkdir()
    memory, [told] = recall(store, SECOND)
    assert memory is None
    assert "the system refuses (unable to open database file)" in told


def test_an_older_history_is_brought_up_to_date_and_keeps_what_it_remembers(store: Store) -> None:
    filled(store)
    newer = Store(store.file, (*MIGRATIONS, ("ALTER TABLE runs ADD COLUMN said TEXT", "UPDATE runs SET said = 'x'")))
    assert len(overview(newer).runs) == 1
    with sqlite3.connect(store.file) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS) + 1,)
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION,)
        assert connection.execute("SELECT as_of, said FROM runs").fetchone() == (FIRST.isoformat(), "x")


def test_a_history_of_the_first_version_is_brought_up_to_date(store: Store) -> None:
    filled(store)
    with sqlite3.connect(store.file) as connection:
        connection.execute("ALTER TABLE workbooks DROP COLUMN file")
        connection.execute("DROP TABLE unread")
        connection.execute("PRAGMA user_version = 1")
    memory, told = recall(store, SECOND)
    assert told == ()
    assert memory is not None
    assert memory.earlier == run()
    filled(store, run_of(report_of({"a.xlsx": {"A": [FEE]}}, SECOND, skipped={"a.xlsx": "B"})))
    memory = recall(store, THIRD).memory
    assert memory is not None
    assert memory.earlier is not None
    assert memory.earlier.unread == {("a.xlsx", "B")}


def test_a_migration_that_fails_leaves_the_file_as_it_was(store: Store) -> None:
    filled(store)
    before = store.file.read_bytes()
    broken = Store(store.file, (*MIGRATIONS, ("ALTER TABLE runs ADD COLUMN said TEXT", "UPDATE nowhere SET said = 1")))
    with pytest.raises(DamagedError):
        overview(broken)
    assert store.file.read_bytes() == before


def test_a_run_that_cannot_be_written_whole_is_not_written_at_all(store: Store) -> None:
    filled(store)

    def stop(connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM runs")
        raise UnusableError("stopped")

    with pytest.raises(UnusableError):
        store.write(stop)
    assert len(overview(store).runs) == 1


def test_files_are_remembered_by_paths_that_are_no_text(store: Store) -> None:
    path = os.fsdecode(b"/s/\xff.pdf")
    assert remember(store, run(), {path: (1, 2, "aa")}) == ""
    memory = recall(store, SECOND).memory
    assert memory is not None
    assert memory.files == {path: (1, 2, "aa")}
