"""Two columns that claim one field: the choice, the money that hangs on it, and how people make it."""

from __future__ import annotations

from typing import Any

import pytest

from milestone_report.reading.grid import Grid
from milestone_report.reading.sheet import SheetContext, SheetRows, read_sheet
from milestone_report.reading.vocabulary import vocabulary
from tests.reading.test_layout import read


def facts(found: SheetRows) -> dict[str, str]:
    (notice,) = (notice for notice in found.notices if notice.code == "W006")
    return dict(notice.facts)


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


def test_sums_of_several_currencies_are_numbers_without_any() -> None:
    rows = [["A", 4.0, 5.0, "EUR", "sent"], ["B", 4.0, 1e300, "USD", "sent"]]
    said = facts(read(["Milestone", "Net", "Gross", "Currency", "Status"], *rows))
    assert "“Net” comes to 8, and “Gross” to 1" in said["stake"]
    beyond = facts(amounts("Net", "Gross", (4.0, 1e300, "sent")))
    assert "“Net” comes to 4.00 EUR, and “Gross” to 1" in beyond["stake"]


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
    assert (chosen.columns["amount"], facts(chosen)["used"]) == ([500], f"“{other}” (C1)")


@pytest.mark.parametrize("headers", [("EUR", "USD"), ("Amount (EUR)", "Amount (USD)"), ("Amount", "Amount")])
def test_no_line_is_proposed_where_a_word_cannot_tell_the_columns_apart(headers: tuple[str, str]) -> None:
    assert facts(read(["Milestone", *headers, "Status"], ["A", 4.0, 5.0, "sent"]))["how"] == ""
