"""The copy itself, made with openpyxl: coloured cells with comments, and the findings on a sheet before all others."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections import defaultdict
from typing import TYPE_CHECKING

from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from milestone_report.model import OUTPUT_CATEGORY, Severity
from milestone_report.rendering.excel.cells import plain
from milestone_report.rendering.review.exactly import load_exactly, obstacle
from milestone_report.rendering.review.losses import losses
from milestone_report.rendering.review.sheet import add_findings_sheet, heading
from milestone_report.rendering.review.stamping import without_clock
from milestone_report.wording import SEVERITY_WORDS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from milestone_report.model import Finding
    from milestone_report.wording import Language

_FILLS = {
    Severity.ERROR: PatternFill("solid", fgColor="F9C9C1"),
    Severity.WARNING: PatternFill("solid", fgColor="FBE3A9"),
    Severity.INFO: PatternFill("solid", fgColor="CFE0F3"),
}
_AUTHOR = "milestone-report"
_LONGEST_COMMENT = 2_000
_MOST_COMMENTS = 10_000
"""Beyond these Excel takes minutes to open a workbook; the sheet of the findings has them all."""


class CannotCopyError(Exception):
    """Why there can be no copy, in words that follow a colon."""


def marked_copy(file: Path, findings: Sequence[Finding], as_of: dt.date, language: Language) -> bytes:
    """The bytes of the copy. Raises CannotCopyError."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise CannotCopyError(error.strerror or str(error)) from error
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what is left out `losses` tells
            why, lost = obstacle(package), losses(package)
            book = None if why else load_exactly(data, with_macros=file.suffix.lower() == ".xlsm")
    except Exception as error:  # openpyxl raises anything at what it does not know
        why = language.say("its parts cannot be taken over ({kind})", kind=type(error).__name__)
        raise CannotCopyError(why) from error
    if book is None:
        raise CannotCopyError(language.say(why))
    marked = _mark(book, findings, language)
    lines = _lines(file.name, lost, len(findings) - marked, as_of, language)
    add_findings_sheet(book, lines, findings, language)
    book.properties.category = OUTPUT_CATEGORY  # so that nobody reads it for the workbook itself
    if book.calculation is not None:
        book.calculation.fullCalcOnLoad = True
    saved = io.BytesIO()
    book.save(saved)
    if book.vba_archive:
        book.vba_archive.close()
    return without_clock(saved.getvalue(), as_of)


def _lines(name: str, lost: Sequence[str], unmarked: int, as_of: dt.date, language: Language) -> list[str]:
    """What the reader must know of the copy. `unmarked` findings have no comment in a cell."""
    say = language.say
    lines = [
        heading(name, as_of, language),
        say("This is a copy to look at. Correct the workbook itself: the next report reads that one, and never this."),
    ]
    if lost:
        things = language.listed(say(words) for words in lost)
        lines.append(say("Not in this copy, but in the workbook: {things}.", things=things))
    if unmarked:
        lines.append(
            language.counted(
                "{n} finding has no comment in a cell: it stands only here.",
                "{n} findings have no comment in a cell: they stand only here.",
                unmarked,
            )
        )
    return lines


def _mark(book: Workbook, findings: Iterable[Finding], language: Language) -> int:
    """Colour the cells and write their comments. Returns how many of the findings have one."""
    cells: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.cell and finding.sheet in book.sheetnames:
            cells[finding.sheet, finding.cell].append(finding)
    marked = 0
    for (sheet, address), of_cell in list(cells.items())[:_MOST_COMMENTS]:
        cell = _cell(book[sheet], address)
        if cell is None:
            continue
        marked += len(of_cell)
        cell.fill = _FILLS[min((finding.severity for finding in of_cell), key=list(Severity).index)]
        before = [cell.comment.text] if cell.comment else []
        text = "\n\n".join([*(_comment(finding, language) for finding in of_cell), *before])
        height = 40 + 18 * min(len(text) // 45, 16)
        cell.comment = Comment(plain(text)[:_LONGEST_COMMENT], _AUTHOR, height=height, width=340)
    return marked


def _cell(sheet: Worksheet, address: str) -> Cell | None:
    """The cell of an address; of merged cells the first, which is the one that Excel shows."""
    found = sheet[address]
    if isinstance(found, MergedCell):
        row, column = found.row, found.column
        for area in sheet.merged_cells.ranges:
            if area.min_row <= row <= area.max_row and area.min_col <= column <= area.max_col:
                found = sheet.cell(area.min_row, area.min_col)
    return found if isinstance(found, Cell) else None


def _comment(finding: Finding, language: Language) -> str:
    severity = language.say(SEVERITY_WORDS[finding.severity])
    return f"{finding.code} ({severity})\n{finding.message}\n→ {finding.fix}"
