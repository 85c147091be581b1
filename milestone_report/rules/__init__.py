"""The rule catalogue. RULES is written out, so that what is checked can be read in one place."""

from __future__ import annotations

from milestone_report.rules import across, cells, projects, rows, signoffs, statuses, workbooks
from milestone_report.rules.rule import Rule, run

__all__ = ["RULES", "Rule", "run"]

RULES: tuple[Rule, ...] = (
    signoffs.F301,
    signoffs.F302,
    signoffs.F303,
    signoffs.F304,
    signoffs.F305,
    signoffs.F306,
    signoffs.F311,
    projects.P401,
    projects.P404,
    projects.P405,
    projects.P406,
    rows.R101,
    cells.R102,
    cells.R103,
    cells.R104,
    cells.R105,
    rows.R106,
    cells.R107,
    cells.R108,
    cells.R109,
    cells.R110,
    cells.R111,
    rows.R112,
    cells.R113,
    rows.R115,
    rows.R116,
    rows.R117,
    statuses.S201,
    statuses.S202,
    statuses.S203,
    statuses.S204,
    statuses.S205,
    statuses.S206,
    statuses.S208,
    workbooks.W001,
    workbooks.W002,
    workbooks.W003,
    workbooks.W004,
    workbooks.W005,
    workbooks.W006,
    workbooks.W007,
    workbooks.W008,
    workbooks.W009,
    workbooks.W010,
    workbooks.W011,
    workbooks.W012,
    across.X501,
)
