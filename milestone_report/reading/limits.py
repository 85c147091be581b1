"""Checks before the fast reader sees a file: what would take all memory is refused with a reason.

The reader allocates every place between the first and the last value of a sheet, filled or not,
and holds shared texts whole; a file of a megabyte can ask for terabytes. What escapes these checks
(an xlsb with a far cell, a damaged xls) meets the limits of its process in `isolation`.
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
import zlib
from typing import TYPE_CHECKING

from milestone_report.facts import phrase, spelled_number
from milestone_report.reading.refusal import RefusedError
from milestone_report.reading.xmlparts import local, number_of, placed_cells, streamed
from milestone_report.text import column_letter, column_number

if TYPE_CHECKING:
    from lxml import etree

MIB = 2**20

MOST_PARTS = 65_535
"""A workbook of 1,000 sheets with comments and drawings has some 5,000 parts."""

LARGEST_PART = 400 * MIB
"""A sheet of 600,000 rows × 12 columns unpacks to 350 MB, and reading it takes 1.4 GB of memory."""

LARGEST_TOTAL = 1024 * MIB
"""All parts together. A hundred parts that share one packed block would unpack to more."""

HIGHEST_RATIO = 500
"""A sheet packs 10 to 40:1, texts that are all the same 400:1. Only endless repetition reaches 1,000:1."""

RATIO_COUNTS_FROM = 32 * MIB
"""Below this the ratio does not matter: nothing small takes much memory."""

MOST_PLACES = 20_000_000
"""Places between the first and the last value of a sheet: 45 bytes each, 0.9 GB in all.
That is 19 columns down to the last row, or 1,220 rows out to the last column."""

CUT_IT = phrase(
    "Press Ctrl+End in the sheet to see where it ends. Delete the rows and columns beyond the table (select them, "
    "right-click, Delete) and save; or move the table to a new workbook."
)
"""What to do with a sheet that is too large."""

_ENTRY = b"PK\x01\x02"  # each entry of a zip's directory (APPNOTE 4.3.12)
_CHUNK = MIB
_LONGEST_REFERENCE = 16  # r="XFD1048576 and a little: what a cut between two chunks may part
_LONG = re.compile(rb'r=["\']\w{3,4}\d')  # a reference of more than three characters
_ANY = re.compile(rb'r=["\']([A-Za-z]{0,4})(\d{1,9})')
_FAR = re.compile(rb'r=["\'](?=[A-Za-z]{2}|[A-Za-z]?\d{6})([A-Za-z]{0,4})(\d{1,9})')
UNREADABLE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError, ValueError)


def check_parts(data: bytes) -> None:
    """Refuse a zip whose parts would unpack to more than a workbook's do. Raises RefusedError.

    The sizes are those that the zip claims. The reader stops at a part that is larger than it claims.
    """
    if not data.startswith(b"PK"):
        return
    if data.count(_ENTRY) > MOST_PARTS:
        raise _too_large(phrase("it consists of more than {number} parts", number=spelled_number(MOST_PARTS)))
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except UNREADABLE:
        return  # the reader will say what is wrong with it
    total = sum(part.file_size for part in parts)
    if total > LARGEST_TOTAL:
        raise _too_large(
            phrase(
                "it unpacks to {size} MB, and at most {most} MB are read", size=_mib(total), most=_mib(LARGEST_TOTAL)
            )
        )
    for part in parts:
        if part.file_size > RATIO_COUNTS_FROM and part.file_size > HIGHEST_RATIO * max(part.compress_size, 1):
            times = part.file_size // max(part.compress_size, 1)
            raise _too_large(
                phrase(
                    "a part of it unpacks to {number} times its size, as in a “zip bomb”", number=spelled_number(times)
                )
            )
        if part.file_size > LARGEST_PART and "/worksheets/" not in part.filename:
            raise _too_large(
                phrase(
                    "a part of it unpacks to {size} MB, and at most {most} are read",
                    size=_mib(part.file_size),
                    most=_mib(LARGEST_PART),
                )
            )


def _mib(size: int) -> str:
    return spelled_number(round(size / MIB))


def _too_large(why: str) -> RefusedError:
    how = phrase("Nobody's workbook looks like this: ask whoever sent it. If it is yours, save it again in Excel.")
    return RefusedError(why, "W011", how)


def too_large_to_unpack(size: int) -> str:
    """How large a sheet's XML is, in words, when it is not even to be unpacked, else "". Takes its bytes' number."""
    return phrase("it holds {size} MB of cells", size=_mib(size)) if size > LARGEST_PART else ""


def too_far(sheet: bytes) -> str:
    """How far a sheet's values reach, in words, when that is too far to be read, else "". Takes the sheet's XML.

    Raises RefusedError where only damaged XML could tell.

    Only real values count, not what the sheet claims to be (<dimension ref>, §18.3.1.35): Excel itself claims
    A1:XFD1048576 for whole columns with a format, the reader makes no room for it, and a small claim may be a lie.

    Most sheets are settled by one quick search: without a reference beyond ZZ9, A99 and row 999 there are at most
    999 × 702 places. Only for those that seem to reach far it is found out where their values end, since blank
    cells with a format take no memory.
    """
    if not _LONG.search(sheet):
        return ""
    for pattern, least in ((_FAR, (99_999, 26)), (_ANY, (0, 0))):
        rows, columns = _reach(sheet, pattern, least)
        if rows * columns <= MOST_PLACES:
            return ""
    first, last = _range_of_values(sheet)
    places = (last[0] - first[0] + 1) * (last[1] - first[1] + 1)
    if places <= MOST_PLACES:
        return ""
    ends = [f"{column_letter(column - 1)}{row}" for row, column in (first, last)]
    return phrase(
        "its values reach from {first} to {last}, over {number} cells, and at most {most} are read",
        first=ends[0],
        last=ends[1],
        number=spelled_number(places),
        most=spelled_number(MOST_PLACES),
    )


def _reach(sheet: bytes, pattern: re.Pattern[bytes], least: tuple[int, int]) -> tuple[int, int]:
    """The highest row and column that a sheet's references name, `least` where they name none."""
    rows, columns = least
    for start in range(0, len(sheet), _CHUNK):  # part by part: all references at once would take much memory
        for letters, digits in set(pattern.findall(sheet, start, start + _CHUNK + _LONGEST_REFERENCE)):
            rows, columns = max(rows, int(digits)), max(columns, column_number(letters.decode()))
    return rows, columns


def _range_of_values(sheet: bytes) -> tuple[tuple[int, int], tuple[int, int]]:
    """First and last row and column (from 1) that hold a value; all 1 where none does."""
    first, last, number = (sys.maxsize, sys.maxsize), (1, 1), 0
    for element in streamed(sheet, "row"):
        number = number_of(element.get("r")) or number + 1
        for row, column, cell in placed_cells(element, number):
            if _has_value(cell):
                first = min(first[0], row), min(first[1], column)
                last = max(last[0], row), max(last[1], column)
    return min(first, last), last


def _has_value(cell: etree._Element) -> bool:
    """Whether the reader keeps the cell: a format alone, or a formula without a result, is dropped (§18.3.1.4)."""
    for child in cell:
        kind = local(child)
        if kind == "is" or (kind == "v" and (child.text or cell.get("t") == "str")):
            return True
    return False
