"""What `report` prints: the four answers in a few lines, and where the outputs are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from milestone_report.model import Evidence, Severity
from milestone_report.rendering import ignored
from milestone_report.text import counted
from milestone_report.wording import long_date, money

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from milestone_report.model import Report
    from milestone_report.totals import Totals


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
        "findings.csv": "all findings, one a row",
    }
    yield Text()
    for file in files:
        yield Text.assemble("  ", (str(file), "bold"), f"  {purpose[file.name]}")


def _answer(verb: str, number: int, what: str, sums: str) -> Text:
    return Text.assemble((f"  {verb:<18}", "bold"), f"{number:>5,}  {what:<24}", (sums, "bold"))


def _owed(report: Report) -> str:
    """What the unpaid milestones come to: credits are nobody's to chase."""
    frame, locale = report.milestones.frame, report.settings.locale
    owed = frame[frame["unpaid"]].groupby("currency")["outstanding"].sum()
    return ", ".join(money(int(amount), str(code), locale) for code, amount in owed.items())


def _sums(totals: Sequence[Totals], name: str, locale: str) -> str:
    return ", ".join(money(getattr(each, name), each.currency, locale) for each in totals if getattr(each, name))
