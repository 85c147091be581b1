"""In the mail, what one advice mends is told once."""

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


def test_the_mail_says_an_advice_once_and_where_else_it_is_of_use() -> None:
    problems = view(REPORT, rows=20, length=60, grouped=False).problems
    assert problems.count == len(FOUND), "each is counted"
    assert problems.more == 0, "each is told"
    [group] = problems.groups
    assert [(one.code, one.message, one.more) for one in group.problems] == [
        ("R111", "Message for H10.", "8 more like it: Harbour app!H3; Harbour app!H4; Harbour app!H5; …"),
        ("S201", "Message for C2.", "3 more like it: Harbour app!C3; Harbour app!C4; Harbour app!C5"),
        ("R111", "Message for B2.", "2 more like it: Harbour app!B3; Harbour app!B4"),
    ]


def test_the_mail_has_few_lines_errors_first_and_counts_the_rest() -> None:
    errors = [Finding("F302", Severity.ERROR, "book.xlsx", "", "", "", f"Error {i}.", f"Fix {i}.") for i in range(7)]
    report = report_of([{"amount": 1}], Path("book.xlsx"), [*FOUND, *errors])
    problems = view(report, rows=20, length=60, grouped=False).problems
    [group] = problems.groups
    assert [one.severity for one in group.problems] == ["error"] * 7 + ["warning"]
    assert problems.more == 4 + 3, "those of the two warnings that have no line"


def test_the_page_lists_each_by_its_cell() -> None:
    groups = view(REPORT, rows=20, length=60).problems.groups
    assert sum(len(group.problems) for group in groups) == len(FOUND)
    assert not any(one.more for group in groups for one in group.problems)
