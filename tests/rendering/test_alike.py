"""In the mail, what is the same all the way down a column is told once."""

from __future__ import annotations

from pathlib import Path

from milestone_report.model import Finding, Severity
from milestone_report.rendering.view.page import view
from tests.building import report_of


def finding(cell: str, sheet: str = "Harbour app", code: str = "R111", fix: str = "Type it as a date.") -> Finding:
    return Finding(code, Severity.WARNING, "book.xlsx", sheet, cell, "", f"Message for {cell}.", fix)


FOUND = [
    *(finding(f"H{row}") for row in (10, 3, 4, 5, 9)),
    *(finding(f"B{row}", fix="Type it as a number.") for row in (2, 3, 4)),
    *(finding(f"H{row}", sheet="Orchard") for row in (2, 3, 4, 5)),
    *(finding(f"C{row}", code="S201") for row in (2, 3, 4, 5)),
]
REPORT = report_of([{"amount": 1}], Path("book.xlsx"), FOUND)


def test_the_mail_tells_a_column_once_and_how_far_it_goes() -> None:
    problems = view(REPORT, rows=20, length=60, grouped=False).problems
    assert problems.count == len(FOUND), "each is counted"
    assert problems.more == 0
    [group] = problems.groups
    same = "The same is true of {} more cells in this column, down to {}; the attached workbook names each."
    assert [one.message for one in group.problems] == [
        f"Message for H3. {same.format(4, 'H10')}",
        *(f"Message for B{row}." for row in (2, 3, 4)),
        f"Message for H2. {same.format(3, 'H5')}",
        *(f"Message for C{row}." for row in (2, 3, 4, 5)),
    ]


def test_the_page_lists_each_by_its_cell() -> None:
    groups = view(REPORT, rows=20, length=60).problems.groups
    assert sum(len(group.problems) for group in groups) == len(FOUND)
    assert not any("The same is true" in one.message for group in groups for one in group.problems)
