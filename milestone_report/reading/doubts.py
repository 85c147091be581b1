"""Rows that may be milestones or sums: the sheet itself may settle which they are, else people are asked."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from milestone_report.facts import phrase
from milestone_report.reading.labels import Says, says
from milestone_report.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from milestone_report.reading.bare import Bare
    from milestone_report.reading.grid import Grid
    from milestone_report.reading.header import Table
    from milestone_report.reading.sums import Sieve
    from milestone_report.reading.values import Notes
    from milestone_report.reading.vocabulary import Vocabulary

_SAY_WHICH = phrase(
    "If it is a milestone, write “planned” as its status. If not, call it “Total” or “Outstanding”, or move its amount "
    "to another column."
)


class Doubts:
    """The doubtful rows of one table. Their money is in no sum, but a totals row may take it in."""

    def __init__(self, grid: Grid, table: Table, sieve: Sieve, words: Vocabulary) -> None:
        self._grid, self._sieve, self._words = grid, sieve, words
        self._status_column = table.columns["status"]
        self._open: list[tuple[Bare, str]] = []
        self._asked: list[tuple[Bare, str]] = []

    @property
    def rows(self) -> list[int]:
        """The rows (from 0) that are asked about."""
        return [bare.row for bare, _why in (*self._open, *self._asked)]

    def add(self, bare: Bare, why: str, *, may_be_settled: bool) -> None:
        """Take a row into doubt; `why` follows its name."""
        self._sieve.doubtful += self._sieve.number(bare.row) or Decimal(0)
        (self._open if may_be_settled else self._asked).append((bare, why))

    def settle(self, number: Decimal | None, *, of_all: bool = False) -> list[Bare]:
        """See whether a sheet's own total takes in the doubtful rows above it: then they are milestones.

        Where it is right without them they are sums, and returned. `of_all` is whether it is no subtotal: a
        contract total. A row with the word for a total in its name ("Phase 2 total") is no milestone because a
        SUM takes it in, as one over the whole column does; where the contract takes it in, it is.
        """
        if number is None or not self._open:
            return []
        makes, money = self._sieve.makes, self._money(self._open)
        without, with_them = makes(number, of_all=of_all), makes(number, money, of_all=of_all)
        if without == with_them:
            return []
        settled = [each for each in self._open if without or of_all or not self._is_named_total(each[0])]
        self._open = [each for each in self._open if each not in settled]
        self._sieve.doubtful -= self._money(settled)
        rows = [bare for bare, _why in settled]
        if with_them:
            self._sieve.rows += [bare.row for bare in rows]
        return rows if without else []

    def _money(self, doubts: Iterable[tuple[Bare, str]]) -> Decimal:
        return sum((self._sieve.number(bare.row) or Decimal(0) for bare, _why in doubts), Decimal(0))

    def _is_named_total(self, bare: Bare) -> bool:
        return says(bare.label, self._words) is Says.WITHIN

    def ask(self, notes: Notes) -> None:
        """Ask what is not settled."""
        for bare, why in (*self._open, *self._asked):
            place = (bare.row, self._status_column)
            what = phrase("The status is blank, and “{name}” {why}", name=shown(bare.label), why=why)
            notes.add("R113", place, self._grid.value(*place), what=what, suggestion="", how=_SAY_WHICH, money="")
