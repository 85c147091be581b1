"""Which dates can be believed. R112 names the others, and no other rule draws conclusions from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from milestone_report.model import Milestones

EARLIEST = pd.Timestamp(2000, 1, 1)
YEARS_AHEAD = 10


def as_of(milestones: Milestones) -> pd.Timestamp:
    """The day of the report, to compare columns of dates with."""
    return pd.Timestamp(milestones.as_of)


def latest(milestones: Milestones) -> pd.Timestamp:
    """The last day that is not too far ahead to be believed."""
    return as_of(milestones) + pd.DateOffset(years=YEARS_AHEAD)


def plausible(milestones: Milestones, name: str) -> pd.Series[pd.Timestamp]:
    """A date column (datetime64[s]) without the dates that R112 doubts: NaT, which is before and after nothing."""
    dates = milestones.frame[name]
    return dates.where((dates >= EARLIEST) & (dates <= latest(milestones)))
