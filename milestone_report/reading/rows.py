"""Which rows below a header are milestones, and which repeat the header, add up, or say something else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from milestone_report.model import TotalsRow
from milestone_report.money import known_code
from milestone_report.reading.grid import Grid, address, is_blank
from milestone_report.reading.layout import Table, is_header
from milestone_report.reading.values import Notes, read_number
from milestone_report.text import fold, shown

if TYPE_CHECKING:
    from milestone_report.reading.vocabulary import Vocabulary

_WORDS = re.compile(r"[^\W\d_]+|[€£$¥]")


@dataclass(slots=True)
class _RunningSum:
    """What stands in the amount cells so far: all of them, and since the last subtotal.

    A sheet's own SUM takes void rows in and text out; either is called right where it agrees.
    """

    whole: Decimal = Decimal(0)
    since: Decimal = Decimal(0)

    def add(self, amount: Decimal) -> None:
        self.whole += amount
        self.since += amount


def milestone_rows(grid: Grid, table: Table, words: Vocabulary, notes: Notes) -> tuple[list[int], list[TotalsRow]]:
    """The rows (from 0) that hold milestones, and the totals rows that were passed over and compared.

    A blank row may part milestones; after one, or after a totals row, text alone is a remark.
    """
    rows: list[int] = []
    totals: list[TotalsRow] = []
    running, void_free = _RunningSum(), _RunningSum()
    passed_over: list[tuple[int, str]] = []
    after_gap = False
    for row in range(table.header_row + 1, grid.top + len(grid.rows)):
        filled = [name for name, column in table.columns.items() if not is_blank(grid.value(row, column))]
        if not filled:
            after_gap = True
            continue
        if is_header(grid, row, table, words):
            place = (row, min(table.columns.values()))
            notes.add("W012", place, grid.value(*place), what="The header row is repeated")
            continue
        label = _totals_label(grid, row, table, words, filled, running)
        if label is not None:
            totals += _compare(grid, row, table, words, label, (running, void_free), notes)
            passed_over.append((row, label))
            after_gap = True
            continue
        if after_gap and len(filled) == 1 and isinstance(grid.value(row, table.columns[filled[0]]), str):
            continue
        after_gap = False
        rows.append(row)
        number, _mark, _sign = read_number(grid.value(row, table.columns["amount"]))
        if number is not None:
            running.add(number)
            status = grid.value(row, table.columns["status"])
            if not (isinstance(status, str) and words.statuses.get(fold(status)) == "void"):
                void_free.add(number)
    for row, label in passed_over:
        if rows and row < rows[-1]:  # at the foot of the table a total surprises nobody
            place = (row, table.columns[table.name_field])
            notes.add("W012", place, grid.value(*place), what=f"A totals row inside the table ({_shown(label)})")
    return rows, totals


def _totals_label(
    grid: Grid, row: int, table: Table, words: Vocabulary, filled: list[str], running: _RunningSum
) -> str | None:
    """The label of a totals row, None where the row is none.

    A row with a status is a milestone, whatever it is called. Without a label it is a total only
    when its amount is a SUM formula or equals the sum above it.
    """
    if "status" in filled:
        return None
    amount = table.columns["amount"]
    name = grid.value(row, table.columns[table.name_field])
    before = [grid.value(row, column) for column in range(grid.left, amount)]
    for cell in [name, *before]:
        if isinstance(cell, str) and (label := _is_total(cell, words)):
            return label
    if not is_blank(name):
        return None
    if (row, amount) in grid.details.sums:
        return ""
    number, _mark, _sign = read_number(grid.value(row, amount))
    alone = set(filled) <= {"amount", "paid"}
    return "" if alone and number is not None and running.whole and number in (running.whole, running.since) else None


def _is_total(text: str, words: Vocabulary) -> str:
    """The text when it is a totals label, alone or with a currency beside it: "Total EUR:"."""
    without_currency = " ".join(word for word in _WORDS.findall(text) if not (word.isupper() and known_code(word)))
    return text.strip() if fold(without_currency) in words.totals else ""


def _compare(
    grid: Grid,
    row: int,
    table: Table,
    words: Vocabulary,
    label: str,
    sums: tuple[_RunningSum, _RunningSum],
    notes: Notes,
) -> list[TotalsRow]:
    """Compare a totals row with the amounts above it; a subtotal with those since the last one, too."""
    place = (row, table.columns["amount"])
    value = grid.value(*place)
    number, _mark, _sign = read_number(value)
    fits = {total for each in sums for total in (each.whole, each.since)}
    expected = sums[0].since if fold(label) in words.subtotals else sums[0].whole
    for each in sums:
        each.since = Decimal(0)
    if number is None:
        return []
    agrees = number in fits
    if not agrees:
        notes.add(
            "W009", place, value, says=f"{number:,}", adds_up_to=f"{expected:,}", by=f"{abs(number - expected):,}"
        )
    return [TotalsRow(address(*place), _shown(label), f"{number:,}", f"{expected:,}", agrees)]


def _shown(label: str) -> str:
    return shown(label or "without a label")
