"""A workbook for openpyxl to write again, with every number as the file has it."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from openpyxl.compat import safe_string
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import range_boundaries

from milestone_report.translation import marked

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

    from openpyxl import Workbook


_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\b[^>]*?\bref=["']([^"']*)""")
_MOST_MERGED = 1_000_000
"""Cells; openpyxl makes an object of each, and a range may reach to the end of the sheet."""
_STRICT = b"http://purl.oclc.org/ooxml/"
"""The namespaces of ISO/IEC 29500 Strict; openpyxl looks for the elements of the usual ones only."""
_HAS_CELLS = re.compile(r"xl/(?:workbook|sharedstrings|worksheets/[^/]+)\.xml$")


class _Reader(ExcelReader):
    """Leaves the numbers of dates and times what they are: numbers.

    openpyxl makes dates of those that are formatted so, and of the dates other numbers when it saves them: it counts
    days before March 1900 otherwise than Excel, drops what is finer than a millisecond, and puts #VALUE! where there
    is no such day.
    """

    def read_worksheets(self) -> None:
        """Read the sheets as if no format were one of dates."""
        book: Any = self.wb  # these two decide it, and nothing public does
        book._date_formats = book._timedelta_formats = frozenset()  # noqa: SLF001
        super().read_worksheets()


def obstacle(package: zipfile.ZipFile) -> str:
    """Why openpyxl would not bring a workbook over whole, or never end, in words of the catalogue; "" where it does."""
    merged = 0
    for name in package.namelist():
        data = package.read(name) if _HAS_CELLS.match(name.casefold()) else b""
        if name.casefold() == "xl/workbook.xml" and _STRICT in data:
            return marked("it is saved as “Strict Open XML”, of which no cell would be in it: save it as .xlsx first")
        if b"_x005F_" in data:
            return marked("a text in its cells would change (one with “_x005F_”)")
        merged += sum(_size(ref.decode("ascii", "replace")) for ref in _MERGED.findall(data))
        if merged > _MOST_MERGED:
            return marked("it merges more than a million cells")
    return ""


def _size(ref: str) -> int:
    """The cells of a range; none where it is no range: openpyxl will say so."""
    try:
        left, top, right, bottom = range_boundaries(ref)
    except (ValueError, TypeError):
        return 0
    return (right - left + 1) * (bottom - top + 1) if left and top and right and bottom else _MOST_MERGED + 1


def load_exactly(data: bytes, *, with_macros: bool) -> Workbook:
    """The workbook. Raises ValueError where a sheet would be called otherwise, and whatever openpyxl raises."""
    reader = _Reader(io.BytesIO(data), keep_vba=with_macros, rich_text=True)
    reader.read()
    book: Workbook = reader.wb
    listed: Any = reader.parser
    if [sheet.name for sheet in listed.sheets] != book.sheetnames:
        raise ValueError("a sheet without a name of its own")
    book.iso_dates = True  # the only dates left are those that the file has as text (ECMA-376 §18.18.11, "d")
    cells: Iterator[Any] = (cell for sheet in book.worksheets for cell in sheet._cells.values())  # noqa: SLF001
    for cell in cells:  # not iter_rows, which would fill every gap with a cell
        value = cell.value
        if type(value) in (int, float) and float(safe_string(value)) != value:
            cell._value = repr(float(value))  # noqa: SLF001 - openpyxl writes 16 digits, and this needs 17
    return book
