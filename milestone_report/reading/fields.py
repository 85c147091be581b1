"""The milestone rows' cells → columns of values, one list for each of READ_COLUMNS."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from milestone_report.model import DATE_FIELDS, TEXT_FIELDS, Status
from milestone_report.money import EXPONENTS, SHARED_SYMBOLS, currency_of_format
from milestone_report.reading.grid import BrokenCell, Grid, is_blank
from milestone_report.reading.values import (
    CurrencySource,
    Notes,
    broken,
    find_currency,
    read_date,
    read_money,
    read_number,
    read_status,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_report.reading.layout import Table
    from milestone_report.reading.vocabulary import Vocabulary

Columns = dict[str, list[object]]

LABELS = {
    "invoice_date": "Invoice date",
    "due_date": "Due date",
    "paid_date": "Payment date",
    "signoff_date": "Sign-off date",
    "expected_date": "Expected date",
}


class FieldReader:
    """Reads the mapped columns of one table, over the rows that are milestones (from 0)."""

    def __init__(self, grid: Grid, table: Table, rows: Sequence[int], notes: Notes) -> None:
        self._grid = grid
        self._columns = table.columns
        self._name_field = table.name_field
        self._rows = rows
        self._notes = notes

    def read(self, source: CurrencySource, words: Vocabulary, *, epoch_1904: bool) -> Columns:
        """All columns. Rows whose amount, currency, status or paid cell is uncertain are not `trusted`."""
        columns: Columns = {"row": [row + 1 for row in self._rows]}
        for name in TEXT_FIELDS:
            columns[name] = self._texts(name)
        if self._name_field != "milestone":
            columns["milestone"] = list(columns[self._name_field])
        self._money(columns, source)
        columns["status"] = [
            read_status(value, (row, self._columns["status"]), words, self._notes)
            for row, value in zip(self._rows, self._raw("status"), strict=True)
        ]
        columns["trusted"] = [
            trusted and status is not Status.UNKNOWN
            for trusted, status in zip(columns["trusted"], columns["status"], strict=True)
        ]
        columns["signoff"] = self._signoffs()
        self._distrust_lone_amounts(columns)
        for name in DATE_FIELDS:
            columns[name] = self._dates(name, epoch_1904=epoch_1904)
        return columns

    def _distrust_lone_amounts(self, columns: Columns) -> None:
        """An amount with nothing beside it may be anybody's note or sum: it is not counted, and R101 says so."""
        telling = [columns[name] for name in ("milestone", "description", "invoice_number", "signoff")]
        for index, beside in enumerate(zip(*telling, strict=True)):
            if columns["status"][index] is Status.PLANNED and not any(beside):
                columns["trusted"][index] = False

    def _raw(self, name: str) -> list[object]:
        """The cells of a field as they stand; blanks where the table has no such column."""
        column = self._columns.get(name)
        if column is None:
            return [""] * len(self._rows)
        across, top = column - self._grid.left, self._grid.top
        return [self._grid.rows[row - top][across] for row in self._rows]

    def _texts(self, name: str) -> list[object]:
        if name not in self._columns:
            return [""] * len(self._rows)
        column = self._columns[name]
        return [
            value.strip() if isinstance(value, str) else self._text(value, row, column)
            for row, value in zip(self._rows, self._raw(name), strict=True)
        ]

    def _text(self, value: object, row: int, column: int) -> str:
        if broken(value, (row, column), self._notes):
            return ""
        if isinstance(value, float) and value.is_integer():
            return str(int(value))  # an invoice number typed as 2041 is not 2041.0
        if isinstance(value, dt.datetime) and value.time() == dt.time():
            value = value.date()
        return str(value)

    def _dates(self, name: str, *, epoch_1904: bool) -> list[object]:
        if name not in self._columns:
            return [None] * len(self._rows)
        column = self._columns[name]
        return [
            None if value == "" else read_date(value, (row, column), LABELS[name], self._notes, epoch_1904=epoch_1904)
            for row, value in zip(self._rows, self._raw(name), strict=True)
        ]

    def _signoffs(self) -> list[object]:
        """File names, one a line. A link's target counts, not the words shown."""
        if "signoff" not in self._columns:
            return [""] * len(self._rows)
        column, links = self._columns["signoff"], self._grid.details.links
        cells: list[object] = []
        for row, value in zip(self._rows, self._raw("signoff"), strict=True):
            place = (row, column)
            if place in links:
                cells.append(links[place])
            elif isinstance(value, str):
                names = (part.strip() for line in value.splitlines() for part in line.split(";"))
                cells.append("\n".join(name for name in names if name))
            else:
                cells.append(self._text(value, row, column))
        return cells

    def _money(self, columns: Columns, source: CurrencySource) -> None:
        """Add currency, amount, amount_known, paid_cell, paid_recorded and a first `trusted`."""
        for name in ("currency", "amount", "amount_known", "paid_cell", "paid_recorded", "trusted"):
            columns[name] = []
        without_currency: list[tuple[int, object]] = []
        for row, value, currency_cell, paid in zip(
            self._rows, self._raw("amount"), self._raw("currency"), self._raw("paid"), strict=True
        ):
            currency = self._currency(row, value, currency_cell, source)
            if currency == "" and not is_blank(value):
                without_currency.append((row, value))
            amount = self._amount(row, value, currency)
            paid_place = (row, self._columns.get("paid", 0))
            received = None if paid == "" else read_money(paid, currency, paid_place, "Paid", self._notes)
            columns["currency"].append(currency if currency in EXPONENTS else "")
            columns["amount"].append(amount or 0)
            columns["amount_known"].append(amount is not None)
            columns["paid_cell"].append(received or 0)
            columns["paid_recorded"].append(received is not None)
            paid_readable = received is not None or is_blank(paid)
            columns["trusted"].append(amount is not None and currency in EXPONENTS and paid_readable)
        self._say_where_no_currency_is(without_currency)

    def _currency(self, row: int, value: object, cell: object, source: CurrencySource) -> str:
        column = self._columns["amount"]
        if isinstance(cell, BrokenCell):
            broken(cell, (row, self._columns["currency"]), self._notes)
            return "?"
        _number, mark, sign = read_number(value) if isinstance(value, str) else (None, "", "")
        currency = find_currency(cell, mark, sign, (row, column), self._grid.details, source)
        stated = "" if is_blank(cell) else currency
        if stated and currency not in EXPONENTS:
            self._notes.add("R109", (row, self._columns["currency"]), cell, why="it is not a currency code")
        elif stated and mark and mark != stated:
            why = f"the amount beside it is in {mark}"
            self._notes.add("R109", (row, self._columns["currency"]), cell, why=why)
            return "?"
        return currency

    def _amount(self, row: int, value: object, currency: str) -> int | None:
        place = (row, self._columns["amount"])
        if is_blank(value):
            self._notes.add("R102", place)
            return None
        return read_money(value, currency, place, "Amount", self._notes)

    def _say_where_no_currency_is(self, cells: Sequence[tuple[int, object]]) -> None:
        """One finding for each cell; only one, at the first cell, where the whole sheet says no currency."""
        column = self._columns["amount"]
        everywhere = len(cells) > 1 and len(cells) == sum(not is_blank(value) for value in self._raw("amount"))
        for row, value in cells[:1] if everywhere else cells:
            _number, _mark, sign = read_number(value)
            sign = sign or currency_of_format(self._grid.details.formats.get((row, column), ""))[1]
            several = ", ".join(sorted(SHARED_SYMBOLS[sign])[:3]) if sign else ""
            why = f"the sign {sign} stands for several ({several} …)" if sign else "nothing says which it is"
            if everywhere:
                why += f"; the same is true of all {len(cells)} amounts on this sheet"
            self._notes.add("R108", (row, column), value, why=why)
