"""The rows of all workbooks → one milestones frame. The only part of reading that needs pandas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from milestone_report.model import DATE_FIELDS, READ_COLUMNS, TEXT_FIELDS, Milestones

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from milestone_report.reading.workbook import WorkbookRows

_TEXT = (*TEXT_FIELDS, "currency", "status", "signoff")
_NUMBERS = ("sheet_id", "row", "amount", "paid_cell")
_FLAGS = ("amount_known", "paid_recorded", "trusted")


def milestones_frame(books: Sequence[WorkbookRows], as_of: dt.date) -> Milestones:
    """One frame with READ_COLUMNS over all workbooks, in the order of the workbooks, sheets and rows."""
    sheets = tuple(sheet for book in books for sheet in book.workbook.sheets_used)
    columns: dict[str, list[object]] = {name: [] for name in READ_COLUMNS}
    first_sheet = 0
    for book in books:
        for name, values in book.columns.items():
            columns[name] += [first_sheet + int(str(value)) for value in values] if name == "sheet_id" else values
        first_sheet += len(book.workbook.sheets_used)
    data: dict[str, Any] = {}
    for name, values in columns.items():
        if name in DATE_FIELDS:
            # By way of days: a date cell may lie outside the years that nanoseconds can hold.
            data[name] = pd.Series(np.array(values, dtype="datetime64[D]").astype("datetime64[s]"))
        elif name in _NUMBERS:
            data[name] = pd.Series(values, dtype="int64")
        elif name in _FLAGS:
            data[name] = pd.Series(values, dtype=bool)
        else:
            data[name] = pd.Series(values, dtype="str")
    return Milestones(pd.DataFrame(data, columns=list(READ_COLUMNS)), sheets, as_of)
