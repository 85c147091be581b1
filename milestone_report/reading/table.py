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

_TEXT = (*TEXT_FIELDS, "currency", "status", "status_text", "signoff")
_NUMBERS = ("sheet_id", "row", "amount", "paid_cell")
_EPOCH = 719_163  # the day number of 1970-01-01
_NO_DATE = np.iinfo("int64").min  # how numpy stores NaT
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
            data[name] = _dates(values)
        elif name in _NUMBERS:
            data[name] = pd.Series(values, dtype="int64")
        elif name in _FLAGS:
            data[name] = pd.Series(values, dtype=bool)
        else:
            data[name] = pd.Series(values, dtype="str")
    return Milestones(pd.DataFrame(data, columns=list(READ_COLUMNS)), sheets, as_of)


def _dates(values: Sequence[Any]) -> pd.Series[Any]:
    """Dates as datetime64[s], NaT for None. By way of day numbers: numpy takes ten times as long for dates."""
    days = np.array([_NO_DATE if date is None else date.toordinal() - _EPOCH for date in values], dtype="int64")
    return pd.Series(days.astype("datetime64[D]").astype("datetime64[s]"))
