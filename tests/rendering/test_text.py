"""What the terminal shows: lines that wrap below themselves, whole ones in a pipe."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from rich.console import Console

from milestone_report.model import Finding, Report, Severity, Sheet, SkippedSheet
from milestone_report.rendering.text.figures import figures
from milestone_report.rendering.text.findings import MOST_OF_A_CODE, findings
from tests.building import COLUMNS, report_of
from tests.rendering.changes_sample import changed_report, first_report, with_changes
from tests.rendering.page_sample import sample_report

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import RenderableType

BOOK = Path("book.xlsx")
ERROR, WARNING, INFO = Severity


def finding(cell: str, severity: Severity = ERROR, sheet: str = "Harbour app", **more: str) -> Finding:
    words = {"code": "R115", "message": f"Message for {cell}.", "fix": "Correct it.", **more}
    return Finding(words["code"], severity, "book.xlsx", sheet, cell, "", words["message"], words["fix"])


def on_a_terminal(lines: Iterable[RenderableType], width: int) -> list[str]:
    """The lines as people see them, without colours."""
    console = Console(file=io.StringIO(), width=width, highlight=False, no_color=True)
    for line in lines:
        console.print(line)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue().splitlines()


def report(*found: Finding, rows: list[dict[str, Any]] | None = None, **more: Any) -> Report:
    return report_of(rows or [{"amount": 1}], BOOK, found, **more)


def test_a_message_goes_on_below_itself_and_no_line_is_wider_than_the_terminal() -> None:
    long = finding("C11", message="A message of many words " * 6, fix="And so much that can be done about it " * 4)
    shown = on_a_terminal(findings(report(long)), 80)
    assert max(map(len, shown)) <= 80
    assert shown[1].startswith("  error    C11  R115  A message of many words")
    assert {line[:20] for line in shown[2 : shown.index("")]} == {" " * 20}
    assert any(line.startswith(" " * 20 + "→ And so much") for line in shown)


def test_findings_stand_by_cell_and_those_without_one_at_the_head_of_their_sheet() -> None:
    found = [
        finding("B10"),
        finding("AA2", WARNING),
        finding("B2", WARNING),
        finding("", code="F305"),
        finding("B2", INFO),
        finding("B9"),
    ]
    lines = on_a_terminal(findings(report(*found)), 120)
    cells = [line.split()[:2] for line in lines[1:] if line.startswith("  ") and "→" not in line]
    assert cells == [
        ["error", "F305"],
        ["warning", "B2"],
        ["info", "B2"],
        ["warning", "AA2"],
        ["error", "B9"],
        ["error", "B10"],
    ]


def test_sheets_stand_in_the_order_of_the_workbook_each_with_its_counts() -> None:
    sheets = (Sheet("book.xlsx", "Orchard", 1, COLUMNS), Sheet("book.xlsx", "Harbour", 1, COLUMNS))
    found = [
        finding("B3", sheet="Harbour"),
        finding("", sheet=""),
        finding("", INFO, sheet="Lists"),
        finding("B2", WARNING, sheet="Orchard"),
        finding("B4", sheet="Harbour"),
    ]
    lines = on_a_terminal(findings(report(*found, sheets=sheets, skipped=[SkippedSheet("Lists", "it is empty")])), 80)
    assert [line for line in lines if line.startswith("book.xlsx")] == [
        "book.xlsx  1 error",
        "book.xlsx › Orchard  1 warning",
        "book.xlsx › Harbour  2 errors",
        "book.xlsx › Lists  1 note",
    ]


def test_the_columns_are_as_wide_in_every_sheet() -> None:
    found = [finding("B2", sheet="One"), finding("XFD1048576", sheet="Two"), finding("", sheet="Three")]
    lines = on_a_terminal(findings(report(*found)), 80)
    assert {line.index("R115") for line in lines if "R115" in line} == {23}


def test_of_thousands_of_one_code_the_first_are_shown_and_the_rest_counted() -> None:
    found = [finding(f"B{row}") for row in range(2, MOST_OF_A_CODE + 4)]
    lines = on_a_terminal(findings(report(*found)), 80)
    assert sum("R115  Message" in line for line in lines) == MOST_OF_A_CODE
    assert "  … and 2 more of R115" in lines
    assert "502 errors, 0 warnings, 0 notes" in lines


def test_a_column_that_is_text_all_the_way_down_is_told_once() -> None:
    dates = [finding(f"H{row}", WARNING, code="R111", fix="Type it as a date.") for row in (2, 3, 4, 5, 9)]
    amounts = [finding(f"B{row}", WARNING, code="R111", fix="Type it as a number.") for row in (2, 3, 4)]
    others = [finding("H7", WARNING, code="R111", fix="Type 0."), finding("H5")]
    lines = on_a_terminal(findings(report(*dates, *amounts, *others)), 120)
    assert [line[11:].strip() for line in lines if "R111" in line or "The same" in line or "R115" in line] == [
        "B2  R111  Message for B2.",
        "H2  R111  Message for H2.",
        "The same is true of 4 more cells in this column, down to H9; --format csv names each.",
        "B3  R111  Message for B3.",
        "B4  R111  Message for B4.",
        "H5  R115  Message for H5.",
        "H7  R111  Message for H7.",
    ]
    assert "1 error, 9 warnings, 0 notes" in lines


def test_nothing_found_is_said() -> None:
    assert on_a_terminal(findings(report()), 80) == [
        "Nothing to fix. Well done.",
        "No money is in doubt: no milestone has an error in a cell.",
    ]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([{"amount": 100_00}], "In doubt: 100.00 EUR (1 milestone with an error in a cell)."),
        (
            [{"amount": 100_00}, {"amount": 50, "currency": "JPY"}, {"amount": 7_00, "currency": ""}],
            "In doubt: 100.00 EUR, 50 JPY, 1 amount without a currency (3 milestones with an error in a cell).",
        ),
        (
            [{"amount": 100_00}, {"amount_known": False, "trusted": False}],
            "In doubt: 100.00 EUR (1 milestone with an error in a cell). Of 1 more the amount cannot be read.",
        ),
        ([{"amount_known": False, "trusted": False}], "In doubt: 1 milestone whose amount cannot be read."),
        ([{"amount": 5, "status": "void"}], "No money is in doubt: no milestone has an error in a cell."),
    ],
)
def test_the_money_in_doubt_is_told_by_currency(rows: list[dict[str, Any]], says: str) -> None:
    found = [finding(f"B{row}") for row in range(2, 2 + len(rows))]
    assert on_a_terminal(findings(report(*found, rows=rows)), 200)[-1] == says


def test_what_could_not_be_read_is_told_at_the_end() -> None:
    found = [finding("A1", code="W005", sheet="No status"), finding("", code="W011", sheet="Large")]
    says = "Not read, or not wholly: 2 sheets. What is missing is in no figure."
    assert on_a_terminal(findings(report(*found)), 200)[-1] == says


def test_the_answers_say_what_changed_since_the_last_report() -> None:
    shown = " ".join(on_a_terminal(figures(changed_report()), 200))
    assert (
        "Since 24 March 2026: 1 new, 1 removed, 2 newly billed (+6,000.00 EUR, +2,650.00 GBP), 3 paid (-16,000.00 EUR, "
        "-8,250.00 GBP), 2 paid in part (-6,000.00 EUR), 1 amount changed (+1,000.00 EUR), 1 status changed "
        "(-900.00 EUR), 1 became overdue, 1 due date moved, 1 signed, 1 sign-off lost, 1 sign-off file changed; "
        "outstanding 55,850.00 → 39,950.00 EUR, 30,350.00 → 24,750.00 GBP" in shown
    )


def test_the_answers_say_nothing_of_changes_without_an_earlier_report_and_that_nothing_changed_with_one() -> None:
    assert "Since" not in " ".join(on_a_terminal(figures(first_report()), 200))
    nothing = on_a_terminal(figures(with_changes(sample_report(), [])), 200)
    assert "Since 24 March 2026: no milestone changed; outstanding as before" in nothing
