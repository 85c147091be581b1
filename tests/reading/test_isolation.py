"""Whatever a file does to its reader, it comes back as data and the others go on."""

from __future__ import annotations

import contextlib
import ctypes
import os
import pickle
import re
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest

from milestone_report.model import ReadingSettings
from milestone_report.reading import isolation, memory, serving
from milestone_report.reading.answers import Answer, answer_of, pack, rows_in, unpack
from milestone_report.reading.contents import Source, WorkbookRows, unreadable
from milestone_report.reading.isolation import Readers

MIB = 2**20


def good(path: Path, rows: int = 1) -> Source:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(["Milestone", "Amount", "Currency", "Status"])
    for number in range(rows):
        sheet.append([f"Deposit {number}", 10, "EUR", "draft"])
    workbook.save(path)
    return Source(path, path.name)


def misbehave(source: Source) -> WorkbookRows:
    """Stands in for the reader in a reader process: what a workbook does is its name."""
    if "crash" in source.path:
        os.abort()
    if "hang" in source.path:
        time.sleep(60)
    if "panic" in source.path:
        raise PanicException
    if "greedy" in source.path:
        bytearray(2**50)
    size = 100_000 if "large" in source.path else 1
    found = unreadable(source, "")
    found.columns["milestone"] = [f"{source.path} {number}" for number in range(size)]
    return found


class PanicException(BaseException):
    pass


def serve_misbehaving(pipe: object, limit: int) -> None:
    vars(serving)["read_workbook"] = misbehave
    serving.serve(pipe, limit)  # type: ignore[arg-type]


@pytest.fixture
def misbehaving(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "_READER", serve_misbehaving)


def results(*found: Source, seconds: float = 60, limit: int = 2048 * MIB) -> list[WorkbookRows]:
    with Readers(found, ReadingSettings(seconds=seconds, memory=limit), workers=2) as readers:
        return list(readers.results())


def why(book: WorkbookRows) -> str:
    return book.notices[0].facts["why"]


def named(*names: str) -> list[Source]:
    return [Source(Path(name), f"{number} {name}") for number, name in enumerate(names)]


@pytest.mark.usefixtures("misbehaving")
def test_a_crash_is_blamed_on_the_workbook_that_caused_it_and_no_other_is_lost() -> None:
    sources = named(*["large", "good", "crash", "good", "panic"] * 2)
    for source, found in zip(sources, results(*sources), strict=True):
        assert found.workbook.path == source.path
        if "crash" in source.path:
            assert "crashed" in why(found)
        elif "panic" in source.path:
            assert "failed on it (PanicException)" in why(found)
        else:
            assert len(found.columns["milestone"]) == (100_000 if "large" in source.path else 1)


@pytest.mark.usefixtures("misbehaving")
def test_a_reader_that_hangs_is_stopped_and_the_next_one_reads_on() -> None:
    hanging, after = results(*named("hang", "good"), seconds=1)
    assert "longer than the limit of 1 s" in why(hanging)
    assert after.columns["milestone"] == ["1 good 0"]


@pytest.mark.usefixtures("misbehaving")
def test_leaving_early_leaves_no_reader_behind() -> None:
    started = time.monotonic()
    with Readers(named("hang", "hang", "hang"), ReadingSettings(), workers=2) as readers:
        time.sleep(0.5)
    assert time.monotonic() - started < 30
    assert not any(reader._process.is_alive() for reader in readers._started)  # noqa: SLF001 - whether it has ended


@pytest.mark.usefixtures("misbehaving")
def test_want_of_memory_is_said() -> None:
    [found] = results(*named("greedy"))
    assert why(found) == "reading it needs too much memory"
    assert "--limit-memory" in found.notices[0].facts["how"]


@pytest.mark.skipif(not hasattr(os, "fork") or os.uname().sysname != "Linux", reason="only Linux enforces RLIMIT_AS")
def test_a_limit_too_small_for_any_reader_is_said_and_hangs_nobody(tmp_path: Path) -> None:
    for found in results(good(tmp_path / "a.xlsx", 20_000), good(tmp_path / "b.xlsx", 20_000), limit=MIB):
        assert not found.workbook.readable
        assert "memory" in why(found) + found.notices[0].facts["how"]


def test_a_reader_that_does_not_start_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "_READER", os._exit)
    found = results(good(tmp_path / "a.xlsx"), good(tmp_path / "b.xlsx"))
    assert [why(book) for book in found] == ["no reader could be started for it"] * 2


def serve_from_the_second_start_on(pipe: object, limit: int) -> None:
    with contextlib.suppress(FileExistsError):
        Path(os.environ["FIRST_START"]).touch(exist_ok=False)
        os._exit(1)
    serving.serve(pipe, limit)  # type: ignore[arg-type]


def test_a_reader_that_does_not_start_once_costs_no_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIRST_START", str(tmp_path / "started"))
    monkeypatch.setattr(isolation, "_READER", serve_from_the_second_start_on)
    [found] = results(good(tmp_path / "a.xlsx"))
    assert found.workbook.readable


BAD_ANSWERS = {
    "garbage": b"\x93garbage\xff",
    "a class without its arguments": b"cmilestone_report.reading.answers\nAnswer\n)R.",
    "an answer without its fields": b"\x80\x02cmilestone_report.reading.answers\nAnswer\n)\x81.",
    "a number": pickle.dumps(7),
    "rows that are a number": pack(Answer(pickle.dumps(7))),
    "rows that are garbage": pack(Answer(b"garbage")),
    "rows without their fields": pack(
        Answer(b"\x80\x02cmilestone_report.reading.contents\nWorkbookRows\n)\x81.", None)
    ),
    "rows that are text": pack(Answer("text")),  # type: ignore[arg-type]
}


def answer_badly(source: Source) -> bytes:
    return BAD_ANSWERS.get(source.path.partition(" ")[2]) or pack(answer_of(misbehave(source)))


def serve_bad_answers(pipe: object, limit: int) -> None:
    vars(serving)["answer"] = answer_badly
    serving.serve(pipe, limit)  # type: ignore[arg-type]


def test_a_bad_answer_is_that_of_one_workbook_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "_READER", serve_bad_answers)
    sources = named(*(name for bad in BAD_ANSWERS for name in (bad, "good")))
    for source, found in zip(sources, results(*sources), strict=True):
        assert (found.workbook.path, found.workbook.file) == (source.path, source.file)
        if source.path.endswith("good"):
            assert found.columns["milestone"] == [f"{source.path} 0"]
        else:
            assert [notice.code for notice in found.notices] == ["W001"]
            assert not found.workbook.readable
            assert re.search("gave an answer that is none|crashed on it", why(found))


def test_no_workbooks_need_no_reader() -> None:
    assert results() == []


def test_an_answer_is_the_rows_of_the_workbook(tmp_path: Path) -> None:
    answer = unpack(serving.answer(good(tmp_path / "a.xlsx")))
    assert rows_in(answer.rows).columns["amount"] == [1000]


def test_an_unreadable_workbook_is_data() -> None:
    found = unreadable(Source(Path("a.xlsx"), "a.xlsx"), "it is damaged")
    assert not found.workbook.readable
    assert found.columns == {}


class Windows:
    """A kernel32 that remembers what it was asked."""

    def __init__(self, *, refuses: str = "") -> None:
        self.asked: list[tuple[object, ...]] = []
        for name, answer in (
            ("CreateJobObjectW", 77),
            ("SetInformationJobObject", 1),
            ("GetCurrentProcess", -1),
            ("AssignProcessToJobObject", 1),
        ):
            setattr(self, name, self._function(name, 0 if name == refuses else answer))

    def _function(self, name: str, answer: int) -> object:
        class Function(SimpleNamespace):
            def __call__(_self, *arguments: object) -> int:  # noqa: N805 - self is Windows here
                if name == "SetInformationJobObject":
                    limits = ctypes.cast(arguments[2], ctypes.POINTER(memory.ExtendedLimits)).contents  # type: ignore[arg-type]
                    arguments = (*arguments[:2], limits.basic.limit_flags, limits.process_memory_limit, arguments[3])
                self.asked.append((name, *arguments))
                return answer

        return Function()


def test_windows_limits_the_process_by_a_job_of_its_own() -> None:
    windows = Windows()
    assert memory.limit_by_job(windows, 2048 * MIB)
    size = ctypes.sizeof(memory.ExtendedLimits)
    assert size == (144 if ctypes.sizeof(ctypes.c_void_p) == 8 else 112)
    assert windows.asked == [
        ("CreateJobObjectW", None, None),
        ("SetInformationJobObject", 77, 9, 0x100, 2048 * MIB, size),
        ("GetCurrentProcess",),
        ("AssignProcessToJobObject", 77, -1),
    ]


@pytest.mark.parametrize("refused", ["CreateJobObjectW", "SetInformationJobObject", "AssignProcessToJobObject"])
def test_windows_may_refuse_the_job(refused: str) -> None:
    assert not memory.limit_by_job(Windows(refuses=refused), 2048 * MIB)


def test_the_run_itself_imports_nothing_that_reads() -> None:
    """It would keep the readers waiting, and it is them who need it."""
    asked = "import sys, milestone_report.pipeline; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout.split()
    assert "milestone_report.reading.isolation" in told
    assert not {"milestone_report.reading.workbook", "python_calamine", "lxml", "pandas"} & {*told}
