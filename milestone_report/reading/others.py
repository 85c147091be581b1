"""What stands on a sheet beside the milestone table that is read: other tables and lists, each to be named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from milestone_report.facts import phrase
from milestone_report.reading.grid import Grid, Place, is_blank
from milestone_report.reading.header import map_header
from milestone_report.reading.layout import HEADER_ROWS, in_excel_table, texts_of
from milestone_report.text import fold, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from milestone_report.reading.header import Table
    from milestone_report.reading.values import Notes
    from milestone_report.reading.vocabulary import Vocabulary

ON_ITS_OWN = phrase("Put it on a sheet of its own.")

_LEAST_WORDS = 3
"""A title or a line of a project block has words side by side, too, but hardly so many with a table below them."""


@dataclass(frozen=True, slots=True)
class Other:
    """Another table: what it is, in a sentence and at its start; its first cell, its rows and columns.

    `is_milestones`: it holds milestones, too.
    """

    what: str
    starting: str
    place: Place
    rows: range
    columns: range
    is_milestones: bool = False

    def overlaps(self, table: Table) -> bool:
        """Whether it has columns in common with the milestone table, so that its rows could be taken for milestones."""
        columns = table.columns.values()
        return self.columns[0] <= max(columns) and self.columns[-1] >= min(columns)


def find_others(grid: Grid, table: Table, words: Vocabulary) -> list[Other]:
    """The other tables that Excel knows, and those above the milestone table or beside its first rows.

    Those whose header stands in the very rows of its header are in `Table.beside`; what stands below is told
    row by row, as it may be the rest of the table.
    """
    return [*_excel_tables(grid, table, words), *_above_or_beside(grid, table, words)]


def note_others(grid: Grid, others: list[Other], notes: Notes) -> None:
    """Name each of them. One that holds milestones is an error: its money is in no figure."""
    for other in others:
        value = grid.value(*other.place)
        if other.is_milestones:
            why = phrase("{table} is a second milestone table on this sheet", table=other.what)
            notes.add("W001", other.place, value, why=why, how=ON_ITS_OWN)
        else:
            what = phrase(
                "{table} begins here and ends in row {row}", table=other.starting, row=str(other.rows[-1] + 1)
            )
            notes.add("W012", other.place, value, what=what)


def _excel_tables(grid: Grid, table: Table, words: Vocabulary) -> Iterator[Other]:
    used = {*table.columns.values()}
    beside = [column for column, _is_milestones in table.beside]
    for each in grid.tables:
        columns = range(each.left, each.right + 1)
        # One that begins right below the header holds its rows.
        own = table.top <= each.top <= table.header_row + 1 and not used.isdisjoint(columns)
        if not own and (each.top != table.header_row or each.left not in beside):
            yield Other(
                phrase("the Excel table “{name}”", name=shown(each.name)),
                phrase("The Excel table “{name}”", name=shown(each.name)),
                (each.top, each.left),
                range(each.top, min(each.bottom, grid.top + len(grid.rows) - 1) + 1),
                columns,
                in_excel_table(grid, each, words).is_complete,
            )


def _above_or_beside(grid: Grid, table: Table, words: Vocabulary) -> Iterator[Other]:
    """Tables and lists that Excel does not know, in the rows where a header is looked for."""
    end = 0
    alone = grid.left >= min(table.headers) and grid.left + len(grid.rows[0]) - 1 <= max(table.headers)
    bottom = min(HEADER_ROWS, table.top if alone else grid.top + len(grid.rows))
    for row in range(grid.top, bottom):
        is_above = row < table.top
        if row < end or table.top - 1 <= row <= table.header_row:
            continue  # a row right above the header has no rows of its own
        texts = texts_of(grid, row - grid.top).items()
        free = {column: text for column, text in texts if not any(each.holds(row, column) for each in grid.tables)}
        for cells in [free] if is_above else _on_both_sides(free, table):
            if len(cells) < 2:
                continue
            is_milestones = map_header(cells, row, row, words).is_header
            if is_milestones or (is_above and _heads_a_list(grid, row, cells, words)):
                columns = range(min(cells), max(cells) + 1)
                end = _end(grid, row, columns, table)
                what, starting = phrase("another list"), phrase("Another list")
                if is_milestones:
                    what, starting = phrase("the table that begins here"), phrase("The table that begins here")
                yield Other(what, starting, (row, columns[0]), range(row, end), columns, is_milestones)


def _on_both_sides(cells: Mapping[int, str], table: Table) -> Iterator[dict[int, str]]:
    """The cells left of the header's columns, and those right of them."""
    first, last = min(table.headers), max(table.headers)
    yield {column: text for column, text in cells.items() if column < first}
    yield {column: text for column, text in cells.items() if column > last}


def _heads_a_list(grid: Grid, row: int, cells: dict[int, str], words: Vocabulary) -> bool:
    """Whether a row of words side by side stands over a row with as much, and neither is a line of a project block."""
    columns = range(min(cells), max(cells) + 1)
    below = {column: grid.value(row + 1, column) for column in columns}
    filled = [value for value in below.values() if not is_blank(value)]
    labels = [*cells.values(), *(value for value in filled if isinstance(value, str))]
    return (
        len(cells) == len(columns) >= _LEAST_WORDS
        and len(cells) == sum(not is_blank(value) for value in grid.rows[row - grid.top])
        and not is_blank(below[columns[0]])
        and len(filled) >= _LEAST_WORDS - 1
        and not any(fold(label.partition(":")[0]) in words.block for label in labels)
    )


def _end(grid: Grid, row: int, columns: range, table: Table) -> int:
    """The row below the end of a list: a blank one, or the milestone table's header."""
    bottom = table.top if row < table.top else grid.top + len(grid.rows)
    below = range(row + 1, bottom)
    return next((each for each in below if all(is_blank(grid.value(each, column)) for column in columns)), bottom)
