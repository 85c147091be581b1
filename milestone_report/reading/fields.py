"""The milestone rows' cells → columns of values, one list for each of READ_COLUMNS."""

from __future__ import annotations

import datetime as dt
import re
from functools import partial
from itertools import repeat
from typing import TYPE_CHECKING

from milestone_report.currency import EXPONENTS
from milestone_report.dates import month_of, order_of_dotted
from milestone_report.facts import phrase
from milestone_report.model import DATE_FIELDS, TEXT_FIELDS, Status
from milestone_report.money import spelled_money
from milestone_report.reading.grid import Grid, Place, all_are, as_text, is_blank
from milestone_report.reading.plain import plain_money
from milestone_report.reading.values import (
    AMOUNT,
    IN_NO_TOTAL,
    PAID,
    Notes,
    broken,
    known_status,
    read_date,
    read_money,
    read_status,
)
from milestone_report.reading.vocabulary import DASHES, under_header
from milestone_report.text import fold, shown

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from milestone_report.reading.currencies import CurrencySource
    from milestone_report.reading.header import Table
    from milestone_report.reading.vocabulary import Vocabulary

Columns = dict[str, list[object]]

LABELS = {
    "invoice_date": phrase("Invoice date"),
    "due_date": phrase("Due date"),
    "paid_date": phrase("Payment date"),
    "signoff_date": phrase("Sign-off date"),
    "expected_date": phrase("Expected date"),
}

_AS_TEXT = phrase("type the invoice number again with an apostrophe before it, and Excel keeps it as it is typed")

_MAY_SAY_NOTHING = frozenset({"invoice_number", "signoff", *DATE_FIELDS})
"""Where a dash or "n/a" is as good as blank. In an amount, a paid cell or a status it may mean several things."""

_NAME = re.compile(r"\s*(?:https?|ftp)://(?:[^\s;]|;(?=[^\s;])(?!\w+://))+|[^;]+", re.IGNORECASE)
"""One of several names parted by ";", which may also stand within a web address (RFC 3986 §2.2)."""

_ALL_DIGITS = 10**15
"""Whole numbers from here on have more digits than Excel keeps."""


class FieldReader:
    """Reads the mapped columns of one table, over the rows that are milestones (from 0)."""

    def __init__(
        self, grid: Grid, table: Table, rows: Sequence[int], notes: Notes, doubtful: Collection[int] = ()
    ) -> None:
        self._grid, self._doubtful = grid, doubtful
        self._columns, self._headers = table.columns, table.headers
        self._name_field = table.name_field
        self._rows = rows
        self._cells = [grid.rows[row - grid.top] for row in rows]
        self._notes = notes
        self._nothing: frozenset[str] = frozenset()

    def read(
        self,
        source: CurrencySource,
        words: Vocabulary,
        *,
        paid_header: str = "",
        epoch_1904: bool = False,
        date_order: str = "",
    ) -> Columns:
        """All columns. Rows whose amount, currency, status or paid cell is uncertain are not `trusted`.

        Any other cell that cannot be read is named and left blank, and its row counts all the same.
        """
        self._nothing = words.nothing
        columns: Columns = {"row": [row + 1 for row in self._rows]}
        for name in TEXT_FIELDS:
            columns[name] = self._texts(name)
        self._note_changed_numbers(columns["invoice_number"])
        columns["milestone"] = self._names(columns, words)
        self._money(columns, source, paid_header)
        self._statuses(columns, words)
        columns["signoff"] = self._signoffs()
        self._distrust_lone_amounts(columns)
        columns |= self._dates(epoch_1904=epoch_1904, order=date_order)
        return columns

    def _names(self, columns: Columns, words: Vocabulary) -> list[object]:
        """What the milestones are called. A date that stands for a month is written as one: "2026-10"."""
        field = self._name_field
        names = list(columns[field]) if field in columns else self._texts(field)
        if fold(self._headers[self._columns[field]]) in words.periods:
            names = [month_of(value) or name for value, name in zip(self._raw(field), names, strict=True)]
        if field != "period":
            return names
        # What tells most rows apart names them: two invoices of one month are no milestone billed twice.
        others = columns["description"], columns["invoice_number"]
        best, *rest = sorted((names, *others), key=lambda values: len({*values}), reverse=True)
        return [next(filter(None, row), "") for row in zip(best, *rest, strict=True)]

    def _statuses(self, columns: Columns, words: Vocabulary) -> None:
        """Add status and status_text; rows whose status is unknown lose their `trusted`."""
        values, column = self._raw("status"), self._columns["status"]
        understood = under_header(self._headers[column], words)
        if all_are(values, str):  # a few words in all the rows: each is looked at once
            texts = {word: shown(word) for word in set(values)}
            columns["status_text"] = [texts[value] for value in values]
            meant = {word: known_status(word, understood) for word in texts}
            statuses = [meant[value] for value in values]
        else:
            columns["status_text"] = [shown(value) for value in values]
            statuses = [None] * len(values)
        if self._doubtful:  # they are asked about already
            pairs = zip(self._rows, statuses, strict=True)
            statuses = [Status.UNKNOWN if row in self._doubtful else status for row, status in pairs]
        columns["status"] = [
            status or read_status(value, (row, column), understood, self._notes)
            for row, value, status in zip(self._rows, values, statuses, strict=True)
        ]
        if Status.UNKNOWN in columns["status"]:
            columns["trusted"] = [
                trusted and status is not Status.UNKNOWN
                for trusted, status in zip(columns["trusted"], columns["status"], strict=True)
            ]

    def _distrust_lone_amounts(self, columns: Columns) -> None:
        """An amount with nothing beside it may be anybody's note or sum: it is not counted, and R101 says so."""
        if all(columns["milestone"]):
            return
        telling = [columns[name] for name in ("milestone", "description", "invoice_number", "signoff")]
        for index, beside in enumerate(zip(*telling, strict=True)):
            if columns["status"][index] is Status.PLANNED and not any(beside):
                columns["trusted"][index] = False

    def _raw(self, name: str) -> list[object]:
        """The cells of a field as they stand; blanks where the table has no such column, or a dash stands there."""
        column = self._columns.get(name)
        if column is None:
            return [""] * len(self._rows)
        across = column - self._grid.left
        values = [cells[across] for cells in self._cells]
        if name in _MAY_SAY_NOTHING and not all_are(values, dt.date) and self._nothing.intersection(values):
            return ["" if isinstance(value, str) and value in self._nothing else value for value in values]
        return values

    def _texts(self, name: str) -> list[object]:
        if name not in self._columns:
            return [""] * len(self._rows)
        values, column = self._raw(name), self._columns[name]
        if all_are(values, str):
            return [value.strip() for value in values]
        return [
            value.strip() if isinstance(value, str) else self._text(value, row, column)
            for row, value in zip(self._rows, values, strict=True)
        ]

    def _text(self, value: object, row: int, column: int) -> str:
        return "" if broken(value, (row, column), self._notes) else as_text(value)

    def _note_changed_numbers(self, numbers: Sequence[object]) -> None:
        """Say where Excel may have turned an invoice number into a date or cut off its digits.

        Other numbers leave no notice: 2041 is what the cell shows, and a date is fine in other texts
        ("March 2026"). Zeros that only a number format shows (0042) are not seen.
        """
        values = self._raw("invoice_number")
        if all_are(values, str):
            return  # as nearly always, and where there is no such column
        column = self._columns["invoice_number"]
        for row, value, number in zip(self._rows, values, numbers, strict=True):
            why = ""
            if isinstance(value, (dt.date, dt.time, dt.timedelta)):
                why = phrase(
                    "Excel makes a date or time of what is typed as 3-4 or 3:40 without an apostrophe before it"
                )
            elif isinstance(value, float) and abs(value) >= _ALL_DIGITS:
                why = phrase("Excel keeps only its first 15 digits")
            if why:
                facts = {"what": phrase("Invoice number"), "read_as": str(number), "why": why, "how": _AS_TEXT}
                self._notes.add("R111", (row, column), value, **facts)

    def _dates(self, *, epoch_1904: bool, order: str) -> Columns:
        """The columns of dates. A sheet has one way to write them: what one column shows holds for the others."""
        raw = {name: self._raw(name) for name in DATE_FIELDS if name in self._columns}
        mixed = {name: values for name, values in raw.items() if not all_are(values, dt.date)}
        dotted = order_of_dotted({value for values in mixed.values() for value in values if type(value) is str})
        columns: Columns = {name: list(raw.get(name, repeat(None, len(self._rows)))) for name in DATE_FIELDS}
        read = partial(read_date, notes=self._notes, epoch_1904=epoch_1904, order=order, dotted=dotted)
        for name, values in mixed.items():
            column, what = self._columns[name], LABELS[name]
            columns[name] = [
                value or None
                if value == "" or type(value) is dt.date  # nearly every cell
                else read(value, (row, column), what)
                for row, value in zip(self._rows, values, strict=True)
            ]
        return columns

    def _signoffs(self) -> list[object]:
        """File names, one a line. A link's target counts, not the words shown."""
        if "signoff" not in self._columns:
            return [""] * len(self._rows)
        values, column, links = self._raw("signoff"), self._columns["signoff"], self._grid.details.links
        if not links and all_are(values, str) and _is_one_name("".join(values)):
            return [value.strip() for value in values]
        cells: list[object] = []
        for row, value in zip(self._rows, values, strict=True):
            place = (row, column)
            if place in links:  # also where the words shown are an error or were never calculated
                cells.append(links[place])
            elif isinstance(value, str) and _is_one_name(value):
                cells.append(value.strip())
            elif isinstance(value, str):
                names = (part.strip() for line in value.splitlines() for part in _NAME.findall(line))
                cells.append("\n".join(name for name in names if name))
            else:
                cells.append(self._text(value, row, column))
        return cells

    def _money(self, columns: Columns, source: CurrencySource, paid_header: str) -> None:
        """Add currency, amount, amount_known, paid_cell, paid_recorded and a first `trusted`."""
        amount_places = zip(self._rows, repeat(self._columns["amount"]), strict=False)
        plain = plain_money(
            self._raw("amount"), amount_places, self._raw("currency"), self._raw("paid"), source, paid_header
        )
        if plain:
            columns.update(plain)
            return
        for name in ("currency", "amount", "amount_known", "paid_cell", "paid_recorded", "trusted"):
            columns[name] = []
        places = [self._columns["amount"], self._columns.get("currency", 0), self._columns.get("paid", 0)]
        without_currency: list[tuple[int, object]] = []
        for row, value, currency_cell, paid in zip(
            self._rows, self._raw("amount"), self._raw("currency"), self._raw("paid"), strict=True
        ):
            place, currency_place, paid_place = (row, places[0]), (row, places[1]), (row, places[2])
            currency = source.of_amount(value, place, currency_cell, currency_place, self._notes)
            known = currency in EXPONENTS
            amount = self._amount(value, place, currency if known else "")
            if not currency and amount is not None:
                without_currency.append((row, value))
            received = None
            trusted = known and amount is not None
            if not is_blank(paid):
                received = self._received(paid, paid_place, amount, currency if known else "")
                trusted = trusted and received is not None
                trusted = trusted and source.agrees(paid, paid_place, paid_header, currency, self._notes)
            columns["currency"].append(currency if known else "")
            columns["amount"].append(amount or 0)
            columns["amount_known"].append(amount is not None)
            columns["paid_cell"].append(received or 0)
            columns["paid_recorded"].append(received is not None)
            columns["trusted"].append(trusted)
        everywhere = len(without_currency) > 1 and len(without_currency) == sum(map(bool, columns["amount_known"]))
        if not everywhere:  # what is asked about a doubtful row comes first
            without_currency = [each for each in without_currency if each[0] not in self._doubtful]
        source.say_where_none_is(without_currency, places[0], everywhere=everywhere, notes=self._notes)

    def _amount(self, value: object, place: Place, currency: str) -> int | None:
        if type(value) is not float and is_blank(value):
            self._notes.add("R102", place)
            return None
        return read_money(value, currency, place, AMOUNT, self._notes)

    def _received(self, value: object, place: Place, amount: int | None, currency: str) -> int | None:
        """The paid cell. A dash is nothing, as accountants write it. Below zero may be a refund, or a slip."""
        if isinstance(value, str) and value in DASHES:
            facts = {"what": PAID, "read_as": spelled_money(0, currency), "why": phrase("a dash stands for nothing")}
            self._notes.add("R111", place, value, **facts, how=phrase("type 0, or leave the cell blank"))
            return 0
        received = read_money(value, currency, place, PAID, self._notes)
        if received is not None and received < 0 < (amount or 0):
            why = phrase("is below zero: a refund, or a receipt with a minus?")
            self._notes.add("R103", place, value, what=PAID, why=why, so=IN_NO_TOTAL, more="")
            return None
        return received


def _is_one_name(text: str) -> bool:
    """Whether nothing in a sign-off cell parts several names, as in nearly every one."""
    return ";" not in text and text.isprintable()
