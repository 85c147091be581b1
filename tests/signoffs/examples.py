"""Folders and milestones for the tests of sign-offs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from milestone_report.model import Milestones, Notice, Settings, Sheet, Workbook
from milestone_report.signoffs import SignoffFolder, check_signoffs, list_folder, with_files
from milestone_report.text import same_name
from tests.building import AS_OF, COLUMNS, frame_of

if TYPE_CHECKING:
    from collections.abc import Sequence

BESIDE = Path("/books")


def folder_of(*names: str, empty: Sequence[str] = ()) -> SignoffFolder:
    """The folder /books/signoffs as if it had been listed with these files."""
    files = {same_name(name): (name, 10) for name in names} | {same_name(name): (name, 0) for name in empty}
    return with_files(SignoffFolder(BESIDE / "signoffs", "signoffs"), files)


def milestones(cells: Sequence[str], **sheet: Any) -> Milestones:
    """One sheet with a milestone for each sign-off cell."""
    columns = sheet.pop("columns", COLUMNS)
    frame = frame_of([{"signoff": cell, "amount": 100} for cell in cells])
    return Milestones(frame, (Sheet("book.xlsx", "Harbour", 1, columns, **sheet),), AS_OF)


def matched(
    cells: Sequence[str], beside: Path, chosen: Path | None = None, **sheet: Any
) -> tuple[Milestones, list[Notice]]:
    """The stage over one workbook in a real folder."""
    settings = Settings(as_of=AS_OF, signoffs=chosen)
    return check_signoffs(milestones(cells, **sheet), [Workbook("book.xlsx", beside / "book.xlsx")], settings)


def evidence(
    cells: Sequence[str], beside: Path, chosen: Path | None = None, **sheet: Any
) -> tuple[list[str], list[str]]:
    """What the stage found for each cell, and F305 for each folder that left one unchecked."""
    done, notices = matched(cells, beside, chosen, **sheet)
    return done.frame["evidence"].tolist(), [notice.code for notice in notices if notice.code == "F305"]


def listing(folder: Path) -> SignoffFolder:
    """A real folder, listed."""
    return list_folder(SignoffFolder(folder, folder.name))
