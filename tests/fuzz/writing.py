"""Made sheets as a workbook file, by way of XlsxWriter."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.fuzz.strategies import MadeSheet

_FORMATS = {
    "EUR": "[$€-2] #,##0.00",
    "USD": "[$$-409]#,##0.00",
    "GBP": '"£"#,##0.00',
    "JPY": "[$JPY] 0",
    "KWD": "0.000 [$KWD]",
}


def write_workbook(path: Path, sheets: Sequence[MadeSheet], **options: Any) -> None:
    """Write the sheets, in a file of XlsxWriter's `options`. Every third number is a formula with its result."""
    with xlsxwriter.Workbook(path, options) as book:
        date = book.add_format({"num_format": "dd/mm/yyyy"})
        money = {code: book.add_format({"num_format": shown}) for code, shown in _FORMATS.items()}
        for number, made in enumerate(sheets, 1):
            sheet = book.add_worksheet(f"{made.name} {number}")
            money_columns = {made.columns.get("amount"), made.columns.get("paid")}
            for down, line in enumerate(made.cells, made.top):
                for across, value in enumerate(line, made.left):
                    shown = (
                        money.get(made.shown_currency) if across in money_columns and down > made.header_row else None
                    )
                    look = date if isinstance(value, dt.date) else shown
                    if formula := made.details.formulas.get((down, across)):
                        sheet.write_formula(down, across, f"={formula.text}", look, value)
                    else:
                        _write(sheet, down, across, value, look)


def _write(sheet: Any, down: int, across: int, value: Any, look: Any) -> None:
    if value is None:
        return
    if isinstance(value, str):
        sheet.write_string(down, across, value, look)
    elif isinstance(value, dt.date):
        sheet.write_datetime(down, across, value, look)
    elif (down + across) % 3:
        sheet.write_number(down, across, value, look)
    else:
        sheet.write_formula(down, across, f"={value!r}+0", look, value)
