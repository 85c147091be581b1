"""What `check` prints: the findings sheet by sheet, from top to bottom, and what they come to."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.text import Text

from milestone_report.model import Severity
from milestone_report.rendering import ignored
from milestone_report.rendering.text.lines import STYLES, Hanging
from milestone_report.text import clean, counted, split_cell
from milestone_report.wording import money

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from milestone_report.model import Finding, Report
    from milestone_report.totals import Control

MOST_OF_A_CODE = 500
"""Of one code at most so many findings of a sheet are printed; the rest is counted."""

_NAMES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def findings(report: Report) -> Iterator[Text | Hanging]:
    """All findings in the order of the workbooks, sheets and cells; those without a cell at the head of their sheet.

    At the end stand what is not shown, a count by severity, the money in doubt, and what could not be read.
    """
    width = max((len(finding.cell) for finding in report.findings), default=0)
    for (workbook, sheet), group in _by_sheet(report).items():
        name = clean(f"{workbook} › {sheet}" if sheet else workbook)
        yield Text.assemble((name, "bold"), "  ", (_counts(group), "dim"))
        yield from _lines(group, width)
        yield Text()
    yield from (Text(sentence, style="dim") for sentence in ignored.sentences(report))
    yield _count(report.findings, praise=not report.ignored)
    yield from _in_doubt(report.summary.control, report.settings.locale)
    yield from _unread(report.summary.control)


def _by_sheet(report: Report) -> dict[tuple[str, str], list[Finding]]:
    """The findings of each workbook and sheet, in the order of the workbooks and in each by cell."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in report.findings:
        groups.setdefault((finding.workbook, finding.sheet), []).append(finding)
    for group in groups.values():
        group.sort(key=_place)  # stable: at one cell the worst stays first
    order = {book.path: index for index, book in enumerate(report.workbooks)}
    sheets: dict[tuple[str, str], int] = {}
    for book in report.workbooks:
        names = [sheet.name for sheet in book.sheets_used] + [sheet.name for sheet in book.sheets_skipped]
        sheets |= {(book.path, name): index for index, name in enumerate(names)}
    return dict(sorted(groups.items(), key=lambda item: (order.get(item[0][0], -1), sheets.get(item[0], -1))))


def _place(finding: Finding) -> tuple[int, int, str]:
    column, row = split_cell(finding.cell)
    return row, len(column), column


def _lines(group: Iterable[Finding], width: int) -> Iterator[Text | Hanging]:
    """A line for each finding, and below errors and warnings what to do. `width` is that of the cells."""
    seen: Counter[str] = Counter()
    for finding in group:
        seen[finding.code] += 1
        if seen[finding.code] > MOST_OF_A_CODE:
            continue
        severity = (f"{finding.severity:<7}", STYLES[finding.severity])
        head = Text.assemble(
            "  ", severity, "  ", (f"{finding.cell:<{width + 2}}" if width else ""), finding.code, "  "
        )
        yield Hanging(head, Text(finding.message))
        if finding.severity is not Severity.INFO:
            yield Hanging(Text(f"{'→ ':>{head.cell_len}}", style="dim"), Text(finding.fix, style="dim"))
    for code, number in seen.items():
        if number > MOST_OF_A_CODE:
            yield Text(f"  … and {number - MOST_OF_A_CODE:,} more of {code}", style="dim")


def _counts(group: Sequence[Finding]) -> str:
    """How many errors, warnings and notes there are, those that there are none of left out."""
    number = Counter(finding.severity for finding in group)
    return ", ".join(counted(number[severity], _NAMES[severity]) for severity in Severity if number[severity])


def _count(found: Sequence[Finding], *, praise: bool) -> Text:
    if not found and praise:
        return Text("Nothing to fix. Well done.", style="green")
    number = Counter(finding.severity for finding in found)
    parts = [
        (counted(number[severity], _NAMES[severity]), STYLES[severity] if number[severity] else "dim")
        for severity in Severity
    ]
    return Text(", ").join(Text(words, style) for words, style in parts)


def _in_doubt(control: Control, locale: str) -> Iterator[Text]:
    """The money of the milestones that have an error in a cell."""
    doubt = control.in_doubt
    known = doubt.milestones - doubt.amounts_unknown
    if known:
        sums = [
            money(each.amount, each.currency, locale) + ("" if each.currency else " without a currency")
            for each in doubt.amounts
        ]
        words = f"In doubt: {', '.join(sums)} ({counted(known, 'milestone')} with an error in a cell)."
        more = f" Of {doubt.amounts_unknown:,} more the amount cannot be read." if doubt.amounts_unknown else ""
        yield Text(words + more, style="bold")
    elif doubt.milestones:
        unknown = counted(doubt.milestones, "milestone")
        yield Text(f"In doubt: {unknown} whose amount cannot be read.", style="bold")
    elif control.rows_counted + control.rows_left_out + control.rows_void:
        yield Text("No money is in doubt: no milestone has an error in a cell.")


def _unread(control: Control) -> Iterator[Text]:
    numbers = ((control.workbooks_unreadable, "workbook"), (control.sheets_unread, "sheet"))
    parts = [counted(number, noun) for number, noun in numbers if number]
    if parts:
        yield Text(f"Not read, or not wholly: {', '.join(parts)}. What is missing is in no figure.", style="bold")
