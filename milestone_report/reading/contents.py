"""A workbook as a reader is asked for it, and what reading it gives: all of reading that the run itself needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from milestone_report.model import Notice, ReadingSettings, Workbook
from milestone_report.reading.refusal import SAVE_AGAIN

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from milestone_report.reading.fields import Columns


@dataclass(frozen=True, slots=True)
class Source:
    """A workbook to read: where it lies, what people see of it, and the settings it is read under.

    `same` are other files of the run that hold the same bytes, and so are not read.
    """

    file: Path
    path: str
    settings: ReadingSettings = field(default_factory=ReadingSettings)
    same: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Proof:
    """Of which bytes rows were read: how many, their BLAKE2b hash, and when the file was written.

    `by_file_time` is whether that time is also what the rows say of when the workbook was saved.
    """

    size: int
    digest: bytes
    written: dt.datetime
    by_file_time: bool


@dataclass(slots=True)
class WorkbookRows:
    """What one workbook gave. `columns` has the rows of all its used sheets, `sheet_id` counts within it.

    `proof` is None where the rows must not be kept for another run: something in it could not be read, which
    may be otherwise next time, or it is encrypted.
    """

    workbook: Workbook
    columns: Columns = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
    proof: Proof | None = None


def unreadable(source: Source, why: str, code: str = "W001", how: str = SAVE_AGAIN) -> WorkbookRows:
    """A workbook that cannot be read is data, too."""
    book = Workbook(source.path, source.file, readable=False)
    return WorkbookRows(book, notices=[Notice(code, source.path, facts={"why": why, "how": how})])
