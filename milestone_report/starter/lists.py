"""The sheet behind the drop-downs: what each status means, and the usual currencies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_report.model import Status

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from milestone_report.starter.styles import Styles

STATUSES = {
    Status.PLANNED: "Agreed, and not invoiced yet",
    Status.DRAFT: "The invoice is written, but has not gone out",
    Status.SENT: "The invoice has gone out",
    Status.PARTIALLY_PAID: "Some of it has been paid: write how much into Paid",
    Status.PAID: "All of it has been paid",
    Status.OVERDUE: "The invoice is not paid, and its due date has passed",
    Status.VOID: "Cancelled: it counts in no figure",
}
CURRENCIES = (
    *("EUR", "USD", "GBP", "CHF", "AUD", "BRL", "CAD", "CNY", "CZK", "DKK", "HKD", "HUF", "INR", "JPY", "KRW", "MXN"),
    *("NOK", "NZD", "PLN", "RON", "SEK", "SGD", "TRY", "ZAR"),
)
STATUS_LIST, CURRENCY_LIST = "StatusList", "CurrencyList"
"""What the drop-downs call the lists."""

_FIRST = 2


def write_lists(book: Workbook, sheet: Worksheet, styles: Styles, name: str) -> None:
    """Write the lists, and name them for the drop-downs."""
    sheet.hide_gridlines(2)
    sheet.set_column("A:A", 18)
    sheet.set_column("B:B", 58)
    sheet.set_column("C:C", 4)
    sheet.set_column("D:D", 14)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    head = styles(bold=True, bottom=1)
    for column, word in ((0, "Choose from"), (1, "What it means"), (3, "Currencies")):
        sheet.write_string(_FIRST - 1, column, word, head)
    sheet.write_string(0, 0, "The drop-downs of the other sheets use these lists.", styles.label())
    for row, (status, meaning) in enumerate(STATUSES.items(), _FIRST):
        sheet.write_string(row, 0, status.value, styles.cell())
        sheet.write_string(row, 1, meaning, styles.cell())
    for row, code in enumerate(CURRENCIES, _FIRST):
        sheet.write_string(row, 3, code, styles.cell())
    for what, letter, count in ((STATUS_LIST, "A", len(STATUSES)), (CURRENCY_LIST, "D", len(CURRENCIES))):
        book.define_name(what, f"={name}!${letter}${_FIRST + 1}:${letter}${_FIRST + count}")
