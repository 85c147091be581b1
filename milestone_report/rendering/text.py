"""What the terminal shows: findings grouped by workbook and sheet, and the figures in a few lines.

Every function returns rich texts, one a line; the command line decides about colour and width.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.text import Text

from milestone_report.model import Evidence, Severity
from milestone_report.rendering import ignored
from milestone_report.text import clean, counted
from milestone_report.wording import long_date, money

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from milestone_report.model import Finding, Report
    from milestone_report.rules import Rule
    from milestone_report.totals import Totals

STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}

_BLANK = re.compile(r"\{\w+\}")

MOST_OF_A_CODE = 500
"""Of one code at most so many findings are printed; the rest is counted."""


def findings(report: Report) -> Iterator[Text]:
    """All findings in the order of the workbooks, each with its cell, and a count by severity at the end."""
    for (workbook, sheet), group in _by_sheet(report).items():
        yield Text(clean(f"{workbook} › {sheet}" if sheet else workbook), style="bold")
        yield from _lines(group)
        yield Text()
    yield from (Text(sentence, style="dim") for sentence in ignored.sentences(report))
    if report.findings or not report.ignored:
        yield _count(report.findings)


def figures(report: Report) -> Iterator[Text]:
    """The four answers of the report with their money, and what was left out."""
    summary, locale = report.summary, report.settings.locale
    frame = report.milestones.frame
    billed_unsigned = int((frame["unsigned"] & (frame["state"] != "not_billed")).sum())
    yield Text(f"Milestones on {long_date(report.settings.as_of, locale)}", style="bold")
    yield _answer("Chase", int(frame["unpaid"].sum()), "unpaid", _owed(report))
    ready = _sums(summary.totals, "ready_to_bill", locale)
    yield _answer("Invoice now", int(frame["ready_to_bill"].sum()), "signed, not invoiced", ready)
    unsigned = _sums(summary.totals, "unsigned_billed", locale)
    yield _answer("Get the signature", billed_unsigned, "billed without sign-off", unsigned)
    errors = sum(finding.severity is Severity.ERROR for finding in report.findings)
    warnings = sum(finding.severity is Severity.WARNING for finding in report.findings)
    yield _answer(
        "Fix the workbook", errors + warnings, "problems", f"{counted(errors, 'error')}, {counted(warnings, 'warning')}"
    )
    yield from (Text(f"  {sentence}", style="dim") for sentence in ignored.sentences(report))
    unreached = [finding.message for finding in report.findings if finding.code == "F305"]
    if not unreached and any(each.code == "F305" for each in report.ignored):
        unchecked = counted(int((frame["evidence"] == Evidence.UNCHECKED).sum()), "milestone")
        unreached = [f"Sign-offs that were not checked: those of {unchecked}."]
    yield from (Text(message, style="yellow") for message in unreached)
    control = summary.control
    if control.rows_left_out or control.workbooks_unreadable:
        left = counted(control.rows_left_out, "milestone")
        unread = f", {counted(control.workbooks_unreadable, 'workbook')} unreadable" * bool(
            control.workbooks_unreadable
        )
        yield Text(f"Not in these figures: {left}{unread}. The page names their cells.", style="yellow")


def written(files: Sequence[Path]) -> Iterator[Text]:
    """Where the outputs are, and what to do with each."""
    purpose = {
        "summary.html": "the page: open it in a browser",
        "summary.xlsx": "the same lists in Excel",
        "summary.eml": "the draft: open it, read it, send it yourself",
        "email.html": "the draft's text, for pasting",
        "summary.json": "the figures for other programs",
    }
    yield Text()
    for file in files:
        yield Text.assemble("  ", (str(file), "bold"), f"  {purpose[file.name]}")


def rule_table(rules: Sequence[Rule]) -> Iterator[Text]:
    """The catalogue, a line a rule."""
    for rule in rules:
        yield Text.assemble(f"{rule.code}  ", (f"{rule.severity:<8}", STYLES[rule.severity]), f"  {rule.title}")


def rule_page(rule: Rule) -> Iterator[Text]:
    """What one rule does, why it matters, what it says and how to fix it."""
    yield Text.assemble((rule.code, "bold"), f"  {rule.title}  ", (f"({rule.severity})", STYLES[rule.severity]))
    for heading, text in (("Why it matters", rule.why), ("What it says", rule.message), ("How to fix it", rule.fix)):
        yield Text()
        yield Text(heading, style="bold")
        yield from (Text(f"  {_BLANK.sub('…', line)}") for line in text.splitlines())


def _by_sheet(report: Report) -> dict[tuple[str, str], list[Finding]]:
    """The findings of each workbook and sheet, in the order of the workbooks; within one, worst first."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in report.findings:
        groups.setdefault((finding.workbook, finding.sheet), []).append(finding)
    order = {book.path: index for index, book in enumerate(report.workbooks)}
    sheets: dict[tuple[str, str], int] = {}
    for book in report.workbooks:
        names = [sheet.name for sheet in book.sheets_used] + [sheet.name for sheet in book.sheets_skipped]
        sheets |= {(book.path, name): index for index, name in enumerate(names)}
    return dict(sorted(groups.items(), key=lambda item: (order.get(item[0][0], -1), sheets.get(item[0], -1))))


def _lines(group: Sequence[Finding]) -> Iterator[Text]:
    width = max(len(finding.cell) for finding in group)
    seen: dict[str, int] = {}
    for finding in group:
        seen[finding.code] = seen.get(finding.code, 0) + 1
        if seen[finding.code] > MOST_OF_A_CODE:
            continue
        style = STYLES[finding.severity]
        head = f"  {finding.cell:<{width}}  " if width else "  "
        yield Text.assemble(head, (f"{finding.severity:<7}", style), f"  {finding.code}  {finding.message}")
        if finding.severity is not Severity.INFO:
            yield Text(f"{'':{len(head) + 15}}{finding.fix}", style="dim")
    for code, number in seen.items():
        if number > MOST_OF_A_CODE:
            yield Text(f"  … and {number - MOST_OF_A_CODE:,} more of {code}", style="dim")


def _count(found: Sequence[Finding]) -> Text:
    if not found:
        return Text("Nothing to fix. Well done.", style="green")
    parts = []
    for severity, one, many in (
        (Severity.ERROR, "error", ""),
        (Severity.WARNING, "warning", ""),
        (Severity.INFO, "note", ""),
    ):
        number = sum(finding.severity is severity for finding in found)
        parts.append((counted(number, one, many), STYLES[severity] if number else "dim"))
    return Text.assemble(parts[0], ", ", parts[1], ", ", parts[2])


def _answer(verb: str, number: int, what: str, sums: str) -> Text:
    return Text.assemble((f"  {verb:<18}", "bold"), f"{number:>5,}  {what:<24}", (sums, "bold"))


def _owed(report: Report) -> str:
    """What the unpaid milestones come to: credits are nobody's to chase."""
    frame, locale = report.milestones.frame, report.settings.locale
    owed = frame[frame["unpaid"]].groupby("currency")["outstanding"].sum()
    return ", ".join(money(int(amount), str(code), locale) for code, amount in owed.items())


def _sums(totals: Sequence[Totals], name: str, locale: str) -> str:
    return ", ".join(money(getattr(each, name), each.currency, locale) for each in totals if getattr(each, name))
