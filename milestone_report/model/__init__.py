"""What flows between the stages: settings, workbooks, the milestones frame, notices, findings and the report.

Nothing here imports pandas when it runs, because the worker processes that read workbooks import it too. Money is
always whole minor units of a currency (cents), as `int`.
"""

from __future__ import annotations

from milestone_report.model.columns import (
    DATE_FIELDS,
    EVIDENCE_COLUMNS,
    FIELDS,
    FIGURE_COLUMNS,
    LIST_COLUMNS,
    READ_COLUMNS,
    TEXT_FIELDS,
)
from milestone_report.model.findings import Finding, Notice
from milestone_report.model.milestones import Milestones
from milestone_report.model.report import PART_FOLDERS, Part, Report
from milestone_report.model.settings import SIGNOFF_EXTENSIONS, Email, Mailbox, ReadingSettings, Settings
from milestone_report.model.states import STATE_OF, UNSIGNED, Evidence, Severity, State, Status
from milestone_report.model.workbooks import OUTPUT_CATEGORY, Column, Sheet, SkippedSheet, TotalsRow, Workbook

__all__ = [
    "DATE_FIELDS",
    "EVIDENCE_COLUMNS",
    "FIELDS",
    "FIGURE_COLUMNS",
    "LIST_COLUMNS",
    "OUTPUT_CATEGORY",
    "PART_FOLDERS",
    "READ_COLUMNS",
    "SIGNOFF_EXTENSIONS",
    "STATE_OF",
    "TEXT_FIELDS",
    "UNSIGNED",
    "Column",
    "Email",
    "Evidence",
    "Finding",
    "Mailbox",
    "Milestones",
    "Notice",
    "Part",
    "ReadingSettings",
    "Report",
    "Settings",
    "Severity",
    "Sheet",
    "SkippedSheet",
    "State",
    "Status",
    "TotalsRow",
    "Workbook",
]
