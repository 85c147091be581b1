"""``messy.xlsx``: milestone billing as real people keep it.

Each fault is there on purpose, and stands in ``PLANTED`` with its cell. What is odd, yet no fault, stands in
``HARMLESS``.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from builder.packing import pack

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

RIVERSIDE = "Riverside fit-out"

# Sheet, cell ("" where the whole sheet is meant), what is wrong there.
PLANTED = (
    (RIVERSIDE, "H8", "status is paid, but only 4,000.00 of 4,250.00 was received"),
    (RIVERSIDE, "I8", "sign-off riverside-strip-out.pdf is the page of the deposit, saved once more"),
    (RIVERSIDE, "F9", 'unknown status "payed"; paid is meant'),
    (RIVERSIDE, "G9", 'due date is the text "31/12/2025", which only one order allows'),
    (RIVERSIDE, "G10", "due date is the bare number 46131, in format General: 19 April 2026"),
    (RIVERSIDE, "D11", "billed without an invoice number"),
    (RIVERSIDE, "I11", "sign-off riverside-plumbing.pdf is the login page of a portal"),
    (RIVERSIDE, "I12", "sign-off is a path out of the folder: ..\\..\\secret\\contract.pdf"),
    (RIVERSIDE, "B13", "header row is repeated inside the table (B13:J13)"),
    (RIVERSIDE, "D14", "invoice number RF-305 is used already in D12"),
    (RIVERSIDE, "I14", "sign-off is a web address"),
    (RIVERSIDE, "I15", "sign-off file riverside-joinery.pdf is empty (0 bytes)"),
    (RIVERSIDE, "B16", "subtotal row inside the table; its figure, 34,025.00, is right"),
    (RIVERSIDE, "C17", 'amount is the text "€ 1.200,50", which can be read only one way'),
    (RIVERSIDE, "I17", "sign-off differs from the name of its file in upper and lower case"),
    (RIVERSIDE, "C18", 'amount is the text "1.200": twelve hundred, or one and a fifth?'),
    (RIVERSIDE, "C19", "amount is the Excel error #N/A"),
    (RIVERSIDE, "C20", "amount is a formula without a stored result"),
    (RIVERSIDE, "G21", 'due date is the text "03/04/2026": 3 April, or 4 March?'),
    (RIVERSIDE, "F22", 'unknown status "Ready for review " (with a space at its end)'),
    (RIVERSIDE, "B23", "milestone has no name, but an amount and a status"),
    (RIVERSIDE, "C24", "amount is missing"),
    (RIVERSIDE, "C26", "grand total 41,000.00 is typed and wrong: the numbers make 42,300.00"),
    ("Old fit-out", "", "sheet is hidden, and has a milestone table"),
    ("Contacts", "", "sheet has no milestone table"),
    ("No status", "A1", "milestone table (header A1:C1) has no status column"),
)
HARMLESS = (
    (RIVERSIDE, "B1", "merged title (B1:J1)"),
    (
        RIVERSIDE,
        "B6",
        "header starts in row 6 and column B; line breaks, odd case and double spaces in its words",
    ),
    (RIVERSIDE, "I10", "two sign-off files in one cell, separated by a semicolon; both are there"),
    (RIVERSIDE, "B28", "free text after a blank row, below the table"),
    (RIVERSIDE, "B29", "blank rows that carry formats (B29:J32)"),
    (RIVERSIDE, "B34", "merged note below the table (B34:J34)"),
)

# The only place where this workbook names its currency.
EURO = "[$€-2] #,##0.00"
DAY = "dd/mm/yyyy"
HEADER_ROW = 6
HEADINGS = (
    "Milestone", "Bill\namount", "INVNO", "Inv date", "Payment  status", "Due", "AMOUNT\nreceived",
    "Sign-off\ndocument", "Remarks",
)  # fmt: skip
ABOVE = {
    1: "RIVERSIDE FIT-OUT – payments",
    2: "all prices without VAT!!",
    3: "Tom: please do NOT sort this list",
    4: "60 days to pay, see contract (Rosa has it)",
}

Row = tuple[str | float | date | None, ...]

# Columns B to J: milestone, amount, invoice number and date, status, due, received, sign-off, remark.
# fmt: off
ROWS_7_TO_12: tuple[Row, ...] = (
    ("Deposit", 6_000, "RF-301", date(2025, 10, 6), "paid", date(2025, 12, 5), 6_000,
     "riverside-deposit.pdf"),
    ("Strip-out", 4_250, "RF-302", date(2025, 10, 20), "Paid", date(2025, 12, 19), 4_000,
     "riverside-strip-out.pdf", "paid short, ask Tom"),
    ("First fix", 5_100, "RF-303", date(2025, 11, 1), "payed", "31/12/2025", None, "riverside-first-fix.pdf"),
    ("Electrics", 3_800, "RF-304", date(2026, 2, 18), "sent", 46_131, None,
     "riverside-electrics.pdf; riverside-electrics-annex.pdf"),
    ("Plumbing", 2_950, None, date(2026, 2, 20), "sent", date(2026, 4, 21), None, "riverside-plumbing.pdf"),
    ("Windows", 7_425, "RF-305", date(2026, 2, 24), "Sent", date(2026, 4, 25), None,
     r"..\..\secret\contract.pdf"),
)
# Row 13 repeats the header; row 16 is a subtotal.
ROWS_14_TO_15: tuple[Row, ...] = (
    ("Doors", 2_600, "RF-305", date(2026, 2, 27), "sent", date(2026, 4, 28), None,
     "https://example.com/approval"),
    ("Joinery", 1_900, "RF-306", date(2026, 3, 2), "invoiced", date(2026, 5, 1), None,
     "riverside-joinery.pdf"),
)
ROWS_17_TO_25: tuple[Row, ...] = (
    ("Second fix", "€ 1.200,50", "RF-307", date(2026, 3, 4), "sent", date(2026, 5, 3), None,
     "RIVERSIDE-Second-Fix.PDF"),
    ("Tiling", "1.200", "RF-308", date(2026, 3, 6), "sent", date(2026, 5, 5), None, "riverside-tiling.pdf"),
    ("Kitchen", "#N/A", None, None, None, date(2026, 5, 15), None, None, "price list moved?"),
    ("Lighting", "=ROUND(C10*0.35,2)", None, None, "draft", date(2026, 5, 22)),
    ("Painting", 1_850, None, None, None, "03/04/2026"),
    ("Flooring", 2_300, None, None, "Ready for review ", date(2026, 5, 29)),
    (None, 975, None, None, "draft", date(2026, 6, 5), None, None, "what was this for?"),
    ("Snagging", None, None, None, "draft", date(2026, 6, 12)),
    ("Handover", 3_150, None, None, None, date(2026, 6, 26)),
)
# fmt: on
SUBTOTAL = 34_025  # of rows 7 to 15, as a spreadsheet program works it out
GRAND_TOTAL = 41_000

OLD_ROWS: tuple[Row, ...] = (
    ("Milestone", "Amount", "Invoice number", "Status", "Due date", "Sign-off document"),
    ("Deposit", 2_000, "OF-11", "paid", date(2024, 5, 31), "old-fit-out-deposit.pdf"),
    ("Final", 3_500, "OF-12", "paid", date(2024, 9, 30), "old-fit-out-final.pdf"),
)
CONTACT_ROWS: tuple[Row, ...] = (
    ("Name", "Role", "Mail"),
    ("Paul Byrne", "Riverside, site", "paul.byrne@riverside.example"),
    ("Rosa Klein", "Riverside, office", "rosa.klein@riverside.example"),
    ("Tom", "our foreman", None),
)
NO_STATUS_ROWS: tuple[Row, ...] = (
    ("Milestone", "Amount", "Due date"),
    ("Extra sockets", 640, date(2026, 5, 8)),
    ("Roller blinds", 1_180, date(2026, 5, 29)),
)

THIN = Side(style="thin", color="808080")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
BOLD = Font(name="Arial", size=10, bold=True)
GREY = PatternFill("solid", fgColor="C0C0C0")
YELLOW = PatternFill("solid", fgColor="FFFF00")


def build() -> bytes:
    """Return the workbook."""
    workbook = Workbook()
    riverside = workbook.worksheets[0]
    riverside.title = RIVERSIDE
    results = _fill_riverside(riverside)
    for name, rows in (("Old fit-out", OLD_ROWS), ("Contacts", CONTACT_ROWS), ("No status", NO_STATUS_ROWS)):
        _fill_plain(workbook.create_sheet(name), rows)
    workbook["Old fit-out"].sheet_state = "hidden"
    return pack(workbook, {RIVERSIDE: results})


def _fill_riverside(sheet: Worksheet) -> dict[str, float]:
    """Fill *sheet*, and return the result of its one formula that has one."""
    for row, words in ABOVE.items():
        sheet.cell(row, 2, words)
    sheet.merge_cells("B1:J1")
    sheet["B1"].font = Font(name="Arial", size=14, bold=True)
    sheet["B1"].alignment = Alignment(horizontal="center")

    row = _add_header(sheet, HEADER_ROW)
    row = _add_milestones(sheet, row, ROWS_7_TO_12)
    row = _add_header(sheet, row)
    row = _add_milestones(sheet, row, ROWS_14_TO_15)
    results = {f"C{row}": float(SUBTOTAL)}
    _add_total(sheet, row, "Subtotal", f"=SUM(C{HEADER_ROW + 1}:C{row - 1})")
    row = _add_milestones(sheet, row + 1, ROWS_17_TO_25)
    _add_total(sheet, row, "Grand total", GRAND_TOTAL)
    _add_leftovers(sheet, row + 2)
    for column, width in zip("ABCDEFGHIJ", (3, 16, 14, 10, 12, 18, 12, 14, 32, 24), strict=True):
        sheet.column_dimensions[column].width = width
    return results


def _add_header(sheet: Worksheet, row: int) -> int:
    """Write the header into *row*, and return the row after it."""
    for column, heading in enumerate(HEADINGS, start=2):
        cell = sheet.cell(row, column, heading)
        cell.font, cell.fill, cell.border = BOLD, GREY, BOX
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.row_dimensions[row].height = 28
    return row + 1


def _add_milestones(sheet: Worksheet, first: int, rows: tuple[Row, ...]) -> int:
    """Write *rows* from row *first* on, and return the row after them."""
    for row, cells in enumerate(rows, start=first):
        for column, value in enumerate(cells, start=2):
            cell = sheet.cell(row, column, value)
            if isinstance(value, date):
                cell.number_format = DAY
        _format_row(sheet, row)
    return first + len(rows)


def _format_row(sheet: Worksheet, row: int) -> None:
    for column in "BCDEFGHIJ":
        sheet[f"{column}{row}"].border = BOX
    sheet[f"C{row}"].number_format = sheet[f"H{row}"].number_format = EURO


def _add_total(sheet: Worksheet, row: int, words: str, total: str | float) -> None:
    sheet.cell(row, 2, words)
    sheet.cell(row, 3, total)
    _format_row(sheet, row)
    for column in "BC":
        sheet[f"{column}{row}"].font = BOLD
        sheet[f"{column}{row}"].fill = YELLOW


def _add_leftovers(sheet: Worksheet, row: int) -> None:
    """Write what gathers below a table: a remark, empty rows that somebody formatted, a merged note."""
    sheet.cell(row, 2, "Rosa said the kitchen may move to summer")
    for blank in range(row + 1, row + 5):
        _format_row(sheet, blank)
    note = row + 6
    sheet.cell(note, 2, "Extra sockets and roller blinds: see sheet No status. Prices hold until 30 June.")
    sheet.merge_cells(start_row=note, end_row=note, start_column=2, end_column=10)
    sheet.cell(note, 2).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.row_dimensions[note].height = 28


def _fill_plain(sheet: Worksheet, rows: tuple[Row, ...]) -> None:
    for row, cells in enumerate(rows, start=1):
        for column, value in enumerate(cells, start=1):
            cell = sheet.cell(row, column, value)
            sheet.column_dimensions[cell.column_letter].width = 26
            if row == 1:
                cell.font = BOLD
            if isinstance(value, date):
                cell.number_format = DAY
            elif isinstance(value, int):
                cell.number_format = EURO
