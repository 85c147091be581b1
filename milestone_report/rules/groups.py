"""Milestones taken together: by project, and their money in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_report.money import spelled_money
from milestone_report.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd


def by_project(frame: pd.DataFrame) -> Iterator[tuple[int, str, pd.DataFrame]]:
    """(sheet_id, project, its rows) for each project of each sheet, in the order of the workbook."""
    for (sheet_id, project), group in frame.groupby(["sheet_id", "project"], sort=False):
        yield int(str(sheet_id)), str(project), group


def spelled_sums(rows: pd.DataFrame, *, counts: bool = True) -> str:
    """The money of some milestones by currency: "2 milestones (1,200.00 EUR) and 1 milestone (90.00 GBP)"."""
    known = rows[rows["amount_known"]]
    parts = []
    for currency, group in known.groupby("currency", sort=True):
        money = spelled_money(int(group["amount"].astype(object).sum()), str(currency))
        parts.append(f"{counted(len(group), 'milestone')} ({money})" if counts else money)
    if counts and len(known) < len(rows):
        parts.append(f"{counted(len(rows) - len(known), 'milestone')} of unknown amount")
    return " and ".join(parts)
