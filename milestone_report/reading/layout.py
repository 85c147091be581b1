"""Where the milestone table of a sheet is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from milestone_report.reading.grid import ExcelTable, Grid, is_blank
from milestone_report.reading.header import NAMES_A_ROW, Table, currency_in, field_of, map_header
from milestone_report.reading.values import read_number
from milestone_report.reading.vocabulary import near_column
from milestone_report.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from milestone_report.reading.vocabulary import Vocabulary

HEADER_ROWS = 30
"""The header is looked for in so many rows from the top of the sheet."""


def find_table(grid: Grid, words: Vocabulary) -> Table | None:
    """The best header of a milestone table among the first rows; a table that Excel knows comes before another.

    None where nothing looks like a header.
    """
    known = [table for each in grid.tables if (table := in_excel_table(grid, each, words)).is_complete]
    best = max(known, key=lambda table: table.strength, default=None)
    for row in range(grid.top, min(HEADER_ROWS, grid.top + len(grid.rows))):
        if best is not None and best.is_certain:
            break  # what follows is its data
        table = header_at(grid, row, words)
        if table.is_header and (best is None or table.strength > best.strength):
            best = table
    return best


def find_misspelt(grid: Grid, words: Vocabulary) -> Table | None:
    """Where there is no header: the first row that would be one but for slips in its words, and has numbers below it.

    None where there is no such row. It lacks at least one of the columns that are needed.
    """
    for offset in range(min(HEADER_ROWS - grid.top, len(grid.rows))):
        columns = [across for across, value in enumerate(grid.rows[offset]) if isinstance(value, str) and value]
        below = grid.rows[offset + 1 : offset + 4]
        if not any(read_number(line[across])[0] is not None for line in below for across in columns):
            continue
        table = header_at(grid, grid.top + offset, words)
        meant = {name: near[0] for name, near in nearly_needed(table, words).items()}
        if replace(table, columns=meant | table.columns).is_header:
            return table
    return None


def nearly_needed(table: Table, words: Vocabulary) -> dict[str, list[int]]:
    """The columns whose header may be a slip for what a table lacks, by that field: each column that is needed."""
    near: dict[str, list[int]] = {}
    for column in table.unknown:
        field = near_column(table.headers[column], words)
        lacking = "milestone" if field in NAMES_A_ROW else field
        if lacking in table.missing:
            near.setdefault(field, []).append(column)
    return near


def header_at(grid: Grid, row: int, words: Vocabulary) -> Table:
    """The header that begins in a row, if it is one: in this row alone, or in two where that tells more than either."""
    table = _in_one_row_or_two(grid, row - grid.top, words)
    if table.is_header:
        _take_units(grid, table, words)
    return table


def header_below(grid: Grid, row: int, table: Table, words: Vocabulary) -> Table | None:
    """The header that begins in a row below that of a table, None where none does, as in nearly every row.

    In place of the table's amount it has words or nothing.
    """
    amount = grid.value(row, table.columns["amount"])
    if not isinstance(amount, str) or any(map(str.isdigit, amount)):
        return None
    cells = grid.rows[row - grid.top]
    understood = (cell for cell in cells if type(cell) is str and cell and field_of(cell, words)[0])
    if next(understood, None) is None or next(understood, None) is None:
        return None
    header = header_at(grid, row, words)
    return header if header.may_be_milestones_beside(table) else None


def is_part_of_header(grid: Grid, row: int, table: Table) -> bool:
    """Whether all that a row says in a table's columns stands in its header, too, as the second row of that does."""
    said = {column: value for column in table.columns.values() if not is_blank(value := grid.value(row, column))}
    header = {table.top, table.header_row}
    return len(said) > 1 and all(
        value in [grid.value(each, column) for each in header] for column, value in said.items()
    )


def _take_units(grid: Grid, table: Table, words: Vocabulary) -> None:
    """Count a row of units to the header above it: words only, with the currency in place of an amount."""
    offset = table.header_row + 1 - grid.top
    if "amount" not in table.columns or offset >= len(grid.rows):
        return
    cells = texts_of(grid, offset)
    if len(cells) < sum(not is_blank(value) for value in grid.rows[offset]):
        return
    currency = currency_in(cells.get(table.columns["amount"], ""))
    if currency and not any(fold(text) in words.statuses for text in cells.values()):
        table.header_row += 1
        table.currencies["amount"] = table.currencies["amount"] or currency


def in_excel_table(grid: Grid, table: ExcelTable, words: Vocabulary) -> Table:
    """The table that the header of an Excel table makes; where that lacks something, with what is typed beside it."""
    row = table.header_row
    cells = texts_of(grid, row - grid.top) if 0 <= row - grid.top < len(grid.rows) else {}
    inside = {column: text for column, text in cells.items() if table.left <= column <= table.right}
    left, right = table.left, table.right
    while left - 1 in cells:
        left -= 1
    while right + 1 in cells:
        right += 1
    around = {column: text for column, text in cells.items() if left <= column <= right}
    found = map_header(inside, row, row, words)
    if not found.is_complete:
        found = map_header(around, row, row, words)
    found.last_row, found.totals_rows = table.bottom - table.totals_rows, table.totals_rows
    found.outside = {
        column: text
        for column, text in around.items()
        if column not in inside and not any(each.holds(row, column) for each in grid.tables)
    }
    found.excel_name = table.name
    return found


def _in_one_row_or_two(grid: Grid, offset: int, words: Vocabulary) -> Table:
    row = grid.top + offset
    alone = map_header(texts_of(grid, offset), row, row, words)
    joined = _two_rows(grid, offset, words)
    if not joined:
        return alone
    both = map_header(joined, row, row + 1, words)
    below = map_header(texts_of(grid, offset + 1), row + 1, row + 1, words)
    return both if both.is_header and both.strength > max(alone.strength, below.strength) else alone


def _two_rows(grid: Grid, offset: int, words: Vocabulary) -> Mapping[int, str]:
    """The words of a header in two rows by column, such as "Invoice" above "date"; none where the second is data."""
    if offset + 1 >= len(grid.rows) or any(
        not isinstance(value, str) and not is_blank(value) for value in grid.rows[offset + 1]
    ):
        return {}
    upper, lower, bands = texts_of(grid, offset), texts_of(grid, offset + 1), _bands(grid, offset)
    if not upper or not lower:
        return {}
    upper = {**bands, **upper}
    joined: dict[int, str] = {}
    alone: dict[int, str] = {}
    for column in sorted({*upper, *lower}):
        top, low = upper.get(column, ""), lower.get(column, "")
        both = f"{top} {low}".strip()
        # A word over several columns, or one that means nothing here, only groups those below it.
        grouped = column in bands or not field_of(top, words)[0]
        if not top or not low or field_of(both, words)[0]:
            joined[column] = both if low or column not in bands else ""
        elif grouped:
            joined[column], alone[column] = both, low
        else:
            return {}
    # "Payment" above "Amount" is no amount beside "Invoice" above "Amount".
    claimed = {field_of(text, words)[0] for text in joined.values()}
    joined |= {column: low for column, low in alone.items() if field_of(low, words)[0] not in ("", *claimed)}
    return {column: text for column, text in joined.items() if text}


def texts_of(grid: Grid, offset: int) -> dict[int, str]:
    """The words of a row by column."""
    return {
        grid.left + across: value
        for across, value in enumerate(grid.rows[offset])
        if isinstance(value, str) and not is_blank(value)
    }


def _bands(grid: Grid, offset: int) -> dict[int, str]:
    """The words of merged cells over several columns of a row, for each of their columns."""
    row = grid.top + offset
    bands: dict[int, str] = {}
    for (top, left), (_bottom, right) in grid.merged:
        text = grid.value(top, left)
        if top == row and right > left and isinstance(text, str) and not is_blank(text):
            bands |= dict.fromkeys(range(left, min(right, grid.left + len(grid.rows[offset])) + 1), text)
    return bands
