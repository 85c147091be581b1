"""One sheet's cells as the reader gives them, with what the fast reader hides laid over them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from milestone_report.text import column_letter

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
    """What only the sheet's own XML tells. Formats are number format codes with a currency in them."""

    broken: dict[Place, BrokenCell] = field(default_factory=dict)
    links: dict[Place, str] = field(default_factory=dict)
    formats: dict[Place, str] = field(default_factory=dict)
    sums: set[Place] = field(default_factory=set)


@dataclass(slots=True)
class Grid:
    """Cells of one sheet. `rows[0][0]` stands at (`top`, `left`); an empty cell is ""."""

    name: str
    rows: list[list[Any]]
    top: int = 0
    left: int = 0
    hidden: bool = False
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
        for (row, column), broken in details.broken.items():
            down, across = row - self.top, column - self.left
            if 0 <= down < len(self.rows) and 0 <= across < len(self.rows[down]):
                self.rows[down][across] = broken


def address(row: int, column: int) -> str:
    """A place as Excel writes it: (0, 0) is A1."""
    return f"{column_letter(column)}{row + 1}"


def is_blank(value: object) -> bool:
    """Whether a person sees nothing in the cell."""
    return value is None or (isinstance(value, str) and not value.strip())
