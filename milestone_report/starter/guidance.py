"""What helps while a sheet is filled in: drop-downs, checks with messages that a person understands, notes, colours."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_col_to_name

from milestone_report.model import STATE_OF, State, Status
from milestone_report.starter.columns import COLUMNS, place
from milestone_report.starter.lists import CURRENCY_LIST, STATUS_LIST
from milestone_report.starter.styles import LATE, PAID, UNSIGNED, VOID, Styles

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_FAR = 10**12


def guide_block(sheet: Worksheet, currency: int, contract: int) -> None:
    """The drop-down and the check of the block's cells in column B, by their rows."""
    sheet.data_validation(currency, 1, currency, 1, _currency())
    sheet.data_validation(contract, 1, contract, 1, _money("Contract total", "The total that the client signed."))


def guide_table(sheet: Worksheet, header: int, last: int, signoffs: str) -> None:
    """Notes over the headers, and for each column what it takes. Rows are counted from 0."""
    for number, column in enumerate(COLUMNS):
        sheet.write_comment(header, number, column.note, {"width": 190, "height": 52, "font_size": 9})
        if column.kind == "money":
            checked = _money(column.title, column.note)
        elif column.kind == "date":
            checked = _date(column.title, column.note)
        elif column.field == "status":
            checked = _status()
        elif column.field == "currency":
            checked = _currency()
        elif column.field == "signoff":
            where = f"Put the file into the folder “{signoffs}” and write its name here, with its ending."
            checked = {"validate": "any", "input_title": "Sign-off", "input_message": where}
        else:
            continue
        sheet.data_validation(header + 1, number, last, number, checked)


def colour(sheet: Worksheet, styles: Styles, first: int, last: int) -> None:
    """Red where the money is overdue, amber where a sign-off is missing, green where it is paid, grey where void."""
    status, due, signoff, amount = (
        f"${xl_col_to_name(place(field))}{first + 1}" for field in ("status", "due_date", "signoff", "amount")
    )
    billed, void = _one_of(status, State.BILLED), _one_of(status, State.VOID)
    billed_or_paid = f"OR({billed},{_one_of(status, State.PAID)})"
    for field, formula, look in (
        ("status", f'={status}="{Status.PAID}"', PAID),
        ("due_date", f'=AND({billed},{due}<>"",{due}<TODAY())', LATE),
        ("signoff", f'=AND({billed_or_paid},{amount}>0,TRIM({signoff})="")', UNSIGNED),
    ):
        column = place(field)
        rule = {"type": "formula", "criteria": formula, "format": styles(**look)}
        sheet.conditional_format(first, column, last, column, rule)
    rule = {"type": "formula", "criteria": f"={void}", "format": styles(**VOID)}
    sheet.conditional_format(first, 0, last, len(COLUMNS) - 1, rule)


def _one_of(cell: str, state: State) -> str:
    alike = [f'{cell}="{status}"' for status, means in STATE_OF.items() if means is state]
    return f"OR({','.join(alike)})"


def _status() -> dict[str, object]:
    return {
        "validate": "list",
        "source": f"={STATUS_LIST}",
        "error_title": "This status is not known",
        "error_message": "Please choose one from the list: click the arrow beside the cell.",
    }


def _currency() -> dict[str, object]:
    return {
        "validate": "list",
        "source": f"={CURRENCY_LIST}",
        "error_type": "warning",
        "error_title": "This currency is not in the list",
        "error_message": "A currency is three letters, such as EUR. Is it right all the same?",
    }


def _money(title: str, says: str) -> dict[str, object]:
    return {
        "validate": "decimal",
        "criteria": "between",
        "minimum": -_FAR,
        "maximum": _FAR,
        "input_title": title,
        "input_message": says,
        "error_title": "This is no number",
        "error_message": "Please write the amount as a number, without letters or a currency sign: 1250.50",
    }


def _date(title: str, says: str) -> dict[str, object]:
    return {
        "validate": "date",
        "criteria": "between",
        "minimum": dt.date(2000, 1, 1),
        "maximum": dt.date(2099, 12, 31),
        "input_title": title,
        "input_message": says,
        "error_title": "This is no date",
        "error_message": "Please write a day, month and year as Excel takes them on this computer, such as 31/3/2026.",
    }
