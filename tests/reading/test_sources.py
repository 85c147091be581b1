"""Which files are workbooks of the run, and what the names beside them tell."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milestone_report.model import Notice, ReadingSettings
from milestone_report.reading import sources
from milestone_report.reading.copies import copies_by_name, twins
from milestone_report.reading.kind import LARGEST_FILE
from milestone_report.reading.owners import find_owners
from milestone_report.reading.workbook import read_workbook


def folder(path: Path, *names: str) -> Path:
    for name in names:
        (path / name).write_bytes(b"")
    return path


def found(*paths: Path) -> list[str]:
    return [source.path for source in sources.find_workbooks(paths, ReadingSettings())[0]]


def notices(*paths: Path) -> list[Notice]:
    return sources.find_workbooks(paths, ReadingSettings())[1]


def test_folders_and_files_are_found_once_in_order(tmp_path: Path) -> None:
    folder(tmp_path, "b.xlsx", "a.XLSX", "~$x.xlsx", ".hidden.xlsx", "notes.txt", "c.ods", "d.xlsx.tmp")
    (tmp_path / "folder.xlsx").mkdir()
    assert found(tmp_path / "b.xlsx", tmp_path) == ["b.xlsx", "a.XLSX", "c.ods"]
    assert notices(tmp_path / "b.xlsx", tmp_path) == []


def test_two_workbooks_of_one_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    for name in ("north", "south"):
        (tmp_path / name).mkdir()
        folder(tmp_path / name, "book.xlsx")
    assert found(tmp_path / "north", tmp_path / "south") == ["north/book.xlsx", "south/book.xlsx"]


def test_a_folder_without_workbooks_is_said(tmp_path: Path) -> None:
    assert found(tmp_path) == []
    assert "holds no workbook" in notices(tmp_path)[0].facts["why"]


def test_a_folder_that_cannot_be_opened_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_folder: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    assert "cannot be opened (Permission denied)" in notices(tmp_path)[0].facts["why"]


def test_each_folder_is_looked_through_by_listing_it_and_no_file_beside_is_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder(tmp_path, "a.xlsx", "b.xlsx", *(f"photo {number}.jpg" for number in range(500)))
    listed: list[str] = []
    real, real_stat = os.scandir, Path.stat

    def scandir(path: str) -> object:
        listed.append(os.fspath(path))
        return real(path)

    def stat(file: Path) -> os.stat_result:
        assert file.suffix != ".jpg"
        return real_stat(file)

    monkeypatch.setattr(os, "scandir", scandir)
    monkeypatch.setattr(Path, "stat", stat)
    assert found(tmp_path) == ["a.xlsx", "b.xlsx"]
    assert listed == [str(tmp_path)] * 2  # once for the workbooks, once for what lies beside them


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own on Windows")
def test_a_link_that_leads_nowhere_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "circle.xlsx").symlink_to(tmp_path / "circle.xlsx")
    (tmp_path / "broken.xlsx").symlink_to(tmp_path / "gone.xlsx")
    (tmp_path / "up").symlink_to(tmp_path)
    (tmp_path / "loop.xlsx").symlink_to(tmp_path, target_is_directory=True)
    assert found(tmp_path) == ["broken.xlsx", "circle.xlsx"]
    read = [read_workbook(source) for source in sources.find_workbooks([tmp_path], ReadingSettings())[0]]
    assert not any(book.workbook.readable for book in read)


def test_a_workbook_that_is_only_in_icloud_is_not_passed_over(tmp_path: Path) -> None:
    folder(tmp_path, ".Book.xlsx.icloud", ".Picture.png.icloud", "here.xlsx")
    assert found(tmp_path) == ["Book.xlsx", "here.xlsx"]


def test_workbooks_that_lie_beside_those_of_the_run_are_known(tmp_path: Path) -> None:
    """They may name the same sign-off files."""
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
        folder(tmp_path / name, "a.xlsx", "b.xlsx", "~$b.xlsx", "notes.txt", "c.ods")
    read, _notices = sources.find_workbooks([tmp_path / "here" / "b.xlsx", tmp_path / "there"], ReadingSettings())
    assert sources.unread_beside(read) == [tmp_path / "here" / "a.xlsx", tmp_path / "here" / "c.ods"]
    assert sources.unread_beside([]) == []


def test_a_folder_that_cannot_be_listed_has_nothing_beside(tmp_path: Path) -> None:
    read, _notices = sources.find_workbooks([tmp_path / "gone" / "a.xlsx"], ReadingSettings())
    assert sources.unread_beside(read) == []


# W004: what lies in a folder inside a folder


def in_subfolders(*paths: Path) -> list[tuple[str, str]]:
    return [(notice.value, notice.facts["why"]) for notice in notices(*paths) if notice.code == "W004"]


def subfolder(path: Path, *names: str) -> Path:
    path.mkdir(parents=True)
    return folder(path, *names)


def test_workbooks_in_folders_inside_a_folder_are_not_read_and_that_is_said(tmp_path: Path) -> None:
    folder(tmp_path, "a.xlsx")
    subfolder(tmp_path / "2025", "old.xls")
    subfolder(tmp_path / "2026", "notes.txt", "~$new.xlsx", "new.xlsx")
    subfolder(tmp_path / "scans", "a.pdf", ".b.xlsx")
    subfolder(tmp_path / ".hidden", "c.xlsx")
    subfolder(tmp_path / "deep" / "deeper", "d.xlsx")
    assert found(tmp_path) == ["a.xlsx"]
    [notice] = notices(tmp_path)
    assert (notice.code, notice.workbook) == ("W004", tmp_path.name)
    assert notice.value == "2025; 2026"
    assert notice.facts["why"].startswith("workbooks lie in the folders “2025” and “2026”, and folders inside")
    assert in_subfolders(tmp_path / "deep") == [
        ("deeper", "workbooks lie in the folder “deeper”, and folders inside a folder are not read")
    ]


def test_a_folder_inside_that_is_given_itself_is_read_and_not_named(tmp_path: Path) -> None:
    folder(tmp_path, "a.xlsx")
    subfolder(tmp_path / "2026", "b.xlsx")
    assert found(tmp_path, tmp_path / "2026") == ["a.xlsx", "b.xlsx"]
    assert notices(tmp_path, tmp_path / "2026") == []


def test_of_many_folders_inside_a_few_are_named_and_the_others_counted(tmp_path: Path) -> None:
    for number in range(7):
        subfolder(tmp_path / f"client {number}", "book.xlsx")
    [(value, why)] = in_subfolders(tmp_path)
    assert value == "client 0; client 1; client 2"
    assert why.startswith("workbooks lie in the folders “client 0”, “client 1”, “client 2” and 4 more, and")


def test_only_so_many_folders_inside_are_looked_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MOST_FOLDERS", 2)
    for name in ("1 scans", "2 books", "3 books"):
        subfolder(tmp_path / name, "book.xlsx" if "books" in name else "a.pdf")
    assert [value for value, _why in in_subfolders(tmp_path)] == ["2 books"]


def test_a_folder_inside_that_cannot_be_opened_says_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder(tmp_path, "a.xlsx")
    subfolder(tmp_path / "private", "b.xlsx")
    real = os.scandir

    def scandir(path: str) -> object:
        if os.fspath(path).endswith("private"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert found(tmp_path) == ["a.xlsx"]
    assert notices(tmp_path) == []


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own on Windows")
def test_a_link_to_a_folder_is_not_followed(tmp_path: Path) -> None:
    subfolder(tmp_path / "elsewhere", "b.xlsx")
    subfolder(tmp_path / "books", "a.xlsx")
    (tmp_path / "books" / "link").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    assert in_subfolders(tmp_path / "books") == []


# W003: open in a program


def excel_owner(user: str, *, wide: bool = True) -> bytes:
    """The 165 bytes that Excel leaves beside an open workbook."""
    narrow = user.encode("cp1252", "replace")
    data = bytes([len(narrow)]) + narrow.ljust(54)
    name = user.encode("utf-16-le")
    return data + len(user).to_bytes(2, "little") + name + b" \0" * ((108 - len(name)) // 2) if wide else data


def opened(path: Path, *workbooks: str) -> list[tuple[str, str, str]]:
    notes = find_owners(path, {name: name for name in workbooks})
    return [(note.workbook, note.facts["program"], note.facts["who"]) for note in notes]


@pytest.mark.parametrize(
    ("workbook", "owner"),
    [
        ("Book.xlsx", "~$Book.xlsx"),
        ("Budget 2026.xlsx", "~$Budget 2026.xlsx"),
        ("Budget 2026.xlsx", "~$dget 2026.xlsx"),
        ("caf\u00e9.xlsx", "~$cafe\u0301.xlsx"),
    ],
)
def test_a_workbook_open_in_excel_is_named_with_its_user(tmp_path: Path, workbook: str, owner: str) -> None:
    (tmp_path / owner).write_bytes(excel_owner("Maya Łuk"))
    assert opened(tmp_path, workbook, "Other book.xlsx") == [(workbook, "Excel", " by Maya Łuk")]


def test_an_owner_file_of_one_book_is_not_taken_for_that_of_another(tmp_path: Path) -> None:
    folder(tmp_path, "~$dget 2026.xlsx")
    assert [book for book, *_ in opened(tmp_path, "Budget 2026.xlsx", "dget 2026.xlsx")] == ["dget 2026.xlsx"]
    assert opened(tmp_path, "Bodget.xlsx") == []


def test_an_owner_file_without_its_workbook_says_nothing(tmp_path: Path) -> None:
    assert notices(folder(tmp_path, "~$gone.xlsx", "a.xlsx")) == []


def test_a_workbook_open_in_libreoffice_is_named_with_its_user(tmp_path: Path) -> None:
    (tmp_path / ".~lock.Book.ods#").write_text(",maya,north-pc,24.11.2026 09:12,file:///home/maya;", encoding="utf-8")
    assert opened(tmp_path, "Book.ods") == [("Book.ods", "LibreOffice", " by maya")]


def test_an_owner_file_that_is_given_itself_is_no_workbook(tmp_path: Path) -> None:
    """As the shell does for *.xlsx: the workbook is open (W003), its owner file is passed over."""
    folder(tmp_path, "Book.xlsx", "~$Book.xlsx", "~$gone.xlsx", ".~lock.Other.ods#")
    given = [tmp_path / name for name in ("Book.xlsx", "~$Book.xlsx", "~$gone.xlsx", "~$never.xlsx")]
    assert found(*given, tmp_path / ".~lock.Other.ods#") == ["Book.xlsx"]
    assert [(notice.code, notice.workbook) for notice in notices(*given)] == [("W003", "Book.xlsx")]


def test_where_nothing_but_an_owner_file_is_given_that_is_said(tmp_path: Path) -> None:
    folder(tmp_path, "Book.xlsx", "~$Book.xlsx")
    assert found(tmp_path / "~$Book.xlsx") == []
    [notice] = notices(tmp_path / "~$Book.xlsx")
    assert (notice.code, notice.workbook) == ("W004", "~$Book.xlsx")
    assert "leaves beside a workbook that is open" in notice.facts["why"]


def test_a_workbook_with_the_name_of_an_owner_file_is_read_where_it_is_given_itself(tmp_path: Path) -> None:
    (tmp_path / "~$Book.xlsx").write_bytes(bytes(5000))
    assert found(tmp_path / "~$Book.xlsx") == ["~$Book.xlsx"]


@pytest.mark.parametrize(
    "data", [b"", b"\x36", excel_owner("Maya", wide=False), bytes(165), b"\xff" * 165, b"x" * 5000]
)
def test_an_owner_file_may_hold_anything(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "~$Book.xlsx").write_bytes(data)
    [(book, program, who)] = opened(tmp_path, "Book.xlsx")
    assert (book, program) == ("Book.xlsx", "Excel")
    assert who == "" or who.startswith(" by ")
    assert who.isprintable()


@given(st.binary(max_size=300))
def test_no_owner_file_breaks_a_run(data: bytes) -> None:
    from milestone_report.reading import owners  # noqa: PLC0415

    assert isinstance(owners._excel_user(data) + owners._libreoffice_user(data), str)  # noqa: SLF001 - pure parsing


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a named pipe, which this platform has not")
def test_an_owner_file_that_is_a_pipe_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "~$Book.xlsx")
    assert opened(tmp_path, "Book.xlsx") == [("Book.xlsx", "Excel", "")]


def test_a_workbook_named_alone_is_seen_to_be_open(tmp_path: Path) -> None:
    folder(tmp_path, "Book.xlsx", "~$Book.xlsx")
    assert [notice.code for notice in notices(tmp_path / "Book.xlsx")] == ["W003"]


# W010: what looks like a copy


def copies(*names: str) -> dict[str, str]:
    found = copies_by_name([Path("folder", name) for name in names])
    return {copy.name: original.name for copy, original in found.items()}


@pytest.mark.parametrize(
    "copy",
    [
        "Book (1).xlsx",
        "Book(2).xlsx",
        "book (1).XLSX",
        "Copy of Book.xlsx",
        "Copy (2) of Book.xlsx",
        "Copy of Copy of Book.xlsx",
        "Copy of Book (1).xlsx",
        "Book - Copy.xlsx",
        "Book - Copy (2).xlsx",
        "Book copy 2.xlsx",
        "Book - Kopie.xlsx",
        "Book - Kopie (2).xlsx",
        "Kopie von Book.xlsx",
        "Book - copie.xlsx",
        "Copie de Book.xlsx",
        "Copia de Book.xlsx",
        "Book-DESKTOP-1A2B.xlsx",
        "Book-DESKTOP-1A2B3C4-2.xlsx",
        "Book-LAPTOP-QWERTY12.xlsx",
        "Book-MAYAS-MBP.xlsx",
        "Book-MacBook-Pro.xlsx",
        "Book (Maya's conflicted copy 2026-03-01).xlsx",
        "Book (conflicted copy 2026-03-01 101112).xlsx",
        "Book (In Konflikt stehende Kopie von Maya 2026-03-01).xlsx",
        "Book.sync-conflict-20260301-101112-ABCDEFG.xlsx",
        "Book conflicted copy 2026.xlsx",
        "Book - conflicted copy.xlsx",
        "Book [conflict].xlsx",
        "Book_conflict-20260301.xlsx",
        "Book_conflict-20260301-101112.xlsx",
        "Book (SFConflict maya@example.com 2026-03-01-10-11-12).xlsx",
        "Book - Konfliktkopie 2026-03-01.xlsx",
        "Book (1).xls",
        "Book - Copy.xlsm",
        "Book-Maya-PC.xlsx",
        "Book-MAYA-PC-2.xlsx",
        "Book-Mayas-MacBook.xlsx",
        "Book-Maya’s MacBook Pro.xlsx",
        "Book backup 2026-03-01.xlsx",
        "Book (backup 01.03.2026).xlsx",
        "Book back-up.xlsx",
        "Book_backup.xlsx",
        "Book-backup-20260301.xlsx",
        "Book.bak.xlsx",
        "Backup of Book.xlsx",
        "Sicherungskopie von Book.xlsx",
    ],
)
def test_a_copy_of_another_workbook_is_known_by_its_name(copy: str) -> None:
    assert copies("Book.xlsx", copy) == {copy: "Book.xlsx"}
    assert copies("Other.xlsx", copy) == {}


@pytest.mark.parametrize(
    "other",
    ["Book (2025).xlsx", "Book 2.xlsx", "Book-Q1.xlsx", "Book-Harbour-App.xlsx", "Book old.xlsx", "Book final.xlsx",
     "Book Q1.xlsx", "Book-Mobile.xlsx", "Book-PC.xlsx", "Book-Mobile-Pc.xlsx", "Book-Desktop-App.xlsx",
     "Book-Win-10.xlsx", "Book-Desktop-2026.xlsx", "Book backup plan.xlsx", "Book conflict rules.xlsx",
     "Book 2026-03-01.xlsx", "Book.xls", "Book-Maya.xlsx", "Book 1.xlsx", "Book (1).ods", "Bookcopy.xlsx",
     "Booking.xlsx", "Copywriting Book.xlsx", "Book (Maya).xlsx"],
)  # fmt: skip
def test_what_may_be_a_workbook_of_its_own_is_no_copy(other: str) -> None:
    assert copies("Book.xlsx", other) == {}


def test_of_two_copies_without_their_original_one_is_the_copy_of_the_other() -> None:
    assert copies("Book (2).xlsx", "Book (1).xlsx", "Other (1).xlsx") == {"Book (1).xlsx": "Book (2).xlsx"}
    assert copies("Copy of Book.xlsx", "Book backup 2.xls") == {"Book backup 2.xls": "Copy of Book.xlsx"}


def test_the_names_of_computers_tell_nothing_without_an_original() -> None:
    """They may be the names of two projects."""
    assert copies("Book-Rocket-PC.xlsx", "Book-Comet-PC.xlsx", "Book (1)-Comet-PC.xlsx") == {}


def in_folders(tmp_path: Path, *names: str) -> list[tuple[str, str]]:
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        folder((tmp_path / name).parent, Path(name).name)
    given = {(tmp_path / name).parent: None for name in names}
    return [(notice.workbook, notice.facts["what"].split("“")[1].split("”")[0]) for notice in notices(*given)]


def test_the_original_may_lie_in_another_folder_of_the_run(tmp_path: Path) -> None:
    found = in_folders(tmp_path, "2026/Book.xlsx", "old/Book (1).xlsx", "old/Other.xlsx")
    assert found == [("Book (1).xlsx", "Book.xlsx")]


def test_an_original_in_the_same_folder_is_named_first(tmp_path: Path) -> None:
    found = in_folders(tmp_path, "north/Book.xlsx", "south/Book.xlsx", "south/Book (1).xlsx")
    assert found == [("south/Book (1).xlsx", "south/Book.xlsx")]


def test_a_name_that_several_folders_have_is_nobodys_original(tmp_path: Path) -> None:
    """Each client has a folder with its own Milestones.xlsx."""
    assert in_folders(tmp_path, "a/Book.xlsx", "b/Book.xlsx", "c/Book (1).xlsx") == []


def test_copies_of_one_name_in_several_folders_are_not_each_others(tmp_path: Path) -> None:
    assert in_folders(tmp_path, "north/Book (1).xlsx", "south/Book (1).xlsx", "west/Book (2).xlsx") == []


def test_a_workbook_is_no_copy_of_one_whose_whole_name_is_its_ending() -> None:
    assert copies("Book.xlsx", ".XLSX") == {}


def same_bytes(path: Path, *names: str, content: bytes = b"the same") -> Path:
    for name in names:
        (path / name).parent.mkdir(exist_ok=True)
        (path / name).write_bytes(content)
    return path


def test_of_workbooks_that_are_the_same_one_is_counted(tmp_path: Path) -> None:
    """Whatever their names say: each figure would be twice what it is."""
    same_bytes(tmp_path, "Alt.xlsx", "Book.xlsx", "Book v2.xlsx")
    same_bytes(tmp_path, "Other.xlsx", content=b"another!")
    assert found(tmp_path) == ["Alt.xlsx", "Other.xlsx"]
    told = {notice.workbook: str(notice.facts["what"]) for notice in notices(tmp_path)}
    said = "This workbook is the same as “Alt.xlsx”, byte for byte, and was counted once, under that name."
    assert told == {"Book.xlsx": said, "Book v2.xlsx": said}


def test_the_one_that_is_counted_is_the_original_by_its_name(tmp_path: Path) -> None:
    same_bytes(tmp_path, "Book (1).xlsx", "Book.xlsx", "Copy of Book.xlsx")
    assert found(tmp_path) == ["Book.xlsx"]
    assert [notice.workbook for notice in notices(tmp_path)] == ["Book (1).xlsx", "Copy of Book.xlsx"]
    assert found(tmp_path / "Book (1).xlsx", tmp_path / "Copy of Book.xlsx") == ["Book (1).xlsx"]


def test_workbooks_that_are_the_same_in_two_folders_are_counted_once(tmp_path: Path) -> None:
    same_bytes(tmp_path, "2026/Book.xlsx", "backup/Book.xlsx")
    assert found(tmp_path / "2026", tmp_path / "backup") == ["2026/Book.xlsx"]


def test_a_copy_is_no_workbook_whose_sign_offs_are_unknown(tmp_path: Path) -> None:
    same_bytes(tmp_path, "Book.xlsx", "Book (1).xlsx")
    same_bytes(tmp_path, "Other.xlsx", content=b"another!")
    of_book, _notices = sources.find_workbooks([tmp_path / "Book.xlsx", tmp_path / "Book (1).xlsx"], ReadingSettings())
    assert sources.unread_beside(of_book) == [tmp_path / "Other.xlsx"]


def test_empty_and_absent_workbooks_are_each_told_of(tmp_path: Path) -> None:
    folder(tmp_path, "a.xlsx", "b.xlsx")
    paths = [tmp_path / name for name in ("a.xlsx", "b.xlsx", "c.xlsx", "d.xlsx")]
    assert found(*paths) == ["a.xlsx", "b.xlsx", "c.xlsx", "d.xlsx"]


class Unopened(type(Path())):  # type: ignore[misc]
    """A file with a status of its own that must not be opened."""

    status: ClassVar[dict[str, int]] = {}

    def stat(self, *, follow_symlinks: bool = True) -> Any:
        real = os.stat(__file__, follow_symlinks=follow_symlinks)  # noqa: PTH116
        return SimpleNamespace(st_mode=real.st_mode, **self.status)

    def open(self, *_more: object, **_options: object) -> Any:
        pytest.fail("it was opened")


@pytest.mark.parametrize(
    "status",
    [
        {"st_size": 8, "st_file_attributes": 0x400000},
        {"st_size": 8, "st_flags": 0x40000000},
        {"st_size": LARGEST_FILE + 1},
    ],
    ids=["in a Windows cloud", "in iCloud", "too large"],
)
def test_no_workbook_is_fetched_or_read_for_long_to_compare_it(
    monkeypatch: pytest.MonkeyPatch, status: dict[str, int]
) -> None:
    monkeypatch.setattr(Unopened, "status", status)
    assert twins([Unopened("a.xlsx"), Unopened("b.xlsx")], []) == {}


@given(st.text(max_size=60))
def test_any_name_is_looked_at_without_harm(name: str) -> None:
    assert set(copies("Book.xlsx", name)) <= {name}
