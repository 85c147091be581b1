"""What stages see, and what people are told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from milestone_report.model.states import Severity


class Notice(NamedTuple):
    """Something a stage saw while it worked. `rules` gives it a severity, a message and a fix.

    `facts` fills the blanks of the message in the catalogue.
    """

    code: str
    workbook: str
    sheet: str = ""
    cell: str = ""
    value: str = ""
    facts: Mapping[str, str] = {}  # read only: many notices share it


class Finding(NamedTuple):
    """One thing a person should look at, traceable to its cell ("" where no cell is meant)."""

    code: str
    severity: Severity
    workbook: str
    sheet: str
    cell: str
    value: str
    message: str
    fix: str
