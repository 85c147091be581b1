"""What could not be read is said on the terminal, the page and in the workbook, and not as if it were harmless."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from milestone_report.model import Finding, Report, Severity, SkippedSheet, Workbook
from milestone_report.rendering import unread
from milestone_report.rendering.excel import render
from milestone_report.rendering.text.figures import figures
from milestone_report.rendering.view.page import view
from milestone_report.wording import Language
from tests.building import report_of

BOOK = Path("book.xlsx")
SKIPPED = [SkippedSheet("Echo", "its table has no column “Amount”"), SkippedSheet("Notes", "it is empty")]


def finding(code: str, sheet: str = "", workbook: str = "book.xlsx", cell: str = "") -> Finding:
    return Finding(code, Severity.ERROR, workbook, sheet, cell, "", f"{code} message.", "fix")


ECHO = finding("W005", "Echo", cell="A1")


def report(*found: Finding) -> Report:
    return report_of([{"amount": 1}], BOOK, found, skipped=SKIPPED)


def of_two(*found: Finding) -> Report:
    """A second workbook, which cannot be read."""
    made = report(*found)
    return replace(made, workbooks=(*made.workbooks, Workbook("gone.xlsx", Path("gone.xlsx"), readable=False)))


ENGLISH = Language("en_GB")


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (report(), []),
        (report(finding("W004", "Notes")), []),
        (report(ECHO, ECHO), ["1 sheet could not be read: Echo"]),
        (report(finding("W001", "Harbour app")), ["1 sheet could not be read wholly: Harbour app"]),
        (
            of_two(ECHO, finding("W011", "Notes"), finding("W001", workbook="gone.xlsx")),
            [
                "1 workbook could not be read: gone.xlsx",
                "2 sheets could not be read: book.xlsx › Echo, book.xlsx › Notes",
            ],
        ),
        (replace(report(), kept_back=(ECHO,)), ["1 sheet could not be read: Echo"]),
    ],
)
def test_workbooks_and_sheets_are_counted_and_named_also_where_their_finding_is_not_shown(
    made: Report, said: list[str]
) -> None:
    assert [*unread.sentences(made, ENGLISH)] == said


def test_of_many_the_first_are_named() -> None:
    made = report()
    away = [Workbook(f"{number}.xlsx", Path(f"{number}.xlsx"), readable=False) for number in range(7)]
    [sentence] = unread.sentences(replace(made, workbooks=(*made.workbooks, *away)), ENGLISH)
    assert sentence == "7 workbooks could not be read: 0.xlsx, 1.xlsx, 2.xlsx, 3.xlsx, 4.xlsx, …"


def test_a_quiet_run_names_each_with_why_on_a_line_of_its_own() -> None:
    made = of_two(finding("F305"), ECHO, finding("W001", workbook="gone\n.xlsx"), finding("R111", "Harbour app"))
    assert [*unread.lines(made)] == [
        "book.xlsx › Echo › A1: W005 message.",
        "gone .xlsx: W001 message.",
        "book.xlsx: F305 message.",
    ]


def test_the_terminal_says_no_count_of_nothing() -> None:
    made = of_two(ECHO, finding("W001", workbook="gone.xlsx"))
    summary = replace(made.summary, control=replace(made.summary.control, workbooks_unreadable=1))
    said = [line.plain for line in figures(replace(made, summary=summary))]
    assert said[-3:] == [
        "1 workbook could not be read: gone.xlsx. What is missing is in no figure.",
        "1 sheet could not be read: book.xlsx › Echo. What is missing is in no figure.",
        "  gone.xlsx: W001 message. fix",
    ]
    assert not any("0 milestones" in line for line in said)


def test_the_page_counts_it_apart_from_what_was_skipped() -> None:
    shown = view(report(ECHO, finding("W001", "Harbour app", cell="K1")), rows=20, length=60).control
    [tile] = (tile for tile in shown.tiles if tile.name == "Sheets")
    assert tile.lines == ("1 could not be read", "1 could not be read wholly", "1 skipped")
    assert shown.books.items[0].used.endswith("used, 1 could not be read, 1 could not be read wholly, 1 skipped")


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_the_workbook_says_it_on_its_first_and_its_last_sheet() -> None:
    book = openpyxl.load_workbook(io.BytesIO(render(report(ECHO))), data_only=True)
    first, last = (
        [[cell for cell in row if cell is not None] for row in sheet.values]
        for sheet in (book.worksheets[0], book.worksheets[-1])
    )
    assert ["⚠ 1 sheet could not be read: Echo (see Problems)."] in first
    assert ["Sheets that could not be read", 1] in last
    assert ["Sheets skipped", 1] in last
    assert any(row[:1] == ["book.xlsx"] and "not wholly" in row for row in last)
