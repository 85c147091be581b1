"""``minimal.xlsx``: one table with eight columns, and nothing else.

Only one thing in it needs a second look.
"""

from __future__ import annotations

from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Font

from builder.packing import pack

# The only place where this workbook names its currency.
EURO = "[$€-2] #,##0.00"
COLUMNS = {
    "Project": 22, "Milestone": 14, "Description": 34, "Amount": 15, "Invoice number": 16, "Status": 12,
    "Sign-off document": 26, "Due date": 13,
}  # fmt: skip
MEADOW, QUAYSIDE = "Meadow Lane website", "Quayside brochure"
# fmt: off
ROWS = (
    (MEADOW, "Deposit", "Start of work", 3_000, "A-118", "paid", "meadow-deposit.pdf", date(2026, 1, 30)),
    (MEADOW, "Midpoint", "Designs agreed", 4_500, "A-120", "sent", "meadow-midpoint.pdf", date(2026, 4, 24)),
    (MEADOW, "Final", "Site goes live", 4_500, None, None, None, date(2026, 6, 5)),
    (QUAYSIDE, "Deposit", "Start of work", 1_200, "A-119", "paid", "quayside-deposit.pdf", date(2026, 2, 13)),
    # planted: still "sent" after its due date
    (QUAYSIDE, "Midpoint", "Text agreed", 1_800, "A-121", "sent", "quayside-midpoint.pdf", date(2026, 3, 24)),
    # ready to bill: signed, and still a draft
    (QUAYSIDE, "Final", "Ready for print", 1_800, None, "draft", "quayside-final.pdf", date(2026, 5, 8)),
)
# fmt: on


def build() -> bytes:
    """Return the workbook."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "Milestones"
    sheet.freeze_panes = "A2"
    for column, (heading, width) in enumerate(COLUMNS.items(), start=1):
        cell = sheet.cell(1, column, heading)
        cell.font = Font(name="Calibri", size=11, bold=True)
        sheet.column_dimensions[cell.column_letter].width = width
    for row, values in enumerate(ROWS, start=2):
        for column, value in enumerate(values, start=1):
            sheet.cell(row, column, value)
        sheet[f"D{row}"].number_format = EURO
        sheet[f"H{row}"].number_format = "yyyy-mm-dd"
    return pack(workbook, {})
