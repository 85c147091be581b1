"""``agency.xlsx``: the book of a small studio, as a careful colleague keeps it.

What it says stands in ``agency_story.py``; this module gives it its looks.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties

from builder import agency_story as story
from builder.packing import pack

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

HEADER_ROW = 8
FIRST_ROW = HEADER_ROW + 1
# Heading and width, in the order of the columns: A to L.
COLUMNS = {
    "Milestone": 18,
    "Description": 46,
    "Amount": 17,
    "Invoice number": 17,
    "Invoice date": 15,
    "Status": 16,
    "Due date": 15,
    "Paid": 17,
    "Paid on": 15,
    "Sign-off document": 30,
    "Sign-off date": 15,
    "Notes": 46,
}
MONEY_COLUMNS = (3, 8)
MONEY = "#,##0.00"
DAY = "dd mmm yyyy"

INK = "1F3A4D"
BOLD = Font(name="Calibri", size=11, bold=True, color=INK)
HEADING = Font(name="Calibri", size=11, bold=True, color="FFFFFF")
TITLE = Font(name="Calibri", size=16, bold=True, color=INK)
LINK = Font(name="Calibri", size=11, underline="single", color="0563C1")
# Dates stand left like words, so that a day is not taken for a part of the sum beside it.
LEFT = Alignment(horizontal="left", vertical="center", indent=1)
RIGHT = Alignment(horizontal="right", vertical="center", indent=1)
HEADER_FILL = PatternFill("solid", fgColor=INK)
BLOCK_FILL = PatternFill("solid", fgColor="EEF3F6")
HAIRLINE = Border(bottom=Side(style="hair", color="9AA9B3"))
TOTAL_LINE = Border(top=Side(style="thin", color=INK), bottom=Side(style="double", color=INK))


def build() -> bytes:
    """Return the workbook: a read-me, one sheet for each project, and the lists behind the drop-downs."""
    workbook = Workbook()
    _fill_read_me(workbook.worksheets[0])
    results = {}
    for project in story.PROJECTS:
        results[project.sheet] = _fill_project(workbook.create_sheet(project.sheet), project)
    _fill_lists(workbook.create_sheet("Lists"))
    return pack(workbook, results)


def _fill_read_me(sheet: Worksheet) -> None:
    sheet.title = "Read me"
    sheet.column_dimensions["A"].width = 110
    sheet.sheet_view.showGridLines = False
    for row, line in enumerate(story.READ_ME, start=1):
        sheet.cell(row, 1, line or None)
    sheet["A1"].font = TITLE
    _print_on_one_page_width(sheet)


def _fill_lists(sheet: Worksheet) -> None:
    lists = {"Status words": story.STATUSES, "Currencies": story.CURRENCIES}
    for column, (heading, words) in enumerate(lists.items(), start=1):
        sheet.column_dimensions[_style_heading(sheet, 1, column, heading)].width = 18
        for row, word in enumerate(words, start=2):
            sheet.cell(row, column, word)
    _print_on_one_page_width(sheet)


def _fill_project(sheet: Worksheet, project: story.Project) -> dict[str, float]:
    """Fill *sheet*, and return the results of its formulas."""
    _fill_block(sheet, project)
    for column, (heading, width) in enumerate(COLUMNS.items(), start=1):
        sheet.column_dimensions[_style_heading(sheet, HEADER_ROW, column, heading)].width = width
    for row, milestone in enumerate(project.milestones, start=FIRST_ROW):
        _fill_milestone(sheet, row, milestone)
    _add_drop_downs(sheet, project)
    _colour_statuses(sheet, project)
    sheet.freeze_panes = f"B{FIRST_ROW}"
    sheet.sheet_view.showGridLines = False
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    _print_on_one_page_width(sheet)
    return _fill_totals(sheet, project)


def _fill_block(sheet: Worksheet, project: story.Project) -> None:
    pairs: dict[str, str | float] = {
        "Project": project.sheet,
        "Client": project.client,
        "Owner": project.owner,
        "Contract total": project.contract,
        "Currency": project.currency,
        "Sign-off folder": story.FOLDER,
    }
    for row, (label, value) in enumerate(pairs.items(), start=1):
        sheet.cell(row, 1, label).font = BOLD
        sheet.cell(row, 1).alignment = LEFT
        sheet.cell(row, 2, value).alignment = LEFT
        for column in (1, 2):
            sheet.cell(row, column).fill = BLOCK_FILL
    sheet["B4"].number_format = _money_with(project.currency)


def _fill_milestone(sheet: Worksheet, row: int, milestone: story.Milestone) -> None:
    values = (
        milestone.name, milestone.description, milestone.amount, milestone.invoice, _day(milestone.invoiced),
        milestone.status, _day(milestone.due), milestone.paid, _day(milestone.paid_on),
        milestone.signoff.words, _day(milestone.signed), milestone.note,
    )  # fmt: skip
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(row, column, None if value == "" else value)
        cell.border = HAIRLINE
        cell.alignment = RIGHT if column in MONEY_COLUMNS else LEFT
    for letter in "CH":
        sheet[f"{letter}{row}"].number_format = MONEY
    for letter in "EGIK":
        sheet[f"{letter}{row}"].number_format = DAY
    if milestone.signoff.target:
        sheet[f"J{row}"].hyperlink = milestone.signoff.target
        sheet[f"J{row}"].font = LINK
    sheet.row_dimensions[row].height = 20


def _fill_totals(sheet: Worksheet, project: story.Project) -> dict[str, float]:
    """Fill the totals row, and return the results of its formulas."""
    last = _last_row(project)
    row = last + 1
    for column in range(1, len(COLUMNS) + 1):
        sheet.cell(row, column).font = BOLD
        sheet.cell(row, column).border = TOTAL_LINE
    sheet.row_dimensions[row].height = 20
    sheet.cell(row, 1, "Total").alignment = LEFT
    results = {f"H{row}": sum(milestone.paid or 0 for milestone in project.milestones)}
    sheet[f"H{row}"] = f"=SUM(H{FIRST_ROW}:H{last})"
    if project.typed_total is None:
        sheet[f"C{row}"] = _amount_formula(project, last)
        results[f"C{row}"] = _amount_total(project)
    else:
        sheet[f"C{row}"] = project.typed_total
    for letter in "CH":
        sheet[f"{letter}{row}"].number_format = _money_with(project.currency)
        sheet[f"{letter}{row}"].alignment = RIGHT
    return results


def _amount_formula(project: story.Project, last: int) -> str:
    # A plain SUM wherever it will do; where a milestone was cancelled, the total must leave it out.
    if any(milestone.status == "void" for milestone in project.milestones):
        return f'=SUMIF(F{FIRST_ROW}:F{last},"<>void",C{FIRST_ROW}:C{last})'
    return f"=SUM(C{FIRST_ROW}:C{last})"


def _amount_total(project: story.Project) -> float:
    """Return what Excel makes of the formula: text such as "TBC" adds nothing."""
    return sum(
        milestone.amount
        for milestone in project.milestones
        if not isinstance(milestone.amount, str) and milestone.status != "void"
    )


def _add_drop_downs(sheet: Worksheet, project: story.Project) -> None:
    cells = {
        f"F{FIRST_ROW}:F{_last_row(project)}": f"Lists!$A$2:$A${1 + len(story.STATUSES)}",
        "B5": f"Lists!$B$2:$B${1 + len(story.CURRENCIES)}",
    }
    for target, source in cells.items():
        validation = DataValidation(
            type="list",
            formula1=source,
            allow_blank=True,
            showErrorMessage=True,
            errorTitle="Not in the list",
            error="Please choose one of the words in the list.",
        )
        validation.add(target)
        sheet.add_data_validation(validation)


def _colour_statuses(sheet: Worksheet, project: story.Project) -> None:
    for word, colour in {"overdue": "F6D5D0", "paid": "DCEFE3", "void": "E3E3E3"}.items():
        fill = PatternFill("solid", bgColor=colour)
        rule = Rule("cellIs", operator="equal", formula=[f'"{word}"'], dxf=DifferentialStyle(fill=fill))
        sheet.conditional_formatting.add(f"F{FIRST_ROW}:F{_last_row(project)}", rule)


def _style_heading(sheet: Worksheet, row: int, column: int, heading: str) -> str:
    """Write a heading, and return its column's letter."""
    cell = sheet.cell(row, column, heading)
    cell.font = HEADING
    cell.fill = HEADER_FILL
    cell.alignment = RIGHT if heading in ("Amount", "Paid") else LEFT
    sheet.row_dimensions[row].height = 22
    return cell.column_letter


def _print_on_one_page_width(sheet: Worksheet) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.6, bottom=0.6)  # inches


def _money_with(currency: str) -> str:
    return f"{MONEY} [${currency}]"


def _day(iso: str) -> date | None:
    return date.fromisoformat(iso) if iso else None


def _last_row(project: story.Project) -> int:
    return HEADER_ROW + len(project.milestones)
