"""One sheet's cells as the reader gives them, with what the fast reader hides laid over them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from milestone_report.text import column_letter

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

Place = tuple[int, int]
"""Row and column of a cell in Excel, both counted from 0."""


@dataclass(frozen=True, slots=True)
class BrokenCell:
    """Stands in a grid for a cell without a usable value: an Excel error, or a formula never calculated."""

    error: str = ""
    formula: str = ""

    def __str__(self) -> str:
        return self.error or f"={self.formula}"


@dataclass(slots=True)
class Details:
    """What only the sheet's own XML tells.

    `formats` are number format codes with a currency in them, `shares` cells shown as percentages,
    `sums` cells whose whole formula is a SUM.
    """

    broken: dict[Place, BrokenCell] = field(default_factory=dict)
    links: dict[Place, str] = field(default_factory=dict)
    formats: dict[Place, str] = field(default_factory=dict)
    sums: set[Place] = field(default_factory=set)
    shares: set[Place] = field(default_factory=set)


@dataclass(slots=True)
class Grid:
    """Cells of one sheet. `rows[0][0]` stands at (`top`, `left`); an empty cell is ""."""

    name: str
    rows: list[list[Any]]
    top: int = 0
    left: int = 0
    hidden: bool = False
    merged: Sequence[tuple[Place, Place]] = ()
    details: Details = field(default_factory=Details)

    def value(self, row: int, column: int) -> object:
        """The cell at a place of the sheet; "" outside the used range."""
        across, down = column - self.left, row - self.top
        if 0 <= down < len(self.rows) and 0 <= across < len(self.rows[down]):
            return self.rows[down][across]
        return ""

    def lay_over(self, details: Details) -> None:
        """Put broken cells in their places, so that nobody takes them for blank ones."""
        self.details = details
        for place, broken in details.broken.items():
            self._put(place, broken)
        for place in details.shares:
            value = self.value(*place)
            if isinstance(value, float):
                self._put(place, f"{value:.10%}".rstrip("0%").rstrip(".") + "%")  # as Excel shows it: no amount

    def fill_down(self, columns: Collection[int]) -> None:
        """Write a merged cell's value into every row that it covers, in the columns where that is what is meant."""
        for (first_row, first_column), (last_row, _last_column) in self.merged:
            if first_column in columns:
                for row in range(first_row + 1, last_row + 1):
                    self._put((row, first_column), self.value(first_row, first_column))

    def _put(self, place: Place, value: object) -> None:
        down, across = place[0] - self.top, place[1] - self.left
        if 0 <= down < len(self.rows) and 0 <= across < len(self.rows[down]):
            self.rows[down][across] = value


def address(row: int, column: int) -> str:
    """A place as Excel writes it: (0, 0) is A1."""
    return f"{column_letter(column)}{row + 1}"


def as_text(value: object) -> str:
    """A cell's value as the words of a text field: an invoice number typed as 2041 is not 2041.0."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        value = value.date()
    return str(value).strip()


def is_blank(value: object) -> bool:
    """Whether a person sees nothing in the cell."""
    return value is None or (isinstance(value, str) and not value.strip())
