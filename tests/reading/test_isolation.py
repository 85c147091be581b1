"""Whatever a file does to its reader, it comes back as data and the others go on."""

from __future__ import annotations

import os
import time
from pathlib import Path

import openpyxl
import pytest

from milestone_report.model import ReadingSettings
from milestone_report.reading import isolation, sources
from milestone_report.reading.isolation import Readers
from milestone_report.reading.workbook import Source, WorkbookRows, unreadable


def good(path: Path) -> Source:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(["Milestone", "Amount", "Currency", "Status"])
    sheet.append(["Deposit", 10, "EUR", "draft"])
    workbook.save(path)
    return Source(path, path.name)


def far_corner(path: Path) -> Source:
    """One cell at the far corner makes the reader ask for half a terabyte and abort."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet["A1"] = "Milestone"
    sheet["XFD1048576"] = 1
    workbook.save(path)
    return Source(path, path.name)


def results(*found: Source, seconds: float = 60) -> list[WorkbookRows]:
    with Readers(found, ReadingSettings(seconds=seconds), workers=2) as readers:
        return list(readers.results())


def test_a_reader_that_crashes_harms_nobody_else(tmp_path: Path) -> None:
    found = results(good(tmp_path / "a.xlsx"), far_corner(tmp_path / "b.xlsx"), good(tmp_path / "c.xlsx"))
    assert [book.workbook.path for book in found] == ["a.xlsx", "b.xlsx", "c.xlsx"]
    assert [book.workbook.readable for book in found] == [True, False, True]
    assert found[1].notices[0].code == "W001"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a named pipe, which this platform has not")
def test_a_reader_that_hangs_is_stopped(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xlsx")
    started = time.monotonic()
    [found] = results(Source(tmp_path / "pipe.xlsx", "pipe.xlsx"), seconds=1)
    assert "longer than 1 seconds" in found.notices[0].facts["why"]
    assert time.monotonic() - started < 30


def test_no_workbooks_need_no_reader() -> None:
    assert results() == []


def test_a_panic_and_want_of_memory_become_reasons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Panic(BaseException):
        pass

    def raising(error: BaseException) -> object:
        def read(_source: Source) -> WorkbookRows:
            raise error

        return read

    source = Source(tmp_path / "a.xlsx", "a.xlsx")
    for error, why in ((Panic(), "failed"), (MemoryError(), "memory")):
        monkeypatch.setattr(isolation, "read_workbook", raising(error))
        assert why in isolation._read_safely(source).notices[0].facts["why"]  # noqa: SLF001 - runs in the worker


def test_folders_and_files_are_found_once_in_order(tmp_path: Path) -> None:
    for name in ("b.xlsx", "a.XLSX", "~$a.xlsx", ".hidden.xlsx", "notes.txt", "c.ods"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "folder.xlsx").mkdir()
    found, notices = sources.find_workbooks([tmp_path / "b.xlsx", tmp_path], ReadingSettings())
    assert [source.path for source in found] == ["b.xlsx", "a.XLSX", "c.ods"]
    assert notices == []


def test_two_workbooks_of_one_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    for folder in ("north", "south"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "book.xlsx").write_bytes(b"")
    found, _notices = sources.find_workbooks([tmp_path / "north", tmp_path / "south"], ReadingSettings())
    assert [source.path for source in found] == ["north/book.xlsx", "south/book.xlsx"]


def test_a_folder_without_workbooks_is_said(tmp_path: Path) -> None:
    found, notices = sources.find_workbooks([tmp_path], ReadingSettings())
    assert found == []
    assert "holds no workbook" in notices[0].facts["why"]


def test_an_unreadable_workbook_is_data() -> None:
    found = unreadable(Source(Path("a.xlsx"), "a.xlsx"), "it is damaged")
    assert not found.workbook.readable
    assert found.columns == {}
