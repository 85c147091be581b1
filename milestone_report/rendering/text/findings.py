"""What `check` prints: the findings sheet by sheet, from top to bottom, and what they come to."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.text import Text

from milestone_report.model import Severity
from milestone_report.rendering import ignored
from milestone_report.rendering.alike import alike
from milestone_report.rendering.doubt import counted_twice, each_sum
from milestone_report.rendering.text.lines import STYLES, Hanging
from milestone_report.text import clean, split_cell
from milestone_report.wording import SEVERITY_WORDS, Language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from milestone_report.model import Finding, Report
    from milestone_report.totals import Control

MOST_OF_A_CODE = 500
"""Of one code at most so many findings of a sheet are printed; the rest is counted."""


def findings(report: Report) -> Iterator[Text | Hanging]:
    """All findings in the order of the workbooks, sheets and cells; those without a cell at the head of their sheet.

    At the end stand what is not shown, a count by severity, the money in doubt, and what could not be read.
    """
    language = Language(report.settings.locale)
    width = max((len(finding.cell) for finding in report.findings), default=0)
    for (workbook, sheet), group in _by_sheet(report).items():
        name = clean(f"{workbook} › {sheet}" if sheet else workbook)
        yield Text.assemble(
            (name, "bold"), "  ", (", ".join(language.severity_counts(Counter(one.severity for one in group))), "dim")
        )
        yield from _lines(group, width, language)
        yield Text()
    yield from _end(report, language)


def counts(report: Report) -> Iterator[Text]:
    """What stands at the end of the findings, alone; nothing where there are only notes and all was read."""
    control = report.summary.control
    noted_only = all(finding.severity is Severity.INFO for finding in report.findings)
    if not noted_only or control.workbooks_unreadable or control.sheets_unread:
        yield from _end(report, Language(report.settings.locale))


def _end(report: Report, language: Language) -> Iterator[Text]:
    yield from (Text(sentence, style="dim") for sentence in ignored.sentences(report, language))
    yield _count(report.findings, language, praise=not report.ignored)
    if twice := counted_twice(report, language):
        yield Text(twice, style="bold")
    yield from in_doubt(report.summary.control, language)
    yield from _unread(report.summary.control, language)


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


def _lines(group: Sequence[Finding], width: int, language: Language) -> Iterator[Text | Hanging]:
    """A line for each finding, and below errors and warnings what to do. `width` is that of the cells."""
    names = {severity: language.say(word) for severity, word in SEVERITY_WORDS.items()}
    longest = max(map(len, names.values()))
    seen: Counter[str] = Counter()
    of_columns = alike(group)
    for finding in group:
        if finding in of_columns and finding.cell != of_columns[finding][0]:
            continue  # told with the first of its column
        seen[finding.code] += 1
        if seen[finding.code] > MOST_OF_A_CODE:
            continue
        severity = (f"{names[finding.severity]:<{longest}}", STYLES[finding.severity])
        head = Text.assemble(
            "  ", severity, "  ", (f"{finding.cell:<{width + 2}}" if width else ""), finding.code, "  "
        )
        yield Hanging(head, Text(finding.message))
        if finding.severity is not Severity.INFO:
            yield Hanging(Text(f"{'→ ':>{head.cell_len}}", style="dim"), Text(finding.fix, style="dim"))
        if finding in of_columns:
            cells = of_columns[finding]
            more = language.counted(
                "The same is true of {n} more cell in this column, down to {cell}; --format csv names each.",
                "The same is true of {n} more cells in this column, down to {cell}; --format csv names each.",
                len(cells) - 1,
                cell=cells[-1],
            )
            yield Hanging(Text(" " * head.cell_len), Text(more))
    for code, number in seen.items():
        if number > MOST_OF_A_CODE:
            more = language.say("… and {number} more of {code}", number=number - MOST_OF_A_CODE, code=code)
            yield Text(f"  {more}", style="dim")


def _count(found: Sequence[Finding], language: Language, *, praise: bool) -> Text:
    if not found and praise:
        return Text(language.say("Nothing to fix. Well done."), style="green")
    number = Counter(finding.severity for finding in found)
    parts = [
        (language.severity_count(severity, number[severity]), STYLES[severity] if number[severity] else "dim")
        for severity in Severity
    ]
    return Text(", ").join(Text(words, style) for words, style in parts)


def in_doubt(control: Control, language: Language) -> Iterator[Text]:
    """The money of the milestones that have an error in a cell, or that there is none."""
    doubt = control.in_doubt
    known = doubt.milestones - doubt.amounts_unknown
    if known:
        words = language.counted(
            "In doubt: {sums} ({n} milestone with an error in a cell).",
            "In doubt: {sums} ({n} milestones with an error in a cell).",
            known,
            sums=", ".join(each_sum(doubt, language)),
        )
        if doubt.amounts_unknown:
            words += " " + language.counted(
                "Of {n} more the amount cannot be read.",
                "Of {n} more the amount cannot be read.",
                doubt.amounts_unknown,
            )
        yield Text(words, style="bold")
    elif doubt.milestones:
        words = language.counted(
            "In doubt: {n} milestone whose amount cannot be read.",
            "In doubt: {n} milestones whose amount cannot be read.",
            doubt.milestones,
        )
        yield Text(words, style="bold")
    elif control.rows_counted + control.rows_left_out + control.rows_void:
        yield Text(language.say("No money is in doubt: no milestone has an error in a cell."))


def _unread(control: Control, language: Language) -> Iterator[Text]:
    parts = [
        language.counted("{n} workbook", "{n} workbooks", control.workbooks_unreadable),
        language.counted("{n} sheet", "{n} sheets", control.sheets_unread),
    ]
    numbers = (control.workbooks_unreadable, control.sheets_unread)
    what = ", ".join(part for part, number in zip(parts, numbers, strict=True) if number)
    if what:
        words = language.say("Not read, or not wholly: {what}. What is missing is in no figure.", what=what)
        yield Text(words, style="bold")
