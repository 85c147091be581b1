"""Where the milestone table of a sheet is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_report.reading.grid import ExcelTable, Grid, is_blank
from milestone_report.reading.header import Table, currency_in, field_of, map_header
from milestone_report.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from milestone_report.reading.vocabulary import Vocabulary

HEADER_ROWS = 30
"""The header is looked for in so many rows from the top of the sheet."""


def find_table(grid: Grid, words: Vocabulary) -> Table | None:
    """The table that Excel knows as one and that has all that is needed, else the best header among the first rows.

    None where nothing looks like a header.
    """
    known = [table for each in grid.tables if (table := _in_excel_table(grid, each, words)).is_complete]
    if known:
        return max(known, key=lambda table: table.strength)
    best: Table | None = None
    for offset in range(min(HEADER_ROWS - grid.top, len(grid.rows))):
        table = _at(grid, offset, words)
        if table.is_header and (best is None or table.strength > best.strength):
            best = table
            if not table.missing:
                break  # a header with all that is needed; what follows is its data
    if best is not None:
        _take_units(grid, best, words)
    return best


def _take_units(grid: Grid, table: Table, words: Vocabulary) -> None:
    """Count a row of units to the header above it: words only, with the currency in place of an amount."""
    offset = table.header_row + 1 - grid.top
    if "amount" not in table.columns or offset >= len(grid.rows):
        return
    cells = _texts(grid, offset)
    if len(cells) < sum(not is_blank(value) for value in grid.rows[offset]):
        return
    currency = currency_in(cells.get(table.columns["amount"], ""))
    if currency and not any(fold(text) in words.statuses for text in cells.values()):
        table.header_row += 1
        table.currencies["amount"] = table.currencies["amount"] or currency


def other_tables(grid: Grid, table: Table, words: Vocabulary) -> list[tuple[ExcelTable, bool]]:
    """The sheet's other tables that Excel knows, each with whether it is a milestone table, too."""
    first = min(table.columns.values())
    own = [
        each
        for each in grid.tables
        if table.last_row is not None and each.top == table.header_row and each.left <= first <= each.right
    ]
    others = [each for each in grid.tables if each not in own]
    return [(each, _in_excel_table(grid, each, words).is_complete) for each in others]


def is_header(grid: Grid, row: int, table: Table, words: Vocabulary) -> bool:
    """Whether a row below the header repeats it: most of its mapped cells say the header's words."""
    if not isinstance(grid.value(row, table.columns["amount"]), str):
        return False  # nearly every row: an amount is a number
    hits = same = filled = 0
    for name, column in table.columns.items():
        value = grid.value(row, column)
        if isinstance(value, str) and value:
            filled += 1
            hits += field_of(value, words)[0] == name
            same += value in (grid.value(table.top, column), grid.value(table.header_row, column))
    return hits >= max(2, (len(table.columns) + 1) // 2) or (same == filled and same >= 2)


def same_columns(grid: Grid, row: int, table: Table, words: Vocabulary) -> bool:
    """Whether no word of a repeated header names another field than its column holds."""
    for name, column in table.columns.items():
        value = grid.value(row, column)
        found = field_of(value, words)[0] if isinstance(value, str) else ""
        if found not in ("", "stand_in", name) and found in table.columns:
            return False
    return True


def _in_excel_table(grid: Grid, table: ExcelTable, words: Vocabulary) -> Table:
    offset = table.top - grid.top
    cells = _texts(grid, offset) if table.has_header and 0 <= offset < len(grid.rows) else {}
    inside = {column: text for column, text in cells.items() if table.left <= column <= table.right}
    found = map_header(inside, table.top, table.top, words)
    found.last_row, found.totals_rows = table.bottom - table.totals_rows, table.totals_rows
    return found


def _at(grid: Grid, offset: int, words: Vocabulary) -> Table:
    """The table whose header begins in a row: in this one alone, or in two where that tells more than either alone."""
    row = grid.top + offset
    alone = map_header(_texts(grid, offset), row, row, words)
    joined = _two_rows(grid, offset, words)
    if not joined:
        return alone
    both = map_header(joined, row, row + 1, words)
    below = map_header(_texts(grid, offset + 1), row + 1, row + 1, words)
    return both if both.is_header and both.strength > max(alone.strength, below.strength) else alone


def _two_rows(grid: Grid, offset: int, words: Vocabulary) -> Mapping[int, str]:
    """The words of a header in two rows by column, such as "Invoice" above "date"; none where the second is data."""
    if offset + 1 >= len(grid.rows) or any(
        not isinstance(value, str) and not is_blank(value) for value in grid.rows[offset + 1]
    ):
        return {}
    upper, lower, bands = _texts(grid, offset), _texts(grid, offset + 1), _bands(grid, offset)
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


def _texts(grid: Grid, offset: int) -> dict[int, str]:
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
