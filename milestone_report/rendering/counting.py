"""How many projects a report has, in the same words in every output."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from milestone_report.model import Report
    from milestone_report.wording import Language


def projects(report: Report, language: Language, *, noun: bool = True) -> str:
    """How many there are, and how many have a row in each of several currencies: "6 projects (1 in several …)"."""
    rows = Counter((project.workbook, project.sheet, project.project) for project in report.summary.projects)
    number = language.counted("{n} project", "{n} projects", len(rows)) if noun else language.number(len(rows))
    several = sum(count > 1 for count in rows.values())
    if not several:
        return number
    return language.say("{projects} ({number} in several currencies)", projects=number, number=several)
