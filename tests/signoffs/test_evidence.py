"""The stage: which folder counts, listed once, and what is said when it is away."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from milestone_report.model import EVIDENCE_COLUMNS, Column, Settings, Sheet, Workbook
from milestone_report.signoffs import SignoffFolder, check_signoffs, list_folder
from tests.building import AS_OF, COLUMNS
from tests.signoffs.examples import evidence, matched, milestones

if TYPE_CHECKING:
    from pathlib import Path


def test_the_folder_is_the_chosen_one_else_the_blocks_else_signoffs(tmp_path: Path) -> None:
    for name in ("chosen", "block", "signoffs"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.pdf").write_bytes(b"x")
    cells = ["chosen.pdf", "block.pdf", "signoffs.pdf"]
    found, missing = "found", "missing"
    assert evidence(cells, tmp_path)[0] == [missing, missing, found]
    assert evidence(cells, tmp_path, signoff_folder="block")[0] == [missing, found, missing]
    assert evidence(cells, tmp_path, tmp_path / "chosen", signoff_folder="block")[0] == [found, missing, missing]


@pytest.mark.parametrize(
    ("block", "link"),
    [
        ("", "signoffs/a.pdf"),
        ("approvals", "approvals\\a.pdf"),
        ("\\\\server\\share\\signoffs", "file:///\\\\server\\share\\signoffs\\a.pdf"),
        ("C:\\Users\\maya\\signoffs", "file:///C:\\Users\\maya\\signoffs\\a.pdf"),
    ],
)
def test_the_chosen_folder_stands_for_the_one_that_the_workbook_names(tmp_path: Path, block: str, link: str) -> None:
    (tmp_path / "chosen").mkdir()
    (tmp_path / "chosen" / "a.pdf").write_bytes(b"x")
    assert evidence([link], tmp_path / "books", tmp_path / "chosen", signoff_folder=block) == (["found"], [])


def test_a_missing_folder_is_said_once_and_only_when_it_is_needed(tmp_path: Path) -> None:
    assert evidence(["a.pdf", "b.pdf", ""], tmp_path) == (["unchecked", "unchecked", "none"], ["F305"])
    assert evidence(["", ""], tmp_path) == (["none", "none"], [])
    assert evidence(["https://example.com", "/etc/passwd"], tmp_path) == (["link", "refused"], [])


def test_a_folder_is_said_once_for_a_workbook_and_listed_once_for_the_run(tmp_path: Path) -> None:
    books = [Workbook(name, tmp_path / name) for name in ("a.xlsx", "b.xlsx")]
    sheets = [
        Sheet(book, f"{book} {number}", 1, COLUMNS, signoff_folder=folder, signoff_folder_cell="B2")
        for book in ("a.xlsx", "b.xlsx")
        for number, folder in enumerate(["", "", "away", "away", "away"])
    ]
    one = milestones(["a.pdf"]).frame
    frame = pd.concat([one.assign(sheet_id=number) for number in range(len(sheets))], ignore_index=True)
    found = replace(milestones(["a.pdf"]), frame=frame, sheets=tuple(sheets))
    listed: list[Path] = []

    def list_files(folder: SignoffFolder) -> SignoffFolder:
        listed.append(folder.path)
        return list_folder(folder)

    _done, notices = check_signoffs(found, books, Settings(as_of=AS_OF), list_files=list_files)
    assert listed == [tmp_path / "signoffs", tmp_path / "away"]
    away = "cannot be used: it does not exist. The sign-offs of"
    whole = f"The sign-off folder “signoffs” {away} this workbook were not checked."
    three = f"The sign-off folder “away” {away} 3 sheets were not checked."
    said = [(notice.workbook, notice.cell, notice.facts["what"]) for notice in notices]
    assert said == [
        ("a.xlsx", "", whole), ("a.xlsx", "B2", three), ("b.xlsx", "", whole), ("b.xlsx", "B2", three)
    ]  # fmt: skip


def test_a_file_that_another_milestone_names_is_not_suggested_for_a_missing_one(tmp_path: Path) -> None:
    folder = tmp_path / "signoffs"
    for name in ("phase-1.pdf", "phase-2.pdf", "old/design.pdf"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"%PDF-1.7")

    def hints(*cells: str) -> list[str]:
        return matched(cells, tmp_path)[0].frame["signoff_hint"].tolist()

    assert hints("phase-3.pdf", "") == ["phase-1.pdf", ""]
    assert hints("phase-3.pdf", "phase-1.pdf") == ["phase-2.pdf", ""]
    assert hints("phase-1.pdf", "phase-3.pdf", "phase-2.pdf\nphase-1.pdf") == ["", "", ""]
    assert hints("sub/design.pdf", "") == ["old/design.pdf", ""]
    assert hints("sub/design.pdf", "old/design.pdf") == ["", ""]


@pytest.mark.parametrize(
    "folder",
    [
        "..", "\\\\server\\share", "/etc", "C:\\", "C:", "https://example.com/", "file:///etc", "a/../../b", "a/.. /b", "smb://x",
        "sign\0offs", "x" * 5000,
    ],
)  # fmt: skip
def test_a_block_cannot_send_the_program_elsewhere(tmp_path: Path, folder: str) -> None:
    assert evidence(["passwd"], tmp_path, signoff_folder=folder) == (["unchecked"], ["F305"])


def test_the_notice_says_whether_all_or_a_part_was_not_checked(tmp_path: Path) -> None:
    _done, [away] = matched(["a.pdf"], tmp_path)
    assert "cannot be used: it does not exist" in away.facts["what"]
    (tmp_path / "signoffs").mkdir()
    (tmp_path / "signoffs" / "old").symlink_to("elsewhere")
    _done, [partly] = matched(["a.pdf"], tmp_path)
    assert "cannot be listed whole: “old” is a link" in partly.facts["what"]


def test_a_sheet_without_a_signoff_column_is_unchecked_not_unsigned(tmp_path: Path) -> None:
    columns = {"milestone": Column("A", "Milestone")}
    assert evidence(["", ""], tmp_path, columns=columns) == (["unchecked", "unchecked"], [])


def test_the_frame_gains_the_columns_that_the_model_names(tmp_path: Path) -> None:
    (tmp_path / "signoffs").mkdir()
    for name in ("deposit.pdf", "final.pdf"):
        (tmp_path / "signoffs" / name).write_bytes(b"x")
    done, _notices = matched(["deposit.pdf", "fnial.pdf", "Deposit.pdf"], tmp_path)
    path = str(tmp_path / "signoffs" / "deposit.pdf")
    odd = "“deposit.pdf” does not begin as a PDF document does: it is damaged, or something else"
    assert done.frame[list(EVIDENCE_COLUMNS)].to_numpy().tolist() == [
        ["found", path, "", "", "", odd, ""],
        ["missing", "", "fnial.pdf", "final.pdf", "", "", ""],
        ["found", path, "Deposit.pdf", "deposit.pdf", "", odd, ""],
    ]  # fmt: skip
