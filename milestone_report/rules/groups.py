"""Milestones taken together: by project, those that belong to no project of their sheet, and their money in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from milestone_report.facts import both, phrases
from milestone_report.model import State
from milestone_report.money import spelled_money
from milestone_report.text import identity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milestone_report.model import Milestones


def by_project(frame: pd.DataFrame) -> Iterator[tuple[int, str, pd.DataFrame]]:
    """(sheet_id, project, its rows) for each project of each sheet, in the order of the workbook."""
    for (sheet_id, project), group in frame.groupby(["sheet_id", "project"], sort=False):
        yield int(str(sheet_id)), str(project), group


def strays(milestones: Milestones) -> pd.DataFrame:
    """The rows, but for void ones, that name another project than the one that their sheet speaks for.

    A sheet speaks for one project where the block above the table names it, or where most rows have its own name.
    """
    live = milestones.frame[milestones.frame["state"] != State.VOID]
    names: dict[int, dict[str, int]] = {}
    counts = live.groupby(["sheet_id", "project"], sort=False).size().reset_index(name="count")
    for sheet_id, name, count in counts.itertuples(index=False):
        names.setdefault(sheet_id, {})[name] = count
    found: list[tuple[int, str]] = []
    for sheet_id, projects in names.items():
        sheet = milestones.sheets[sheet_id]
        others = {name: count for name, count in projects.items() if identity(name) != identity(sheet.project)}
        most = sum(others.values()) < sum(projects.values()) / 2
        if sheet.project != sheet.name or most:
            found += [(sheet_id, name) for name in others]
    return live[pd.MultiIndex.from_frame(live[["sheet_id", "project"]]).isin(found)]


def sums_of(rows: pd.DataFrame, *, counts: bool = True) -> str:
    """The money of some milestones by currency: "2 milestones (1,200.00 EUR) and 1 milestone (90.00 GBP)"."""
    known = rows[rows["amount_known"]]
    parts: list[str] = []
    for currency, group in known.groupby("currency", sort=True):
        money = spelled_money(int(group["amount"].astype(object).sum()), str(currency))
        counted = phrases("{n} milestone ({money})", "{n} milestones ({money})", len(group), money=money)
        parts.append(counted if counts else money)
    if len(known) < len(rows):
        unknown = len(rows) - len(known)
        parts.append(phrases("{n} milestone of unknown amount", "{n} milestones of unknown amount", unknown))
    return both(parts)
