"""One workbook file: bytes → sheets → columns of values. This is what runs in the worker process.

`read_workbook` is a pure function of the file: it writes nothing, keeps nothing, imports no pandas.
"""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from milestone_report.model import Notice, ReadingSettings, SkippedSheet, Workbook
from milestone_report.reading.grid import Grid
from milestone_report.reading.ooxml import Package
from milestone_report.reading.sheet import SheetContext, SheetRows, read_sheet
from milestone_report.reading.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from milestone_report.reading.fields import Columns

SAVE_AGAIN = "Open it in Excel and save it again as .xlsx. If Excel cannot open it either, fetch it from a backup."

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Source:
    """A workbook to read: where it lies, what people see of it, and the settings it is read under."""

    file: Path
    path: str
    settings: ReadingSettings = field(default_factory=ReadingSettings)


@dataclass(slots=True)
class WorkbookRows:
    """What one workbook gave. `columns` has the rows of all its used sheets, `sheet_id` counts within it."""

    workbook: Workbook
    columns: Columns = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)


class _RefusedError(Exception):
    """A file that cannot be read: the code of its notice, why, and what to do."""

    def __init__(self, why: str, code: str = "W001", how: str = SAVE_AGAIN) -> None:
        super().__init__(why)
        self.code, self.why, self.how = code, why, how


def unreadable(source: Source, why: str, code: str = "W001", how: str = SAVE_AGAIN) -> WorkbookRows:
    """A workbook that cannot be read is data, too."""
    book = Workbook(source.path, source.file, readable=False)
    return WorkbookRows(book, notices=[Notice(code, source.path, facts={"why": why, "how": how})])


def read_workbook(source: Source) -> WorkbookRows:
    """Read one workbook; one that cannot be read comes back as such, with the reason as a notice."""
    try:
        data, saved = _load(source.file)
        reader = _open(data)
    except _RefusedError as refused:
        return unreadable(source, refused.why, refused.code, refused.how)
    package = _package(data)
    if package is not None and package.is_own_output:
        why = "it is a summary made by milestone-report"
        book = Workbook(source.path, source.file, last_saved=package.last_saved, own_output=True)
        return WorkbookRows(book, notices=[Notice("W004", source.path, facts={"why": why})])
    if package is not None and package.last_saved is not None:
        saved = package.last_saved
    return collect(source, saved, list(_sheets(reader, package, source)))


def _load(file: Path) -> tuple[bytes, dt.datetime]:
    """The bytes of a file and the time it was written."""
    try:
        return file.read_bytes(), dt.datetime.fromtimestamp(file.stat().st_mtime, tz=dt.UTC)
    except FileNotFoundError as error:
        raise _RefusedError("there is no such file", how="Check the path, and that its drive is connected.") from error
    except ValueError as error:
        raise _RefusedError("its name is not possible", how="Check the path.") from error
    except OSError as error:
        why = f"the system refuses ({error.strerror or error})"
        how = "Check that you may open it, and that no other program has locked it."
        raise _RefusedError(why, how=how) from error


def _open(data: bytes) -> CalamineWorkbook:
    """The reader over a file's bytes."""
    if not data:
        raise _RefusedError("the file is empty")
    # Excel wraps an encrypted xlsx in an OLE file with this stream ([MS-OFFCRYPTO] §2.3.4.4).
    if data.startswith(_OLE) and _ENCRYPTED_STREAM in data:
        raise _RefusedError("it is encrypted", "W002")
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError as error:
        raise _RefusedError("it is encrypted", "W002") from error
    except CalamineError as error:
        raise _RefusedError(_reason(error, data)) from error


def _sheets(reader: CalamineWorkbook, package: Package | None, source: Source) -> Iterator[SheetRows]:
    words = vocabulary(source.settings.columns, source.settings.statuses)
    context = SheetContext(source.path, words, source.settings)
    if package is not None:
        context = SheetContext(source.path, words, source.settings, package.epoch_1904, package.details)
    for index, metadata in enumerate(reader.sheets_metadata):
        if metadata.typ is not SheetTypeEnum.WorkSheet:
            continue
        try:
            sheet = reader.get_sheet_by_index(index)
            rows = sheet.to_python(skip_empty_area=True)
        except CalamineError as error:
            why = f"the sheet is damaged ({error})"
            notice = Notice("W001", source.path, metadata.name, facts={"why": why, "how": SAVE_AGAIN})
            yield SheetRows(skipped=SkippedSheet(metadata.name, why), notices=[notice])
            continue
        top, left = sheet.start or (0, 0)
        hidden = metadata.visible is not SheetVisibleEnum.Visible
        merged = tuple(sheet.merged_cell_ranges or ())
        yield read_sheet(Grid(metadata.name, rows, top, left, hidden, merged), context)


def collect(source: Source, saved: dt.datetime, sheets: list[SheetRows]) -> WorkbookRows:
    """Put the sheets of one workbook together."""
    used = [sheet for sheet in sheets if sheet.sheet is not None]
    columns: Columns = {"sheet_id": []}
    for index, sheet in enumerate(used):
        columns["sheet_id"] += [index] * len(sheet.columns["row"])
        for name, values in sheet.columns.items():
            columns.setdefault(name, []).extend(values)
    book = Workbook(
        path=source.path,
        file=source.file,
        last_saved=saved.astimezone(),  # people know when they saved by the clock on their wall
        sheets_used=tuple(sheet.sheet for sheet in used if sheet.sheet is not None),
        sheets_skipped=tuple(sheet.skipped for sheet in sheets if sheet.skipped is not None),
    )
    return WorkbookRows(book, columns, [notice for sheet in sheets for notice in sheet.notices])


def _package(data: bytes) -> Package | None:
    """The file as an Open XML package, None for xls, xlsb, ods and what only looks like one."""
    try:
        return Package(data) if data.startswith(b"PK") else None
    except ValueError:
        return None


def _reason(error: CalamineError, data: bytes) -> str:
    """What is wrong with a file that the reader refuses, in a finance person's words."""
    if "detect file format" in str(error):
        damaged = data.startswith((b"PK", _OLE))
        return "it is damaged or was not saved completely" if damaged else "it is not an Excel workbook"
    return f"it is damaged ({error})"
