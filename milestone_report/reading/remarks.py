"""What is said about a sheet that was read: columns not used, rows and columns that are hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_report.facts import phrase, phrases
from milestone_report.reading.grid import address, is_blank
from milestone_report.reading.header import field_of, is_owed
from milestone_report.reading.others import ON_ITS_OWN
from milestone_report.reading.vocabulary import near_column
from milestone_report.text import column_letter, in_words, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from milestone_report.reading.grid import Grid
    from milestone_report.reading.header import Table
    from milestone_report.reading.values import Notes
    from milestone_report.reading.vocabulary import Vocabulary

_OWED = phrase(
    " If it says what is still owed: give what was received in a column “Paid”, else the whole amount counts as owed."
)

_MOST_RANGES = 8
"""Ranges of rows that one finding names; the others are counted."""


def note_columns(grid: Grid, table: Table, words: Vocabulary, notes: Notes) -> None:
    """Say which columns were not understood, or stand beside the table, and what stands in for the milestone."""
    row = table.header_row
    for column in table.unknown:
        header = table.headers[column]
        near = near_column(header, words)
        suggestion = phrase(" Did you mean “{name}”?", name=phrase(in_words(near))) if near else ""
        if "paid" not in table.columns and is_owed(header, words):
            suggestion = _OWED
        notes.add("W007", (row, column), header, why=phrase("is not used.{suggestion}", suggestion=suggestion))
    for column, header in table.outside.items():
        excel_table = shown(table.excel_name)
        if column in table.columns.values():
            why = phrase(
                "is read, though it stands beside the Excel table “{table}”: drag the corner of the table over it.",
                table=excel_table,
            )
            notes.add("W007", (row, column), header, why=why)
        elif column not in table.headers and field_of(header, words)[0]:
            why = phrase(
                "stands beside the Excel table “{table}”, so it is not used: drag the corner of the table over it if "
                "it belongs to it.",
                table=excel_table,
            )
            notes.add("W007", (row, column), header, why=why)
    for column, is_milestones in table.beside:
        place = (row, column)
        if is_milestones:
            why = phrase("a second milestone table stands here, beside the first")
            notes.add("W001", place, grid.value(*place), why=why, how=ON_ITS_OWN)
        else:
            notes.add(
                "W007", place, grid.value(*place), why=phrase("begins another table beside the milestones: not used.")
            )
    if table.name_field != "milestone":
        column = table.columns[table.name_field]
        why = phrase("names the milestones, as no other column does.")
        if table.name_field == "period" and table.columns.keys() & {"description", "invoice_number"}:
            why = phrase(
                "names the milestones, as no column of milestones does; where it is blank, or they tell more of them "
                "apart, the description or the invoice number does."
            )
        notes.add("W007", (row, column), table.headers[column], why=why)


def note_blank_headers(grid: Grid, table: Table, rows: Sequence[int], notes: Notes) -> None:
    """Say which columns between those in use hold something, but have no header."""
    columns = table.columns.values()
    for column in range(min(columns), max(columns)):
        place = (table.header_row, column)
        if column in table.headers or not all(is_blank(grid.value(row, column)) for row in {table.top, place[0]}):
            continue
        first = next((row for row in rows if not is_blank(grid.value(row, column))), None)
        if first is not None:
            what = phrase("Column {letter}", letter=column_letter(column))
            notes.add(
                "W007",
                place,
                what,
                why=phrase("has no header, so what stands in it ({cell} …) is not used.", cell=address(first, column)),
            )


def note_hidden(grid: Grid, table: Table, rows: Sequence[int], notes: Notes) -> None:
    """Say what was counted though nobody sees it in Excel."""
    details = grid.details
    if grid.hidden:
        notes.add(
            "W008",
            None,
            "",
            what=phrase("This sheet is hidden in Excel"),
            how=phrase("Right-click a sheet tab, Unhide."),
        )
    if hidden := [row for row in rows if row in details.hidden_rows]:
        filtered = details.filtered or any(each.filtered for each in grid.tables)
        rows_hidden = _ranges(hidden)
        what = phrase("Hidden in Excel: {rows}", rows=rows_hidden)
        if filtered:
            what = phrase("Filtered out or hidden in Excel: {rows}", rows=rows_hidden)
        how = phrase("In Excel: Data, Clear takes a filter off; select all, right-click a row number, Unhide.")
        notes.add("W008", None, "", what=what, how=how)
    for column in sorted(details.hidden_columns & set(table.columns.values())):
        header = table.headers[column]
        what = phrase(
            "Hidden in Excel: column {letter} (“{header}”)", letter=column_letter(column), header=shown(header)
        )
        how = phrase("Select all, right-click a column letter, Unhide.")
        notes.add("W008", (table.header_row, column), header, what=what, how=how)


def note_below_the_end(table: Table, rows: Sequence[int], notes: Notes) -> None:
    """Say what was counted though it stands below the end of an Excel table, whose own sums lack it."""
    if table.last_row is not None and (below := [row for row in rows if row > table.last_row]):
        what = phrase("Below the end of the Excel table, but taken for milestones: {rows}", rows=_ranges(below))
        how = phrase("Drag the corner of the Excel table down over them, or move them to another sheet.")
        notes.add("W008", None, "", what=what, how=how)


def _ranges(rows: Sequence[int]) -> str:
    """Rows (from 0) as Excel numbers them: "rows 5, 7–9"."""
    ranges = list(_runs(rows))
    words = [f"{first + 1}" if first == last else f"{first + 1}–{last + 1}" for first, last in ranges[:_MOST_RANGES]]
    which = ", ".join(words)
    if len(ranges) > _MOST_RANGES:
        which = phrase("{rows} and {more} more", rows=which, more=str(len(ranges) - _MOST_RANGES))
    return phrases("row {rows}", "rows {rows}", len(rows), rows=which)


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    first = last = rows[0]
    for row in rows[1:]:
        if row != last + 1:
            yield first, last
            first = row
        last = row
    yield first, last
