"""The rows of all workbooks → one milestones frame. The only part of reading that needs pandas."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from milestone_report.model import DATE_FIELDS, READ_COLUMNS, TEXT_FIELDS, Milestones

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from milestone_report.model import Sheet
    from milestone_report.reading.contents import WorkbookRows

_TEXT = (*TEXT_FIELDS, "currency", "status", "status_text", "signoff")
_NUMBERS = ("sheet_id", "row", "amount", "paid_cell")
_EPOCH = 719_163  # the day number of 1970-01-01
_NO_DATE = np.iinfo("int64").min  # how numpy stores NaT
_FLAGS = ("amount_known", "paid_recorded", "trusted")


def milestones_frame(books: Iterable[WorkbookRows], as_of: dt.date) -> Milestones:
    """One frame with READ_COLUMNS over all workbooks, in the order of the workbooks, sheets and rows."""
    gathered = Gathered()
    for book in books:
        gathered.add(book)
    return gathered.milestones(as_of)


class Gathered:
    """The rows of the workbooks read so far, numbers in eight bytes each; nothing else of a workbook is kept.

    Texts are kept once, however many cells say them.
    """

    def __init__(self) -> None:
        self._sheets: list[Sheet] = []
        self._numbers = {name: array("q") for name in (*_NUMBERS, *DATE_FIELDS)}
        self._flags = {name: bytearray() for name in _FLAGS}
        self._texts: dict[str, list[str]] = {name: [] for name in _TEXT}
        self._known: dict[str, str] = {}

    def add(self, book: WorkbookRows) -> None:
        """Add the rows of one workbook, below those added before."""
        columns: Mapping[str, Sequence[Any]] = book.columns
        for name, values in columns.items():
            if name == "sheet_id":
                first = len(self._sheets)
                self._numbers[name].extend([first + value for value in values])
            elif name in DATE_FIELDS:
                self._numbers[name].extend([_NO_DATE if date is None else date.toordinal() - _EPOCH for date in values])
            elif name in _NUMBERS:
                self._numbers[name].extend(values)
            elif name in _FLAGS:
                self._flags[name].extend(values)
            elif name == "status":
                self._texts[name] += values  # a Status, which is no text although it equals one
            else:
                known = self._known.setdefault
                self._texts[name].extend(map(known, values, values))
        self._sheets += book.workbook.sheets_used

    def milestones(self, as_of: dt.date) -> Milestones:
        """The frame with READ_COLUMNS over all that were added."""
        data: dict[str, Any] = {}
        for name in READ_COLUMNS:
            if name in DATE_FIELDS:
                data[name] = _dates(self._numbers[name])
            elif name in _NUMBERS:
                data[name] = pd.Series(np.array(self._numbers[name], dtype="int64"))
            elif name in _FLAGS:
                data[name] = pd.Series(np.array(self._flags[name], dtype=bool))
            else:
                data[name] = pd.Series(self._texts[name], dtype="str")
        return Milestones(pd.DataFrame(data, columns=list(READ_COLUMNS)), tuple(self._sheets), as_of)


def _dates(days: Sequence[int]) -> pd.Series[Any]:
    """Days since 1970 as datetime64[s], NaT for none. Numpy takes ten times as long to make them of dates."""
    return pd.Series(np.array(days, dtype="int64").astype("datetime64[D]").astype("datetime64[s]"))
