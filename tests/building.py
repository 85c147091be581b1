"""Milestones, sheets and reports made in memory, for tests that need no workbook."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pandas as pd

from milestone_report.figures import add_figures
from milestone_report.model import (
    DATE_FIELDS,
    FIELDS,
    TEXT_FIELDS,
    Column,
    Evidence,
    Finding,
    Milestones,
    Report,
    Settings,
    Sheet,
    SkippedSheet,
    Workbook,
)
from milestone_report.summary import add_lists, summarise
from milestone_report.text import column_letter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

AS_OF = dt.date(2026, 3, 31)
AGEING = (30, 60, 90)
COLUMNS = {name: Column(column_letter(index), name) for index, name in enumerate(FIELDS)}

_BLANK: dict[str, Any] = {
    "sheet_id": 0,
    "row": 2,
    **dict.fromkeys(TEXT_FIELDS, ""),
    "currency": "EUR",
    "amount": 0,
    "amount_known": True,
    "paid_cell": 0,
    "paid_recorded": False,
    "status": "planned",
    "status_text": "",
    "trusted": True,
    "signoff": "",
    **dict.fromkeys(DATE_FIELDS),
    "evidence": Evidence.NONE.value,
    "signoff_path": "",
    "signoff_about": "",
    "signoff_hint": "",
    "signoff_content": "",
    "signoff_odd": "",
    "signoff_changed": "",
}


def frame_of(rows: Sequence[dict[str, Any]], as_of: dt.date = AS_OF) -> pd.DataFrame:
    """A finished frame from a few words a row: what a row does not say is blank, a `paid_cell` is recorded.

    A sign-off that does not count is about all that its cell names.
    """
    full = [{**_BLANK, "row": number, **_follows(row), **row} for number, row in enumerate(rows, 2)]
    frame = pd.DataFrame(full, columns=list(_BLANK))
    for name in DATE_FIELDS:
        frame[name] = pd.to_datetime(frame[name]).astype("datetime64[s]")
    kinds = {"amount": "int64", "paid_cell": "int64", "sheet_id": "int64", "row": "int64"}
    flags = dict.fromkeys(("amount_known", "paid_recorded", "trusted"), bool)
    return add_lists(add_figures(frame.astype({**kinds, **flags}), as_of, AGEING))


def _follows(row: dict[str, Any]) -> dict[str, Any]:
    about = "" if row.get("evidence") == Evidence.FOUND else row.get("signoff", "")
    return {"paid_recorded": "paid_cell" in row, "signoff_about": about}


def report_of(
    rows: Sequence[dict[str, Any]],
    path: Path,
    findings: Sequence[Finding] = (),
    sheets: Sequence[Sheet] = (),
    settings: Settings | None = None,
    skipped: Sequence[SkippedSheet] = (),
) -> Report:
    """A report over the rows, as if they stood in one workbook at `path`."""
    settings = settings or Settings(as_of=AS_OF, company="North & Field Studio")
    sheets = tuple(sheets) or (Sheet(path.name, "Harbour app", 1, COLUMNS),)
    milestones = Milestones(frame_of(rows, settings.as_of), sheets, settings.as_of)
    saved = dt.datetime(2026, 3, 30, 17, 42, tzinfo=dt.UTC)
    book = Workbook(path.name, path, last_saved=saved, sheets_used=sheets, sheets_skipped=tuple(skipped))
    summary = summarise(milestones, (book,), settings.ageing, findings)
    return Report(settings, (book,), milestones, tuple(findings), summary)
