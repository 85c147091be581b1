"""Which rows below a header are milestones, and which repeat the header, add up, or say something else."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from milestone_report.model import TotalsRow
from milestone_report.money import known_code
from milestone_report.reading.grid import Grid, address, is_blank
from milestone_report.reading.layout import Table, is_header
from milestone_report.reading.values import read_number
from milestone_report.text import fold, shown

if TYPE_CHECKING:
    from milestone_report.reading.values import Notes
    from milestone_report.reading.vocabulary import Vocabulary

_WORDS = re.compile(r"[^\W\d_]+|[€£$¥]")


def milestone_rows(grid: Grid, table: Table, words: Vocabulary, notes: Notes) -> tuple[list[int], list[TotalsRow]]:
    """The rows (from 0) that hold milestones, and the totals rows that were passed over and compared.

    A blank row may part milestones; after one, or after a totals row, text alone is a remark.
    """
    sieve = _Sieve(grid, table, words)
    totals: list[TotalsRow] = []
    passed_over: list[tuple[int, str]] = []
    after_gap = False
    for row in range(table.header_row + 1, grid.top + len(grid.rows)):
        cells = grid.rows[row - grid.top]
        filled = [across for across in sieve.mapped if not is_blank(cells[across])]
        if not filled:
            after_gap = True
        elif is_header(grid, row, table, words):
            place = (row, min(table.columns.values()))
            notes.add("W012", place, grid.value(*place), what="The header row is repeated")
        elif (label := sieve.totals_label(row, cells, filled)) is not None:
            totals += sieve.compare(row, cells, label, notes)
            passed_over.append((row, label))
            after_gap = True
        elif after_gap and len(filled) == 1 and isinstance(cells[filled[0]], str):
            continue
        else:
            after_gap = False
            sieve.rows.append(row)
    for row, label in passed_over:
        if sieve.rows and row < sieve.rows[-1]:  # at the foot of the table a total surprises nobody
            place = (row, table.columns[table.name_field])
            what = f"A totals row inside the table ({shown(label) or 'without a label'})"
            notes.add("W012", place, grid.value(*place), what=what)
    return sieve.rows, totals


class _Sieve:
    """The milestone rows so far, and what a totals row below them may say.

    A sheet's own SUM takes void rows in, or not: both sums are called right.
    """

    def __init__(self, grid: Grid, table: Table, words: Vocabulary) -> None:
        self._grid, self._words = grid, words
        self.mapped = [column - grid.left for column in table.columns.values()]
        self._amount_column = table.columns["amount"]
        self._amount = table.columns["amount"] - grid.left
        self._status = table.columns["status"] - grid.left
        self._name = table.columns[table.name_field] - grid.left
        self._paid = table.columns.get("paid", table.columns["amount"]) - grid.left
        self.rows: list[int] = []
        self._added = 0
        # Sums over all rows and since the last subtotal, each with and without void milestones.
        self._whole, self._since = [Decimal(0), Decimal(0)], [Decimal(0), Decimal(0)]

    def totals_label(self, row: int, cells: list[Any], filled: list[int]) -> str | None:
        """The label of a totals row, None where the row is none.

        A row with a status is a milestone, whatever it is called. Without a label it is a total only
        when its amount is a SUM formula or equals the sum above it.
        """
        if self._status in filled:
            return None
        name = cells[self._name]
        for cell in (name, *cells[: self._amount]):
            if isinstance(cell, str) and (label := _is_total(cell, self._words)):
                return label
        if not is_blank(name):
            return None
        if (row, self._amount_column) in self._grid.details.sums:
            return ""
        number, _mark, _sign = read_number(cells[self._amount])
        if number is None or not set(filled) <= {self._amount, self._paid}:
            return None
        self._add_up()
        return "" if self.rows and number in (*self._whole, *self._since) else None

    def compare(self, row: int, cells: list[Any], label: str, notes: Notes) -> list[TotalsRow]:
        """Compare a totals row with the amounts above it; a subtotal with those since the last one, too."""
        self._add_up()
        fits = (*self._whole, *self._since)
        expected = self._since[0] if fold(label) in self._words.subtotals else self._whole[0]
        self._since = [Decimal(0), Decimal(0)]
        value = cells[self._amount]
        number, _mark, _sign = read_number(value)
        if number is None:
            return []
        place = (row, self._amount_column)
        agrees = number in fits
        says, adds_up_to = f"{number:,}", f"{expected:,}"
        if not agrees:
            notes.add("W009", place, value, says=says, adds_up_to=adds_up_to, by=f"{abs(number - expected):,}")
        return [TotalsRow(address(*place), shown(label) or "without a label", says, adds_up_to, agrees)]

    def _add_up(self) -> None:
        """Add the milestones since the last time: each is added once, however many totals there are."""
        for row in self.rows[self._added :]:
            cells = self._grid.rows[row - self._grid.top]
            number, _mark, _sign = read_number(cells[self._amount])
            if number is None:
                continue
            status = cells[self._status]
            void = isinstance(status, str) and self._words.statuses.get(fold(status)) == "void"
            for sums in (self._whole, self._since):
                sums[0] += number
                sums[1] += 0 if void else number
        self._added = len(self.rows)


def _is_total(text: str, words: Vocabulary) -> str:
    """The text when it is a totals label, alone or with a currency beside it: "Total EUR:"."""
    without_currency = " ".join(word for word in _WORDS.findall(text) if not (word.isupper() and known_code(word)))
    return text.strip() if fold(without_currency) in words.totals else ""
