"""What the program reads of a workbook's cells beside what openpyxl, which shares no code with it, reads of them."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import TYPE_CHECKING, Any
from unittest import mock

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from milestone_report.numberformats import currency_of_format
from milestone_report.reading import workbook as reading
from milestone_report.reading.contents import Source
from milestone_report.reading.grid import BrokenCell, Details, Grid, Place, address
from milestone_report.reading.sheet import SheetRows, read_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from milestone_report.reading.sheet import SheetContext

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
COLUMNS = range(64)
"""Where formats are compared: every column of the workbooks that are compared."""


def grids_of(path: Path) -> list[tuple[Grid, Details, bool]]:
    """Each sheet's grid and details as the program itself reads them, and whether its dates count from 1904."""
    found: list[tuple[Grid, Details, bool]] = []

    def keep(grid: Grid, context: SheetContext) -> SheetRows:
        values = Grid(grid.name, [list(row) for row in grid.rows], grid.top, grid.left, grid.hidden, grid.merged)
        found.append((values, context.details(grid.name, COLUMNS), context.epoch_1904))
        return read_sheet(grid, context)

    with mock.patch.object(reading, "read_sheet", keep):
        reading.read_workbook(Source(path, path.name))
    return found


Books = tuple[Any, Any]


def opened(path: Path) -> Books:
    """A workbook as openpyxl reads it: once with its values, once with its formulas. Raises what openpyxl raises."""
    # From memory: where openpyxl gives up, it leaves its file open.
    data = path.read_bytes()
    return openpyxl.load_workbook(io.BytesIO(data), data_only=True), openpyxl.load_workbook(io.BytesIO(data))


def compare(path: Path, theirs: Books) -> tuple[int, list[str]]:
    """How many cells both read, and where they read a workbook differently, cell by cell; nowhere is right."""
    values, formulas = theirs
    cells = 0
    found = []
    for grid, details, epoch_1904 in grids_of(path):
        if epoch_1904 != (values.epoch == CALENDAR_MAC_1904):
            found.append("the date system")
        # A worksheet of openpyxl has cells; a chart sheet of the same name has not.
        sheet: Any = next((each for each in values.worksheets if each.title == grid.name), None)
        if sheet is None:
            found.append(f"{grid.name}: openpyxl has no such sheet")
            continue
        of_sheet = _Sheet(grid, details, _held(sheet), _held(formulas[grid.name]))
        found += [f"{grid.name}!{each}" for each in (*_of_layout(grid, sheet), *of_sheet.disagreements())]
        cells += len(of_sheet.ours & set(of_sheet.theirs))
    return cells, found


def disagreements(path: Path) -> list[str]:
    """Where the program and openpyxl read a workbook differently; nowhere is right."""
    return compare(path, opened(path))[1]


def _held(sheet: Any) -> dict[Place, Any]:
    """The cells that openpyxl holds, and no others: asking for one by its name would make it."""
    return {(row - 1, column - 1): cell for (row, column), cell in sheet._cells.items()}  # noqa: SLF001 - the only way


def _of_layout(grid: Grid, sheet: Any) -> Iterator[str]:
    if grid.hidden != (sheet.sheet_state != "visible"):
        yield "whether it is hidden"
    merged = {
        ((each.min_row - 1, each.min_col - 1), (each.max_row - 1, each.max_col - 1)) for each in sheet.merged_cells
    }
    if set(grid.merged) != merged:
        yield f"merged cells: {sorted(grid.merged)} and {sorted(merged)}"


class _Sheet:
    """The cells of one sheet as both read them."""

    def __init__(self, grid: Grid, details: Details, theirs: dict[Place, Any], formulas: dict[Place, Any]) -> None:
        self._grid, self._details, self.theirs, self._formulas = grid, details, theirs, formulas
        self.ours = {
            (down, across)
            for down, line in enumerate(grid.rows, grid.top)
            for across, value in enumerate(line, grid.left)
            if value != ""
        }

    def disagreements(self) -> Iterator[str]:
        for place in sorted(self.ours | set(self.theirs)):
            value = self._details.broken.get(place, self._grid.value(*place))
            cell, formula = self.theirs.get(place), self._formulas.get(place)
            other = None if cell is None else cell.value
            if not same_value(value, other, None if formula is None else formula.value):
                yield f"{address(*place)}: {value!r} and {other!r}"
            if cell is not None:
                yield from _of_details(place, self._details, cell)


def _of_details(place: Place, details: Details, cell: Any) -> Iterator[str]:
    """A cell's link, and the currency that its number format shows."""
    target = cell.hyperlink.target if cell.hyperlink else None
    if target and details.links.get(place) != target:
        yield f"{address(*place)}: link {details.links.get(place)!r} and {target!r}"
    # Formats 5 to 8 and 37 to 44 show the currency of whoever looks (§18.8.30): openpyxl spells them in dollars.
    built_in = cell._style.numFmtId < 164  # noqa: SLF001 - openpyxl offers no other way to tell
    shown = ("", "") if built_in or cell.value is None else currency_of_format(cell.number_format)
    if any(shown) and currency_of_format(details.formats.get(place, "")) != shown:
        yield f"{address(*place)}: format {details.formats.get(place)!r} and {cell.number_format!r}"


def same_value(ours: object, theirs: object, formula: object) -> bool:
    """Whether both read the same. Each difference that is let pass has its reason beside it."""
    if isinstance(ours, BrokenCell):
        # openpyxl gives nothing for a formula without a result, as does the file.
        return ours.error == theirs if ours.error else theirs is None and formula is not None
    if theirs in {None, ""} or ours == "":
        return theirs in {None, ""} and ours == ""
    if isinstance(theirs, bool) or isinstance(ours, bool):
        return ours is theirs
    if isinstance(theirs, int | float) and isinstance(ours, int | float):
        return ours == theirs or f"{ours:.15g}" == f"{theirs:.15g}"  # Excel keeps 15 digits
    if isinstance(theirs, str) and isinstance(ours, str):
        # openpyxl leaves the escapes of §22.4.2.4 as they are, and XML takes any line end for \n.
        return one_kind_of_line_end(ours) in {one_kind_of_line_end(theirs), one_kind_of_line_end(unescaped(theirs))}
    return moment(ours) == moment(theirs) is not None


def unescaped(text: str) -> str:
    """Text with its escapes read: _x000D_ is a carriage return, and _x005F_ the underscore that begins no escape."""
    return _ESCAPE.sub(lambda match: chr(int(match.group(1), 16)), text)


def one_kind_of_line_end(text: str) -> str:
    """Text as XML gives it to whoever reads it."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def moment(value: object) -> dt.datetime | dt.timedelta | None:
    """A date, time or duration, to the second: the readers round the rest of a day's fraction differently."""
    if isinstance(value, dt.datetime):
        return (value + dt.timedelta(milliseconds=500)).replace(microsecond=0)
    if isinstance(value, dt.date):
        return dt.datetime(value.year, value.month, value.day)  # noqa: DTZ001 - Excel's dates have no zone
    if isinstance(value, dt.time):
        value = dt.timedelta(
            hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond
        )
    return dt.timedelta(seconds=round(value.total_seconds())) if isinstance(value, dt.timedelta) else None
