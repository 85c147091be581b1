"""X: what only shows when sheets and workbooks are looked at together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_report.model import Severity, State
from milestone_report.rules.rule import rows, rule
from milestone_report.text import identity

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from milestone_report.model import Milestones


def _first_use(milestones: Milestones, hits: pd.DataFrame) -> Mapping[str, list[str]]:
    """Where the invoice number of each row was used first, named as far from the row as needed."""
    frame = _live(milestones.frame)
    wanted = {identity(number) for number in hits["invoice_number"]}
    first: dict[str, tuple[int, int]] = {}
    for sheet_id, row, number in frame[["sheet_id", "row", "invoice_number"]].itertuples(index=False):
        if identity(number) in wanted:
            first.setdefault(identity(number), (sheet_id, row))
    places = []
    for sheet_id, number in hits[["sheet_id", "invoice_number"]].itertuples(index=False):
        first_sheet, row = first[identity(number)]
        here, there = milestones.sheets[sheet_id], milestones.sheets[first_sheet]
        cell = there.cell("invoice_number", row)
        if there.workbook != here.workbook:
            cell = f"{there.workbook}, {there.name}!{cell}"
        elif there.name != here.name:
            cell = f"{there.name}!{cell}"
        places.append(cell)
    return {"other": places}


def _live(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[(frame["state"] != State.VOID) & (frame["invoice_number"] != "")]


@rule(
    "X501",
    Severity.ERROR,
    "invoice_number",
    "Invoice number used twice",
    message="Invoice {invoice_number} ({project}, {amount}) already stands in {other}.",
    fix="Look the number up in your accounts, and mend the row that has the wrong one.",
    breaks=(
        rows({}, {"milestone": "Final"}),
        rows({"invoice_number": "INV-7"}, {"invoice_number": "inv 7", "milestone": "Final"}),
    ),
    keeps=(
        rows({}, {"milestone": "Final", "invoice_number": "INV-2"}),
        rows({"invoice_number": "", "status": ""}, {"invoice_number": "", "status": "", "milestone": "Final"}),
        rows({"status": "void"}, {"milestone": "Final"}),
    ),
    facts=_first_use,
)
def X501(milestones: Milestones) -> pd.Series[bool]:  # noqa: N802
    """Two milestones under one number cannot both be matched to a payment: one of them is not invoiced."""
    frame = milestones.frame
    live = _live(frame)
    folded = live["invoice_number"].map({number: identity(number) for number in live["invoice_number"].unique()})
    return folded.duplicated(keep="first").reindex(frame.index, fill_value=False)
