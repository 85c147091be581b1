"""Examples as the sheets they stand for: what is in which cell."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from milestone_report.text import in_words

if TYPE_CHECKING:
    from milestone_report.rules.rule import Example

AS_OF = dt.date(2026, 3, 31)
"""The date on which examples are looked at."""

EARLIER = dt.date(2026, 3, 17)
"""The date of the earlier run, where an example has one."""

CLEAN: dict[str, object] = {
    "milestone": "Deposit",
    "amount": 1000.0,
    "currency": "EUR",
    "invoice_number": "INV-1",
    "invoice_date": dt.date(2026, 3, 1),
    "status": "sent",
    "due_date": dt.date(2026, 4, 15),
    "signoff": "signed.pdf",
    "signoff_date": dt.date(2026, 2, 25),
}
"""A milestone that breaks no rule on AS_OF. The rows of examples are laid over it."""


def merged_rows(example: Example) -> list[dict[str, object]]:
    """The milestones of an example, each as its fields."""
    return [{**CLEAN, **row} for row in example.rows]


def sheet_name(number: int) -> str:
    """The name of an example's sheet, counted from 1."""
    return f"Example {number}"


def fields_of(example: Example) -> list[str]:
    """The columns of an example's table, in their order; those that a row takes away are not among them."""
    merged = merged_rows(example)
    dropped = {name for row in merged for name, value in row.items() if value is None}
    return [name for name in dict.fromkeys(name for row in merged for name in row) if name not in dropped]


def cells_of(example: Example) -> list[list[object]]:
    """The cells of an example that is one sheet, from A1: the block, the header, the milestones."""
    if example.cells:
        return [list(row) for row in example.cells]
    fields = fields_of(example)
    block: list[list[object]] = [[label, value] for label, value in example.block.items()]
    rows = [[row.get(name, "") for name in fields] for row in merged_rows(example)]
    return [*block, [in_words(name).capitalize() for name in fields], *rows]
