"""Grids in, tables out: where the header is, which column is which, which rows are milestones."""

from __future__ import annotations

from typing import Any

import pytest

from milestone_report.reading.grid import Details, Grid
from milestone_report.reading.layout import find_table
from milestone_report.reading.sheet import SheetContext, SheetRows, read_sheet
from milestone_report.reading.vocabulary import vocabulary

HEADER = ["Milestone", "Amount", "Currency", "Status"]


def read(
    *rows: list[Any], top: int = 0, left: int = 0, details: Details | None = None, currency: str = ""
) -> SheetRows:
    width = max((len(row) for row in rows), default=0)
    grid = Grid("Sheet", [row + [""] * (width - len(row)) for row in rows], top, left)
    found = details or Details()
    context = SheetContext("book.xlsx", vocabulary(), currency, details=lambda _sheet, _columns: found)
    return read_sheet(grid, context)


def codes(rows: SheetRows) -> list[tuple[str, str]]:
    return [(notice.code, notice.cell) for notice in rows.notices]


def test_the_header_may_stand_lower_and_to_the_right() -> None:
    found = read(["Client list"], [], ["", *HEADER], ["", "Deposit", 5.0, "EUR", "draft"], top=3, left=1)
    assert found.sheet is not None
    assert found.sheet.header_row == 6
    assert found.sheet.columns["milestone"].letter == "C"
    assert found.columns["row"] == [7]


def test_a_header_below_the_thirtieth_row_is_not_looked_for() -> None:
    assert find_table(Grid("S", [[""]] * 30 + [HEADER]), vocabulary()) is None
    assert find_table(Grid("S", [HEADER], top=30), vocabulary()) is None
    assert find_table(Grid("S", [HEADER], top=29), vocabulary()) is not None


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Bill\namount", "amount"),
        ("AMOUNT  DUE:", "amount"),
        ("Amount (EUR)", "amount"),
        ("Total EUR", "amount"),
        ("INVNO", "invoice_number"),
        ("Invoice #", "invoice_number"),
        ("Payment  status", "status"),
        ("Sign-off\ndocument", "signoff"),
        ("Signed document", "signoff"),
        ("Due date (dd/mm/yyyy)", "due_date"),
        ("Account Manager", "owner"),
        ("Promised on", "expected_date"),
        ("Received", "paid"),
    ],
)
def test_columns_are_known_by_what_people_call_them(header: str, field: str) -> None:
    table = find_table(Grid("S", [["Milestone", "Status", header]]), vocabulary())
    assert table is not None
    assert table.columns[field] == (1 if field == "status" else 2)


def test_a_currency_in_the_header_counts_only_as_a_code_in_capitals_or_a_sign() -> None:
    for header, currency in (("Amount (EUR)", "EUR"), ("Amount €", "EUR"), ("Amount (all)", ""), ("Total all", None)):
        table = find_table(Grid("S", [["Milestone", "Status", header, "Client"]]), vocabulary())
        assert table is not None
        assert table.currency == (currency or "")
        assert ("amount" in table.columns) == (currency is not None)


def test_a_deliverable_is_the_milestone_or_describes_it() -> None:
    alone = find_table(Grid("S", [["Deliverable", "Amount", "Status"]]), vocabulary())
    beside = find_table(Grid("S", [["Milestone", "Deliverable", "Amount", "Status"]]), vocabulary())
    assert alone is not None
    assert beside is not None
    assert alone.columns["milestone"] == 0
    assert beside.columns["description"] == 1


def test_a_description_or_invoice_number_stands_in_for_the_milestone() -> None:
    found = read(["Invoice no", "Amount", "Currency", "Status"], ["2041", 5.0, "EUR", "sent"])
    assert found.columns["milestone"] == ["2041"]
    assert ("W007", "A1") in codes(found)


def test_of_two_amount_columns_the_more_certain_one_counts_and_the_other_is_named() -> None:
    found = read(["Total", "Milestone", "Amount", "Currency", "Status"], [1190.0, "Deposit", 1000.0, "EUR", "draft"])
    assert found.columns["amount"] == [100_000]
    assert ("W006", "A1") in codes(found)


def test_a_list_or_a_form_is_no_milestone_table() -> None:
    for rows in ([["Status", "Currency"], ["draft", "EUR"]], [["Client", "Owner", "Project"]], [["Total", 5.0]], []):
        assert read(*rows).skipped is not None


def test_a_table_without_milestones_is_skipped_with_a_reason() -> None:
    found = read(HEADER, ["Total", 0.0, "", ""])
    assert found.skipped is not None
    assert "no milestones" in found.skipped.why


def test_blank_rows_may_part_milestones_but_remarks_are_none() -> None:
    found = read(
        HEADER,
        ["Deposit", 1.0, "EUR", "draft"],
        ["", "", "", ""],
        ["Final", 2.0, "EUR", "draft"],
        ["Total", 3.0, "", ""],
        ["Prices are net of VAT", "", "", ""],
        ["", "", "", ""],
        ["See contract", "", "", ""],
    )
    assert found.columns["milestone"] == ["Deposit", "Final"]
    assert codes(found) == []


@pytest.mark.parametrize("label", ["Total", "TOTAL:", "Grand total", "Sub-total", "Total EUR", "Sum", "Total amount"])
def test_totals_rows_are_never_counted(label: str) -> None:
    found = read(HEADER, ["Deposit", 10.0, "EUR", "draft"], [label, 10.0, "", ""])
    assert found.columns["milestone"] == ["Deposit"]


@pytest.mark.parametrize("name", ["Total redesign", "Summary film", "Balance of payments film"])
def test_a_milestone_that_only_sounds_like_a_total_is_counted(name: str) -> None:
    found = read(HEADER, ["Deposit", 10.0, "EUR", "draft"], [name, 10.0, "EUR", ""])
    assert found.columns["milestone"] == ["Deposit", name]


def test_a_milestone_called_total_with_a_status_is_counted() -> None:
    assert read(HEADER, ["Total", 10.0, "EUR", "sent"]).columns["amount"] == [1000]


def test_an_unlabelled_sum_is_known_by_its_formula_or_by_fitting() -> None:
    fitting = read(HEADER, ["A", 1.0, "EUR", "draft"], ["B", 2.0, "EUR", "draft"], ["", 3.0, "", ""])
    assert fitting.columns["milestone"] == ["A", "B"]
    by_formula = read(
        HEADER, ["A", 1.0, "EUR", "draft"], ["", 7.0, "", ""], details=Details(sums={(2, 1)}), currency="EUR"
    )
    assert by_formula.columns["milestone"] == ["A"]
    assert codes(by_formula) == [("W009", "B3")]


def test_a_lone_amount_that_fits_nothing_is_kept_but_not_trusted() -> None:
    found = read(HEADER, ["A", 1.0, "EUR", "draft"], ["", 7.0, "EUR", ""])
    assert found.columns["trusted"] == [True, False]


def test_subtotals_are_compared_with_their_part_and_totals_with_the_whole() -> None:
    found = read(
        HEADER,
        ["A", 1.0, "EUR", "draft"],
        ["Subtotal", 1.0, "", ""],
        ["B", 2.0, "EUR", "draft"],
        ["Subtotal", 2.0, "", ""],
        ["C", 4.0, "EUR", "draft"],
        ["Subtotal", 9.0, "", ""],
        ["Total", 7.0, "", ""],
    )
    assert found.sheet is not None
    assert [(row.cell, row.agrees) for row in found.sheet.totals] == [
        ("B3", True), ("B5", True), ("B7", False), ("B8", True),
    ]  # fmt: skip
    assert codes(found) == [("W009", "B7"), ("W012", "A3"), ("W012", "A5")]


def test_the_block_above_the_table_tells_about_the_project() -> None:
    found = read(
        ["Project:", "Harbour app", "", "Client", "Kestrel"],
        ["Contract total", "", 27_200.0],
        ["Currency", "EUR"],
        ["Sign-off folder", "signed"],
        [],
        ["Milestone", "Amount", "Status"],
        ["Deposit", 10.0, "draft"],
    )
    sheet = found.sheet
    assert sheet is not None
    assert (sheet.project, sheet.client, sheet.currency) == ("Harbour app", "Kestrel", "EUR")
    assert (sheet.contract, sheet.contract_currency, sheet.contract_cell) == (2_720_000, "EUR", "C2")
    assert (sheet.signoff_folder, sheet.signoff_folder_cell) == ("signed", "B4")
    assert found.columns["project"] == ["Harbour app"]
    assert found.columns["currency"] == ["EUR"]


def test_without_a_block_the_sheet_names_the_project_unless_a_column_does() -> None:
    found = read(["Project", *HEADER], ["Orchard", "A", 1.0, "EUR", ""], ["", "B", 1.0, "EUR", ""])
    assert found.columns["project"] == ["Orchard", "Sheet"]
