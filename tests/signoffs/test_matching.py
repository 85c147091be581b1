"""Names in cells against the folder's list, and nothing a cell says ever touched on disk."""

from __future__ import annotations

import builtins
import os
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milestone_report.model import Column, Evidence, Milestones, Sheet, Workbook
from milestone_report.signoffs import SignoffFolder, list_folder, match_cell, match_signoffs, with_files
from milestone_report.signoffs import folder as folders
from milestone_report.signoffs.hints import MOST_SUGGESTIONS, Hints
from tests.building import AS_OF, COLUMNS, frame_of

BESIDE = Path("/books")
FOLDER = with_files(
    SignoffFolder(Path("/books/signoffs"), "signoffs"),
    {
        key: (name, size)
        for key, name, size in (
            ("deposit.pdf", "deposit.pdf", 10),
            ("café.pdf", "Caf\u00e9.pdf", 10),
            ("empty.pdf", "empty.pdf", 0),
            ("2026/final.pdf", "2026/final.pdf", 10),
            ("2025/twice.pdf", "2025/twice.pdf", 10),
            ("2026/twice.pdf", "2026/twice.pdf", 10),
            ("design-ok-v2.pdf", "design-ok-v2.pdf", 10),
        )
    },
)


def evidence(cell: str) -> Evidence:
    return match_cell(cell, FOLDER, BESIDE).evidence


@pytest.mark.parametrize(
    "cell",
    [
        "deposit.pdf", "DEPOSIT.PDF", " deposit.pdf ", "./deposit.pdf", ".\\deposit.pdf", "signoffs/deposit.pdf",
        "signoffs\\deposit.pdf", "../books/signoffs/deposit.pdf", "file:///books/signoffs/deposit.pdf",
        "/books/signoffs/deposit.pdf", "signoffs/deposit%2Epdf", "cafe\u0301.pdf", "2026/final.pdf", "final.pdf",
        "2026/../deposit.pdf", "deposit.pdf\nfinal.pdf",
    ],
)  # fmt: skip
def test_a_name_below_the_folder_is_found(cell: str) -> None:
    assert evidence(cell) is Evidence.FOUND


@pytest.mark.parametrize(
    "cell",
    [
        "../deposit.pdf", "..\\..\\secret\\contract.pdf", "/etc/passwd", "C:\\Users\\maya\\a.pdf", "c:a.pdf",
        "\\\\server\\share\\deposit.pdf", "//server/share/deposit.pdf", "file:///etc/passwd", "file://server/share/a.pdf",
        "javascript:alert(1)", "..", "signoffs/../../x.pdf", "%2e%2e/%2e%2e/x.pdf", "a\0b.pdf", "smb://server/a.pdf",
    ],
)  # fmt: skip
def test_a_name_outside_the_folder_is_refused(cell: str) -> None:
    assert evidence(cell) is Evidence.REFUSED


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("", Evidence.NONE),
        ("nothing.pdf", Evidence.MISSING),
        ("empty.pdf", Evidence.EMPTY),
        ("twice.pdf", Evidence.MISSING),
        ("https://example.com/a.pdf", Evidence.LINK),
        ("MAILTO:maya@example.com", Evidence.LINK),
        ("deposit.pdf\nnothing.pdf", Evidence.MISSING),
        ("nothing.pdf\nempty.pdf", Evidence.MISSING),
        ("deposit.pdf\n../x.pdf", Evidence.REFUSED),
        ("deposit.pdf\nhttps://example.com", Evidence.LINK),
        (".", Evidence.MISSING),
        ("x" * 5000, Evidence.MISSING),
    ],
)
def test_the_worst_name_of_a_cell_decides(cell: str, expected: Evidence) -> None:
    assert evidence(cell) is expected


def test_a_folder_that_cannot_be_reached_makes_nothing_unsigned() -> None:
    away = SignoffFolder(Path("/books/signoffs"), "signoffs", problem="it does not exist")
    assert match_cell("deposit.pdf", away, BESIDE).evidence is Evidence.UNCHECKED
    assert match_cell("/etc/passwd", away, BESIDE).evidence is Evidence.REFUSED


def test_a_missing_name_gets_a_hint() -> None:
    assert match_cell("design-ok.pdf", FOLDER, BESIDE).hint == "design-ok-v2.pdf"
    assert match_cell("zzz.pdf", FOLDER, BESIDE).hint == ""


@given(st.text(max_size=60))
def test_no_name_upsets_the_matching(name: str) -> None:
    assert match_cell(name, FOLDER, BESIDE).evidence in Evidence


def milestones(cells: list[str], **sheet: Any) -> Milestones:
    columns = sheet.pop("columns", COLUMNS)
    frame = frame_of([{"signoff": cell, "amount": 100} for cell in cells])
    return Milestones(frame, (Sheet("book.xlsx", "Harbour", 1, columns, **sheet),), AS_OF)


def match(found: Milestones, folder: Path, chosen: Path | None = None) -> tuple[list[str], list[str]]:
    done, notices = match_signoffs(found, [Workbook("book.xlsx", folder / "book.xlsx")], chosen)
    return done.frame["evidence"].tolist(), [notice.code for notice in notices]


def test_the_folder_is_the_chosen_one_else_the_blocks_else_signoffs(tmp_path: Path) -> None:
    for name in ("chosen", "block", "signoffs"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.pdf").write_bytes(b"x")
    cells = ["chosen.pdf", "block.pdf", "signoffs.pdf"]
    found, missing = "found", "missing"
    assert match(milestones(cells), tmp_path)[0] == [missing, missing, found]
    assert match(milestones(cells, signoff_folder="block"), tmp_path)[0] == [missing, found, missing]
    chosen = match(milestones(cells, signoff_folder="block"), tmp_path, tmp_path / "chosen")
    assert chosen[0] == [found, missing, missing]


def test_a_missing_folder_is_said_once_and_only_when_it_is_needed(tmp_path: Path) -> None:
    assert match(milestones(["a.pdf", "b.pdf", ""]), tmp_path) == (["unchecked", "unchecked", "none"], ["F305"])
    assert match(milestones(["", ""]), tmp_path) == (["none", "none"], [])


@pytest.mark.parametrize("folder", ["..", "\\\\server\\share", "/etc", "C:\\", "https://example.com/", "a/../../b"])
def test_a_block_cannot_send_the_program_elsewhere(tmp_path: Path, folder: str) -> None:
    assert match(milestones(["passwd"], signoff_folder=folder), tmp_path) == (["unchecked"], ["F305"])


def test_a_file_in_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "signoffs").write_bytes(b"")
    assert match(milestones(["a.pdf"]), tmp_path) == (["unchecked"], ["F305"])


def test_a_sheet_without_a_signoff_column_is_unchecked_not_unsigned(tmp_path: Path) -> None:
    columns = {"milestone": Column("A", "Milestone")}
    assert match(milestones(["", ""], columns=columns), tmp_path) == (["unchecked", "unchecked"], [])


def test_the_listing_goes_down_but_not_through_links(tmp_path: Path) -> None:
    folder = tmp_path / "signoffs"
    (folder / "2026").mkdir(parents=True)
    (folder / "2026" / unicodedata.normalize("NFD", "Café.pdf")).write_bytes(b"x")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "broken.pdf").symlink_to(tmp_path / "nowhere")
    listed = list_folder(SignoffFolder(folder, "signoffs"))
    assert not listed.problem
    assert list(listed.files) == ["2026/café.pdf"]


def test_too_many_files_are_a_problem_not_an_endless_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "MOST_FILES", 3)
    for number in range(5):
        (tmp_path / f"{number}.pdf").write_bytes(b"x")
    assert "more than 3 files" in list_folder(SignoffFolder(tmp_path, "signoffs")).problem


def test_a_refused_path_is_never_touched_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every way to the disk is watched while the names are matched."""
    (tmp_path / "signoffs").mkdir()
    touched: list[str] = []

    def watch(module: Any, name: str) -> None:
        real = getattr(module, name)

        def watched(path: Any, *rest: Any, **more: Any) -> Any:
            touched.append(str(path))
            return real(path, *rest, **more)

        monkeypatch.setattr(module, name, watched)

    for module, name in ((os, "stat"), (os, "lstat"), (os, "scandir"), (os, "open"), (os, "listdir"), (os, "readlink"),
                         (builtins, "open")):  # fmt: skip
        watch(module, name)
    cells = ["\\\\server\\share\\a.pdf", "/etc/passwd", "..\\secret.pdf", "C:\\a.pdf", "file:///etc/passwd", "ok.pdf"]
    found, _codes = match(milestones(cells), tmp_path)
    assert found == ["refused"] * 5 + ["missing"]
    assert set(touched) == {str(tmp_path / "signoffs")}


def test_thousands_of_missing_names_are_matched_without_comparing_each_with_each() -> None:
    """Hints stop at a bound; the count of comparisons must not grow with names times files."""
    files = {f"file-{number}.pdf": (f"file-{number}.pdf", 1) for number in range(16_000)}
    folder = with_files(SignoffFolder(Path("/books/signoffs"), "signoffs"), files)
    hints = Hints()
    found = [match_cell(f"file-{number}x.pdf", folder, BESIDE, hints).hint for number in range(2_000)]
    assert sum(bool(hint) for hint in found) <= MOST_SUGGESTIONS


@pytest.mark.parametrize("name", ["report%20final.pdf", "Re: approval.eml", "https.pdf", "a;b.pdf", "javascript:x.pdf"])
def test_a_name_that_stands_in_the_list_is_found_whatever_it_looks_like(name: str) -> None:
    folder = with_files(SignoffFolder(Path("/books/signoffs"), "signoffs"), {name.casefold(): (name, 9)})
    assert match_cell(name, folder, BESIDE).evidence is Evidence.FOUND


def test_one_entry_that_cannot_be_opened_hides_no_other(tmp_path: Path) -> None:
    folder = tmp_path / "signoffs"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(b"x")
    (folder / "loop").symlink_to("loop")
    found, codes = match(milestones(["a.pdf", "b.pdf"]), tmp_path)
    assert found == ["found", "unchecked"]
    assert codes == ["F305"]


@pytest.mark.parametrize("folder", ["sign\0offs", "x" * 5000])
def test_an_impossible_folder_name_is_said(tmp_path: Path, folder: str) -> None:
    assert match(milestones(["a.pdf"], signoff_folder=folder), tmp_path) == (["unchecked"], ["F305"])


def test_of_two_names_that_differ_in_case_the_one_with_content_counts(tmp_path: Path) -> None:
    folder = tmp_path / "signoffs"
    folder.mkdir()
    (folder / "DUP.pdf").write_bytes(b"")
    (folder / "dup.pdf").write_bytes(b"x")
    assert match(milestones(["dup.pdf"]), tmp_path)[0] == ["found"]
