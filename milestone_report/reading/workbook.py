"""One workbook file: bytes → sheets → columns of values. This is what runs in the worker process.

`read_workbook` is a pure function of the file: it writes nothing, keeps nothing, imports no pandas.
"""

from __future__ import annotations

import hashlib
import io
import posixpath
from dataclasses import replace
from typing import TYPE_CHECKING

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    WorksheetNotFound,
)

from milestone_report.facts import phrase
from milestone_report.keeping import DIGEST_SIZE
from milestone_report.model import Notice, SkippedSheet, Workbook
from milestone_report.reading.contents import Proof, WorkbookRows, unreadable
from milestone_report.reading.grid import Grid
from milestone_report.reading.limits import CUT_IT, check_parts, too_far, too_large_to_unpack
from milestone_report.reading.loading import load
from milestone_report.reading.ooxml import Package
from milestone_report.reading.passwords import decrypted, is_encrypted_ods
from milestone_report.reading.refusal import RefusedError
from milestone_report.reading.sheet import SheetContext, SheetRows, read_sheet
from milestone_report.reading.trust import ABSENT, check_names, doubt
from milestone_report.reading.vocabulary import vocabulary
from milestone_report.text import shown

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from python_calamine import SheetMetadata

    from milestone_report.model import Sheet
    from milestone_report.reading.contents import Source
    from milestone_report.reading.fields import Columns

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")


def read_workbook(source: Source) -> WorkbookRows:
    """Read one workbook; one that cannot be read comes back as such, with the reason as a notice."""
    try:
        loaded, written = load(source.file)
        digest = hashlib.blake2b(loaded, digest_size=DIGEST_SIZE).digest()
        data, reader = _open(loaded, source.settings.password)
        encrypted = data is not loaded  # what was decrypted is kept nowhere
        del loaded
        package = _package(data)
    except RefusedError as refused:
        return unreadable(source, refused.why, refused.code, refused.how)
    if package is not None and package.is_own_output:
        facts = {
            "why": phrase("it is a summary made by milestone-report"),
            "how": phrase("Such a summary is never read: give the workbooks from which it was made."),
        }
        book = Workbook(source.path, source.file, last_saved=package.last_saved, own_output=True)
        return WorkbookRows(book, notices=[Notice("W004", source.path, facts=facts)])
    last_saved = None if package is None else package.last_saved
    found = collect(source, last_saved or written, _sheets(reader, package, source))
    saved_by = "" if package is None else shown(package.saved_by)
    found.workbook = replace(found.workbook, saved_by=saved_by, fingerprint=digest.hex())
    if not (found.workbook.sheets_used or found.workbook.sheets_skipped):
        facts = {
            "why": phrase("it has no sheet with cells"),
            "how": phrase("Otherwise check that it is the right file."),
        }
        found.notices.append(Notice("W004", source.path, facts=facts))
    if not encrypted and not any(notice.code == "W001" for notice in found.notices):
        found.proof = Proof(len(data), digest, written, by_file_time=last_saved is None)
    return found


def _open(data: bytes, password: str) -> tuple[bytes, CalamineWorkbook]:
    """The reader over a file's bytes, and the bytes as they are without encryption. Raises RefusedError."""
    # Excel wraps an encrypted xlsx in an OLE file with this stream ([MS-OFFCRYPTO] §2.3.4.4).
    if data.startswith(_OLE) and _ENCRYPTED_STREAM in data:
        data = decrypted(data, password)
    try:
        return data, _reader(data)
    except PasswordError:
        data = decrypted(data, password)  # an xls is encrypted inside
        return data, _reader(data)


def _reader(data: bytes) -> CalamineWorkbook:
    """The reader, once the file is known to be harmless. Raises PasswordError and RefusedError."""
    check_parts(data)
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError:
        raise
    except CalamineError as error:
        if is_encrypted_ods(data):
            raise PasswordError from error
        raise RefusedError(_reason(error, data)) from error


def _sheets(reader: CalamineWorkbook, package: Package | None, source: Source) -> Iterator[SheetRows]:
    words = vocabulary(source.settings.columns, source.settings.statuses)
    context = SheetContext(source.path, words, source.settings)
    if package is not None:
        context = replace(context, epoch_1904=package.epoch_1904, tables=package.tables, details=package.details)
    for index, metadata in enumerate(reader.sheets_metadata):
        if metadata.typ is SheetTypeEnum.WorkSheet:
            try:
                if package is not None:
                    _check_sheet(package, metadata.name)
                found = _sheet(reader, index, metadata, context)
            except RefusedError as refused:
                found = _skipped(source, metadata.name, refused)
            yield found
    for part in package.unlisted_sheets() if package else ():
        why = phrase("the workbook holds this sheet, but its list of sheets does not name it")
        yield _skipped(source, posixpath.basename(part), RefusedError(why))


def _check_sheet(package: Package, name: str) -> None:
    """Raises RefusedError for a sheet that is too large or cannot be trusted to the reader."""
    if extent := too_large_to_unpack(package.sheet_size(name)) or too_far(package.sheet_xml(name)):
        raise RefusedError(extent, "W011", CUT_IT)
    if why := doubt(package, name):
        raise RefusedError(why)


def _sheet(reader: CalamineWorkbook, index: int, metadata: SheetMetadata, context: SheetContext) -> SheetRows:
    """Read one sheet. Its cells are forgotten on return: two large sheets at once would need twice the memory.

    Raises RefusedError.
    """
    try:
        sheet = reader.get_sheet_by_index(index)
        rows = sheet.to_python(skip_empty_area=True)
    except WorksheetNotFound as error:
        raise RefusedError(ABSENT) from error
    except CalamineError as error:
        raise RefusedError(_damage(phrase("the sheet is damaged"), error)) from error
    top, left = sheet.start or (0, 0)
    hidden = metadata.visible is not SheetVisibleEnum.Visible
    merged = tuple(sheet.merged_cell_ranges or ())
    return read_sheet(Grid(metadata.name, rows, top, left, hidden, merged, context.tables(metadata.name)), context)


def _skipped(source: Source, name: str, refused: RefusedError) -> SheetRows:
    why = phrase("it is too large: {why}", why=refused.why) if refused.code == "W011" else refused.why
    notice = Notice(refused.code, source.path, name, facts={"why": refused.why, "how": refused.how})
    return SheetRows(skipped=SkippedSheet(name, why), notices=[notice])


def collect(source: Source, saved: dt.datetime, sheets: Iterable[SheetRows]) -> WorkbookRows:
    """Put the sheets of one workbook together, one after the other: the columns of each are forgotten at once."""
    used: list[Sheet] = []
    skipped: list[SkippedSheet] = []
    notices: list[Notice] = []
    columns: Columns = {"sheet_id": []}
    for found in sheets:
        notices += found.notices
        if found.skipped is not None:
            skipped.append(found.skipped)
        if found.sheet is not None:
            columns["sheet_id"] += [len(used)] * len(found.columns["row"])
            used.append(found.sheet)
            for name, values in found.columns.items():
                columns.setdefault(name, []).extend(values)
    book = Workbook(
        path=source.path,
        file=source.file,
        last_saved=saved.astimezone(),  # people know when they saved by the clock on their wall
        sheets_used=tuple(used),
        sheets_skipped=tuple(skipped),
    )
    return WorkbookRows(book, columns, notices)


def _package(data: bytes) -> Package | None:
    """The file as an Open XML package, None for xls, xlsb, ods and what only looks like one. Raises RefusedError."""
    try:
        package = Package(data) if data.startswith(b"PK") else None
    except ValueError:
        return None
    if package is not None:
        check_names(package)
    return package


def _reason(error: CalamineError, data: bytes) -> str:
    """What is wrong with a file that the reader refuses, in a finance person's words."""
    if "detect file format" not in str(error):
        return _damage(phrase("it is damaged"), error)
    if data.startswith((b"PK", _OLE)):
        return phrase("it is damaged or was not saved completely")
    if data.lstrip()[:5].lower() in (b"<html", b"<!doc", b"<tabl", b"<?xml"):
        return phrase("it is a web page with the name of a workbook, as some systems export it")
    return phrase("it is not an Excel workbook")


def _damage(what: str, error: CalamineError) -> str:
    """The reader's own words go in brackets, where they are words: they may help whoever is asked for help."""
    words = shown(error)
    if " " in words:
        return phrase("{what} ({words})", what=what, words=words)
    return what
