"""However many workbooks are read ahead, what waits for its turn is bounded; and the turn always comes."""

from __future__ import annotations

import datetime as dt
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from milestone_report.model import READ_COLUMNS, Status, Workbook
from milestone_report.reading.contents import Source, WorkbookRows
from milestone_report.reading.room import Room
from milestone_report.reading.table import Gathered
from milestone_report.reading.workbook import read_workbook
from tests.conftest import SAMPLES

SIZE, MOST, WORKERS = 10, 50, 4


def test_what_waits_is_bounded_while_the_first_is_slow() -> None:
    room, begun, first = Room(MOST), [], threading.Event()

    def read(number: int) -> int:
        room.enter(number)
        begun.append(number)
        if number == 0:
            first.wait(30)
        room.put(SIZE)
        return number

    with ThreadPoolExecutor(WORKERS) as threads:
        pending = [threads.submit(read, number) for number in range(100)]
        time.sleep(0.3)
        # Those that had room, and those that were being read already when it was full.
        assert len(begun) <= 1 + MOST // SIZE + WORKERS
        first.set()
        for number, future in enumerate(pending):
            assert future.result(30) == number
            room.take(SIZE)
    assert sorted(begun) == list(range(100))


def test_whose_turn_it_is_has_room_however_large_the_others_are() -> None:
    room, chance = Room(MOST), random.Random(1)  # noqa: S311 - repeatable, not secret
    sizes = [chance.choice((0, 1, 10 * MOST)) for _ in range(50)]

    def read(number: int) -> int:
        room.enter(number)
        room.put(sizes[number])
        return sizes[number]

    with ThreadPoolExecutor(WORKERS) as threads:
        for future in [threads.submit(read, number) for number in range(50)]:
            room.take(future.result(30))


def test_nobody_waits_for_room_when_the_run_is_over() -> None:
    room = Room(0)
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(room.enter, 5)
        room.close()
        waiting.result(30)


def test_rows_are_gathered_as_they_come_and_a_status_stays_one() -> None:
    books = [read_workbook(Source(SAMPLES / name, name)) for name in ("minimal.xlsx", "messy.xlsx", "agency.xlsx")]
    gathered = Gathered()
    for book in books:
        gathered.add(book)
    found = gathered.milestones(dt.date(2026, 3, 31))
    assert [sheet.name for sheet in found.sheets] == [each.name for book in books for each in book.workbook.sheets_used]
    first = 0
    expected: dict[str, list[object]] = {name: [] for name in READ_COLUMNS}
    for book in books:
        for name, values in book.columns.items():
            expected[name] += [first + value for value in values] if name == "sheet_id" else values  # type: ignore[operator]
        first += len(book.workbook.sheets_used)
    for name in READ_COLUMNS:
        if name.endswith("_date"):
            expected[name] = [None if value is None else f"{value} 00:00:00" for value in expected[name]]
            assert [None if value != value else str(value) for value in found.frame[name]] == expected[name]  # noqa: PLR0124 - NaT
        else:
            assert found.frame[name].tolist() == expected[name], name
    assert all(type(value) is Status for value in found.frame["status"])
    assert not any(isinstance(value, Status) for value in found.frame["status_text"])


def test_a_workbook_without_rows_adds_none() -> None:
    gathered = Gathered()
    gathered.add(WorkbookRows(Workbook("a.xlsx", SAMPLES / "minimal.xlsx", readable=False)))
    found = gathered.milestones(dt.date(2026, 3, 31))
    assert len(found.frame) == 0
    assert str(found.frame["due_date"].dtype) == "datetime64[s]"
