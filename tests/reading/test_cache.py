"""What was read before is used for the very same bytes only, and gives what reading would give."""

from __future__ import annotations

import os
import pickle
import shutil
import stat
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import openpyxl
import pytest

from milestone_report.keeping import LONGEST_UNUSED
from milestone_report.model import ReadingSettings
from milestone_report.reading import cache as caching
from milestone_report.reading.answers import answer_of, rows_in
from milestone_report.reading.cache import Cache, open_cache
from milestone_report.reading.contents import Source, WorkbookRows
from milestone_report.reading.isolation import Readers
from milestone_report.reading.workbook import read_workbook
from tests.conftest import ROOT, SAMPLES

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

SESAME = "open sesame"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a user's folders otherwise")


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    opened = open_cache(tmp_path / "cache" / "workbooks")
    assert opened is not None
    return opened


def book(path: Path, amount: float = 10, name: str = "Deposit") -> Source:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(["Milestone", "Amount", "Currency", "Status"])
    sheet.append([name, amount, "EUR", "draft"])
    workbook.save(path)
    return Source(path, path.name)


def kept(cache: Cache, source: Source) -> WorkbookRows:
    """Read a workbook and keep it."""
    found = read_workbook(source)
    cache.keep(source, answer_of(found))
    return found


def place(cache: Cache, source: Source) -> Path:
    """Where the entry of a workbook is."""
    return cache._kept.place(cache._name(source))  # noqa: SLF001 - nobody else needs to know


def entries(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "cache" / "workbooks").iterdir())


def told(rows: WorkbookRows) -> str:
    """All that rows say, but for how long reading them took."""
    return repr(replace(rows, workbook=replace(rows.workbook, seconds=0.0)))


def found_in(cache: Cache, source: Source) -> WorkbookRows | None:
    answer = cache.find(source)
    return None if answer is None else rows_in(answer.rows)


WORKBOOKS = sorted(
    file
    for folder in (SAMPLES, ROOT / "tests" / "workbooks", ROOT / "tests" / "corpus" / "files")
    for file in folder.iterdir()
    if file.suffix in (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
)


def test_what_is_kept_of_any_workbook_is_what_reading_gives(cache: Cache) -> None:
    sources = [Source(file, f"{file.parent.name}/{file.name}") for file in WORKBOOKS]
    with Readers(sources, ReadingSettings(), workers=2, cache=cache) as readers:
        first = list(readers.results())
    again = [found_in(cache, source) for source in sources]
    assert sum(each is not None for each in again) > len(WORKBOOKS) // 2
    for fresh, kept_of_it in zip(first, again, strict=True):
        if kept_of_it is not None:
            assert told(kept_of_it) == told(fresh)
            # And every text with what it is made of: pickles are equal where all of that is.
            assert pickle.dumps(kept_of_it.notices) == pickle.dumps(rows_in(pickle.dumps(fresh)).notices)


def test_the_second_time_no_reader_is_started(tmp_path: Path, cache: Cache) -> None:
    sources = [book(tmp_path / f"{number}.xlsx", number + 1) for number in range(5)]
    settings = ReadingSettings()
    with Readers(sources, settings, workers=2, cache=cache) as readers:
        first = list(readers.results())
    book(tmp_path / "3.xlsx", 777)
    with Readers(sources, settings, workers=2, cache=cache) as readers:
        second = list(readers.results())
        assert len(readers._started) == 1  # noqa: SLF001 - for the one that changed
    assert [each.columns["amount"] for each in second] == [[100], [200], [300], [77700], [500]]
    assert [told(each) for each in second[:3]] == [told(each) for each in first[:3]]


def test_a_change_that_keeps_size_and_time_is_seen(tmp_path: Path, cache: Cache) -> None:
    source = Source(tmp_path / "a.xlsx", "a.xlsx")
    for name in ("one", "two"):
        book(tmp_path / f"{name}.xlsx", name=name)
    size = max((tmp_path / f"{name}.xlsx").stat().st_size for name in ("one", "two"))

    def put(name: str) -> None:
        data = (tmp_path / f"{name}.xlsx").read_bytes()
        # A comment at the end of a zip file, so that both have the same size.
        source.file.write_bytes(data[:-2] + (size - len(data)).to_bytes(2, "little") + bytes(size - len(data)))
        os.utime(source.file, ns=(10**18, 10**18))

    put("one")
    assert kept(cache, source).columns["milestone"] == ["one"]
    before = source.file.stat()
    put("two")
    assert (source.file.stat().st_size, source.file.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert cache.find(source) is None
    put("one")
    assert found_in(cache, source) is not None


def test_a_workbook_that_only_looks_newer_need_not_be_read_again(tmp_path: Path, cache: Cache) -> None:
    source = book(tmp_path / "a.xlsx")
    before = kept(cache, source)
    os.utime(source.file, (10**9, 10**9))
    assert repr(found_in(cache, source)) == repr(before) == repr(replace_proof(read_workbook(source), before))


def replace_proof(found: WorkbookRows, other: WorkbookRows) -> WorkbookRows:
    found.proof = other.proof
    return found


def test_where_the_files_own_time_is_told_it_must_be_the_same(tmp_path: Path, cache: Cache) -> None:
    original = next(file for file in WORKBOOKS if file.suffix == ".ods" and read_workbook(Source(file, "")).proof)
    source = Source(tmp_path / "a.ods", "a.ods")
    shutil.copy(original, source.file)
    kept(cache, source)
    assert found_in(cache, source) is not None
    os.utime(source.file, (10**9, 10**9))
    assert cache.find(source) is None


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process cannot be changed here")
def test_the_time_of_saving_is_told_in_todays_zone(
    tmp_path: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = book(tmp_path / "a.xlsx")

    def saved() -> dt.datetime:
        with Readers([source], source.settings, workers=1, cache=cache) as readers:
            [found] = readers.results()
        assert found.workbook.last_saved is not None
        return found.workbook.last_saved

    here = saved()
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        there, fresh = saved(), read_workbook(source).workbook.last_saved
    finally:
        monkeypatch.undo()
        time.tzset()
    assert there == here
    assert fresh is not None
    assert there.isoformat() == fresh.isoformat() != here.isoformat()


@pytest.mark.parametrize(
    "other",
    [
        ReadingSettings(currency="GBP"),
        ReadingSettings(date_order="dmy"),
        ReadingSettings(columns=(("amount", ("Our fee",)),)),
        ReadingSettings(statuses=(("paid", ("done",)),)),
        ReadingSettings(memory=2**30),
        ReadingSettings(seconds=1),
    ],
)
def test_other_settings_are_another_entry(tmp_path: Path, cache: Cache, other: ReadingSettings) -> None:
    source = book(tmp_path / "a.xlsx")
    kept(cache, source)
    assert cache.find(replace(source, settings=other)) is None
    assert cache.find(replace(source, path="sub/a.xlsx")) is None
    assert cache.find(source) is not None


def test_another_version_of_what_reads_uses_none_of_it(tmp_path: Path, cache: Cache) -> None:
    source = book(tmp_path / "a.xlsx")
    kept(cache, source)
    kept_there = cache._kept  # noqa: SLF001 - the same folder
    assert Cache(kept_there, b"another").find(source) is None
    assert Cache(kept_there, caching.fingerprint()).find(source) is not None


def test_what_cannot_be_read_is_not_kept(tmp_path: Path, cache: Cache) -> None:
    (tmp_path / "damaged.xlsx").write_bytes(b"PK\3\4 cut off")
    for name in ("damaged.xlsx", "absent.xlsx"):
        kept(cache, Source(tmp_path / name, name))
    assert entries(tmp_path) == []


def test_what_is_encrypted_is_not_kept(tmp_path: Path, cache: Cache) -> None:
    msoffcrypto = pytest.importorskip("msoffcrypto.format.ooxml")
    plain = book(tmp_path / "plain.xlsx")
    secret = Source(tmp_path / "secret.xlsx", "secret.xlsx", ReadingSettings(password=SESAME))
    with plain.file.open("rb") as opened, secret.file.open("wb") as written:
        msoffcrypto.OOXMLFile(opened).encrypt(SESAME, written)
    found = kept(cache, secret)
    assert found.columns["amount"] == [1000]
    assert found.proof is None
    assert entries(tmp_path) == []


def test_the_password_stands_nowhere_in_the_cache(tmp_path: Path, cache: Cache) -> None:
    source = replace(book(tmp_path / "a.xlsx"), settings=ReadingSettings(password=SESAME))
    kept(cache, source)
    [entry] = entries(tmp_path)
    assert b"sesame" not in entry.read_bytes()
    assert cache.find(replace(source, settings=ReadingSettings())) is not None


@pytest.mark.parametrize("damage", ["cut", "empty", "flipped", "head", "longer"])
def test_a_damaged_entry_is_none_and_is_written_anew(tmp_path: Path, cache: Cache, damage: str) -> None:
    source = book(tmp_path / "a.xlsx")
    kept(cache, source)
    [entry] = entries(tmp_path)
    data = entry.read_bytes()
    flipped = bytes([data[-9] ^ 1])
    entry.write_bytes(
        {
            "cut": data[:-1],
            "empty": b"",
            "flipped": data[:-9] + flipped + data[-8:],
            "head": data[:50] + bytes([data[50] ^ 1]) + data[51:],
            "longer": data + b"\0",
        }[damage]
    )
    assert cache.find(source) is None
    kept(cache, source)
    assert entry.read_bytes() == data


def test_a_file_that_is_gone_or_no_file_any_more_is_left_to_the_reader(tmp_path: Path, cache: Cache) -> None:
    source = book(tmp_path / "a.xlsx")
    kept(cache, source)
    source.file.unlink()
    assert cache.find(source) is None
    source.file.mkdir()
    assert cache.find(source) is None


@POSIX
def test_the_folder_is_the_users_own(tmp_path: Path, cache: Cache) -> None:
    kept(cache, book(tmp_path / "a.xlsx"))
    [entry] = entries(tmp_path)
    assert stat.S_IMODE(entry.stat().st_mode) == 0o600
    assert stat.S_IMODE(entry.parent.stat().st_mode) == 0o700
    entry.parent.chmod(0o750)
    assert open_cache(entry.parent) is None
    assert stat.S_IMODE(entry.parent.stat().st_mode) == 0o750  # it may be meant so: it is left as it is
    (tmp_path / "link").symlink_to(tmp_path / "cache", target_is_directory=True)
    assert open_cache(tmp_path / "link") is None
    (tmp_path / "file").touch()
    assert open_cache(tmp_path / "file") is None


def test_what_was_used_longest_ago_goes_first(tmp_path: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    sources = [book(tmp_path / f"{number}.xlsx") for number in range(4)]
    for source in sources:
        kept(cache, source)
    now = time.time()
    for age, source in enumerate(sources):
        os.utime(place(cache, source), (now - 100 + age, now - 100 + age))
    assert cache.find(sources[0]) is not None  # used just now
    size = max(entry.stat().st_size for entry in entries(tmp_path))
    monkeypatch.setattr(cache._kept, "largest", 2 * size + size // 2)  # noqa: SLF001 - not half a gigabyte
    cache.tidy()
    assert [cache.find(source) is not None for source in sources] == [True, False, False, True]


def test_what_nobody_has_used_for_two_months_goes(tmp_path: Path, cache: Cache) -> None:
    old, new = book(tmp_path / "old.xlsx"), book(tmp_path / "new.xlsx")
    kept(cache, old)
    kept(cache, new)
    long_ago = time.time() - LONGEST_UNUSED - 60
    os.utime(place(cache, old), (long_ago, long_ago))
    cache.tidy()
    assert [cache.find(source) is not None for source in (old, new)] == [False, True]


def test_nothing_of_the_users_goes(tmp_path: Path, cache: Cache) -> None:
    folder = tmp_path / "cache" / "workbooks"
    half_written = folder / "milestone-report-a1_b.part"
    theirs = [folder / name for name in ("invoices.rows", "book.part", "tmpabc.part", f"{'A' * 64}.rows", "0" * 64)]
    kept(cache, book(tmp_path / "a.xlsx"))
    long_ago = time.time() - LONGEST_UNUSED - 60
    for file in (half_written, *theirs):
        file.touch()
        os.utime(file, (long_ago, long_ago))
    cache.tidy()
    assert all(file.exists() for file in theirs)
    assert not half_written.exists()


def test_a_bad_answer_that_was_kept_is_forgotten(tmp_path: Path, cache: Cache) -> None:
    source = book(tmp_path / "a.xlsx")
    kept(cache, source)
    good = cache.find(source)
    assert good is not None
    cache.keep(source, replace(good, rows=pickle.dumps(7)))
    with Readers([source], ReadingSettings(), workers=1, cache=cache) as readers:
        assert [notice.code for rows in readers.results() for notice in rows.notices] == ["W001"]
    assert cache.find(source) is None


class Evil:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("exit 1",)


def test_packed_rows_that_would_run_something_are_refused() -> None:
    with pytest.raises(pickle.UnpicklingError, match="none of our data"):
        rows_in(pickle.dumps(Evil()))
