"""What is said about a sheet that was read: columns not used, rows and columns that are hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_report.reading.grid import address, is_blank
from milestone_report.reading.header import is_owed
from milestone_report.reading.vocabulary import near_column
from milestone_report.text import column_letter, in_words, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from milestone_report.reading.grid import Grid
    from milestone_report.reading.header import Table
    from milestone_report.reading.values import Notes
    from milestone_report.reading.vocabulary import Vocabulary

_OWED = (
    " If it says what is still owed: give what was received in a column “Paid”, else the whole amount counts as owed."
)

_MOST_RANGES = 8
"""Ranges of rows that one finding names; the others are counted."""


def note_columns(grid: Grid, table: Table, words: Vocabulary, notes: Notes) -> None:
    """Say which columns were not understood or not used, and what stands in for the milestone."""
    row = table.header_row
    for rival in table.rivals:
        used = f"“{shown(table.headers[rival.used])}” ({address(row, rival.used)})"
        notes.add("W006", (row, rival.column), table.headers[rival.column], field=in_words(rival.field), used=used)
    for column in table.unknown:
        header = table.headers[column]
        near = near_column(header, words)
        suggestion = f" Did you mean “{in_words(near)}”?" if near else ""
        if "paid" not in table.columns and is_owed(header, words):
            suggestion = _OWED
        notes.add("W007", (row, column), header, why=f"is not used.{suggestion}")
    for column, is_milestones in table.beside:
        place = (row, column)
        if is_milestones:
            why = "a second milestone table stands here, beside the first"
            notes.add("W001", place, grid.value(*place), why=why, how="Put it on a sheet of its own.")
        else:
            notes.add("W007", place, grid.value(*place), why="begins another table beside the milestones: not used.")
    if table.name_field != "milestone":
        column = table.columns[table.name_field]
        notes.add("W007", (row, column), table.headers[column], why="names the milestones, as no other column does.")


def note_blank_headers(grid: Grid, table: Table, rows: Sequence[int], notes: Notes) -> None:
    """Say which columns between those in use hold something, but have no header."""
    columns = table.columns.values()
    for column in range(min(columns), max(columns)):
        place = (table.header_row, column)
        if column in table.headers or not all(is_blank(grid.value(row, column)) for row in {table.top, place[0]}):
            continue
        first = next((row for row in rows if not is_blank(grid.value(row, column))), None)
        if first is not None:
            what = f"Column {column_letter(column)}"
            notes.add(
                "W007",
                place,
                what,
                why=f"has no header, so what stands in it ({address(first, column)} …) is not used.",
            )


def note_hidden(grid: Grid, table: Table, rows: Sequence[int], notes: Notes) -> None:
    """Say what was counted though nobody sees it in Excel, and what stands below the end of an Excel table."""
    details = grid.details
    if grid.hidden:
        notes.add("W008", None, "", what="This sheet is hidden in Excel", how="Right-click a sheet tab, Unhide.")
    if hidden := [row for row in rows if row in details.hidden_rows]:
        what = f"{'Filtered out or hidden' if details.filtered else 'Hidden'} in Excel: {_ranges(hidden)}"
        how = "In Excel: Data, Clear takes a filter off; select all, right-click a row number, Unhide."
        notes.add("W008", None, "", what=what, how=how)
    for column in sorted(details.hidden_columns & set(table.columns.values())):
        header = table.headers[column]
        what = f"Hidden in Excel: column {column_letter(column)} (“{shown(header)}”)"
        how = "Select all, right-click a column letter, Unhide."
        notes.add("W008", (table.header_row, column), header, what=what, how=how)
    if table.last_row is not None and (below := [row for row in rows if row > table.last_row]):
        what = f"Below the end of the Excel table, but taken for milestones: {_ranges(below)}"
        how = "Drag the corner of the Excel table down over them, or move them to another sheet."
        notes.add("W008", None, "", what=what, how=how)


def _ranges(rows: Sequence[int]) -> str:
    """Rows (from 0) as Excel numbers them: "rows 5, 7–9"."""
    ranges = list(_runs(rows))
    words = [f"{first + 1}" if first == last else f"{first + 1}–{last + 1}" for first, last in ranges[:_MOST_RANGES]]
    more = f" and {len(ranges) - _MOST_RANGES} more" if len(ranges) > _MOST_RANGES else ""
    return f"{'row' if len(rows) == 1 else 'rows'} {', '.join(words)}{more}"


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    first = last = rows[0]
    for row in rows[1:]:
        if row != last + 1:
            yield first, last
            first = row
        last = row
    yield first, last
