"""The finished report, of a whole run or of a part of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from milestone_report.changes import Changes, TrendPoint
    from milestone_report.choice import Ignore, Ignored
    from milestone_report.model.findings import Finding
    from milestone_report.model.milestones import Milestones
    from milestone_report.model.settings import Settings
    from milestone_report.model.workbooks import Workbook
    from milestone_report.totals import Summary


PART_FOLDERS = {"owner": "by-owner", "client": "by-client", "project": "by-project"}
"""What a report can be parted by → the folder that holds those of the parts."""


@dataclass(frozen=True, slots=True)
class Part:
    """Whose milestones a report is about where it is not about all of a run: of one owner, client or project.

    `by` is the field, `value` what stands in it, "" for none. `spellings` are other ways in which the cells
    write it, `milestones` counts those of the whole run.
    """

    by: str
    value: str
    spellings: tuple[str, ...] = ()
    milestones: int = 0


@dataclass(frozen=True, eq=False)
class Report:
    """The finished report: what every renderer gets, and all it gets. Two are equal only when they are one.

    `ignored` counts what is not in `findings`, which are the `kept_back`; `unused` are the settings' ignores
    that nothing matched. `part` is None where the report is about the whole run. `changes` is None where no
    earlier run is remembered; `trend` has the remembered runs and this one, oldest first.
    `history_told` is what people must know of the history, where it could not be used as they meant.
    """

    settings: Settings
    workbooks: tuple[Workbook, ...]
    milestones: Milestones
    findings: tuple[Finding, ...]
    summary: Summary
    ignored: tuple[Ignored, ...] = ()
    unused: tuple[Ignore, ...] = ()
    kept_back: tuple[Finding, ...] = ()
    part: Part | None = None
    changes: Changes | None = None
    trend: tuple[TrendPoint, ...] = ()
    history_told: tuple[str, ...] = ()
