"""The stage as a whole: what the files hold becomes columns, and what could not be opened is said."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from milestone_report.model import Milestones, Notice, Settings, Sheet, Workbook
from milestone_report.signoffs import Content, check_signoffs, look_into
from tests.building import AS_OF, COLUMNS, frame_of
from tests.signoffs.examples import milestones

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

PDF = b"%PDF-1.7 "


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    contents = {"a.pdf": PDF + b"one", "b.pdf": PDF + b"one", "c.pdf": PDF + b"two", "long.pdf": PDF * 9}
    contents["page.pdf"] = b"<html>"
    contents["list.xlsx"] = b"PK\x03\x04"
    for name, content in contents.items():
        (tmp_path / "signoffs").mkdir(exist_ok=True)
        (tmp_path / "signoffs" / name).write_bytes(content)
    return tmp_path / "signoffs"


def checked(
    rows: Sequence[dict[str, Any]], folder: Path, look: Any = look_into, **settings: Any
) -> tuple[Milestones, list[Notice]]:
    """The stage over rows of two workbooks; what it says of orphans is left out."""
    books = [Workbook(name, folder.with_name(name)) for name in ("one.xlsx", "two.xlsx")]
    sheets = tuple(Sheet(book.path, "Sheet", 1, COLUMNS) for book in books)
    found = replace(milestones([]), frame=frame_of(rows), sheets=sheets)
    done, notices = check_signoffs(found, books, Settings(as_of=AS_OF, **settings), look=look)
    return done, [notice for notice in notices if notice.code != "F309"]


def test_files_that_hold_the_same_are_known_by_the_same(folder: Path) -> None:
    done, _notices = checked([{"signoff": cell} for cell in ("a.pdf", "b.pdf", "c.pdf", "long.pdf")], folder)
    a, b, c, alone = done.frame["signoff_content"].tolist()
    assert a == b
    assert c not in (a, "")
    assert alone == ""


def test_there_is_a_line_for_each_file_that_was_found(folder: Path) -> None:
    done, _notices = checked([{"signoff": "a.pdf\nlong.pdf\nzzz.pdf\nb.pdf"}, {"signoff": "zzz.pdf"}], folder)
    many, none = done.frame["signoff_content"].tolist()
    first, second, third = many.split("\n")
    assert (first, second, none) == (third, "", "")
    assert len(done.frame["signoff_path"][0].split("\n")) == 3


def test_every_odd_file_of_a_cell_is_told(folder: Path) -> None:
    done, _notices = checked([{"signoff": "page.pdf\na.pdf\nlist.xlsx"}, {"signoff": "a.pdf"}], folder)
    odd, fine = done.frame["signoff_odd"].tolist()
    assert odd.startswith("“page.pdf” is a web page, and")
    assert odd.endswith(
        "; “list.xlsx” is of a kind that is not expected here (.xlsx); by its content it is a ZIP archive"
    )
    assert fine == ""


def test_the_expected_kinds_may_be_written_with_a_dot_or_in_capitals(folder: Path) -> None:
    done, _notices = checked([{"signoff": "list.xlsx"}], folder, signoff_extensions=(".XLSX",))
    assert done.frame["signoff_odd"].tolist() == [""]


def test_only_files_that_live_milestones_name_are_opened(folder: Path) -> None:
    opened: list[str] = []

    def look(paths: Sequence[str]) -> Mapping[str, Content]:
        opened.extend(paths)
        return look_into(paths)

    rows = [
        {"signoff": "a.pdf"},
        {"signoff": "A.PDF"},
        {"signoff": "page.pdf", "status": "void"},
        {"signoff": "zzz.pdf"},
    ]
    done, _notices = checked(rows, folder, look)
    assert opened == [str(folder / "a.pdf")]
    assert done.frame["signoff_odd"].tolist() == [""] * 4


def test_files_that_could_not_be_opened_are_one_notice_for_each_workbook(folder: Path) -> None:
    """Where all sign-offs are in the cloud only, nobody wants to read so for each of them."""
    why = "it is only in the cloud, not on this computer"

    def look(paths: Sequence[str]) -> Mapping[str, Content]:
        return {path: Content(PDF) if path.endswith("long.pdf") else Content(problem=why) for path in paths}

    rows = [{"signoff": cell, "sheet_id": sheet} for cell, sheet in
            (("a.pdf\nb.pdf", 0), ("c.pdf", 0), ("page.pdf", 0), ("long.pdf", 0), ("b.pdf", 1))]  # fmt: skip
    done, notices = checked(rows, folder, look)
    assert notices == [
        Notice("F308", "one.xlsx", value="a.pdf", facts={"what": (
            f"“a.pdf” and 3 other files could not be looked into (“a.pdf”: {why}). "
            "Whether they are what their names say was not checked."
        )}),
        Notice("F308", "two.xlsx", value="b.pdf", facts={"what": (
            f"“b.pdf” could not be looked into ({why}). Whether it is what its name says was not checked."
        )}),
    ]  # fmt: skip
    assert done.frame["evidence"].tolist() == ["found"] * 5
    assert done.frame["signoff_odd"].tolist() == [""] * 5
