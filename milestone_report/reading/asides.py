"""Rows between milestones that are none: headings of sections, remarks, and headings with the sum of their section."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from milestone_report.facts import phrase
from milestone_report.reading.grid import Grid, is_blank
from milestone_report.reading.labels import may_be_total
from milestone_report.reading.sums import same
from milestone_report.text import fold, shown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from milestone_report.reading.header import Table
    from milestone_report.reading.sums import Sieve
    from milestone_report.reading.vocabulary import Vocabulary

_REMARKS = ("note", "description")


class Asides:
    """Tells the rows of one table that say something about milestones and are none."""

    def __init__(self, grid: Grid, table: Table, sieve: Sieve, words: Vocabulary) -> None:
        self._grid, self._sieve, self._words = grid, sieve, words
        self._header_row = table.header_row
        places = {table.columns[name] - grid.left for name in _REMARKS if name in table.columns}
        self._remarks = places - {sieve.name}
        self.merged = self._merged_rows(table)
        self._fewest_added_up = 2

    def remark_or_heading(self, row: int, cells: list[Any], filled: set[int]) -> str:
        """What a row is where it is merged, or holds a remark only, or the name of a section; "" for every other."""
        if row in self.merged:
            return phrase("A heading over the whole table")
        name = cells[self._sieve.name]
        if filled <= self._remarks and all(isinstance(cells[across], str) for across in filled):
            return phrase("Words without a milestone or an amount")
        if filled != {self._sieve.name} or not isinstance(name, str):
            return ""
        if self._begins_as_remark(name):
            return phrase("A remark")
        return phrase("“{name}” heads the rows below it", name=shown(name)) if row in self._headings else ""

    def rows_that_it_adds_up(self, row: int, details: Collection[int]) -> int:
        """How many rows below have the amount of a bare row as their sum, down to the next bare one; 0 for none.

        A row is bare that has nothing in the columns of `details`. One row may have the same amount by chance: it
        counts only below another such heading.
        """
        own, total, count = self._sieve.number(row), Decimal(0), 0
        for below, filled in self._below(row):
            number = self._sieve.number(below)
            if number is None or not filled.intersection(details):
                break
            total, count = total + number, count + bool(number)
        if own is None or count < self._fewest_added_up or not same(own, total):
            return 0
        self._fewest_added_up = 1
        return count

    def _merged_rows(self, table: Table) -> set[int]:
        """Rows with one cell merged over the names and the amounts: they can only be headings."""
        ends = table.columns[table.name_field], table.columns["amount"]
        return {
            top
            for (top, left), (bottom, right) in self._grid.merged
            if top == bottom and left <= min(ends) and right >= max(ends)
        }

    def _begins_as_remark(self, name: str) -> bool:
        """Whether a text says that it is a remark: "* excl. VAT", "Note: paid in two parts"."""
        before, colon, _rest = name.partition(":")
        return name.lstrip().startswith("*") or bool(
            colon and self._words.columns.get(fold(before), ("",))[0] == "note"
        )

    @cached_property
    def _headings(self) -> set[int]:
        """Rows with nothing but a name, where such a row opens the table and there are several.

        A lone one may be a milestone whose amount was forgotten, and so may one with no milestone below it.
        """
        name = {self._sieve.name}
        first, found = True, set()
        previous = -1
        for row, filled in self._below(self._header_row):
            if first and filled != name:
                return set()
            first = False
            if previous >= 0 and self._sieve.number(row) is not None and not self._is_total(row):
                found.add(previous)
            previous = row if filled == name else -1
        return found if len(found) > 1 else set()

    def _is_total(self, row: int) -> bool:
        name = self._grid.rows[row - self._grid.top][self._sieve.name]
        return not isinstance(name, str) or may_be_total(name, self._words)

    def _below(self, row: int) -> Iterator[tuple[int, set[int]]]:
        """The rows below one, each with its cells in use that are filled, without blank ones."""
        for below in range(row + 1, self._grid.top + len(self._grid.rows)):
            cells = self._grid.rows[below - self._grid.top]
            if filled := {across for across in self._sieve.mapped if not is_blank(cells[across])}:
                yield below, filled
