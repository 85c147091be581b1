"""The sheet of the findings, first in a review copy: what is wrong, each with a link to its cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties

from milestone_report.model import Severity
from milestone_report.rendering.excel.book import LINE_HEIGHT
from milestone_report.rendering.excel.cells import plain
from milestone_report.rendering.excel.widths import lines_of
from milestone_report.rendering.links import cell_address
from milestone_report.translation import marked
from milestone_report.wording import SEVERITY_WORDS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Container, Sequence

    from openpyxl import Workbook
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

    from milestone_report.model import Finding
    from milestone_report.wording import Language

_TITLES = (
    *(marked("Severity"), marked("Code"), marked("Sheet"), marked("Cell"), marked("Value")),
    *(marked("What is wrong"), marked("What to do")),
)
_WIDTHS = (11, 8, 22, 9, 22, 62, 62)
_COLOURS = {Severity.ERROR: "A52A1D", Severity.WARNING: "7D5200", Severity.INFO: "2D5B9A"}
_LAST_ROW = 1_048_576
_TOP = Alignment(vertical="top", wrap_text=True)


def add_findings_sheet(book: Workbook, lines: Sequence[str], findings: Sequence[Finding], language: Language) -> None:
    """Put the sheet before all others and open the workbook there. The first of `lines` is its heading."""
    sheet = book.create_sheet(_free_name(book, language.say("Findings")), 0)
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet  # else Excel would edit several sheets at once
    book.active = 0
    for row, line in enumerate(lines, 1):
        _write(sheet, row, 1, line).font = Font(name="Arial", size=14 if row == 1 else 10, bold=row == 1)
    _write_list(sheet, len(lines) + 2, findings, set(book.sheetnames), language)


def heading(name: str, as_of: dt.date, language: Language) -> str:
    """What the sheet is about."""
    return language.say("Findings in {workbook} on {date}", workbook=name, date=as_of)


def _write_list(
    sheet: Worksheet, header: int, findings: Sequence[Finding], linked: Container[str], language: Language
) -> None:
    say = language.say
    titles = [say(word) for word in _TITLES]
    for column, (title, width) in enumerate(zip(titles, _WIDTHS, strict=True), 1):
        cell = _write(sheet, header, column, title)
        cell.font, cell.fill = Font(name="Arial", size=10, bold=True), PatternFill("solid", fgColor="EEF2F7")
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, finding in enumerate(findings[: _LAST_ROW - header], header + 1):
        said = (
            say(SEVERITY_WORDS[finding.severity]),
            finding.code,
            finding.sheet,
            finding.cell,
            finding.value,
            finding.message,
            finding.fix,
        )
        for column, text in enumerate(said, 1):
            written = _write(sheet, row, column, text)
            written.alignment, written.font = _TOP, Font(name="Arial", size=10)
        lines = max(lines_of(text, width) for text, width in zip(said, _WIDTHS, strict=True))
        sheet.row_dimensions[row].height = LINE_HEIGHT * lines + 3
        sheet.cell(row, 1).font = Font(name="Arial", size=10, bold=True, color=_COLOURS[finding.severity])
        if finding.cell and finding.sheet in linked:
            address = sheet.cell(row, 4)
            address.hyperlink = Hyperlink(ref=address.coordinate, location=cell_address(finding.sheet, finding.cell))
            address.font = Font(name="Arial", size=10, underline="single", color="2D5B9A")
    sheet.freeze_panes = f"A{header + 1}"
    sheet.auto_filter.ref = f"A{header}:G{header + max(len(findings), 1)}"
    sheet.sheet_properties.tabColor = "B4372B"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{header}:{header}"


def _write(sheet: Worksheet, row: int, column: int, text: str) -> Cell | MergedCell:
    """A cell with a text as it is, also where it begins as a formula does."""
    cell = sheet.cell(row, column, plain(text))
    cell.data_type = "s"
    return cell


def _free_name(book: Workbook, name: str) -> str:
    taken = {each.casefold() for each in book.sheetnames}
    numbered = (f"{name} {number}" for number in range(2, len(taken) + 3))
    return name if name.casefold() not in taken else next(each for each in numbered if each.casefold() not in taken)
