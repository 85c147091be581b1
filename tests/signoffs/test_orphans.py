"""Files that belong to no milestone: each told once, and none too many."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from milestone_report.model import Notice, Settings, Sheet, Workbook
from milestone_report.signoffs import check_signoffs
from tests.building import AS_OF, COLUMNS, frame_of
from tests.signoffs.examples import milestones

if TYPE_CHECKING:
    from collections.abc import Sequence


def put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"%PDF-1.7 " + name.encode())


def orphans(
    cells: Sequence[str],
    books: Sequence[Workbook],
    unread: Sequence[Path] = (),
    chosen: Path | None = None,
    **sheet: str,
) -> list[Notice]:
    """F309 of a run in which each workbook has one sheet with the same sign-off cells."""
    sheets = tuple(Sheet(book.path, "Sheet", 1, COLUMNS, **sheet) for book in books if book.readable)  # type: ignore[arg-type]
    one = milestones(cells).frame
    frame = pd.concat([one.assign(sheet_id=number) for number in range(len(sheets))], ignore_index=True)
    found = replace(milestones(cells), frame=frame, sheets=sheets)
    _done, notices = check_signoffs(found, books, Settings(as_of=AS_OF, signoffs=chosen), unread)
    return [notice for notice in notices if notice.code == "F309"]


@pytest.fixture
def book(tmp_path: Path) -> Workbook:
    return Workbook("book.xlsx", tmp_path / "book.xlsx")


def test_each_file_that_no_milestone_names_is_told_at_the_workbook(book: Workbook) -> None:
    put(book.file.parent / "signoffs", "a.pdf", "b.pdf", "2026/c.pdf")
    rest = "in the sign-off folder “signoffs” is named by no milestone of the workbooks read here."
    assert orphans(["A.pdf"], [book]) == [
        Notice("F309", "book.xlsx", value=name, facts={"what": f"“{name}” {rest}", "others": ""})
        for name in ("2026/c.pdf", "b.pdf")
    ]


def test_a_file_that_is_named_in_any_way_is_no_orphan(book: Workbook) -> None:
    put(book.file.parent / "signoffs", "a.pdf", "2026/b.pdf", "c-final.pdf", "d.pdf")
    (book.file.parent / "signoffs" / "empty.pdf").touch()
    assert orphans(["a.pdf", "b.pdf\nempty.pdf", "c-finall.pdf", "/elsewhere/d.pdf"], [book]) == []


def test_a_void_milestone_has_its_file_too(book: Workbook) -> None:
    put(book.file.parent / "signoffs", "a.pdf", "b.pdf")
    frame = frame_of([{"signoff": "a.pdf"}, {"signoff": "b.pdf", "status": "void"}])
    found = replace(milestones([]), frame=frame)
    assert check_signoffs(found, [book], Settings(as_of=AS_OF))[1] == []


def test_two_names_that_differ_in_case_only_are_two_files(book: Workbook) -> None:
    folder = book.file.parent / "signoffs"
    put(folder, "a.pdf", "A.pdf")
    if len(list(folder.iterdir())) < 2:
        pytest.skip("this file system takes the two for one")
    assert [notice.value for notice in orphans(["A.pdf"], [book])] == ["a.pdf"]


@pytest.mark.parametrize(
    "name",
    [
        "Thumbs.db", "desktop.ini", ".DS_Store", "~$order.docx", "~WRL0001.tmp", ".~lock.a.odt#", ".hidden/b.pdf",
        "@eaDir/b.pdf", "__MACOSX/b.pdf",
    ],
)  # fmt: skip
def test_what_systems_leave_in_folders_is_no_orphan(name: str, book: Workbook) -> None:
    put(book.file.parent / "signoffs", "a.pdf", name)
    assert orphans(["a.pdf"], [book]) == []


def test_a_folder_that_was_not_needed_or_is_away_has_no_orphans(book: Workbook) -> None:
    assert orphans(["a.pdf"], [book]) == []
    put(book.file.parent / "signoffs", "a.pdf")
    assert orphans(["", ""], [book]) == []


def test_a_folder_that_workbooks_share_is_told_once_and_each_may_name_its_files(tmp_path: Path) -> None:
    put(tmp_path / "chosen", "a.pdf", "b.pdf")
    books = [Workbook(f"{name}.xlsx", tmp_path / name / f"{name}.xlsx") for name in ("one", "two")]
    found = orphans(["a.pdf"], books, chosen=tmp_path / "chosen")
    assert [(notice.workbook, notice.value) for notice in found] == [("one.xlsx", "b.pdf")]


def test_a_folder_in_the_folder_of_another_sheet_is_told_once(book: Workbook) -> None:
    put(book.file.parent / "signoffs", "a.pdf", "harbour/b.pdf", "harbour/c.pdf")
    sheets = (
        Sheet("book.xlsx", "1", 1, COLUMNS),
        Sheet("book.xlsx", "2", 1, COLUMNS, signoff_folder="signoffs/harbour"),
    )
    for order in (sheets, sheets[::-1]):
        frame = frame_of([{"signoff": cell, "sheet_id": number} for number, cell in enumerate(["a.pdf", "b.pdf"])])
        if order is not sheets:
            frame["sheet_id"] = 1 - frame["sheet_id"]
        found = replace(milestones([]), frame=frame.sort_values("sheet_id"), sheets=order)
        _done, notices = check_signoffs(found, [book], Settings(as_of=AS_OF))
        assert [notice.value.removeprefix("harbour/") for notice in notices] == ["c.pdf"]


def test_a_folder_is_one_folder_however_its_path_is_written(book: Workbook, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of the settings is relative to the file that names it; one of a block to the workbook."""
    monkeypatch.chdir(book.file.parent)
    put(Path("signoffs"), "a.pdf", "b.pdf")
    sheets = (Sheet("book.xlsx", "1", 1, COLUMNS), Sheet("book.xlsx", "2", 1, COLUMNS, signoff_folder="signoffs"))
    frame = frame_of([{"signoff": cell, "sheet_id": number} for number, cell in enumerate(["a.pdf", "b.pdf"])])
    found = replace(milestones([]), frame=frame, sheets=sheets)
    done, notices = check_signoffs(found, [book], Settings(as_of=AS_OF, signoffs_default=Path("signoffs")))
    assert (done.frame["evidence"].tolist(), notices) == (["found", "found"], [])


def test_beside_a_workbook_that_was_not_read_no_single_file_is_called_an_orphan(book: Workbook) -> None:
    put(book.file.parent / "signoffs", "a.pdf", *(f"{number}.pdf" for number in range(5)))
    [told] = orphans(["a.pdf"], [book], [book.file.with_name("other.xlsx")])
    assert told.value == "signoffs"
    assert told.facts == {
        "what": "“0.pdf” and 4 other files in the sign-off folder “signoffs” are named by no milestone of the "
        "workbooks read here.",
        "others": " “other.xlsx” was not read, and may name them.",
    }


def test_a_single_file_may_be_anothers_too(book: Workbook) -> None:
    put(book.file.parent / "signoffs", "a.pdf", "b.pdf")
    [told] = orphans(["a.pdf"], [book], [book.file.with_name(f"{number}.xlsx") for number in range(2)])
    assert (told.value, told.facts["others"]) == ("b.pdf", " “0.xlsx” and “1.xlsx” were not read, and may name it.")


def test_nothing_is_said_of_other_workbooks_where_every_file_is_named(book: Workbook) -> None:
    put(book.file.parent / "signoffs", "a.pdf")
    assert orphans(["a.pdf"], [book], [book.file.with_name("other.xlsx")]) == []


def test_a_workbook_of_the_run_that_could_not_be_read_may_name_files_too(book: Workbook) -> None:
    put(book.file.parent / "signoffs", "a.pdf", "b.pdf", "c.pdf")
    locked = Workbook("locked.xlsx", book.file.with_name("locked.xlsx"), readable=False)
    [told] = orphans(["a.pdf"], [book, locked])
    assert told.facts["others"] == " “locked.xlsx” was not read, and may name them."


def test_a_workbook_elsewhere_cannot_use_a_folder_below_another(book: Workbook, tmp_path: Path) -> None:
    """Only a folder that was given for all workbooks may be used from anywhere."""
    put(book.file.parent / "signoffs", "a.pdf", "b.pdf")
    elsewhere = [tmp_path / "signoffsx" / "other.xlsx"]
    assert [notice.facts["others"] for notice in orphans(["a.pdf"], [book], elsewhere)] == [""]
    [told] = orphans(["a.pdf"], [book], elsewhere, chosen=tmp_path / "signoffs")
    assert told.facts["others"] == " “other.xlsx” was not read, and may name it."
