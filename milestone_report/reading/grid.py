"""One sheet's cells as the reader gives them, with what the fast reader hides laid over them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from milestone_report.text import column_letter, column_number

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from typing import TypeGuard

_Kind = TypeVar("_Kind")

Place = tuple[int, int]
"""Row and column of a cell in Excel, both counted from 0."""

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
"""The size of a sheet in Excel."""

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_JOINED = re.compile(r'"(?:[^"]|"")*"|[^"&]+|&')


@dataclass(frozen=True, slots=True)
class BrokenCell:
    """Stands in a grid for a cell without a usable value: an Excel error, or a formula never calculated."""

    error: str = ""
    formula: str = ""

    def __str__(self) -> str:
        return self.error or f"={self.formula}"


class Formula(NamedTuple):
    """A formula as it is written, and where: a cell that shares it stands elsewhere (§18.3.1.40)."""

    text: str
    written_at: Place


@dataclass(slots=True)
class Details:
    """What only the sheet's own XML tells. Rows and columns are counted from 0.

    `formats` are number format codes with a currency in them, `shares` cells shown as percentages,
    `scales` what is written behind numbers in thousands or millions ("k€"),
    `formulas` those of cells with money, `link_formulas` what HYPERLINK formulas point to, as formula text.
    `filtered` is whether a filter may have hidden the rows.
    """

    broken: dict[Place, BrokenCell] = field(default_factory=dict)
    links: dict[Place, str] = field(default_factory=dict)
    link_formulas: dict[Place, str] = field(default_factory=dict)
    formats: dict[Place, str] = field(default_factory=dict)
    formulas: dict[Place, Formula] = field(default_factory=dict)
    shares: set[Place] = field(default_factory=set)
    scales: dict[Place, str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    filtered: bool = False


@dataclass(frozen=True, slots=True)
class ExcelTable:
    """A range that Excel itself knows as a table. Rows and columns are counted from 0, both ends included.

    `filtered` is whether a filter of its own may have hidden rows.
    """

    name: str
    top: int
    left: int
    bottom: int
    right: int
    has_header: bool = True
    totals_rows: int = 0
    filtered: bool = False

    @property
    def header_row(self) -> int:
        """Where its header stands, or would be typed: Excel may know a table without one."""
        return self.top if self.has_header else self.top - 1

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell lies in its range."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@dataclass(slots=True)
class Grid:
    """Cells of one sheet. `rows[0][0]` stands at (`top`, `left`); an empty cell is ""."""

    name: str
    rows: list[list[Any]]
    top: int = 0
    left: int = 0
    hidden: bool = False
    merged: Sequence[tuple[Place, Place]] = ()
    tables: Sequence[ExcelTable] = ()
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
        for place, formula in details.link_formulas.items():
            if target := self._target(formula):
                details.links[place] = target
        for place in details.shares:
            value = self.value(*place)
            if isinstance(value, float):
                self._put(place, f"{value:.10%}".rstrip("0%").rstrip(".") + "%")  # as Excel shows it: no amount
        for place, scale in details.scales.items():
            value = self.value(*place)
            if isinstance(value, float):
                self._put(place, f"{value:.15g} {scale}")

    def _target(self, formula: str) -> str:
        """What a HYPERLINK formula points to: texts and cells joined by &. "" where it is anything else."""
        target = ""
        for part in _JOINED.findall(formula):
            cell = place_of(part.replace("$", ""))
            if part.startswith('"'):
                target += part[1:-1].replace('""', '"')
            elif cell is not None:
                target += as_text(self.value(*cell))
            elif part.strip(" &"):
                return ""
        return target

    def fill_down(self, columns: Collection[int], rows: Collection[int], *, below: int) -> None:
        """Write a merged cell's value into those of some rows that it covers, in the columns where that is meant.

        Only merges that begin below the row `below`.
        """
        bottom = self.top + len(self.rows) - 1
        for (first_row, first_column), (last_row, _last_column) in self.merged:
            if first_column in columns and first_row > below:
                for row in range(first_row + 1, min(last_row, bottom) + 1):
                    # Excel keeps no value under a merged cell.
                    if row in rows and is_blank(self.value(row, first_column)):
                        self._put((row, first_column), self.value(first_row, first_column))

    def _put(self, place: Place, value: object) -> None:
        down, across = place[0] - self.top, place[1] - self.left
        if 0 <= down < len(self.rows) and 0 <= across < len(self.rows[down]):
            self.rows[down][across] = value


def place_of(reference: str) -> Place | None:
    """Where a cell such as "G12" stands; None where the text is no cell of Excel's largest sheet."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    row, column = int(match[2]), column_number(match[1])
    return (row - 1, column - 1) if 1 <= row <= MOST_ROWS and column <= MOST_COLUMNS else None


def area(reference: str) -> tuple[Place, Place] | None:
    """The first and last cell of a range such as "A1:G12" or "G12"; None where it is none."""
    first, _, last = reference.partition(":")
    start, end = place_of(first), place_of(last or first)
    return None if start is None or end is None else (start, end)


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


def all_are(values: Sequence[object], kind: type[_Kind]) -> TypeGuard[Sequence[_Kind]]:
    """Whether all values are of this very type: one question for a column instead of one for each cell."""
    return {*map(type, values)} == {kind}
