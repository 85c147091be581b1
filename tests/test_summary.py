from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

from milestone_report.model import Column, Sheet
from milestone_report.totals import Money, Project, WeekDue
from tests.building import AS_OF, COLUMNS, report_of

BOOK = Path("book.xlsx")


def test_projects_meet_their_contract_and_say_by_how_much_not() -> None:
    sheet = Sheet("book.xlsx", "Harbour", 1, COLUMNS, contract=150_000, contract_currency="EUR")
    rows = [
        {"project": "Harbour", "client": "Kestrel", "owner": "Jonas", "amount": 60_000, "status": "paid"},
        {"project": "Harbour", "client": "Kestrel", "owner": "Maya", "amount": 70_000, "status": "sent"},
    ]
    [project] = report_of(rows, BOOK, sheets=[sheet]).summary.projects
    assert project == Project(
        "book.xlsx", "Harbour", "Harbour", "Kestrel", "Jonas, Maya", "EUR", 150_000, 130_000, 60_000, 70_000, 0,
        20_000, 2, 2,
    )  # fmt: skip


def test_a_contract_belongs_to_nobody_when_several_projects_share_the_sheet() -> None:
    sheet = Sheet("book.xlsx", "All", 1, COLUMNS, contract=150_000, contract_currency="EUR")
    rows = [{"project": "A", "amount": 1}, {"project": "B", "amount": 2}]
    assert [each.contract for each in report_of(rows, BOOK, sheets=[sheet]).summary.projects] == [None, None]


def test_a_project_in_two_currencies_has_a_line_for_each_and_no_difference_to_its_contract() -> None:
    sheet = Sheet("book.xlsx", "All", 1, COLUMNS, contract=10, contract_currency="GBP")
    rows = [{"project": "A", "amount": 1}, {"project": "A", "amount": 2, "currency": "GBP"}]
    found = report_of(rows, BOOK, sheets=[sheet]).summary.projects
    assert [(each.currency, each.contract, each.amount) for each in found] == [("EUR", None, 1), ("GBP", None, 2)]


def test_coming_due_is_by_week_from_the_as_of_date_on() -> None:
    rows: list[dict[str, Any]] = [
        {"amount": 1, "status": "sent", "due_date": AS_OF - dt.timedelta(days=1)},
        {"amount": 2, "status": "sent", "due_date": AS_OF},
        {"amount": 4, "status": "planned", "due_date": AS_OF + dt.timedelta(days=5)},
        {"amount": 8, "status": "draft", "due_date": AS_OF + dt.timedelta(days=6)},
        {"amount": 16, "status": "paid", "due_date": AS_OF},
        {"amount": 32, "status": "void", "due_date": AS_OF},
    ]
    monday = dt.date(2026, 3, 30)
    assert report_of(rows, BOOK).summary.coming_due == (
        WeekDue("EUR", monday, 2, 4),
        WeekDue("EUR", monday + dt.timedelta(days=7), 0, 8),
    )


def test_control_totals_say_what_was_left_out_and_the_money_in_it() -> None:
    rows: list[dict[str, Any]] = [
        {"amount": 100},
        {"amount": 40, "trusted": False, "status": "unknown"},
        {"amount": 7, "trusted": False, "currency": ""},
        {"amount": 0, "amount_known": False, "trusted": False},
        {"amount": 9, "status": "void", "currency": "GBP"},
    ]
    control = report_of(rows, BOOK).summary.control
    assert (control.rows_counted, control.rows_left_out, control.rows_void) == (1, 3, 1)
    assert (control.left_out, control.left_out_without_currency) == ((Money("EUR", 40),), 1)
    assert control.void == (Money("GBP", 9),)


def test_sums_beyond_64_bits_are_exact() -> None:
    rows = [{"amount": 10**17, "status": "sent"}] * 200
    [totals] = report_of(rows, BOOK).summary.totals
    assert totals.outstanding == 200 * 10**17


def test_nothing_read_is_no_error() -> None:
    summary = report_of([], BOOK).summary
    assert not (summary.totals)
    assert not (summary.ageing)
    assert not (summary.projects)
    assert not (summary.coming_due)


def test_a_cell_without_a_column_is_that_of_the_name() -> None:
    sheet = Sheet("b", "s", 1, {"amount": Column("C", "Amount"), "milestone": Column("B", "Milestone")})
    assert sheet.cell("amount", 5) == "C5"
    assert sheet.cell("due_date", 5) == "B5"
    assert replace(sheet, columns={"amount": Column("C", "Amount")}).cell("due_date", 5) == "C5"
