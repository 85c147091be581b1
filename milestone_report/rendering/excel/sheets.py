"""The other lists: projects, what comes due, and the problems to fix."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from milestone_report.model import Severity
from milestone_report.rendering import counting, ignored
from milestone_report.rendering.excel.book import ACCENT, FIX, INK
from milestone_report.rendering.excel.columns import Dates, Money, Numbers, Text
from milestone_report.rendering.excel.tables import freeze, used, write_table
from milestone_report.wording import SEVERITY_WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from milestone_report.model import Finding
    from milestone_report.rendering.excel.book import Page
    from milestone_report.rendering.excel.columns import Column
    from milestone_report.rendering.excel.rows import Places

PROJECTS, COMING_DUE, PROBLEMS = "ProjectTotals", "ComingDue", "ProblemList"
MOST_OF_ONE_CODE = 500  # findings; where one cause makes thousands, nobody reads them one by one
SEVERITY_LOOKS: Mapping[Severity, Mapping[str, object]] = {
    Severity.ERROR: {"bg_color": "#f9e4e1", "font_color": "#8f2a20", "bold": True},
    Severity.WARNING: {"bg_color": "#fbf0d9", "font_color": "#6b4600", "bold": True},
    Severity.INFO: {"bg_color": "#e7eef7", "font_color": "#28508a", "bold": True},
}


def write_projects(page: Page, places: Places) -> None:
    """Each project in each currency, against its contract."""
    say, projects = page.language.say, page.report.summary.projects
    if not projects:
        page.heading(INK, [say("No milestone was counted, so there is no project to show.")])
        return
    number = counting.projects(page.report, page.language)
    lines = [
        say("{number}, a row for each currency: what the milestones come to, against the contract.", number=number),
        say("Difference is contract less amount: above zero, part of the contract has no milestone yet."),
    ]
    page.heading(INK, lines)
    codes = [project.currency for project in projects]
    shares = [project.share_paid for project in projects]
    columns: list[Column] = [
        Text(say("Project"), [project.project for project in projects], widest=30),
        Text(say("Client"), [project.client for project in projects], widest=24),
        Text(say("Owner"), [project.owner for project in projects], widest=20),
        Text(say("Currency"), codes, widest=11, needed=True),
        Money(say("Contract"), [project.contract for project in projects], codes),
        Money(say("Amount"), [project.amount for project in projects], codes),
        Money(say("Paid"), [project.paid for project in projects], codes),
        Money(say("Outstanding"), [project.outstanding for project in projects], codes, bold=True),
        Money(say("Not billed"), [project.not_billed for project in projects], codes),
        Money(say("Difference"), [project.difference for project in projects], codes),
        Numbers(say("Paid so far"), shares, pattern="0%", bar="#a9cfbf", full=1),
        Numbers(say("Milestones"), [project.milestones for project in projects], needed=True),
        Numbers(say("Unsigned"), [project.unsigned or None for project in projects]),
        Text(say("Workbook"), [project.workbook for project in projects], widest=24, on_paper=False),
        Text(
            say("Sheet"),
            [project.sheet for project in projects],
            [places.cell(project.workbook, project.sheet) for project in projects],
            widest=24,
            on_paper=False,
        ),
    ]
    freeze(write_table(page, PROJECTS, used(columns)[0], len(projects)))


def write_coming_due(page: Page) -> None:
    """What falls due from the as-of date on, by currency and week."""
    say, date, weeks = page.language.say, page.book.as_of, page.report.summary.coming_due
    if not weeks:
        page.heading(ACCENT, [say("Nothing has a due date from {date} on.", date=date)])
        return
    line = say("What falls due from {date} on, by week. A week begins on its Monday.", date=date)
    page.heading(ACCENT, [line])
    codes = [week.currency for week in weeks]
    columns: list[Column] = [
        Dates(say("Week from"), [week.week for week in weeks]),
        Text(say("Currency"), codes, widest=11, needed=True),
        Money(say("Billed, to receive"), [week.billed for week in weeks], codes),
        Money(say("Not billed, to invoice"), [week.not_billed for week in weeks], codes),
        Money(say("Together"), [week.billed + week.not_billed for week in weeks], codes, bold=True),
    ]
    freeze(write_table(page, COMING_DUE, columns, len(weeks)))


def write_problems(page: Page, places: Places) -> None:
    """Which cells to fix: errors first, at most MOST_OF_ONE_CODE of each code."""
    say, findings = page.language.say, page.report.findings
    kept_out = list(ignored.sentences(page.report, page.language))
    if not findings:
        page.heading(FIX, kept_out or [say("No problems found. Every cell that was read makes sense.")])
        return
    order = list(Severity)
    shown, rest = _first_of_each(sorted(findings, key=lambda finding: order.index(finding.severity)))
    counts = Counter(finding.severity for finding in findings)
    line = say(
        "{counts}. The link opens the cell; the last column says what to do there.",
        counts=", ".join(page.language.severity_counts(counts)),
    )
    more = [say("{number} more of {code}", number=number, code=code) for code, number in sorted(rest.items())]
    note = say(
        "At most {most} of each code are listed. Not shown: {rest}. summary.json has all.",
        most=MOST_OF_ONE_CODE,
        rest=", ".join(more),
    )
    page.heading(FIX, [line, *([note] if more else []), *kept_out])
    name_of = {severity: say(word) for severity, word in SEVERITY_WORDS.items()}
    looks = {name_of[severity]: look for severity, look in SEVERITY_LOOKS.items()}
    columns: list[Column] = [
        Text(say("Severity"), [name_of[finding.severity] for finding in shown], looks=looks, widest=12),
        Text(say("Code"), [finding.code for finding in shown], widest=8),
        Text(say("Workbook"), [finding.workbook for finding in shown], widest=24),
        Text(say("Sheet"), [finding.sheet for finding in shown], widest=24),
        Text(say("Cell"), *_cells(shown, places, page.language.term("to open a sheet", "open")), widest=10),
        Text(say("Value"), [finding.value for finding in shown], widest=24),
        Text(say("What is wrong"), [finding.message for finding in shown], widest=58),
        Text(say("What to do"), [finding.fix for finding in shown], widest=58),
    ]
    freeze(write_table(page, PROBLEMS, used(columns)[0], len(shown)))


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


def _cells(findings: Sequence[Finding], places: Places, whole: str) -> tuple[list[str], list[str]]:
    """The cell of each finding and its link; `whole` where a whole sheet or workbook is meant."""
    links = [places.cell(finding.workbook, finding.sheet, finding.cell) for finding in findings]
    return [finding.cell or (whole if link else "") for finding, link in zip(findings, links, strict=True)], links
