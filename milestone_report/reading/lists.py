"""Words after a blank row: the head of another list below the milestones, or a remark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from milestone_report.facts import phrase
from milestone_report.reading.grid import Grid, address, is_blank
from milestone_report.reading.values import read_number

if TYPE_CHECKING:
    from milestone_report.reading.header import Table
    from milestone_report.reading.sums import Sieve
    from milestone_report.reading.values import Notes


class AnotherList:
    """Whether the rows that are gone down stand in another list, which a blank row or a header ends; says so."""

    def __init__(self, grid: Grid, table: Table, sieve: Sieve, notes: Notes) -> None:
        self._grid, self._sieve, self._notes = grid, sieve, notes
        self._signoff = table.columns.get("signoff", -1) - grid.left
        self._first = min(table.columns.values())
        self.inside = False

    def only_words(self, cells: list[Any], filled: set[int]) -> bool:
        """Whether a row holds nothing but words: no amount, no date, no status that is known, no sign-off."""
        if self._sieve.has_status(cells) or not all(isinstance(cells[across], str) for across in filled):
            return False
        return self._signoff not in filled and read_number(cells[self._sieve.amount])[0] is None

    def begin(self, row: int, cells: list[Any]) -> None:
        """After a blank row, words head another list where a row with a name and a number follows; else a remark."""
        below = row + 1 - self._grid.top
        following = self._grid.rows[below] if below < len(self._grid.rows) else [""] * len(self._grid.rows[0])
        named = isinstance(following[self._sieve.name], str) and not is_blank(following[self._sieve.name])
        has_number = any(map(_is_number, following))
        # A list has words over its numbers; "Phase 2 | autumn" has none.
        headed = all(not is_blank(above) for above, value in zip(cells, following, strict=True) if _is_number(value))
        self.inside = named and has_number and headed and not self._sieve.has_status(following)
        what = (
            phrase("Another list begins here, down to the next blank row")
            if self.inside
            else phrase("Words below the table, without an amount")
        )
        self._note("W012", row, what=what)

    def watch(self, row: int, cells: list[Any]) -> None:
        """A row of the list that has a status and an amount may be a milestone after all: that is an error."""
        if self._sieve.has_status(cells) and read_number(cells[self._sieve.amount])[0] is not None:
            start = phrase(
                "this row of the list that begins above it ({cell}) looks like a milestone",
                cell=address(row, self._first),
            )
            self._note(
                "W001",
                row,
                why=start,
                how=phrase("Move it up into the table, or the list away. Put it on a sheet of its own."),
            )

    def _note(self, code: str, row: int, **facts: str) -> None:
        place = (row, self._first)
        self._notes.add(code, place, self._grid.value(*place), **facts)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float))
