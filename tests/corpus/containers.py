"""Odd containers: zip files with tricks, and files that are no Open XML package whatever they are called."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import TYPE_CHECKING

from tests.corpus.packing import HEADER, SHEET, TABLE, Parts, Value, book, entry, linked, parts, rows, worksheet, zipped

if TYPE_CHECKING:
    from collections.abc import Sequence

PLAIN = worksheet(rows(TABLE))
LIE = PLAIN.replace("<v>1000</v>", "<v>9999</v>")
_CENTRAL, _END = b"PK\x01\x02", b"PK\x05\x06"
_FREE, _END_OF_CHAIN, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zips() -> dict[str, bytes]:
    plain = parts(PLAIN)
    whole = zipped(plain)
    return {
        "zip-deflated.xlsx": with_method(plain, zipfile.ZIP_DEFLATED),
        "zip-bzip2.xlsx": with_method(plain, zipfile.ZIP_BZIP2),
        "zip-data-descriptors.xlsx": streamed(plain),
        "zip-zip64.xlsx": zip64(plain),
        "zip-comment.xlsx": commented(plain, b"a comment"),
        "zip-comment-with-end-record.xlsx": commented(plain, _END + bytes(18)),
        "zip-junk-before.xlsx": b"#!/bin/sh\nexit 1\n" + whole,
        "zip-junk-after.xlsx": whole + b"\0" * 300,
        "zip-cut-in-half.xlsx": whole[: len(whole) // 2],
        "zip-cut-at-the-end.xlsx": whole[:-10],
        "zip-folders.xlsx": zipped({"xl/": b"", "xl/worksheets/": b"", **plain}),
        "zip-name-twice.xlsx": twice(plain, LIE.encode(), plain[SHEET]),
        "zip-name-in-two-cases.xlsx": zipped({"XL/WORKSHEETS/SHEET1.XML": LIE.encode(), **plain}),
        "zip-name-in-two-cases-reversed.xlsx": zipped({**plain, "XL/WORKSHEETS/SHEET1.XML": LIE.encode()}),
        "zip-name-climbing.xlsx": zipped({**plain, "../../../../tmp/milestone-report-was-here": b"climbed"}),
        "zip-encrypted-flag.xlsx": flagged(whole, 8, 0x1, 0x1),
        "zip-bad-crc.xlsx": whole.replace(b"<v>1000</v>", b"<v>9000</v>"),
        "zip-bad-crc-of-links.xlsx": zipped(linked()).replace(b"signoffs/a.pdf", b"signoffs/b.pdf"),
        "zip-sizes-too-large.xlsx": sized(whole, +1000),
        "zip-sizes-too-small.xlsx": sized(whole, -100),
        "zip-method-unknown.xlsx": flagged(whole, 10, 0xFFFF, 99),
        "zip-offset-outside.xlsx": flagged(whole, 42, 0xFFFFFFFF, 0x7FFFFFFF),
        "zip-many-entries-declared.xlsx": whole[:-14] + struct.pack("<HH", 0xFFFE, 0xFFFE) + whole[-10:],
        "zip-empty.xlsx": zipped({}),
        "zip-of-something-else.xlsx": zipped({"readme.txt": b"no workbook"}),
    }


def with_method(found: Parts, method: int) -> bytes:
    """Packed by another method. Entries are short enough to be packed alike by every zlib."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, part in found.items():
            archive.writestr(entry(name, method), part, compresslevel=1)
    return buffer.getvalue()


class _Pipe(io.RawIOBase):
    """Takes bytes and cannot go back: zipfile then writes data descriptors behind the entries."""

    def __init__(self) -> None:
        super().__init__()
        self.taken = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object, /) -> int:
        new = bytes(data)  # type: ignore[call-overload]
        self.taken += new
        return len(new)


def streamed(found: Parts) -> bytes:
    """With sizes behind the entries instead of before them (APPNOTE 4.3.9), as programs write that stream."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w") as archive:
        for name, part in found.items():
            archive.writestr(entry(name), part)
    return bytes(pipe.taken)


def zip64(found: Parts) -> bytes:
    """With 64-bit sizes although none is needed (APPNOTE 4.5.3)."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, part in found.items():
            with archive.open(entry(name), "w", force_zip64=True) as stream:
                stream.write(part)
    return buffer.getvalue()


def commented(found: Parts, comment: bytes) -> bytes:
    """With a comment at the end of the file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.comment = comment
        for name, part in found.items():
            archive.writestr(entry(name), part)
    return buffer.getvalue()


def twice(found: Parts, first: bytes, second: bytes) -> bytes:
    """With the sheet's part in it two times."""
    placeholder = SHEET.replace("sheet1", "sheetX")
    other = {name: part for name, part in found.items() if name != SHEET}
    packed = zipped({**other, placeholder: first, SHEET: second})
    return packed.replace(placeholder.encode(), SHEET.encode())


def _entries(data: bytes) -> list[int]:
    """Where the records of the central directory begin."""
    found, start = [], data.find(_CENTRAL)
    while start >= 0:
        found.append(start)
        start = data.find(_CENTRAL, start + 4)
    return found


def _record_of_sheet(data: bytes) -> int:
    return next(start for start in _entries(data) if data[start + 46 :].startswith(SHEET.encode()))


def flagged(data: bytes, offset: int, mask: int, value: int) -> bytes:
    """With a field of the sheet's record in the central directory changed: 8 flags, 10 method, 42 offset."""
    kind = "<H" if mask <= 0xFFFF else "<I"
    place = _record_of_sheet(data) + offset
    (old,) = struct.unpack_from(kind, data, place)
    new = struct.pack(kind, (old & ~mask) | value)
    return data[:place] + new + data[place + len(new) :]


def sized(data: bytes, by: int) -> bytes:
    """With the sheet's inflated size in the central directory off by so much."""
    place = _record_of_sheet(data) + 24
    (old,) = struct.unpack_from("<I", data, place)
    return data[:place] + struct.pack("<I", old + by) + data[place + 4 :]


def others() -> dict[str, bytes]:
    plain = book(PLAIN)
    csv = b"Milestone,Amount,Currency,Status\r\nDeposit,1000,EUR,paid\r\n"
    page = b"<html><body><table><tr><td>Milestone</td><td>Amount</td></tr></table></body></html>"
    spreadsheet_2003 = (
        b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet/></Workbook>'
    )
    return {
        "not-a-workbook-csv.xlsx": csv,
        "not-a-workbook-html.xls": page,
        "not-a-workbook-xml-2003.xls": spreadsheet_2003,
        "not-a-workbook-pdf.xlsx": b"%PDF-1.7\n%%EOF\n",
        "empty-file.xlsx": b"",
        "one-byte.xlsx": b"P",
        "xlsx-named.xls": plain,
        "xlsx-named.ods": plain,
        "xlsx-named.xlsb": plain,
        "ods-named.xlsx": ods(ods_rows()),
        "ole-header-only.xls": _OLE,
        "ole-zeros.xls": _OLE + bytes(1000),
        "ole-without-workbook.xls": compound({"Something": b"else" * 1100}),
        "ole-workbook-garbage.xls": compound({"Workbook": b"\x09\x08\x10\x00" + bytes(range(256)) * 20}),
        "ole-encrypted.xlsx": compound({"EncryptionInfo": bytes(4096), "EncryptedPackage": bytes(4096)}),
        "biff-bare.xls": b"\x09\x08\x08\x00\x00\x05\x10\x00" + bytes(100),
    }


def compound(streams: dict[str, bytes]) -> bytes:
    """An OLE compound file of a few streams, each of 4096 bytes or more ([MS-CFB] §2)."""
    fat, directory, data = [_FAT, _END_OF_CHAIN], [("Root Entry", 5, _END_OF_CHAIN, 0)], b""
    for name, content in streams.items():
        sectors = -(-len(content) // 512)
        first = len(fat)
        fat += [*range(first + 1, first + sectors), _END_OF_CHAIN]
        directory.append((name, 2, first, len(content)))
        data += content.ljust(sectors * 512, b"\0")
    fat += [_FREE] * (128 - len(fat))
    header = (
        _OLE
        + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + bytes(6)
        + struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END_OF_CHAIN, 0, _END_OF_CHAIN, 0)
        + struct.pack("<I", 0)
        + struct.pack("<I", _FREE) * 108
    )
    records = b"".join(
        _directory_entry(*each, right=number + 1 if 0 < number < len(streams) else _FREE, child=_FREE if number else 1)
        for number, each in enumerate(directory)
    ).ljust(512, b"\0")
    return header + struct.pack("<128I", *fat) + records + data


def _directory_entry(name: str, kind: int, first: int, size: int, *, right: int, child: int) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    return (
        encoded.ljust(64, b"\0")
        + struct.pack("<HBB", len(encoded), kind, 1)
        + struct.pack("<III", _FREE, right, child)
        + bytes(36)
        + struct.pack("<IQ", first, size)
    )


def ods(table: str) -> bytes:
    """An OpenDocument spreadsheet of one sheet (ODF 1.3 part 3 §9)."""
    space = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{space}:office:1.0" '
        f'xmlns:table="{space}:table:1.0" xmlns:text="{space}:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Harbour">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="{space}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_TYPE}"/></manifest:manifest>'
    )
    return zipped(
        {"mimetype": ODS_TYPE.encode(), "content.xml": content.encode(), "META-INF/manifest.xml": manifest.encode()}
    )


def ods_row(values: Sequence[Value], attributes: str = "") -> str:
    """One row of an OpenDocument table."""
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
        if isinstance(value, str)
        else f'<table:table-cell office:value-type="float" office:value="{value}"><text:p/></table:table-cell>'
        for value in values
    )
    return f"<table:table-row{attributes}>{cells}</table:table-row>"


def ods_rows() -> str:
    """The plain table."""
    return "".join(ods_row(each) for each in TABLE)


def opendocument() -> dict[str, bytes]:
    last = '<table:table-row table:number-rows-repeated="{}"><table:table-cell{}/></table:table-row>'
    wide = ' table:number-columns-repeated="16384"'
    filled = (
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell office:value-type="float" '
        'office:value="1"{}/></table:table-row>'
    )
    repeated = ods_row(("Monthly fee", 100, "EUR", "sent"), ' table:number-rows-repeated="3"')
    return {
        "ods-plain.ods": ods(ods_rows()),
        "ods-repeated-blank-rows.ods": ods(ods_rows() + last.format(1048576 - 3, wide)),
        "ods-repeated-rows.ods": ods(ods_row(HEADER) + repeated),
        "ods-repeated-to-the-end.ods": ods(ods_rows() + filled.format("")),
        "ods-repeated-everywhere.ods": ods(ods_rows() + filled.format(wide)),
        "ods-repeated-nonsense.ods": ods(ods_rows() + last.format("-5", ' table:number-columns-repeated="x"')),
    }


def cases() -> dict[str, bytes]:
    """File name → bytes."""
    return zips() | others() | opendocument()
