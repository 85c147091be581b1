"""Two columns that claim one field: the choice, the money that hangs on it, and how people make it."""

from __future__ import annotations

from typing import Any

import pytest

from milestone_report.reading.grid import Grid
from milestone_report.reading.sheet import SheetContext, SheetRows, read_sheet
from milestone_report.reading.vocabulary import vocabulary
from tests.reading.test_layout import HEADER, read


def facts(found: SheetRows) -> dict[str, str]:
    (notice,) = (notice for notice in found.notices if notice.code == "W006")
    return dict(notice.facts)


def said(found: SheetRows) -> list[tuple[str, str, str]]:
    return [(notice.code, notice.cell, notice.facts["why"]) for notice in found.notices]


def amounts(first: str, second: str, *rows: tuple[Any, Any, str]) -> SheetRows:
    """Milestones with two amounts and a status each."""
    lines = ([f"M{index}", one, other, "EUR", status] for index, (one, other, status) in enumerate(rows))
    return read(["Milestone", first, second, "Currency", "Status"], *lines)


def test_both_sums_are_said_where_the_columns_differ() -> None:
    said = facts(amounts("Net", "Gross", (4000.0, 4760.0, "draft"), (8000.0, 9520.0, "sent"), (5.0, 5.0, "sent")))
    assert said["used"] == "“Net” (B1)"
    assert said["stake"] == (
        " They differ in 2 rows: of what is counted, “Net” comes to 12,005.00 EUR, and “Gross” to 14,285.00 EUR."
    )


def test_void_milestones_and_those_left_out_are_in_neither_sum() -> None:
    said = facts(amounts("Net", "Gross", (4.0, 5.0, "draft"), (8.0, 9.0, "void"), ("TBC", 7.0, "draft")))
    assert said["stake"] == (
        " They differ in 3 rows: of what is counted, “Net” comes to 4.00 EUR, and “Gross” to 5.00 EUR."
    )


def test_columns_that_say_the_same_are_said_to() -> None:
    said = facts(amounts("Amount", "Invoice amount", (4000.0, 4000.0, "draft"), (8000.0, "8000", "sent")))
    assert said["stake"] == " Both say the same in every row."


def test_the_same_numbers_in_another_currency_are_not_the_same() -> None:
    said = facts(read(["Milestone", "EUR", "USD", "Status"], ["A", 4.0, 4.0, "sent"]))
    assert said["stake"] == " They differ in 1 row: of what is counted, “EUR” comes to 4.00 EUR, and “USD” to 4.00 USD."


def test_blank_cells_of_another_currency_are_no_difference() -> None:
    rows: list[list[Any]] = [["A", 4.0, 4.0, "sent"], ["B", "", "", "sent"]]
    assert " differ in 1 row" in facts(read(["Milestone", "EUR", "USD", "Status"], *rows))["stake"]


def test_each_currency_has_a_sum_of_its_own() -> None:
    header = ["Milestone", "Net", "Gross", "Currency", "Status"]
    rows = [["A", 4.0, 5.0, "USD", "sent"], ["B", 8.0, 9.5, "EUR", "sent"], ["C", 1.0, 1.0, "USD", "sent"]]
    assert facts(read(header, *rows))["stake"] == (
        " They differ in 2 rows: of what is counted, “Net” comes to 8.00 EUR and 5.00 USD, and “Gross” to 9.50 EUR "
        "and 6.00 USD."
    )
    by_cell = [["A", 4.0, "£5", "EUR", "sent"], ["B", 8.0, "9 EUR", "EUR", "sent"]]
    assert facts(read(header, *by_cell))["stake"].endswith(
        "“Net” comes to 12.00 EUR, and “Gross” to 9.00 EUR and 5.00 GBP."
    )
    dollars = [["A", 4.0, "$5", "USD", "sent"], ["B", 8.0, 9.0, "USD", "sent"]]
    assert facts(read(header, *dollars))["stake"].endswith("“Gross” to 14.00 USD.")


def test_where_a_sum_cannot_be_told_only_the_rows_are_counted() -> None:
    header = ["Milestone", "Net", "Gross", "Currency", "Status"]
    shared = [["A", 4.0, "$5", "EUR", "sent"], ["B", 8.0, 8.0, "EUR", "sent"]]
    assert facts(read(header, *shared))["stake"] == " They differ in 1 row."
    unknown = [["A", 4.0, 5.0, "", "sent"], ["B", 8.0, 9.0, "", "sent"]]
    assert facts(read(header, *unknown))["stake"] == " They differ in 2 rows."
    assert facts(amounts("Net", "Gross", (4.0, 1e300, "sent")))["stake"] == " They differ in 1 row."


def test_no_money_hangs_on_two_columns_of_words() -> None:
    found = read(["Milestone", "Amount (EUR)", "Status", "Invoice number", "Inv no"], ["A", 4.0, "sent", "1", "2"])
    assert facts(found)["stake"] == ""


@pytest.mark.parametrize(
    ("used", "other", "entry"),
    [
        ("Net", "Gross", 'amount = ["Gross"]'),
        ("Amount", "Invoice amount", 'amount = ["Invoice amount"]'),
        ("Net (EUR)", "Gross (EUR)", 'amount = ["Gross"]'),
        ("Net in €", "Gross in €", 'amount = ["Gross"]'),
        ("Amount (net)", "Amount (gross)", 'amount = ["Amount (gross)"]'),
    ],
)
def test_the_line_of_the_settings_that_is_proposed_makes_the_other_column_count(
    used: str, other: str, entry: str
) -> None:
    rows: list[list[Any]] = [["Milestone", used, other, "Currency", "Status"], ["A", 4.0, 5.0, "EUR", "sent"]]
    found = read(*rows)
    assert (found.columns["amount"], facts(found)["how"].rpartition(": ")[2]) == ([400], entry)
    words = vocabulary(columns=(("amount", (entry.partition('"')[2].rstrip('"]'),)),))
    chosen = read_sheet(Grid("Sheet", rows), SheetContext("book.xlsx", words))
    assert (chosen.columns["amount"], said(chosen)) == (
        [500],
        [("W007", "B1", f"is not used: your settings say that “{other}” gives the amount.")],
    )


def test_between_two_words_of_the_settings_it_is_still_asked_which_counts() -> None:
    words = vocabulary(columns=(("amount", ("Gross", "Net")),))
    rows: list[list[Any]] = [["Milestone", "Net", "Gross", "Currency", "Status"], ["A", 4.0, 5.0, "EUR", "sent"]]
    found = read_sheet(Grid("Sheet", rows), SheetContext("book.xlsx", words))
    assert (found.columns["amount"], facts(found)["used"]) == ([500], "“Gross” (C1)")


def test_a_word_of_the_settings_for_another_field_settles_nothing() -> None:
    words = vocabulary(columns=(("milestone", ("Step",)),))
    rows: list[list[Any]] = [["Step", "Net", "Gross", "Currency", "Status"], ["A", 4.0, 5.0, "EUR", "sent"]]
    assert facts(read_sheet(Grid("Sheet", rows), SheetContext("book.xlsx", words)))["used"] == "“Net” (B1)"


@pytest.mark.parametrize("headers", [("EUR", "USD"), ("Amount (EUR)", "Amount (USD)"), ("Amount", "Amount")])
def test_no_line_is_proposed_where_a_word_cannot_tell_the_columns_apart(headers: tuple[str, str]) -> None:
    assert facts(read(["Milestone", *headers, "Status"], ["A", 4.0, 5.0, "sent"]))["how"] == ""


PAID = ["Milestone", "Net", "Gross", "Currency", "Status", "Paid"]


def paid_as(found: SheetRows) -> list[tuple[str, str, list[int]]]:
    assert found.sheet is not None
    return [(column.letter, column.header, sorted(rows)) for column, rows in found.sheet.paid_as]


def test_payments_that_are_what_the_other_amount_says_are_counted() -> None:
    found = read(
        PAID,
        ["A", 100.0, 119.0, "EUR", "paid", 119.0],
        ["B", 100.0, "119,00", "EUR", "paid", "119.00 €"],
        ["C", 100.0, 119.0, "EUR", "paid", 100.0],
        ["D", 100.0, 119.0, "EUR", "sent", ""],
        ["E", 100.0, 119.0, "EUR", "who knows", 119.0],
        ["F", 100.0, "119 USD", "EUR", "paid", 119.0],
        ["G", 0.0, 0.0, "EUR", "paid", 0.0],
        ["H", 100.0, 1e300, "EUR", "paid", 119.0],
    )
    assert paid_as(found) == [("C", "Gross", [2, 3])]
    assert facts(found)["stake"].endswith(" 2 payments are exactly what “Gross” says.")


def test_no_payments_are_counted_where_they_are_what_the_amount_says() -> None:
    found = read(PAID, ["A", 100.0, 119.0, "EUR", "paid", 100.0], ["B", 5.0, 5.0, "EUR", "paid", 5.0])
    assert paid_as(found) == []
    assert "payment" not in facts(found)["stake"]


def test_of_two_paid_columns_none_is_an_amount() -> None:
    found = read([*HEADER, "Paid", "Amount received"], ["A", 9.0, "EUR", "sent", 4.0, 4.0])
    assert paid_as(found) == []
