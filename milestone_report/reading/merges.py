"""Merged cells count for each milestone that they cover, but make none of a blank row or of a sum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_report.reading.grid import is_blank
from milestone_report.reading.labels import may_be_total

if TYPE_CHECKING:
    from collections.abc import Collection

    from milestone_report.reading.grid import Grid
    from milestone_report.reading.header import Table
    from milestone_report.reading.vocabulary import Vocabulary

_MONEY = ("amount", "paid")
"""Never filled down: a merged amount is one amount."""


def fill_before_rows_are_told(grid: Grid, table: Table, words: Vocabulary) -> None:
    """Fill in names, currencies and statuses, which tell a milestone from a sum, in rows that say something themselves.

    The status only where there is a name that is not like a total's.
    """
    if not grid.merged:
        return
    below = table.header_row + 1
    rows = [
        row
        for row, cells in enumerate(grid.rows[below - grid.top :], below)
        if not all(is_blank(cells[column - grid.left]) for column in table.columns.values())
    ]
    _fill(grid, table, ("currency", table.name_field), rows)
    names = ((row, grid.value(row, table.columns[table.name_field])) for row in rows)
    named = [
        row for row, name in names if not (is_blank(name) or (isinstance(name, str) and may_be_total(name, words)))
    ]
    _fill(grid, table, ("status",), named)


def fill_milestones(grid: Grid, table: Table, rows: Collection[int]) -> None:
    """Fill in all that is merged over milestone rows (from 0)."""
    if grid.merged:
        _fill(grid, table, [name for name in table.columns if name not in _MONEY], rows)


def _fill(grid: Grid, table: Table, fields: Collection[str], rows: Collection[int]) -> None:
    columns = {table.columns[name] for name in fields if name in table.columns}
    grid.fill_down(columns, frozenset(rows), below=table.header_row)
