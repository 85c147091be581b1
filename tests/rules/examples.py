"""Turns a rule's example into a small sheet and sends it the whole way: grid → reading → sign-offs → rules."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl

from milestone_report.figures import add_figures
from milestone_report.model import Notice, ReadingSettings
from milestone_report.reading.grid import BrokenCell, Details, Grid
from milestone_report.reading.sheet import SheetContext, read_sheet
from milestone_report.reading.sources import find_workbooks
from milestone_report.reading.table import milestones_frame
from milestone_report.reading.vocabulary import vocabulary
from milestone_report.reading.workbook import Source, WorkbookRows, collect, read_workbook
from milestone_report.rules import RULES, run
from milestone_report.signoffs import SignoffFolder, match_signoffs, with_files
from milestone_report.text import same_name
from tests.building import AGEING, AS_OF

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from milestone_report.model import Finding, Severity
    from milestone_report.rules.rule import Example

CLEAN: dict[str, object] = {
    "milestone": "Deposit",
    "amount": 1000.0,
    "currency": "EUR",
    "invoice_number": "INV-1",
    "invoice_date": dt.date(2026, 3, 1),
    "status": "sent",
    "due_date": dt.date(2026, 4, 15),
    "signoff": "signed.pdf",
    "signoff_date": dt.date(2026, 2, 25),
}
"""A milestone that breaks no rule, in the words of a workbook."""

BOOK = Path("books/example.xlsx")


def findings_of(example: Example, folder: Path, severities: Sequence[tuple[str, Severity]] = ()) -> tuple[Finding, ...]:
    """What the program finds in an example. `folder` is where an example that is a whole file is put."""
    books, notices = _books(example, folder)
    milestones = milestones_frame(books, AS_OF)
    frame = add_figures(milestones.frame, AS_OF, AGEING)
    workbooks = [book.workbook for book in books]
    milestones = type(milestones)(frame, milestones.sheets, AS_OF)
    milestones, unreachable = match_signoffs(milestones, workbooks, None, _listing(example.files))
    notices += [notice for book in books for notice in book.notices]
    return run(milestones, [*notices, *unreachable], RULES, severities)


def _books(example: Example, folder: Path) -> tuple[list[WorkbookRows], list[Notice]]:
    """What reading gives for an example: workbooks, and notices of the search for them."""
    if example.names:
        for name in example.names:
            (folder / name).write_bytes(b"")
        return [], find_workbooks([folder], ReadingSettings())[1]
    if example.data is None and not example.far_cell:
        return [_read(example)], []
    file = folder / "example.xlsx"
    if example.data is not None:
        file.write_bytes(example.data)
    else:
        _save(example, file)
    return [read_workbook(Source(file, file.name))], []


def _save(example: Example, file: Path) -> None:
    """A real file, for what only a file can show."""
    workbook = openpyxl.Workbook()
    sheet = workbook.create_sheet("Example 0", 0)
    for row in _sheet_cells(example):
        sheet.append(row)
    sheet[example.far_cell] = "x"
    workbook.save(file)


def _listing(files: Mapping[str, int] | None) -> Callable[[SignoffFolder], SignoffFolder]:
    def listed(folder: SignoffFolder) -> SignoffFolder:
        if files is None:
            return SignoffFolder(folder.path, folder.shown, problem="it does not exist")
        return with_files(folder, {same_name(name): (name, size) for name, size in files.items()})

    return listed


def _read(example: Example) -> WorkbookRows:
    context = SheetContext(BOOK.name, vocabulary(), details=lambda _sheet, _columns: Details())
    sheets = [
        read_sheet(_grid(sheet, f"Example {number}"), context)
        for number, sheet in enumerate(example.sheets or (example,))
    ]
    return collect(Source(BOOK, BOOK.name), dt.datetime(2026, 3, 30, tzinfo=dt.UTC), sheets)


def _grid(example: Example, name: str) -> Grid:
    cells = [[_cell(value) for value in row] for row in example.cells] or _sheet_cells(example)
    width = max(len(row) for row in cells)
    return Grid(name, [row + [""] * (width - len(row)) for row in cells], hidden=example.hidden)


def _sheet_cells(example: Example) -> list[list[object]]:
    merged: list[dict[str, object]] = [{**CLEAN, **row} for row in example.rows]
    fields = [name for name in dict.fromkeys(name for row in merged for name in row) if name not in _dropped(merged)]
    header: list[object] = [name.replace("_", " ").capitalize() for name in fields]
    block: list[list[object]] = [[label, _cell(value)] for label, value in example.block.items()]
    return [*block, header, *([_cell(row.get(name, "")) for name in fields] for row in merged)]


def _dropped(rows: list[dict[str, object]]) -> set[str]:
    return {name for row in rows for name, value in row.items() if value is None}


def _cell(value: object) -> object:
    """Cells that only the sheet's own XML tells are written as people see them: #N/A, =2*500."""
    if isinstance(value, str) and value in ("#N/A", "#REF!"):
        return BrokenCell(error=value)
    if isinstance(value, str) and value.startswith("="):
        return BrokenCell(formula=value[1:])
    return value
