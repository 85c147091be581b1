"""Every milestone of a run in one frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    import pandas as pd

    from milestone_report.model.workbooks import Sheet


@dataclass(frozen=True, eq=False)
class Milestones:
    """Every milestone of the run, and the sheets they stand on. Two are equal only when they are one.

    The frame gains columns on its way: READ_COLUMNS from reading, FIGURE_COLUMNS from
    `figures.add_figures`, EVIDENCE_COLUMNS from sign-offs, LIST_COLUMNS and `counted_twice` from the summary, the
    latter filled by the rules.
    """

    frame: pd.DataFrame
    sheets: tuple[Sheet, ...]
    as_of: dt.date
