"""The other lists: projects, what comes due, and the problems to fix."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from milestone_report.model import Severity
from milestone_report.rendering import ignored
from milestone_report.rendering.excel.book import ACCENT, FIX, INK
from milestone_report.rendering.excel.columns import Dates, Money, Numbers, Text
from milestone_report.rendering.excel.tables import freeze, used, write_table
from milestone_report.text import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from milestone_report.model import Finding
    from milestone_report.rendering.excel.book import Page
    from milestone_report.rendering.excel.columns import Column
    from milestone_report.rendering.excel.rows import Places

PROJECTS, COMING_DUE, PROBLEMS = "ProjectTotals", "ComingDue", "ProblemList"
MOST_OF_ONE_CODE = 500  # findings; where one cause makes thousands, nobody reads them one by one
SEVERITY_LOOKS: Mapping[str, Mapping[str, object]] = {
    Severity.ERROR: {"bg_color": "#f9e4e1", "font_color": "#8f2a20", "bold": True},
    Severity.WARNING: {"bg_color": "#fbf0d9", "font_color": "#6b4600", "bold": True},
    Severity.INFO: {"bg_color": "#e7eef7", "font_color": "#28508a", "bold": True},
}


def write_projects(page: Page, places: Places) -> None:
    """Each project in each currency, against its contract."""
    projects = page.report.summary.projects
    if not projects:
        page.heading("Projects", INK, ["No milestone was counted, so there is no project to show."])
        return
    lines = [
        "What each project's milestones come to, against its contract.",
        "Difference is contract less amount: above zero, part of the contract has no milestone yet.",
    ]
    page.heading("Projects", INK, lines)
    codes = [project.currency for project in projects]
    shares = [project.share_paid for project in projects]
    columns: list[Column] = [
        Text("Project", [project.project for project in projects], widest=30),
        Text("Client", [project.client for project in projects], widest=24),
        Text("Owner", [project.owner for project in projects], widest=20),
        Text("Currency", codes, widest=11, needed=True),
        Money("Contract", [project.contract for project in projects], codes),
        Money("Amount", [project.amount for project in projects], codes),
        Money("Paid", [project.paid for project in projects], codes),
        Money("Outstanding", [project.outstanding for project in projects], codes, bold=True),
        Money("Not billed", [project.not_billed for project in projects], codes),
        Money("Difference", [project.difference for project in projects], codes),
        Numbers("Paid so far", shares, pattern="0%", bar="#a9cfbf", full=1),
        Numbers("Milestones", [project.milestones for project in projects], needed=True),
        Numbers("Unsigned", [project.unsigned or None for project in projects]),
        Text("Workbook", [project.workbook for project in projects], widest=24),
        Text(
            "Sheet",
            [project.sheet for project in projects],
            [places.cell(project.workbook, project.sheet) for project in projects],
            widest=24,
        ),
    ]
    freeze(page, write_table(page, PROJECTS, used(columns)[0], len(projects)))


def write_coming_due(page: Page) -> None:
    """What falls due from the as-of date on, by currency and week."""
    weeks = page.report.summary.coming_due
    if not weeks:
        line = f"Nothing has a due date from {page.book.as_of} on."
        page.heading("Coming due", ACCENT, [line])
        return
    line = f"What falls due from {page.book.as_of} on, by week. A week begins on its Monday."
    page.heading("Coming due", ACCENT, [line])
    codes = [week.currency for week in weeks]
    columns: list[Column] = [
        Dates("Week from", [week.week for week in weeks]),
        Text("Currency", codes, widest=11, needed=True),
        Money("Billed, to receive", [week.billed for week in weeks], codes),
        Money("Not billed, to invoice", [week.not_billed for week in weeks], codes),
        Money("Together", [week.billed + week.not_billed for week in weeks], codes, bold=True),
    ]
    freeze(page, write_table(page, COMING_DUE, columns, len(weeks)))
    page.widen(0, 26)


def write_problems(page: Page, places: Places) -> None:
    """Which cells to fix: errors first, at most MOST_OF_ONE_CODE of each code."""
    findings = page.report.findings
    kept_out = list(ignored.sentences(page.report))
    if not findings:
        page.heading("Problems", FIX, kept_out or ["No problems found. Every cell that was read makes sense."])
        return
    shown, rest = _first_of_each(sorted(findings, key=lambda finding: list(Severity).index(finding.severity)))
    counts = Counter(finding.severity for finding in findings)
    line = f"{', '.join(severity_counts(counts))}. The link opens the cell; the last column says what to do there."
    more = [f"{number:,} more of {code}" for code, number in sorted(rest.items())]
    note = f"At most {MOST_OF_ONE_CODE} of each code are listed. Not shown: {', '.join(more)}. summary.json has all."
    page.heading("Problems", FIX, [line, *([note] if more else []), *kept_out])
    columns: list[Column] = [
        Text("Severity", [finding.severity for finding in shown], looks=SEVERITY_LOOKS, widest=12),
        Text("Code", [finding.code for finding in shown], widest=8),
        Text("Workbook", [finding.workbook for finding in shown], widest=24),
        Text("Sheet", [finding.sheet for finding in shown], widest=24),
        Text("Cell", *_cells(shown, places), widest=10),
        Text("Value", [finding.value for finding in shown], widest=24),
        Text("What is wrong", [finding.message for finding in shown], widest=58),
        Text("What to do", [finding.fix for finding in shown], widest=58),
    ]
    freeze(page, write_table(page, PROBLEMS, used(columns)[0], len(shown)))


def severity_counts(counts: Mapping[Severity, int]) -> list[str]:
    """What there is, worst first: "2 errors", "1 warning", "3 notes"."""
    nouns = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
    return [counted(counts[severity], noun) for severity, noun in nouns.items() if counts.get(severity)]


def _first_of_each(findings: Sequence[Finding]) -> tuple[list[Finding], Counter[str]]:
    """The findings to list, and how many of each code are left over."""
    seen: Counter[str] = Counter()
    shown = []
    for finding in findings:
        seen[finding.code] += 1
        if seen[finding.code] <= MOST_OF_ONE_CODE:
            shown.append(finding)
    return shown, Counter(
        {code: number - MOST_OF_ONE_CODE for code, number in seen.items() if number > MOST_OF_ONE_CODE}
    )


def _cells(findings: Sequence[Finding], places: Places) -> tuple[list[str], list[str]]:
    """The cell of each finding and its link; "open" where a whole sheet or workbook is meant."""
    links = [places.cell(finding.workbook, finding.sheet, finding.cell) for finding in findings]
    return [finding.cell or ("open" if link else "") for finding, link in zip(findings, links, strict=True)], links
