"""The rule catalogue. RULES is written out, so that what is checked can be read in one place."""

from __future__ import annotations

from milestone_report.rules import across, cells, files, payments, projects, rows, signoffs, statuses, workbooks
from milestone_report.rules.choice import choose
from milestone_report.rules.rule import Rule, run

__all__ = ["FAMILIES", "RULES", "Rule", "choose", "run"]

FAMILIES = {
    "W": "Workbooks and sheets",
    "R": "Rows: what the cells of a milestone say",
    "S": "Statuses against dates and money",
    "F": "Sign-offs and their files",
    "P": "Projects and contracts",
    "X": "Across rows, sheets and workbooks",
}
"""What the first letter of a code stands for."""

RULES: tuple[Rule, ...] = (
    signoffs.F301,
    signoffs.F302,
    signoffs.F303,
    signoffs.F304,
    signoffs.F305,
    signoffs.F306,
    files.F307,
    files.F308,
    files.F309,
    signoffs.F310,
    signoffs.F311,
    signoffs.F312,
    projects.P401,
    projects.P402,
    projects.P403,
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
    rows.R114,
    rows.R115,
    rows.R116,
    rows.R117,
    statuses.S201,
    statuses.S202,
    payments.S203,
    payments.S204,
    payments.S205,
    payments.S206,
    statuses.S207,
    statuses.S208,
    statuses.S209,
    statuses.S210,
    statuses.S211,
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
    across.X502,
    across.X503,
)
