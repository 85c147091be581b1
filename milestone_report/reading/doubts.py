"""Rows that may be milestones or sums: the sheet itself may settle which they are, else people are asked."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from milestone_report.facts import phrase
from milestone_report.text import shown

if TYPE_CHECKING:
    from milestone_report.reading.bare import Bare
    from milestone_report.reading.grid import Grid
    from milestone_report.reading.header import Table
    from milestone_report.reading.sums import Sieve
    from milestone_report.reading.values import Notes

_SAY_WHICH = phrase(
    "If it is a milestone, write “planned” as its status. If not, call it “Total” or “Outstanding”, or move its amount "
    "to another column."
)


class Doubts:
    """The doubtful rows of one table. Their money is in no sum, but a totals row may take it in."""

    def __init__(self, grid: Grid, table: Table, sieve: Sieve) -> None:
        self._grid, self._sieve = grid, sieve
        self._status_column = table.columns["status"]
        self._open: list[tuple[Bare, str]] = []
        self._open_money = Decimal(0)
        self._asked: list[tuple[Bare, str]] = []

    @property
    def rows(self) -> list[int]:
        """The rows (from 0) that are asked about."""
        return [bare.row for bare, _why in (*self._open, *self._asked)]

    def add(self, bare: Bare, why: str, *, may_be_settled: bool) -> None:
        """Take a row into doubt; `why` follows its name."""
        money = self._sieve.number(bare.row) or Decimal(0)
        self._sieve.doubtful += money
        if may_be_settled:
            self._open.append((bare, why))
            self._open_money += money
        else:
            self._asked.append((bare, why))

    def settle(self, number: Decimal | None, *, of_all: bool = False) -> list[Bare]:
        """See whether a sheet's own total takes in the doubtful rows above it: then they are milestones.

        Where it is right without them they are sums, and returned. `of_all` is whether it is no subtotal.
        """
        if number is None or not self._open:
            return []
        makes = self._sieve.makes
        without, with_them = makes(number, of_all=of_all), makes(number, self._open_money, of_all=of_all)
        if without == with_them:
            return []
        rows = [bare for bare, _why in self._open]
        self._sieve.doubtful -= self._open_money
        self._open, self._open_money = [], Decimal(0)
        if with_them:
            self._sieve.rows += [bare.row for bare in rows]
        return rows if without else []

    def ask(self, notes: Notes) -> None:
        """Ask what is not settled."""
        for bare, why in (*self._open, *self._asked):
            place = (bare.row, self._status_column)
            what = phrase("The status is blank, and “{name}” {why}", name=shown(bare.label), why=why)
            notes.add("R113", place, self._grid.value(*place), what=what, suggestion="", how=_SAY_WHICH, money="")
